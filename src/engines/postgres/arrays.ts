import pg from 'pg'
import type { Cell } from '#src/vocabulary/table.ts'

type ArrayReading = { type: 'text'; cell: (text: string) => Cell }

/** Arrays of the usual types as JSON: what a number cannot hold exactly is written as text, as DuckDB's lists are. */
const reading = (element: (text: string) => unknown): ArrayReading => ({
  type: 'text',
  cell: text => JSON.stringify(parser.create(text, element).parse()),
})

/** Its declared type is not what it is. */
const parser = pg.types.arrayParser as unknown as {
  create: (text: string, element: (text: string) => unknown) => { parse: () => unknown[] }
}

const plain = reading(text => text)
const number = reading(text => (Number.isFinite(Number(text)) ? Number(text) : text))
const flag = reading(text => text === 't')

/** By the number of the array's type (https://github.com/postgres/postgres/blob/REL_18_STABLE/src/include/catalog/pg_type.dat). */
export const fromArray: { [oid: number]: ArrayReading } = {
  // bool
  1000: flag,
  // int2, int4, oid, float4, float8
  ...Object.fromEntries([1005, 1007, 1028, 1021, 1022].map(oid => [oid, number])),
  // int8, numeric, name, text, bpchar, varchar, date, time, timestamp, timestamptz, interval, uuid, json, jsonb
  ...Object.fromEntries(
    [1016, 1231, 1003, 1009, 1014, 1015, 1182, 1183, 1115, 1185, 1187, 2951, 199, 3807].map(oid => [oid, plain]),
  ),
}
