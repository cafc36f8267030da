import { isStrongKeyName, keyOf, looksLikeKeyName } from './keys.ts'
import { tokens } from './labels.ts'
import { isSpan, type NameParts, nameParts, roleByWords } from './name-parts.ts'
import { isAboutPeople, isPersonal } from './people.ts'
import type { ColumnProfile, TableProfile } from './profile.ts'
import type { NamedRole, Words } from './words.ts'

/** What a column is good for. `tally`: small counts with no telling name; `amount`: numbers that nothing is known about. */
export type Role =
  | Exclude<NamedRole, 'part-of-time'>
  | 'empty'
  | 'key'
  | 'flag'
  | 'time'
  | 'life-date'
  | 'category'
  | 'free-text'
  | 'tally'
  | 'unknown'

export type RoleColumn = {
  table: TableProfile
  column: ColumnProfile
  role: Role
  personal: boolean
  parts: NameParts
  /** Its name alone did not tell. */
  guessed: boolean
}

/** The role of every column of a table. `linked`: columns whose values are keys of some table. */
export const rolesOf = (table: TableProfile, linked: ReadonlySet<string>, words: Words): RoleColumn[] => {
  const key = keyOf(table)
  const aboutPeople = isAboutPeople(table, words)
  return table.columns.map(column => {
    const parts = nameParts(column.label, column.type === 'integer' || column.type === 'number', words)
    const personal = isPersonal(column, aboutPeople, words)
    const base = { table, column, parts, personal, guessed: false }
    if (column.filled === 0) return { ...base, role: 'empty' }
    if (column.type === 'boolean') return { ...base, role: 'flag' }
    if (column.type === 'date' || column.type === 'timestamp') return { ...base, role: dateRole(parts, words) }
    if (linked.has(column.name) && column.type !== 'text') return { ...base, role: 'key' }
    if (column.type === 'text')
      return { ...base, role: textRole(column, { table, isKey: column === key, words, parts }) }
    return { ...base, ...numberRole(column, { table, isKey: column === key, words, parts }) }
  })
}

const dateRole = ({ words }: NameParts, { times }: Words): Role =>
  words.some(w => times.never.includes(w)) ? 'life-date' : 'time'

type Context = { table: TableProfile; isKey: boolean; words: Words; parts: NameParts }

const hardKeys = /(^|_|\b)(id|ids|uuid|guid|hash|key|pk|fk)$/i

const textRole = (column: ColumnProfile, { table, isKey, words, parts }: Context): Role => {
  const name = parts.words.join(' ')
  if (hardKeys.test(column.name)) return 'key'
  if (
    isKey &&
    (looksLikeKeyName(column.name) || column.patterns.spaced < 0.02) &&
    table.columns.length > 1 &&
    looksLikeKeyName(column.name)
  )
    return 'key'
  if (column.patterns.url >= 0.8) return 'free-text'
  const named = words.free_text.some(w => name === w || name.endsWith(` ${w}`))
  if (named && (column.length > 20 || column.distinct > column.filled / 2)) return 'free-text'
  if (column.length > 60 && column.distinct > 50 && column.patterns.spaced > 0.5) return 'free-text'
  return 'category'
}

const numberRole = (column: ColumnProfile, context: Context): { role: Role; guessed: boolean } => {
  const { isKey, words, parts } = context
  const sure = (role: Role) => ({ role, guessed: false })
  if (isStrongKeyName(column.name) || (isKey && looksLikeKeyName(column.name))) return sure('key')
  const named = roleByWords(parts, words)
  if (isKey && !named) return sure('key')
  if (isSpan(column.label)) return sure('quantity')
  if (isYear(column, named)) return sure('year')
  if (named === 'part-of-time' && column.whole && within(column, 0, 366)) return sure('code')
  if (isHour(column, parts)) return sure('code')
  if (column.whole && looksLikeKeyName(column.name) && named !== 'score') return sure('key')
  if (named === 'coordinate' && within(column, -180, 180)) return sure('coordinate')
  if (isFlag(column) && !(named && sumsUp.has(named))) return sure('flag')
  if (column.percent) return sure('rate')
  if (column.currency && named !== 'price' && named !== 'pay')
    return sure(named === 'quantity' ? 'money' : unitPrice(parts) ? 'price' : 'money')
  if (named === 'money' && unitPrice(parts)) return sure('price')
  if (named && named !== 'year' && named !== 'coordinate' && named !== 'part-of-time') return sure(named)
  if (isSeasonOrYear(column)) return { role: 'year', guessed: true }
  return { role: isTally(column) ? 'tally' : 'unknown', guessed: true }
}

const sumsUp = new Set<string>(['money', 'quantity', 'rain', 'duration'])

const within = ({ min, max }: ColumnProfile, from: number, to: number) =>
  typeof min === 'number' && typeof max === 'number' && min >= from && max <= to

const isYear = (c: ColumnProfile, named: NamedRole | undefined) => named === 'year' && c.whole && within(c, 0, 3000)

/** Whole numbers from a century ago to soon, few of them: years, even when the header says "season". */
const isSeasonOrYear = (c: ColumnProfile) => c.whole && within(c, 1900, 2100) && c.distinct <= 150 && c.distinct > 1

const isHour = (c: ColumnProfile, { words }: NameParts) =>
  words.at(-1) === 'hour' && tokens(c.label).at(-1) === 'hour' && c.whole && within(c, 0, 24)

/** Zeros and ones; ones alone when the rest is empty. */
const isFlag = (c: ColumnProfile) => c.whole && within(c, 0, 1) && (c.distinct === 2 || c.min === 1)

const unitPrice = ({ words }: NameParts) =>
  words.some(w => ['unit', 'list', 'each', 'retail', 'average', 'avg'].includes(w))

/** Whole numbers from zero on, mostly zero or small: things counted for each row. */
const isTally = (c: ColumnProfile) =>
  c.whole && c.min === 0 && (c.zeros >= 0.3 || (typeof c.mean === 'number' && c.mean < 3))
