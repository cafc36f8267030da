import pg from 'pg'
import { type ColumnKind, constraintOf, type Rows, type TableSpec, type Value } from '../table.ts'
import { copyInto, copyLine } from './copy.ts'

const { escapeIdentifier: quoted } = pg

/** Creates a table and opens it; rows are sent by COPY, some thousands at a time. */
export const openTable = async (client: pg.ClientBase, spec: TableSpec): Promise<Rows> => {
  await client.query(definition(spec))
  const kinds = Object.values(spec.columns).map(kind => columnKinds[kind])
  const target = `${quoted(spec.name)} (${Object.keys(spec.columns).map(quoted).join(', ')})`
  const lines: string[] = []
  const flush = async () => {
    if (lines.length > 0) await copyInto(client, target, lines.splice(0))
  }
  return {
    add: row => void lines.push(copyLine(row.map((value, i) => written(value, kinds[i]!)))),
    flush,
    close: flush,
  }
}

const instant = (ms: number) => new Date(ms).toISOString()

type Kind = { sql: string; text: (value: never) => string }

const written = (value: Value, kind: Kind) => (value === null ? null : kind.text(value as never))

const columnKinds: Record<ColumnKind, Kind> = {
  integer: { sql: 'integer', text: (value: number) => String(value) },
  text: { sql: 'text', text: (value: string) => value },
  money: { sql: 'numeric(12, 2)', text: (value: number) => (value / 100).toFixed(2) },
  boolean: { sql: 'boolean', text: (value: boolean) => String(value) },
  seconds: { sql: 'numeric(9, 3)', text: (value: number) => (value / 1000).toFixed(3) },
  date: { sql: 'date', text: (value: number) => instant(value * 86_400_000).slice(0, 10) },
  timestamp: { sql: 'timestamp', text: (value: number) => instant(value * 1000).slice(0, 19) },
  instant: { sql: 'timestamptz', text: instant },
}

const definition = (spec: TableSpec) => {
  const { name, columns, primaryKey } = spec
  const lines = [
    ...Object.entries(columns).map(
      ([column, kind]) => `${quoted(column)} ${columnKinds[kind].sql}${constraintOf(spec, column)}`,
    ),
    `PRIMARY KEY (${primaryKey.map(quoted).join(', ')})`,
  ]
  return `CREATE TABLE ${quoted(name)} (${lines.join(', ')})`
}
