import type { DuckDBConnection } from '@duckdb/node-api'
import { markerTable } from './marks.ts'
import { createTable } from './write.ts'

/** Writes what the file was built from. Last of all, so that a half-built file has none. */
export const writeMarker = async (connection: DuckDBConnection, entries: Record<string, string | number>) => {
  const rows = await createTable(connection, {
    name: markerTable,
    columns: { key: 'text', value: 'text' },
    primaryKey: ['key'],
  })
  for (const [key, value] of Object.entries(entries)) rows.add([key, String(value)])
  await rows.close()
}

/** What a file was built from; empty when it has no marker. */
export const readMarker = async (connection: DuckDBConnection, tables: string[]): Promise<Record<string, string>> => {
  if (!tables.includes(markerTable)) return {}
  const result = await connection.runAndReadAll(`SELECT key::VARCHAR, value::VARCHAR FROM ${markerTable}`)
  return Object.fromEntries(result.getRows().map(([key, value]) => [String(key), String(value)]))
}
