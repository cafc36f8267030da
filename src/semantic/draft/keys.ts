import { singular, tokens } from './labels.ts'
import type { ColumnProfile, TableProfile } from './profile.ts'

const keyWords = new Set([
  'id',
  'ids',
  'key',
  'uuid',
  'guid',
  'pk',
  'sku',
  'isbn',
  'ean',
  'asin',
  'iata',
  'icao',
  'symbol',
  'ticker',
  'hash',
  'fk',
])
const weakKeyWords = new Set(['code', 'no', 'nr', 'number', 'num', 'ref', 'reference', 'nummer', 'index'])

/** Whether a name says that the column is a key: it ends in "id", "key", "code", "no" … */
export const looksLikeKeyName = (name: string): boolean => {
  const last = tokens(name).at(-1) ?? ''
  return keyWords.has(last) || (weakKeyWords.has(last) && !/^(number|num|no)_?of/i.test(name))
}

/** What a key tells apart: the customers of customer_id, or of cust_id where its label is written out. */
export const thingOfKey = ({ label }: Pick<ColumnProfile, 'label'>): string =>
  tokens(label).slice(0, -1).map(singular).join(' ')

/** Whether a name says so beyond doubt: "order_id", not "zip code". */
export const isStrongKeyName = (name: string): boolean => keyWords.has(tokens(name).at(-1) ?? '')

/** Every row has a value of its own. */
export const isUnique = (c: ColumnProfile, { rows }: Pick<TableProfile, 'rows'>): boolean =>
  rows > 0 && c.filled === rows && c.distinct === rows

/** The column that names a row, if one does: the declared key, or unique, and a key by name, by place or by being a short text or a date. */
export const keyOf = (table: TableProfile): ColumnProfile | undefined =>
  table.columns.find(c => table.declaredKey?.length === 1 && c.name === table.declaredKey[0]) ??
  table.columns
    .map((c, i) => ({ c, rank: keyRank(c, i, table) }))
    .filter(({ rank }) => rank > 0)
    .toSorted((a, b) => b.rank - a.rank)[0]?.c

const keyRank = (c: ColumnProfile, position: number, table: TableProfile): number => {
  if (!isUnique(c, table)) return 0
  const own = isOwnKeyName(c.name, table.name)
  const early = position === 0 ? 2 : 0
  if (c.type === 'text') return c.length > 80 ? 0 : 3 + early + (own ? 6 : looksLikeKeyName(c.name) ? 4 : 0)
  if (c.type === 'date' || c.type === 'timestamp') return table.rows > 1 ? 2 + early : 0
  if (c.type !== 'integer' && !c.whole) return 0
  if (own) return 9 + early
  if (looksLikeKeyName(c.name)) return 7 + early
  return position === 0 && isSequence(c, table) ? 5 : 0
}

/** "id", "order_id" or "orderid" of a table orders. */
const isOwnKeyName = (name: string, table: string) => {
  const column = tokens(name)
  if (column.length === 1 && (column[0] === 'id' || column[0] === 'uuid')) return true
  const thing = tokens(table).map(singular).join('')
  return looksLikeKeyName(name) && column.slice(0, -1).map(singular).join('') === thing
}

const isSequence = ({ min, max }: ColumnProfile, { rows }: TableProfile) =>
  typeof min === 'number' && typeof max === 'number' && (min === 0 || min === 1) && max - min === rows - 1
