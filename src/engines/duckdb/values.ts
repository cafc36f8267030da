import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBIntervalValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
  type Json,
  JsonDuckDBValueConverter,
} from '@duckdb/node-api'
import type { Cell, ColumnType } from '#src/vocabulary/table.ts'

/** How a DuckDB type looks outside: nested and rare types are text. */
export const columnType = (type: DuckDBType): ColumnType => {
  switch (type.typeId) {
    case DuckDBTypeId.DECIMAL:
      return 'scale' in type && type.scale === 0 ? 'integer' : 'number'
    default:
      return types[type.typeId] ?? 'text'
  }
}

const types: { [id in DuckDBTypeId]?: ColumnType } = {
  [DuckDBTypeId.BOOLEAN]: 'boolean',
  [DuckDBTypeId.TINYINT]: 'integer',
  [DuckDBTypeId.SMALLINT]: 'integer',
  [DuckDBTypeId.INTEGER]: 'integer',
  [DuckDBTypeId.BIGINT]: 'integer',
  [DuckDBTypeId.HUGEINT]: 'integer',
  [DuckDBTypeId.UTINYINT]: 'integer',
  [DuckDBTypeId.USMALLINT]: 'integer',
  [DuckDBTypeId.UINTEGER]: 'integer',
  [DuckDBTypeId.UBIGINT]: 'integer',
  [DuckDBTypeId.UHUGEINT]: 'integer',
  [DuckDBTypeId.BIGNUM]: 'integer',
  [DuckDBTypeId.FLOAT]: 'number',
  [DuckDBTypeId.DOUBLE]: 'number',
  [DuckDBTypeId.DATE]: 'date',
  [DuckDBTypeId.TIMESTAMP]: 'timestamp',
  [DuckDBTypeId.TIMESTAMP_S]: 'timestamp',
  [DuckDBTypeId.TIMESTAMP_MS]: 'timestamp',
  [DuckDBTypeId.TIMESTAMP_NS]: 'timestamp',
  [DuckDBTypeId.TIMESTAMP_TZ]: 'timestamp',
}

/**
 * One value as a cell: numbers of every width as a number (the nearest one), dates `YYYY-MM-DD`, timestamps `YYYY-MM-DDTHH:mm:ss` with a
 * fraction only when there is one and `Z` only with a time zone, NaN and infinities null, everything else text (nested values as JSON).
 */
export const toCell = (value: DuckDBValue, type: DuckDBType): Cell => {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? (type.typeId === DuckDBTypeId.FLOAT ? shortest(value) : value) : null
    case 'bigint':
      return Number(value)
    case 'string':
    case 'boolean':
      return value
    default:
      return value === null ? null : objectToCell(value, type)
  }
}

/** Integers that a number cannot hold exactly: identifiers, which must not be rounded. Sums come as HUGEINT and may be. */
export const isUnsafeId = (value: DuckDBValue, type: DuckDBType): boolean =>
  typeof value === 'bigint' &&
  (type.typeId === DuckDBTypeId.BIGINT || type.typeId === DuckDBTypeId.UBIGINT) &&
  (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER)

const objectToCell = (
  value: Exclude<DuckDBValue, null | number | bigint | string | boolean>,
  type: DuckDBType,
): Cell => {
  if (value instanceof DuckDBDecimalValue) return decimal(value)
  if (value instanceof DuckDBDateValue) return value.isFinite ? value.toString() : null
  const micros = microseconds(value)
  if (micros === null) return null
  if (micros !== undefined) return iso(micros, value)
  if (value instanceof DuckDBIntervalValue) return value.toString()
  return text(JsonDuckDBValueConverter(value, type, JsonDuckDBValueConverter))
}

const decimal = ({ value, scale, ...rest }: DuckDBDecimalValue) =>
  value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER
    ? Number(value) / 10 ** scale
    : Number(new DuckDBDecimalValue(value, rest.width, scale).toString())

/** Microseconds since 1970; null when infinite, undefined when it is no timestamp. */
const microseconds = (value: DuckDBValue): bigint | null | undefined => {
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue)
    return value.isFinite ? value.micros : null
  if (value instanceof DuckDBTimestampSecondsValue) return value.isFinite ? value.seconds * 1_000_000n : null
  if (value instanceof DuckDBTimestampMillisecondsValue) return value.isFinite ? value.millis * 1000n : null
  if (value instanceof DuckDBTimestampNanosecondsValue) return value.isFinite ? value.nanos / 1000n : null
  return undefined
}

/** The last millisecond that a JavaScript date can hold. DuckDB goes on to the year 294247. */
const lastMillisecond = 8_640_000_000_000_000n

const iso = (micros: bigint, value: DuckDBValue) => {
  const millis = micros / 1000n - (micros % 1000n < 0n ? 1n : 0n)
  if (millis > lastMillisecond || millis < -lastMillisecond) return String(value)
  const rest = Number(micros - millis * 1000n)
  const text = new Date(Number(millis)).toISOString()
  const seconds = text.slice(0, -5)
  const fraction = rest === 0 && text.endsWith('.000Z') ? '' : fractionOf(text.slice(-4, -1), rest)
  return seconds + fraction + (value instanceof DuckDBTimestampTZValue ? 'Z' : '')
}

const fractionOf = (millis: string, micros: number) => `.${millis}${String(micros).padStart(3, '0')}`.replace(/0+$/, '')

/** 0.1 stored in 32 bits reads 0.10000000149 in 64; the shortest decimal that gives the same 32 bits is what was meant. Nine digits always do. */
const shortest = (value: number) =>
  [6, 7, 8].map(digits => Number(value.toPrecision(digits))).find(n => Math.fround(n) === value) ??
  Number(value.toPrecision(9))

const text = (json: Json) => (typeof json === 'string' ? json : JSON.stringify(json))
