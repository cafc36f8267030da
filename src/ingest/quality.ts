import type { ColumnType } from '#src/vocabulary/table.ts'
import { openCage } from './cage.ts'
import type { RunRows } from './typing/settle.ts'
import { quoted } from './typing/sql-text.ts'

/** A table to be looked at; `time` is its main date, `keys` are columns that name a row by the look of their names. */
export type QualityTable = {
  name: string
  label: string
  columns: { name: string; label: string; type: ColumnType }[]
  time?: string
  keys: string[]
}

export type ColumnQuality = {
  name: string
  label: string
  type: ColumnType
  /** Rows without a value, and how many different values there are. */
  nulls: number
  distinct: number
  /** Of numbers, dates and times. */
  min: number | string | null
  max: number | string | null
  /** Numbers further than three times the middle half from it, and the furthest. */
  outliers: number
  furthest: number | null
  /** Of a text column: values that read as a number, and as a date. */
  numbers: number
  dates: number
}

export type TableQuality = {
  name: string
  label: string
  rows: number
  /** Rows that another row is exactly like. */
  duplicateRows: number
  /** Columns that nearly name a row: how many rows share their value with an earlier one. */
  duplicateKeys: { column: string; label: string; rows: number }[]
  columns: ColumnQuality[]
  time?: { label: string; first: string; last: string }
}

type Job = { database: string; memoryMb: number; tables: readonly QualityTable[] }

/** Counts what there is to say of the quality of tables; three scans of each. The file is not changed. */
export const measureQuality = async ({ database, memoryMb, tables }: Job): Promise<TableQuality[]> => {
  const { run, close } = await openCage({ database, readOnly: true, memoryMb, files: [database] })
  try {
    const measured: TableQuality[] = []
    for (const table of tables) measured.push(await measureTable(run, table))
    return measured
  } finally {
    close()
  }
}

const measureTable = async (run: RunRows, table: QualityTable): Promise<TableQuality> => {
  const from = quoted(table.name)
  const [row = []] = await run(`SELECT count(*), ${table.columns.map(counts).join(', ')} FROM ${from}`)
  const rows = Number(row[0])
  const bounds = table.columns.map((_, i) => boundsIn(row, i))
  const outliers = await countOutliers(run, from, { table, bounds })
  const columns = table.columns.map((column, i) => columnIn(column, { row, i, rows, found: outliers[i] ?? none }))
  const list = table.columns.map(c => quoted(c.name)).join(', ')
  const [[different] = []] = await run(`SELECT count(DISTINCT hash(${list})) FROM ${from}`)
  const time = columns.find(c => c.name === table.time)
  return {
    name: table.name,
    label: table.label,
    rows,
    duplicateRows: rows - Number(different),
    duplicateKeys: columns.filter(c => table.keys.includes(c.name)).flatMap(c => duplicates(c, rows)),
    columns,
    ...(time && typeof time.min === 'string' && typeof time.max === 'string'
      ? { time: { label: time.label, first: time.min, last: time.max } }
      : {}),
  }
}

/** Values of each column in the first scan. */
const perColumn = 7
const isNumber = (type: ColumnType) => type === 'number' || type === 'integer'

const counts = ({ name, type }: QualityTable['columns'][number]) => {
  const column = quoted(name)
  const ordered = isNumber(type) || type === 'date' || type === 'timestamp'
  const number = isNumber(type) ? `CAST(${column} AS DOUBLE)` : 'NULL'
  return [
    `count(${column})`,
    `count(DISTINCT ${column})`,
    ordered ? (isNumber(type) ? `min(${number})` : `CAST(min(${column}) AS VARCHAR)`) : 'NULL',
    ordered ? (isNumber(type) ? `max(${number})` : `CAST(max(${column}) AS VARCHAR)`) : 'NULL',
    isNumber(type) ? `quantile_cont(${number}, [0.25, 0.75])` : 'NULL',
    type === 'text' ? `count(*) FILTER (TRY_CAST(${column} AS DOUBLE) IS NOT NULL)` : '0',
    type === 'text' ? `count(*) FILTER (TRY_CAST(${column} AS DATE) IS NOT NULL)` : '0',
  ].join(', ')
}

type Bounds = { low: number; high: number } | undefined

const boundsIn = (row: readonly unknown[], i: number): Bounds => {
  const middle = row[1 + i * perColumn + 4]
  const [low, high] = Array.isArray(middle) ? middle.map(Number) : []
  if (low === undefined || high === undefined || !(high > low)) return undefined
  return { low: low - 3 * (high - low), high: high + 3 * (high - low) }
}

type Outliers = { outliers: number; furthest: number | null }
const none: Outliers = { outliers: 0, furthest: null }

const countOutliers = async (
  run: RunRows,
  from: string,
  { table, bounds }: { table: QualityTable; bounds: readonly Bounds[] },
): Promise<Outliers[]> => {
  const list = bounds.flatMap((b, i) => {
    if (!b) return []
    const column = `CAST(${quoted(table.columns[i]!.name)} AS DOUBLE)`
    const outside = `${column} NOT BETWEEN ${b.low} AND ${b.high}`
    return [
      `count(*) FILTER (${outside})`,
      `arg_max(${column}, abs(${column} - ${(b.low + b.high) / 2})) FILTER (${outside})`,
    ]
  })
  const [row = []] = list.length > 0 ? await run(`SELECT ${list.join(', ')} FROM ${from}`) : []
  const next = row.values()
  return bounds.map(b =>
    b ? { outliers: Number(next.next().value), furthest: (next.next().value as number | null) ?? null } : none,
  )
}

type Counted = { row: readonly unknown[]; i: number; rows: number; found: Outliers }

const columnIn = (
  { name, label, type }: QualityTable['columns'][number],
  { row, i, rows, found }: Counted,
): ColumnQuality => {
  const [filled, distinct, min, max, , numbers, dates] = row.slice(1 + i * perColumn, 1 + (i + 1) * perColumn)
  const value = (v: unknown) => (typeof v === 'number' || typeof v === 'string' ? v : null)
  return {
    name,
    label,
    type,
    nulls: rows - Number(filled),
    distinct: Number(distinct),
    min: value(min),
    max: value(max),
    ...found,
    numbers: Number(numbers),
    dates: Number(dates),
  }
}

/** A column that names most rows but not all was probably meant to name them all. */
const duplicates = ({ name, label, distinct, nulls }: ColumnQuality, rows: number) => {
  const extra = rows - nulls - distinct
  return extra > 0 && distinct >= (rows - nulls) * 0.9 ? [{ column: name, label, rows: extra }] : []
}
