import { compositeCandidates } from '#src/semantic/draft/composite-keys.ts'
import { keyOf, looksLikeKeyName } from '#src/semantic/draft/keys.ts'
import { type ColumnProfile, type TableProfile, valuesKept } from '#src/semantic/draft/profile.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { CatalogTable } from './catalog.ts'
import { type Counted, countColumns, type Looked, listValues, noneWhenTooMuch, type Run } from './counts.ts'
import { quoted, readColumns } from './read-columns.ts'

/** A table of more rows is not counted as a whole: so many of its first rows are, or fewer when that takes too long. */
export const mostRows = 100_000
const fewRows = 5_000

/** Looks at one table. Gives a sentence when it has no column that questions can use. Throws `engine/…`. */
export const profileTable = async (run: Run, table: CatalogTable): Promise<TableProfile | string> => {
  if (readColumns(table).length === 0) return `${table.name} was left out: questions can use none of its columns.`
  try {
    return await profileRows(run, table, mostRows)
  } catch (thrown) {
    const tooMuch = thrown instanceof ChartroomError && /^engine\/(timeout|out-of-memory)$/.test(thrown.code)
    if (!tooMuch) throw thrown
    return profileRows(run, table, fewRows)
  }
}

/** Some rows of a table, in the order in which the server finds them. */
export const firstRows = (table: CatalogTable, most: number): string =>
  `(SELECT ${readColumns(table)
    .map(c => quoted(c.name))
    .join(', ')} FROM ${quoted(table.name)} LIMIT ${most}) AS part`

const profileRows = async (run: Run, table: CatalogTable, most: number): Promise<TableProfile> => {
  const isLarge = await hasMore(run, table, most)
  const looked: Looked = {
    table: table.name,
    from: isLarge ? firstRows(table, most) : quoted(table.name),
    columns: readColumns(table),
  }
  const counted = await countColumns(run, looked)
  const { rows, columns } = isLarge ? await scaled(run, { table, counted }) : counted
  const few = looked.columns.filter((_, i) => columns[i]!.distinct > 0 && columns[i]!.distinct <= valuesKept)
  const values = few.length > 0 ? await listValues(run, { ...looked, columns: few }) : new Map()
  const profile: TableProfile = {
    name: table.name,
    label: table.name,
    rows,
    columns: columns.map(c => ({ ...c, values: values.get(c.name) ?? [] })),
    compositeKeys: [],
    declaredKey: declaredKey(table),
  }
  return { ...profile, compositeKeys: await compositeKeys(run, { profile, table, isLarge }) }
}

const hasMore = async (run: Run, { name }: CatalogTable, most: number): Promise<boolean> => {
  const sql = `SELECT count(*) FROM (SELECT 1 FROM ${quoted(name)} LIMIT ${most + 1}) AS part`
  const [[rows] = []] = await run(sql, [name])
  return Number(rows) > most
}

/** Rows, values and different values of the whole, by the server's estimates, else by what the part is like. */
const scaled = async (run: Run, { table, counted }: { table: CatalogTable; counted: Counted }): Promise<Counted> => {
  const rows = Math.max(Math.round(table.estimate), counted.rows + 1)
  const columns: ColumnProfile[] = []
  for (const column of counted.columns) {
    const known = table.columns.find(c => c.name === column.name)
    const filled = Math.round(rows * (known?.empty == null ? column.filled / counted.rows : 1 - known.empty))
    const unique = isDeclared(table, column.name) || (await isProven(run, { table, column, rows: counted.rows }))
    const distinct = unique ? filled : Math.min(differing(column, { known: known?.distinct, filled, rows }), filled - 1)
    columns.push({ ...column, filled, distinct: Math.max(distinct, 0) })
  }
  return { rows, columns }
}

type Whole = { known: number | null | undefined; filled: number; rows: number }

/** `pg_stats` has a number, or less than 0 a share of the rows. (https://www.postgresql.org/docs/18/view-pg-stats.html) */
const differing = (column: ColumnProfile, { known, filled, rows }: Whole): number => {
  const estimate = known ? (known > 0 ? known : Math.round(-known * rows)) : 0
  const often = column.distinct > column.filled / 2
  return Math.max(estimate || (often ? (column.distinct / column.filled) * filled : 0), column.distinct)
}

const isDeclared = ({ keys }: CatalogTable, column: string) =>
  keys.some(k => k.columns.length === 1 && k.columns[0] === column)

type Suspect = { table: CatalogTable; column: ColumnProfile; rows: number }

/** Nothing is taken for unique by its first rows alone; what may be a key is counted to the end, if that can be done in time. */
const isProven = async (run: Run, { table, column, rows }: Suspect): Promise<boolean> => {
  if (table.keys.length > 0 || column.distinct < rows || !looksLikeKeyName(column.name)) return false
  const name = quoted(column.name)
  const sql = `SELECT count(*), count(DISTINCT ${name}) FROM ${quoted(table.name)}`
  const [[all, distinct] = []] = await run(sql, [table.name]).catch(noneWhenTooMuch)
  return all !== undefined && all === distinct
}

/** The primary key, when all of it may be read and used. */
const declaredKey = (table: CatalogTable): string[] | undefined => {
  const [first] = table.keys
  const names = readColumns(table).map(c => c.name)
  return first?.primary && first.columns.every(c => names.includes(c)) ? first.columns : undefined
}

type Keyless = { profile: TableProfile; table: CatalogTable; isLarge: boolean }

const compositeKeys = async (run: Run, { profile, table, isLarge }: Keyless): Promise<string[][]> => {
  if (keyOf(profile)) return []
  const isFilled = (name: string) => profile.columns.some(c => c.name === name && c.filled === profile.rows)
  const declared = table.keys.find(k => k.columns.length > 1 && k.columns.every(isFilled))
  if (declared) return [declared.columns]
  if (isLarge) return []
  for (const size of [2, 3]) {
    const groups = compositeCandidates(profile, size)
    const proven: string[][] = []
    for (const group of groups) if (await isKey(run, { profile, group })) proven.push(group)
    if (proven.length > 0) return proven
  }
  return []
}

const isKey = async (run: Run, { profile, group }: { profile: TableProfile; group: string[] }): Promise<boolean> => {
  const sql = `SELECT count(*) FROM (SELECT DISTINCT ${group.map(quoted).join(', ')} FROM ${quoted(profile.name)}) AS part`
  const [[distinct] = []] = await run(sql, [profile.name])
  return Number(distinct) === profile.rows
}
