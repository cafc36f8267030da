import pg from 'pg'
import type { ColumnKind, Rows, TableSpec } from '../table.ts'
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
    add: row => void lines.push(copyLine(row.map((value, i) => kinds[i]!.text(value as never)))),
    flush,
    close: flush,
  }
}

const instant = (ms: number) => new Date(ms).toISOString()

const columnKinds: Record<ColumnKind, { sql: string; text: (value: never) => string }> = {
  integer: { sql: 'integer', text: (value: number) => String(value) },
  text: { sql: 'text', text: (value: string) => value },
  money: { sql: 'numeric(12, 2)', text: (value: number) => (value / 100).toFixed(2) },
  date: { sql: 'date', text: (value: number) => instant(value * 86_400_000).slice(0, 10) },
  timestamp: { sql: 'timestamp', text: (value: number) => instant(value * 1000).slice(0, 19) },
}

const definition = ({ name, columns, primaryKey }: TableSpec) => {
  const lines = [
    ...Object.entries(columns).map(([column, kind]) => `${quoted(column)} ${columnKinds[kind].sql} NOT NULL`),
    `PRIMARY KEY (${primaryKey.map(quoted).join(', ')})`,
  ]
  return `CREATE TABLE ${quoted(name)} (${lines.join(', ')})`
}
