import pg from 'pg'
import { readAddress } from '#src/engines/postgres/address.ts'
import { connectFault, statementFault } from '#src/engines/postgres/failures.ts'
import type { PostgresSource } from '#src/engines/postgres/postgres.ts'

/** A column as the catalog knows it. `type` is that below a domain; `distinct` and `empty` are what ANALYZE found, in the units of `pg_stats`. */
export type CatalogColumn = { name: string; type: string; enum: boolean; distinct: number | null; empty: number | null }

export type CatalogTable = {
  name: string
  /** Another table of that name stands before it in the search path. */
  shadowed: boolean
  /** Rows as the server last counted them; less than 0 when it never did. */
  estimate: number
  /** Those that the user may read. */
  columns: CatalogColumn[]
  /** Columns of which every row has values of its own; the primary key first. */
  keys: { columns: string[]; primary: boolean }[]
  /** Foreign keys that hold, to tables that are found by their bare name. */
  links: { columns: string[]; to: string; toColumns: string[] }[]
}

export type Catalog = { database: string; place: string; tables: CatalogTable[] }

/**
 * The tables and views of a database that its user may read, found where the user looks or in the schemas given. A partition is read through
 * its whole; what belongs to an extension is left out. One look at the catalog on a connection of its own, which only reads. Throws
 * `source/…`, `engine/…`.
 */
export const readCatalog = async ({ url, schemas }: PostgresSource): Promise<Catalog> => {
  const { connectionString, place } = readAddress(url)
  const client = new pg.Client({
    connectionString,
    application_name: 'chartroom draft',
    connectionTimeoutMillis: 10_000,
    query_timeout: patience,
  })
  client.on('error', () => undefined)
  try {
    await client.connect().catch(thrown => {
      throw connectFault(thrown, place)
    })
    await client.query(beginning(schemas))
    const { rows } = await client.query<Omit<Catalog, 'place'>>(listing, [schemas ?? null])
    return { ...rows[0]!, place }
  } catch (thrown) {
    throw statementFault(thrown)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Milliseconds, for a catalog of thousands of tables. */
const patience = 20_000

const beginning = (schemas: readonly string[] = []) =>
  [
    'BEGIN READ ONLY',
    `SET LOCAL statement_timeout = ${patience}`,
    ...(schemas.length > 0 ? [`SET LOCAL search_path = ${schemas.map(pg.escapeIdentifier).join()}`] : []),
  ].join(';')

/** Names of columns by their numbers, in that order. */
const named = (table: string, numbers: string) => `(
  SELECT json_agg(a.attname ORDER BY k.place) FROM unnest(${numbers}) WITH ORDINALITY AS k(number, place)
  JOIN pg_attribute a ON a.attrelid = ${table} AND a.attnum = k.number)`

/** https://www.postgresql.org/docs/18/catalogs.html, https://www.postgresql.org/docs/18/view-pg-stats.html */
const columnsOf = `(
  SELECT coalesce(json_agg(json_build_object(
    'name', a.attname, 'type', coalesce(b2.typname, b1.typname, t.typname),
    'enum', coalesce(b2.typtype, b1.typtype, t.typtype) = 'e', 'distinct', s.n_distinct, 'empty', s.null_frac
  ) ORDER BY a.attnum), '[]')
  FROM pg_attribute a
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_type b1 ON b1.oid = t.typbasetype
  LEFT JOIN pg_type b2 ON b2.oid = b1.typbasetype
  LEFT JOIN pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = a.attname
    AND s.inherited = (c.relkind = 'p')
  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND has_column_privilege(c.oid, a.attnum, 'SELECT'))`

const keysOf = `(
  SELECT coalesce(json_agg(json_build_object(
    'columns', ${named('c.oid', '(i.indkey::int2[])[0:i.indnkeyatts - 1]')}, 'primary', i.indisprimary
  ) ORDER BY i.indisprimary DESC, i.indexrelid), '[]')
  FROM pg_index i
  WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL)`

const linksOf = `(
  SELECT coalesce(json_agg(json_build_object(
    'columns', ${named('f.conrelid', 'f.conkey')}, 'to', r.relname, 'toColumns', ${named('f.confrelid', 'f.confkey')}
  ) ORDER BY f.conname), '[]')
  FROM pg_constraint f JOIN pg_class r ON r.oid = f.confrelid
  WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.convalidated AND pg_table_is_visible(r.oid))`

const listing = `
SELECT current_database() AS database, coalesce(json_agg(t ORDER BY t.name), '[]') AS tables FROM (
  SELECT c.relname AS name, NOT pg_table_is_visible(c.oid) AS shadowed, c.reltuples AS estimate,
    ${columnsOf} AS columns, ${keysOf} AS keys, ${linksOf} AS links
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND CASE WHEN $1::text[] IS NULL THEN pg_table_is_visible(c.oid) AND n.nspname <> ALL ('{pg_catalog,information_schema}')
        ELSE n.nspname = ANY ($1) END
    AND has_any_column_privilege(c.oid, 'SELECT') AND has_schema_privilege(n.oid, 'USAGE')
    AND NOT EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = c.oid)
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
) t`
