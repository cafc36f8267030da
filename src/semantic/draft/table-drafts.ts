import { freeIn, withOtherNames, withoutClaims } from './also-called.ts'
import { identifier } from './identifier.ts'
import { type DraftJoin, primaryKeys } from './joins.ts'
import { looksLikeKeyName } from './keys.ts'
import { isShortFor, singular, tokens } from './labels.ts'
import { mainTime } from './main-time.ts'
import { isMeasured } from './measured.ts'
import { isAboutPeople } from './people.ts'
import type { Profile, TableProfile } from './profile.ts'
import { type RoleColumn, rolesOf } from './roles.ts'
import { type Thing, thingOf } from './things.ts'
import type { Words } from './words.ts'

/** A table with everything decided that does not depend on other tables' names. */
export type TableDraft = {
  table: TableProfile
  thing: Thing
  /** The thing as part of a name: order_detail. */
  prefix: string
  key: string[]
  columns: RoleColumn[]
  /** The column that stands for a row: the name of the thing, a text that tells rows apart (the symbol of a stock), or just the key. */
  display?: { column: string; kind: 'name' | 'stand-in' | 'key' }
  /** What one row is when a time alone names it: "day" of daily weather. */
  each?: string
  /** Own main time column. */
  time?: string
  /** One row for each thing and moment: levels in it must not be added up over time. */
  snapshot: boolean
}

export const draftTables = (profile: Profile, words: Words): TableDraft[] => {
  const keys = primaryKeys(profile)
  const things = profile.tables.map(table => ({ table, thing: thingOf(table.label, words) }))
  const isFree = freeIn(profile.tables)
  const lent = things.map(named => ({ table: named.table, thing: withOtherNames(named, { things, isFree }, words) }))
  const called = withoutClaims(lent, things, words)
  return lent.map(({ table, thing: plain }, i) => {
    const thing = called[i] ?? plain
    const columns = rolesOf(table, linkedColumns(profile, table.name), words)
    /** Unique by chance: a quantity of 1, 2, 3 …, a first name. */
    const accidental = (name: string) =>
      columns.some(c => c.column.name === name && !looksLikeKeyName(name) && (c.personal || isMeasured(c.role)))
    const found = keys.get(table.name) ?? []
    const key = !table.declaredKey && found.some(accidental) ? [] : found
    return {
      table,
      thing,
      prefix: identifier(thing.one, table.name),
      key,
      columns,
      display: displayOf(columns, { table, key, thing, words }),
      each: eachOf(columns, key),
      time: mainTime(columns, thing, words),
      snapshot: isSnapshot(columns, key),
    }
  })
}

const linkedColumns = ({ links }: Profile, table: string) =>
  new Set(
    links
      .filter(l => l.from.table === table && l.from.columns.length === 1 && l.share >= 0.95 && l.distinct > 0)
      .flatMap(l => l.from.columns),
  )

type DisplayContext = { table: TableProfile; key: string[]; thing: Thing; words: Words }

const displayOf = (
  columns: readonly RoleColumn[],
  { table, key, thing, words }: DisplayContext,
): TableDraft['display'] => {
  const people = isAboutPeople(table, words)
  const ranked = columns
    .filter(c => c.role === 'category' && !c.personal && !(people && c.parts.words.at(-1) === 'title'))
    .map(c => ({ c, rank: displayRank(c.parts.words, thing, words.display) }))
    .filter(({ rank }) => rank >= 0)
    .toSorted((a, b) => a.rank - b.rank)
  if (ranked[0]) return { column: ranked[0].c.column.name, kind: thing.countable ? 'name' : 'stand-in' }
  const named = namedByKey(columns, key, thing)
  if (named) return { column: named, kind: 'stand-in' }
  const [only, second] = key
  const keyColumn = columns.find(c => c.column.name === only)
  if (!only || second || !keyColumn || keyColumn.personal || keyColumn.role === 'time') return undefined
  return { column: only, kind: keyColumn.role === 'category' || !thing.countable ? 'stand-in' : 'key' }
}

/** A text and a time together name a row, as in prices of stocks: the text stands for the thing, unless some column has its name. */
const namedByKey = (columns: readonly RoleColumn[], key: readonly string[], { one }: Thing): string | undefined => {
  const parts = columns.filter(c => key.includes(c.column.name))
  const [text, ...more] = parts.filter(c => c.role === 'category')
  const timed = parts.some(c => c.role === 'time' || c.role === 'year')
  const taken = columns.some(c => one.split(' ').includes(c.parts.words.join(' ')))
  return key.length > 1 && text && more.length === 0 && timed && !text.personal && !taken ? text.column.name : undefined
}

/** "name", "product name" or "prod_name" of products, "company name"; not "airport name" of bird strikes. */
const displayRank = (words: readonly string[], thing: Thing, display: readonly string[]): number => {
  const name = words.join(' ')
  const own = [thing.one, ...thing.synonyms].flatMap(t => t.split(' ').map(singular))
  const isOwn = (w: string) => own.includes(w) || own.some(o => isShortFor(w, o))
  const stripped = words.filter((w, i) => i === words.length - 1 || !isOwn(w)).join(' ')
  if (name === thing.one) return 0.5
  return display.findIndex(d => d === name || d === stripped)
}

const steps: [string, number][] = [
  ['day', 1],
  ['week', 7],
  ['month', 30.44],
  ['quarter', 91.3],
  ['year', 365.25],
]

const eachOf = (columns: readonly RoleColumn[], key: readonly string[]): string | undefined => {
  const only = columns.find(c => key.length === 1 && c.column.name === key[0] && c.column.type === 'date')?.column
  if (!only || only.filled < 3) return undefined
  const days = (Date.parse(String(only.max)) - Date.parse(String(only.min))) / 86_400_000 / (only.filled - 1)
  return steps.find(([, step]) => Math.abs(days - step) < step * 0.1)?.[0]
}

const isSnapshot = (columns: readonly RoleColumn[], key: readonly string[]) =>
  columns.some(c => key.includes(c.column.name) && (c.role === 'time' || c.role === 'year'))

/** The main time of a table, its own or that of the nearest table it belongs to, when only one way leads there. */
export const timeSource = (
  draft: TableDraft,
  drafts: readonly TableDraft[],
  joins: readonly DraftJoin[],
): { table: string; column: string } | undefined => {
  if (draft.time) return { table: draft.table.name, column: draft.time }
  const parents = joins
    .filter(j => j.from === draft.table.name)
    .flatMap(j => drafts.find(d => d.table.name === j.to) ?? [])
  const found = parents.flatMap(p => timeSource(p, drafts, joins) ?? [])
  const own = found.filter(f => tokens(draft.table.name).some(t => tokens(f.table).map(singular).includes(singular(t))))
  return own.length === 1 ? own[0] : found.length === 1 ? found[0] : undefined
}
