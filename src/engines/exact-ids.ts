import type { Cell } from '#src/vocabulary/table.ts'
import type { EngineResult } from './engine.ts'

/** Per column with integers that a number cannot hold: their exact text, by row. */
export type ExactIds = Map<number, Map<number, string>>

export const rememberId = (ids: ExactIds, column: number, { row, exact }: { row: number; exact: string }): void => {
  const exacts = ids.get(column) ?? new Map<number, string>()
  ids.set(column, exacts.set(row, exact))
}

/** A column with even one identifier that a number would round becomes text in all its rows. */
export const restoreIds = (ids: ExactIds, { columns, rows }: Pick<EngineResult, 'columns' | 'rows'>): void => {
  for (const [c, exacts] of ids) {
    columns[c]!.type = 'text'
    rows.forEach((row, r) => {
      row[c] = exacts.get(r) ?? asText(row[c])
    })
  }
}

const asText = (cell: Cell | undefined) => (cell === null || cell === undefined ? null : String(cell))
