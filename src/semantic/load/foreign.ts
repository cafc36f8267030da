import { grains } from '#src/vocabulary/period.ts'
import { timeParts } from '../model.ts'
import type { Path, Report } from './problem.ts'
import { sameWord, spoken } from './words.ts'

/**
 * A document of another shape, written out as our own. `origins` says where each entry stood, so that problems have their line; `confessions`
 * say what had to be left out.
 */
export type Foreign = {
  value: Record<string, unknown>
  origins: [ours: Path, theirs: Path][]
  confessions: Record<string, string>
}

/** Reports with the place in the document it came from. */
export const reportAtOrigin =
  (origins: Foreign['origins'], push: (at: Path, origin: Path, message: string) => void): Report =>
  (path, message) => {
    const known = origins.filter(([ours]) => ours.every((part, i) => path[i] === part))
    const [, theirs] = known.sort((a, b) => b[0].length - a[0].length)[0] ?? [[], []]
    push(path, theirs, message)
  }

/** Gives names that our rules allow, each once: `Item Group` → `item_group`. */
export const nameGiver = () => {
  const taken = new Set<string>([...grains, ...timeParts, 'time', 'change'])
  return (text: string, prefix: string): string => {
    const plain = text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
    const name = /^[a-z]/.test(plain) ? plain : `${prefix}_${plain || 'column'}`
    const options = [name, `${prefix}_${name}`, ...Array.from({ length: 1000 }, (_, i) => `${name}_${i + 2}`)]
    const free = options.find(option => !taken.has(option)) ?? name
    taken.add(free)
    return free
  }
}

type Worded = { label?: string; synonyms?: string[] }

/** Takes away synonyms that would mean two entries of one kind: a word that means two things means none. */
export const withoutSharedWords = <T extends Worded>(entries: Record<string, T>): Record<string, T> => {
  const users = new Map<string, Set<string>>()
  for (const [name, { label, synonyms = [] }] of Object.entries(entries)) {
    for (const word of [name, label ?? name, ...synonyms])
      users.set(sameWord(word), (users.get(sameWord(word)) ?? new Set()).add(name))
  }
  const isOwn = (word: string) => (users.get(sameWord(word))?.size ?? 0) <= 1
  return Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => {
      const { label, synonyms = [], ...rest } = entry
      return [name, { ...rest, ...(label && isOwn(label) ? { label } : {}), synonyms: synonyms.filter(isOwn) } as T]
    }),
  )
}

/** Names of columns that hold personal data; neither shape can say so itself, and showing too little is the lesser harm. */
export const soundsPersonal = (name: string): boolean =>
  /\b(e ?mail|phone|mobile number|first name|last name|full name|surname|customer name|birth ?date|date of birth|street|address|ssn|passport|ip)\b/.test(
    spoken(name).toLowerCase(),
  )

const types: Record<string, string> = {
  ...each('text', 'text string str varchar char category categorical enum time opaque'),
  ...each('number', 'number numeric int integer bigint smallint float double decimal real currency'),
  ...each('boolean', 'boolean bool'),
  ...each('date', 'date day'),
  ...each('timestamp', 'timestamp datetime'),
  ...each('timestamptz', 'timestamptz datetimetz'),
}

function each(type: string, names: string) {
  return Object.fromEntries(names.split(' ').map(name => [name, type]))
}

export const knownTypes = Object.keys(types)

/** Our type for the name of one: `Decimal`, `varchar(20)`, `DateTimeTz`. */
export const typeOf = (name: string): string | undefined => {
  const plain = name
    .toLowerCase()
    .replace(/\(.*\)$/, '')
    .trim()
  return Object.hasOwn(types, plain) ? types[plain] : undefined
}
