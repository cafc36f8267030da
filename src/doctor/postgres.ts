import pg from 'pg'
import { readAddress } from '#src/engines/postgres/address.ts'
import { connectFault } from '#src/engines/postgres/failures.ts'
import { riskyFunctions } from '#src/harden/risky-functions.ts'
import { type Check, type Finding, fail, ok, warn } from './check.ts'

/** A database that Chartroom reads. `tables`: those of its model; `schemas`: where they are looked for, when not where the user looks. */
export type Warehouse = { name: string; url: string; schemas?: readonly string[]; tables: readonly string[] }

/**
 * Whether a database lets in, shows all tables of the model, and gives Chartroom's user no more than reading. Asks the catalog and changes
 * nothing.
 */
export const warehouseSafe = ({ name, url, schemas = [], tables }: Warehouse): Check => ({
  name,
  run: async () => {
    const { connectionString, place } = readAddress(url)
    const client = new pg.Client({
      connectionString,
      application_name: 'chartroom doctor',
      connectionTimeoutMillis: 10_000,
    })
    client.on('error', () => undefined)
    try {
      await client.connect().catch(thrown => {
        throw connectFault(thrown, place)
      })
      await client.query('BEGIN READ ONLY')
      if (schemas.length > 0) await client.query(`SET LOCAL search_path = ${schemas.map(pg.escapeIdentifier).join()}`)
      return findingOf(place, await hiddenTables(client, tables), await tooMuch(client))
    } finally {
      await client.end()
    }
  },
})

const findingOf = (place: string, hidden: string[], much: string[]): Finding => {
  if (hidden.length > 0)
    return fail(
      `${place}: ${hidden.join('; ')}.`,
      'Make them, or let the user read them: `npx chartroom harden <url>` prints the SQL.',
    )
  if (much.length > 0)
    return warn(
      `${place} is read, but the user ${much.join('; ')}.`,
      'Let an administrator run what `npx chartroom harden <url>` prints.',
    )
  return ok(`${place} is read by a user that may do nothing else.`)
}

type Asked = { client: pg.Client; sql: string; values?: unknown[] }

const column = async ({ client, sql, values = [] }: Asked): Promise<string[]> => {
  const { rows } = await client.query<(string | null)[]>({ text: sql, values, rowMode: 'array' })
  return rows.flatMap(([value]) => value ?? [])
}

const hiddenTables = (client: pg.Client, tables: readonly string[]): Promise<string[]> =>
  column({
    client,
    sql: `SELECT CASE WHEN id IS NULL THEN 'there is no table ' || name
        WHEN NOT has_any_column_privilege(id, 'SELECT') THEN 'the user may not read ' || name END
      FROM (SELECT name, to_regclass(quote_ident(name)) AS id FROM unnest($1::text[]) AS name) AS known`,
    values: [tables],
  })

/** What the user may beyond reading, or may take without end, as clauses. */
const tooMuch = async (client: pg.Client): Promise<string[]> => {
  const powers = await column({ client, sql: powersOf })
  const writable = await column({ client, sql: writableTables })
  const functions = await column({ client, sql: callable, values: [riskyFunctions] })
  const loose: string[] = []
  for (const [setting, unlimited] of limits)
    if ((await column({ client, sql: `SHOW ${setting}` })).includes(unlimited)) loose.push(setting)
  return [
    ...powers,
    ...(writable.length > 0 ? [`may change ${some(writable)}`] : []),
    ...(functions.length > 0 ? [`may call ${some(functions)}`] : []),
    ...(loose.length > 0 ? [`has no limit of its own for ${loose.join(', ')}`] : []),
  ]
}

const some = (names: string[]) =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')

const powersOf = `
SELECT unnest(ARRAY[
  CASE WHEN rolsuper THEN 'is a superuser' END, CASE WHEN rolcreaterole THEN 'may make users' END,
  CASE WHEN rolcreatedb THEN 'may make databases' END, CASE WHEN rolreplication THEN 'may copy the server' END,
  CASE WHEN rolbypassrls THEN 'sees rows in spite of policies' END,
  CASE WHEN rolconnlimit < 0 THEN 'may take all connections' END,
  CASE WHEN has_schema_privilege(current_schema(), 'CREATE') THEN 'may make tables' END,
  CASE WHEN NOT coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), true)
    AND NOT coalesce(inet_server_addr() <<= '127.0.0.0/8' OR inet_server_addr() = '::1', true) THEN 'connects without encryption' END
]) FROM pg_roles WHERE rolname = current_user`

const writableTables = `
SELECT relname::text FROM pg_class
WHERE relnamespace = ANY (SELECT oid FROM pg_namespace WHERE nspname = ANY (current_schemas(false)))
  AND relkind IN ('r', 'p', 'v', 'f') AND has_table_privilege(oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
ORDER BY 1`

const callable = `
SELECT DISTINCT proname::text FROM pg_proc
WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = ANY ($1) AND has_function_privilege(oid, 'EXECUTE')
ORDER BY 1`

/** Settings that `harden` makes for the user, and what they are without it. */
const limits = [
  ['default_transaction_read_only', 'off'],
  ['statement_timeout', '0'],
  ['idle_in_transaction_session_timeout', '0'],
  ['temp_file_limit', '-1'],
] as const
