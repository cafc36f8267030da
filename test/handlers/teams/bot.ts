import type { Platform } from '#handlers/chat/platform.ts'
import type { Running } from '#handlers/chat/running.ts'
import type { ChatUseCases } from '#handlers/chat/use-cases.ts'
import { createPublicListener } from '#handlers/http/public.ts'
import { connectTeams, type TeamsSettings } from '#handlers/teams/teams.ts'
import type { KeyValues } from '#src/store/key-values.ts'
import { type ChatEngine, createChatEngine } from '#test/fakes/chat-engine.ts'
import { solidPng } from '#test/fakes/solid-png.ts'
import { cardsOf, type Message } from '#test/fakes/teams/chat.ts'
import { type FakeTeams, startTeams, type TeamsOptions } from '#test/fakes/teams/teams.ts'
import type { Json, Person } from '#test/fakes/teams/world.ts'

export type Bot = {
  teams: FakeTeams
  platform: Platform
  engine: ChatEngine
  url: string
  /** What is kept of conversations, by key. */
  kept: Map<string, unknown>
  /** Waits until nothing is being worked on any more. */
  quiet: () => Promise<void>
  stop: () => Promise<void>
}

export type BotOptions = {
  patience?: number
  useCases?: Partial<ChatUseCases>
  settings?: Partial<TeamsSettings>
  pictureUrl?: (png: Uint8Array) => string
  teams?: TeamsOptions
}

/** A picture that Teams takes inside a card, and one that is too large for that. */
export const smallPng = solidPng({ width: 600, height: 360, rgb: [20, 60, 200] })
export const largePng = (() => {
  const noise = Buffer.alloc(30_000, 7)
  return Buffer.concat([smallPng, noise])
})()

/** The adapter with the real SDK behind the public listener, connected to a stand-in of Teams. */
export const startBot = async (options: BotOptions = {}): Promise<Bot> => {
  const teams = await startTeams(options.teams)
  const engine = createChatEngine({
    patience: options.patience,
    useCases: { paint: async () => smallPng, ...options.useCases },
  })
  const kept = new Map<string, unknown>()
  const heard = new Set<Promise<unknown>>()
  const { clientId, clientSecret, tenantId } = teams.world
  const settings = { clientId, clientSecret, tenantId, fakeUrl: teams.url, playground: false, production: false }
  const platform = connectTeams(
    { ...settings, ...options.settings },
    {
      ...engine.parts,
      running: seen(engine.running, heard),
      conversations: inMemory(kept),
      pictureUrl: options.pictureUrl,
    },
    engine.effects,
  )
  await platform.start()
  const listener = createPublicListener({ port: 0, host: '127.0.0.1', routes: platform.routes, log: fail })
  const { port } = await listener.listen()
  const url = `http://127.0.0.1:${port}/api/messages`
  teams.connect(url)
  return {
    teams,
    platform,
    engine,
    url,
    kept,
    quiet: async () => {
      while (heard.size > 0) await Promise.allSettled(heard)
      await engine.running.drain(5000)
    },
    stop: async () => {
      await platform.stop()
      await engine.running.drain(0)
      await listener.close()
      await teams.stop()
    },
  }
}

const fail = (error: unknown) => {
  throw error
}

/** Remembers what is heard until it is done: what was not even begun would be refused by `drain`. */
const seen = (running: Running, heard: Set<Promise<unknown>>): Running => ({
  ...running,
  follow: work => {
    heard.add(work)
    const forget = () => void heard.delete(work)
    work.then(forget, forget)
    return running.follow(work)
  },
})

const inMemory = (kept: Map<string, unknown>): KeyValues => ({
  get: async key => kept.get(key),
  put: async (key, value) => void kept.set(key, value),
  delete: async key => void kept.delete(key),
})

/** What the bot has called to write; who somebody is, it asks besides. */
export const written = ({ calls }: FakeTeams) => calls.filter(({ operation }) => operation !== 'members')

/** All that a card or message says, one text a line. */
export const textsOf = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(textsOf)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) =>
    typeof child === 'string' && ['text', 'title', 'value', 'codeSnippet', 'label'].includes(key)
      ? [child]
      : textsOf(child),
  )
}

/** What a message of the bot says to somebody: the text, or all of its cards. */
export const says = (message: Message | undefined, viewer?: Person['key']): string =>
  message ? [String(message.activity.text ?? ''), ...textsOf(cardsOf(message, viewer))].join('\n') : ''

/** All elements of a type in a card or message. */
export const all = (value: unknown, type: string): Json[] => {
  if (Array.isArray(value)) return value.flatMap(child => all(child, type))
  if (typeof value !== 'object' || value === null) return []
  const item = value as Json
  return [...(item.type === type ? [item] : []), ...Object.values(item).flatMap(child => all(child, type))]
}
