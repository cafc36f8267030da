import type pg from 'pg'
import type { EngineResult } from '#src/engines/engine.ts'
import { type ExactIds, rememberId, restoreIds } from '#src/engines/exact-ids.ts'
import { cellLimit, textLimit } from '#src/engines/text-limits.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Cell } from '#src/vocabulary/table.ts'
import { type Reading, readingOf } from './values.ts'

/** Collects the rows of one statement as they come in. */
export type Gathering = {
  /** True when there is more than may be taken, and nothing further needs to be sent. Throws `engine/out-of-memory`. */
  add(row: readonly (string | null)[], fields: readonly pg.FieldDef[]): boolean
  result(fields: readonly pg.FieldDef[]): Omit<EngineResult, 'ms'>
}

export const gatherRows = (maxRows: number): Gathering => {
  const rows: Cell[][] = []
  const ids: ExactIds = new Map()
  const fractional = new Set<number>()
  let readings: Reading[] | undefined
  let size = 0
  let truncated = false
  const cellOf = (text: string | null, c: number): Cell => {
    if (text === null) return null
    const reading = readings![c]!
    if (reading.exact && isWhole(text) && !Number.isSafeInteger(Number(text)))
      rememberId(ids, c, { row: rows.length, exact: text })
    if (reading.open && !isWhole(text)) fractional.add(c)
    const cell = reading.cell(text)
    if (typeof cell === 'string') size += lengthOf(cell)
    return cell
  }
  return {
    add: (row, fields) => {
      readings ??= fields.map(readingOf)
      truncated ||= rows.length >= maxRows || size > textLimit
      if (!truncated) rows.push(row.map(cellOf))
      return truncated
    },
    result: fields => {
      readings ??= fields.map(readingOf)
      const areWhole = ({ open }: Reading, c: number) => open && rows.length > 0 && !fractional.has(c)
      const columns = readings.map((reading, c) => ({
        name: fields[c]!.name,
        type: areWhole(reading, c) ? ('integer' as const) : reading.type,
      }))
      restoreIds(ids, { columns, rows })
      return { columns, rows, truncated }
    },
  }
}

const isWhole = (text: string) => /^-?\d+$/.test(text)

const lengthOf = ({ length }: string) => {
  if (length > cellLimit) throw ChartroomError.of('engine/out-of-memory')
  return length
}
