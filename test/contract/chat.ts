import type { ChatUseCases } from '#handlers/chat/use-cases.ts'
import type { ChatEngine } from '#test/fakes/chat-engine.ts'

/** A message of the bot as people see it. */
export type Seen = {
  id: string
  /** All words in it, one text a line. */
  words: string
  /** The words of its picture for those who do not see it. */
  pictures: string[]
  /** A chart that the platform draws itself. */
  isNative: boolean
  /** What its buttons and menus carry: `deed.details.<answer>`. */
  clicks: string[]
  /** Texts that the platform would read as markup. */
  markup: string[]
  isPrivate: boolean
  /** How often it was written over. */
  edits: number
}

export type Who = 'asker' | 'colleague'

/** A question as it was delivered, to be delivered once more or to be changed. */
export type Delivered = { again: () => Promise<unknown>; change: (text: string) => Promise<unknown> }

/** A chat with the real adapter behind it, and all that people do there. */
export type Chat = {
  engine: ChatEngine
  mention: (text: string) => Promise<Delivered>
  /** A slash command or targeted message: for the asker alone. */
  command: (text: string) => Promise<unknown>
  /** What the bot has said in the channel, oldest first; what is gone again is not there. */
  seen: () => Seen[]
  /** Presses whatever carries a text that begins so: `menu.chart.1`, `deed.share`. */
  press: (message: Seen, click: string, who?: Who) => Promise<unknown>
  /** The words that somebody is shown who wants the details of an answer. */
  details: (message: Seen) => Promise<string>
  /** What one person was told apart from messages: a private sentence or a dialogue. */
  told: () => string[]
  trouble: {
    /** The platform takes no picture, from now on. */
    pictures: () => void
    /** The next post is refused because there are too many at once. */
    busy: () => void
    /** The next post arrives, and its answer does not. */
    lostPost: () => void
    /** The bot may no longer write there. */
    shutOut: () => void
  }
  /** Waits until nothing is worked on. */
  quiet: () => Promise<void>
  /** What the program does when it ends. */
  end: (grace: number) => Promise<void>
  close: () => Promise<void>
}

export type ChatSettings = { patience?: number; useCases?: Partial<ChatUseCases> }

/** A platform of the suite: adding one means adding it to the list in `platforms.ts`. */
export type Contract = {
  name: string
  /** What the platform makes something of in {@link Seen.markup}. */
  reads: RegExp
  open: (settings?: ChatSettings) => Promise<Chat>
}

const carried = /"((?:menu|choice|item|deed|stop)\.[^"\\]+)"/g

/** Everything in a message that could come back as a click. */
export const clicksIn = (json: unknown): string[] =>
  [...JSON.stringify(json).matchAll(carried)].map(([, text]) => text!)

/** The one that begins so. Throws when there is none. */
export const clickOf = ({ clicks }: Seen, beginning: string): string => {
  const found = clicks.find(text => text.startsWith(beginning))
  if (!found) throw new Error(`nothing here carries ${beginning}, only ${clicks.join(', ')}`)
  return found
}

/** All objects within a value. */
export const objectsIn = (value: unknown): Record<string, unknown>[] => {
  if (Array.isArray(value)) return value.flatMap(objectsIn)
  if (typeof value !== 'object' || value === null) return []
  const object = value as Record<string, unknown>
  return [object, ...Object.values(object).flatMap(objectsIn)]
}
