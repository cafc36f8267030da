import {
  BOOLEAN,
  DATE,
  DECIMAL,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  TIMESTAMP,
  TIMESTAMPTZ,
  VARCHAR,
} from '@duckdb/node-api'
import { type ColumnKind, constraintOf, type Rows, type TableSpec, type Value } from './table.ts'

/** Makes a DuckDB file and has it filled; afterwards it is complete on disk and closed. */
export const writeDatabase = async (path: string, fill: (connection: DuckDBConnection) => Promise<void>) => {
  const instance = await DuckDBInstance.create(path)
  try {
    const connection = await instance.connect()
    try {
      await fill(connection)
      await connection.run('CHECKPOINT')
    } finally {
      connection.closeSync()
    }
  } finally {
    instance.closeSync()
  }
}

/** Creates a table and opens it for fast appending. */
export const createTable = async (connection: DuckDBConnection, spec: TableSpec): Promise<Rows> => {
  await connection.run(definition(spec))
  const appender = await connection.createAppender(spec.name)
  const kinds = Object.values(spec.columns).map(kind => columnKinds[kind])
  const types = kinds.map(kind => kind.type)
  const buffer: DuckDBValue[][] = kinds.map(() => [])
  const appendChunk = () => {
    if (buffer[0]!.length === 0) return
    const chunk = DuckDBDataChunk.create(types)
    chunk.setColumns(buffer)
    appender.appendDataChunk(chunk)
    for (const column of buffer) column.length = 0
  }
  return {
    add: row => {
      for (let i = 0; i < kinds.length; i++) buffer[i]!.push(stored(row[i]!, kinds[i]!))
      if (buffer[0]!.length === chunkSize) appendChunk()
    },
    flush: async () => appendChunk(),
    close: async () => {
      appendChunk()
      appender.closeSync()
    },
  }
}

const chunkSize = 2048

type Kind = { sql: string; type: DuckDBType; value: (v: never) => DuckDBValue }

const stored = (value: Value, kind: Kind): DuckDBValue => (value === null ? null : kind.value(value as never))

const columnKinds: Record<ColumnKind, Kind> = {
  integer: { sql: 'INTEGER', type: INTEGER, value: (v: number) => v },
  text: { sql: 'VARCHAR', type: VARCHAR, value: (v: string) => v },
  money: { sql: 'DECIMAL(12,2)', type: DECIMAL(12, 2), value: (v: number) => new DuckDBDecimalValue(BigInt(v), 12, 2) },
  boolean: { sql: 'BOOLEAN', type: BOOLEAN, value: (v: boolean) => v },
  seconds: { sql: 'DECIMAL(9,3)', type: DECIMAL(9, 3), value: (v: number) => new DuckDBDecimalValue(BigInt(v), 9, 3) },
  date: { sql: 'DATE', type: DATE, value: (v: number) => new DuckDBDateValue(v) },
  timestamp: {
    sql: 'TIMESTAMP',
    type: TIMESTAMP,
    value: (v: number) => new DuckDBTimestampValue(BigInt(v) * 1_000_000n),
  },
  instant: {
    sql: 'TIMESTAMPTZ',
    type: TIMESTAMPTZ,
    value: (v: number) => new DuckDBTimestampTZValue(BigInt(v) * 1000n),
  },
}

const definition = (spec: TableSpec) => {
  const { name, columns, primaryKey } = spec
  const lines = [
    ...Object.entries(columns).map(
      ([column, kind]) => `${column} ${columnKinds[kind].sql}${constraintOf(spec, column)}`,
    ),
    `PRIMARY KEY (${primaryKey.join(', ')})`,
  ]
  return `CREATE TABLE ${name} (${lines.join(', ')})`
}
