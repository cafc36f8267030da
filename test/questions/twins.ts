import { DuckDBInstance } from '@duckdb/node-api'
import pg from 'pg'
import type { Config } from '#src/config.ts'
import type { Domain } from '#src/domain.ts'
import { realEffects } from '#src/effects.ts'
import { openServerDomain } from '#src/open-postgres.ts'
import { copyInto, copyLine } from '#src/sample/postgres/copy.ts'
import type { Query } from '#src/vocabulary/query.ts'
import type { Cell } from '#src/vocabulary/table.ts'

/** Queries to which two engines give the same, and those to which they do not. */
export type Compared = { same: Query[]; different: { query: Query; duckdb: unknown; postgres: unknown }[] }

/** The tables and views of a DuckDB file, copied into an empty schema of a PostgreSQL database. */
export const copyTables = async (path: string, { url, schema }: { url: string; schema: string }): Promise<void> => {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE; CREATE SCHEMA ${schema}; SET search_path = ${schema}`)
  const read = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson()
  for (const [name] of await read('SELECT table_name FROM duckdb_tables()')) {
    const table = pg.escapeIdentifier(String(name))
    const columns = await read(
      `SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = '${name}' ORDER BY column_index`,
    )
    const definitions = columns.map(
      ([column, type]) => `${pg.escapeIdentifier(String(column))} ${postgresType(String(type))}`,
    )
    await client.query(`CREATE TABLE ${table} (${definitions.join(', ')})`)
    const texts = columns.map(([column]) => `CAST(${pg.escapeIdentifier(String(column))} AS VARCHAR)`)
    const rows = await read(`SELECT ${texts.join(', ')} FROM ${table}`)
    const lines = rows.map(row => copyLine(row.map(value => (value === null ? null : String(value)))))
    await copyInto(client, table, lines)
    // Without statistics plans are guessed, and what a statement may cost depends on when the server looks by itself.
    await client.query(`ANALYZE ${table}`)
  }
  for (const [view] of await read('SELECT sql FROM duckdb_views() WHERE NOT internal')) await client.query(String(view))
  await client.end()
  connection.closeSync()
  instance.closeSync()
}

const postgresType = (type: string) =>
  ({ DOUBLE: 'double precision', FLOAT: 'real', HUGEINT: 'numeric', TINYINT: 'smallint', BLOB: 'bytea' })[type] ?? type

/**
 * A domain that asks two engines each query and gives what DuckDB says. Numbers are compared to 12 digits: sums are added up in other
 * orders.
 */
export const twinDomain = (duckdb: Domain, postgres: Domain, { same, different }: Compared): Domain => ({
  ...duckdb,
  run: async (query, options) => {
    const [here, there] = await Promise.all([duckdb.run(query, options), postgres.run(query, options).catch(told)])
    const [a, b] = [shown(here), shown(there)]
    if (JSON.stringify(a) === JSON.stringify(b)) same.push(query)
    else different.push({ query, duckdb: a, postgres: b })
    return here
  },
})

const told = (thrown: { message: string; cause?: { message?: string } }) => ({
  failed: `${thrown.message} ${thrown.cause?.message ?? ''}`,
})

const shown = (result: Awaited<ReturnType<Domain['run']>> | { failed: string }): unknown =>
  'table' in result ? result.table.rows.map(row => row.map(rounded)) : result

const rounded = (cell: Cell) => (typeof cell === 'number' ? Number(cell.toPrecision(12)) : cell)

/** The same model over the copied tables. */
export const openTwin = (
  domain: Domain,
  { url, schema, config }: { url: string; schema: string; config: Config },
): Promise<Domain> =>
  openServerDomain(
    { url, schemas: [schema], model: domain.model, source: domain.source, limits: config.limits },
    realEffects,
  )
