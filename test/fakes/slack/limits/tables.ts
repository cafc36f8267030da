import { isObject } from '../arguments.ts'
import { known } from './objects.ts'
import { richText } from './rich-text.ts'
import { flag, kinds, list, number, object, oneOf, type Shape, text } from './shape.ts'

const long = 20_000
const rawText = object({ type: known, text: text(long) })
const rawNumber = object({ type: known, value: number({ whole: false }), text: text(long) })
const cell = kinds({ raw_text: rawText, raw_number: rawNumber, rich_text: richText })

/** A table: 100 rows of 20 cells (https://docs.slack.dev/reference/block-kit/blocks/table-block). */
const table = object(
  { type: known, rows: list(list(cell, { max: 20 }), { max: 100 }) },
  {
    block_id: text(255),
    column_settings: list(object({}, { align: oneOf('left', 'center', 'right'), is_wrapped: flag }), { max: 20 }),
  },
)

/**
 * A table that can be sorted: a head and 200 rows, all of the same length (https://docs.slack.dev/reference/block-kit/blocks/data-table-block).
 * The page still says 100 rows; 200 are accepted since August 2026.
 */
const dataTable = object(
  { type: known, caption: text(long), rows: list(list(cell, { max: 20 }), { min: 2, max: 201 }) },
  { block_id: text(255), page_size: number({ min: 1, max: 100 }), row_header_column_index: number({ min: 0 }) },
  ({ rows }, at, { report }) => {
    if (!Array.isArray(rows) || !rows.every(Array.isArray)) return
    const [head = [], ...others] = rows
    if (others.some(row => row.length !== head.length))
      report('all rows must have the same number of cells', `${at}/rows`)
    head.forEach((each: unknown, i: number) => {
      if (isObject(each) && each.type === 'rich_text') report('unsupported type: rich_text', `${at}/rows/0/${i}/type`)
    })
  },
)

export const tables: Record<string, Shape> = { table, data_table: dataTable }

/** Characters in the cells of a data table. */
export const charactersIn = (rows: unknown): number =>
  Array.isArray(rows)
    ? rows
        .flat()
        .reduce(
          (sum: number, each) => sum + (isObject(each) && typeof each.text === 'string' ? each.text.length : 0),
          0,
        )
    : 0
