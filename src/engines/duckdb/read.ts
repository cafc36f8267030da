import type { DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api'
import type { EngineResult } from '#src/engines/engine.ts'
import type { Cell } from '#src/vocabulary/table.ts'
import { columnType, isUnsafeId, toCell } from './values.ts'

/** Text of one result beyond this is not read on: a row cap alone does not stop cells of many megabytes. Characters. */
const textLimit = 32_000_000

/** One text beyond this is no answer but an accident, and would fill the bot. Characters. */
const cellLimit = 4_000_000

/** Reads up to `maxRows` rows of a streaming result and stops. `truncated` says that there was more. */
export const readRows = async (result: DuckDBResult, maxRows: number): Promise<Omit<EngineResult, 'ms'>> => {
  const types = result.columnTypes()
  const columns = result.columnNames().map((name, i) => ({ name, type: columnType(types[i]!) }))
  const state: State = { rows: [], ids: new Map(), size: 0 }
  let truncated = false
  for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk()) {
    truncated = append(state, chunk, maxRows)
    if (truncated) break
  }
  restoreIds(state, columns)
  return { columns, rows: state.rows, truncated }
}

type State = {
  rows: Cell[][]
  /** Per column with integers that a number cannot hold: nothing but the fact; and the exact text of every value of such columns so far. */
  ids: Map<number, Map<number, string>>
  size: number
}

const append = (state: State, chunk: DuckDBDataChunk, maxRows: number): boolean => {
  const start = state.rows.length
  const take = Math.min(chunk.rowCount, maxRows - start)
  for (let r = 0; r < take; r++) state.rows.push(new Array(chunk.columnCount))
  chunk.visitColumnMajor((value, r, c, type) => {
    if (r >= take) return
    if (isUnsafeId(value, type)) remember(state, c, { row: start + r, exact: String(value) })
    const cell = toCell(value, type)
    if (typeof cell === 'string') state.size += lengthOf(cell)
    state.rows[start + r]![c] = cell
  })
  return take < chunk.rowCount || state.size > textLimit
}

const lengthOf = ({ length }: string) => {
  if (length > cellLimit) throw new Error(`Out of Memory Error: a text of ${length} characters`)
  return length
}

const remember = ({ ids }: State, column: number, { row, exact }: { row: number; exact: string }) => {
  const exacts = ids.get(column) ?? new Map<number, string>()
  ids.set(column, exacts.set(row, exact))
}

/** A column with even one identifier that a number would round is text in all its rows. */
const restoreIds = ({ rows, ids }: State, columns: EngineResult['columns']) => {
  for (const [c, exacts] of ids) {
    columns[c]!.type = 'text'
    rows.forEach((row, r) => {
      const cell = row[c]
      row[c] = exacts.get(r) ?? (cell === null || cell === undefined ? null : String(cell))
    })
  }
}
