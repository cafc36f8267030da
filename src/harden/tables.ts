import pg from 'pg'
import { readAddress } from '#src/engines/postgres/address.ts'
import { connectFault } from '#src/engines/postgres/failures.ts'
import type { Relation } from './plan.ts'

export type Looking = { url: string; schemas: readonly string[] }

/** What is in a database: its name, and the tables and views of some schemas. Reads only. Throws `source/…`, `engine/unreachable`. */
export const lookUpTables = async ({ url, schemas }: Looking): Promise<{ database: string; relations: Relation[] }> => {
  const { connectionString, place } = readAddress(url)
  const client = new pg.Client({
    connectionString,
    application_name: 'chartroom harden',
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ database: string; relations: Relation[] }>(listing, [schemas])
    return rows[0]!
  } catch (thrown) {
    throw connectFault(thrown, place)
  } finally {
    await client.end()
  }
}

/** Tables, partitioned tables, views, materialized views, foreign tables; a partition is read through its whole. */
const listing = `
SELECT current_database() AS database, coalesce(json_agg(r ORDER BY r.schema, r.name), '[]') AS relations FROM (
  SELECT n.nspname AS schema, c.relname AS name, (
    SELECT coalesce(json_agg(a.attname ORDER BY a.attnum), '[]') FROM pg_attribute a
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  ) AS columns
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
) r`
