import pg from 'pg'
import type { Cell, ColumnType } from '#src/vocabulary/table.ts'
import { fromArray } from './arrays.ts'

/** How a column looks outside, and how its texts become cells as DuckDB gives them (`../duckdb/values.ts`). */
export type Reading = {
  type: ColumnType
  cell: (text: string) => Cell
  /** Integers that must not be rounded when they are identifiers. */
  exact: boolean
  /** Whether it is an integer shows only in its values: the sum of integers is a NUMERIC without a scale. */
  open: boolean
}

/** By the type that the server names; unknown and rare types are text as the server writes them. */
export const readingOf = (field: pg.FieldDef): Reading => {
  const { dataTypeID: id, tableID, dataTypeModifier } = field
  const reading = readings[id] ?? { type: 'text', cell: text => text }
  if (id === oids.INT8) return { ...reading, exact: true, open: false }
  if (id !== oids.NUMERIC) return { ...reading, exact: false, open: false }
  const scale = scaleOf(dataTypeModifier)
  // Numbers that were worked out are amounts; those of a column without decimals may name things.
  return { ...reading, type: scale === 0 ? 'integer' : 'number', exact: tableID !== 0, open: scale === undefined }
}

const oids = pg.types.builtins

/** Undefined when the column takes any. (https://www.postgresql.org/docs/18/datatype-numeric.html) */
const scaleOf = (modifier: number) => {
  if (modifier < 4) return undefined
  const scale = (modifier - 4) & 0x7ff
  return scale > 1000 ? 0 : scale
}

const finite = (text: string): Cell => {
  const number = Number(text)
  return Number.isFinite(number) ? number : null
}

const isInfinite = (text: string) => text === 'infinity' || text === '-infinity'

const date = (text: string): Cell => (isInfinite(text) ? null : text.replace(/ BC$/, ' (BC)'))

const timestamp = (text: string): Cell => {
  if (isInfinite(text)) return null
  const [, year = '', rest, time, zone, era] = /^(\d+)(-\d\d-\d\d) ([\d:.]+)(\+00)?( BC)?$/.exec(text) ?? []
  if (!rest || (Number(year) > lastYear && !era)) return text
  return `${isoYear(Number(year), era !== undefined)}${rest}T${time}${zone ? 'Z' : ''}`
}

/** The last whole year that a JavaScript date can hold. */
const lastYear = 275_759

/** As `Date.toISOString` writes years; there is a year 0 in ISO 8601, which is 1 BC. */
const isoYear = (year: number, beforeChrist: boolean) => {
  const number = beforeChrist ? 1 - year : year
  if (number >= 0 && number <= 9999) return String(number).padStart(4, '0')
  return `${number < 0 ? '-' : '+'}${String(Math.abs(number)).padStart(6, '0')}`
}

/** `1 year 2 mons -3 days +04:05:06` as `1 year 2 months -3 days 04:05:06`. */
const interval = (text: string): Cell =>
  isInfinite(text)
    ? null
    : text.replace(/\+(?=\d)/g, '').replace(/(-?\d+) (year|mon|day)s?/g, (_, n: string, unit: string) => {
        const word = unit === 'mon' ? 'month' : unit
        return `${n} ${word}${Math.abs(Number(n)) === 1 ? '' : 's'}`
      })

/** `\x41ab` as `A\xAB`. */
const bytes = (text: string): Cell =>
  text
    .slice(2)
    .replace(/../g, hex =>
      isPlain(Number.parseInt(hex, 16)) ? String.fromCharCode(Number.parseInt(hex, 16)) : `\\x${hex.toUpperCase()}`,
    )

const isPlain = (byte: number) => byte > 0x1f && byte < 0x7f && byte !== 0x22 && byte !== 0x27

type Simple = Pick<Reading, 'type' | 'cell'>
const integer: Simple = { type: 'integer', cell: finite }
const number: Simple = { type: 'number', cell: finite }

const readings: { [oid: number]: Simple } = {
  [oids.BOOL]: { type: 'boolean', cell: text => text === 't' },
  [oids.INT2]: integer,
  [oids.INT4]: integer,
  [oids.INT8]: integer,
  [oids.OID]: integer,
  [oids.FLOAT4]: number,
  [oids.FLOAT8]: number,
  [oids.NUMERIC]: number,
  // With `lc_monetary` C: -$1,234.50
  [oids.MONEY]: { type: 'number', cell: text => finite(text.replace(/[$,]/g, '')) },
  [oids.DATE]: { type: 'date', cell: date },
  [oids.TIMESTAMP]: { type: 'timestamp', cell: timestamp },
  [oids.TIMESTAMPTZ]: { type: 'timestamp', cell: timestamp },
  [oids.INTERVAL]: { type: 'text', cell: interval },
  [oids.BYTEA]: { type: 'text', cell: bytes },
  // The blanks behind a CHAR(n) are no part of it, and a filter by it would not find them.
  [oids.BPCHAR]: { type: 'text', cell: text => text.replace(/ +$/, '') },
  ...fromArray,
}
