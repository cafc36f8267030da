import type { DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api'
import type { EngineResult } from '#src/engines/engine.ts'
import { type ExactIds, rememberId, restoreIds } from '#src/engines/exact-ids.ts'
import { cellLimit, textLimit } from '#src/engines/text-limits.ts'
import type { Cell } from '#src/vocabulary/table.ts'
import { columnType, isUnsafeId, toCell } from './values.ts'

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
  restoreIds(state.ids, { columns, rows: state.rows })
  return { columns, rows: state.rows, truncated }
}

type State = { rows: Cell[][]; ids: ExactIds; size: number }

const append = (state: State, chunk: DuckDBDataChunk, maxRows: number): boolean => {
  const start = state.rows.length
  const take = Math.min(chunk.rowCount, maxRows - start)
  for (let r = 0; r < take; r++) state.rows.push(new Array(chunk.columnCount))
  chunk.visitColumnMajor((value, r, c, type) => {
    if (r >= take) return
    if (isUnsafeId(value, type)) rememberId(state.ids, c, { row: start + r, exact: String(value) })
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
