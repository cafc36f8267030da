import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { warehouseSafe } from '#src/doctor/postgres.ts'
import { realEffects } from '#src/effects.ts'
import { openPostgres, type PostgresEngine } from '#src/engines/postgres/postgres.ts'
import { hardenCommand } from '#src/harden/command.ts'
import { riskyFunctions } from '#src/harden/risky-functions.ts'
import { hardenStatements } from '#src/harden/statements.ts'
import { modelPath } from '#src/open.ts'
import { openServerDomain } from '#src/open-postgres.ts'
import { loadSample } from '#src/sample/postgres/load.ts'
import { readModel } from '#src/semantic/load.ts'
import type { Address } from '#src/store/server/seat.ts'
import { openServer, type PrivateServer } from '#src/store/server/server.ts'
import { onDatabase, urlOf } from '#test/engines/engines.ts'
import { unchecked } from '#test/engines/unchecked.ts'
import { type Homes, makeHomes } from '#test/store/server/homes.ts'

/** A server of its own: what is taken from everybody would be taken from other tests. */
let homes: Homes
let server: PrivateServer
let address: Address
let reader: Address
let engine: PostgresEngine

const harden = async (...args: string[]) => {
  const said: string[] = []
  const code = await hardenCommand(args, { out: async text => void said.push(text) })
  return { code, sql: said.join('') }
}
const asOwner = (...sql: string[]) => onDatabase(address, sql)
const asReader = (...sql: string[]) => onDatabase(reader, sql)
const doctor = (at: Address, tables: string[]) =>
  warehouseSafe({ name: 'shop', url: urlOf(at), schemas: ['public'], tables }).run()

const tables = ['customers', 'order_items', 'orders', 'products']

beforeAll(async () => {
  homes = await makeHomes()
  server = await openServer({ folder: homes.used('hardened'), durable: false }, realEffects)
  const first = await server.address()
  await onDatabase(first, ['CREATE DATABASE shop', "CREATE ROLE colleague LOGIN PASSWORD 'pass'"])
  address = { ...first, database: 'shop' }
  await loadSample({ url: urlOf(address), settings: { numOrders: 800, numCustomers: 50 } })
  await asOwner(
    'CREATE TABLE salaries (name text, amount int)',
    "INSERT INTO salaries VALUES ('Ann', 99)",
    'GRANT SELECT, INSERT ON orders TO colleague',
    'CREATE TABLE own_rows (owner text, note text)',
    'ALTER TABLE own_rows ENABLE ROW LEVEL SECURITY',
    'CREATE POLICY own ON own_rows USING (owner = current_user)',
    "INSERT INTO own_rows VALUES ('colleague', 'mine'), ('somebody', 'other')",
    'GRANT SELECT ON own_rows TO colleague',
  )
  const { sql } = await harden(urlOf(address), ...tables.flatMap(table => ['--table', table]))
  // Run again, it changes nothing.
  await asOwner(sql, sql, "ALTER ROLE chartroom_reader PASSWORD 'pass'")
  reader = { ...address, user: 'chartroom_reader', password: 'pass' }
  engine = await openPostgres({ url: urlOf(reader) }, {}, realEffects)
})
afterAll(async () => {
  await engine?.close()
  await server?.close()
  await homes?.clear()
})

describe('the user that the printed SQL makes', () => {
  test('can be asked everything that the model of the shop can', async () => {
    const model = await readModel(modelPath('ecommerce'))
    const limits = { maxRows: 1000, timeoutSeconds: 20, cacheSeconds: 0 }
    const domain = await openServerDomain({ url: urlOf(reader), model, source: 'a test', limits }, realEffects)
    const { values, range } = await domain.knowledge()
    expect(values('category').length).toBeGreaterThan(3)
    expect(range('ordered_at')?.first.slice(0, 4)).toBe('2023')
    expect(await domain.rowCount('orders')).toBe(800)
    await domain.close()
  })

  test('reads with regular expressions, windows, medians, time zones, JSON and series', async () => {
    const sql = `WITH days AS (SELECT d::date AS day FROM generate_series(timestamp '2023-01-01', '2023-01-05', interval '1 day') d)
      SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY discount), max(timezone('Asia/Tokyo', timestamptz '2023-01-01 20:00Z'))::date,
        regexp_replace(min(status), '[aeiou]', '_', 'g'), jsonb_build_object('a', 1) ->> 'a', row_number() OVER ()
      FROM orders JOIN days ON ordered_at::date = day`
    const { rows } = await engine.run(unchecked(sql))
    expect(rows[0]?.slice(2)).toEqual(['2023-01-02', expect.stringMatching(/_/), '1', 1])
  })

  test.each([
    ['another table', 'SELECT * FROM salaries'],
    [
      'the settings of the session, in a condition',
      "SELECT 1 FROM orders WHERE set_config('statement_timeout', '0', false) = '0'",
    ],
    ['a setting', "SELECT current_setting('data_directory')"],
    ['SQL as text', "SELECT query_to_xml('SELECT 1', true, false, '')"],
    ['a whole table as text', "SELECT table_to_xml('orders', true, false, '')"],
    ['words of SQL as text', "SELECT * FROM ts_stat('SELECT to_tsvector(status) FROM orders')"],
    ['time', 'SELECT pg_sleep(1)'],
    ['locks', 'SELECT pg_advisory_lock(1)'],
    ['large objects', "SELECT lo_from_bytea(0, 'x')"],
    ['other sessions', "SELECT pg_notify('a', 'b')"],
    ['others’ statements', 'SELECT pg_cancel_backend(1)'],
    ['the log of changes', "SELECT pg_logical_emit_message(false, 'a', 'b')"],
    ['files', "SELECT pg_read_file('/etc/passwd')"],
    ['programs', "COPY (SELECT 1) TO PROGRAM 'cat'"],
    ['passwords', 'SELECT rolpassword FROM pg_authid'],
    ['writing', 'INSERT INTO orders SELECT * FROM orders'],
    ['emptying', 'TRUNCATE orders'],
    ['tables of its own', 'CREATE TABLE mine (a int)'],
    ['functions of its own', 'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $f$ SELECT 1 $f$'],
    ['the rights of others', 'SET ROLE colleague'],
    ['more rights', 'ALTER ROLE chartroom_reader SUPERUSER'],
  ])('does not get at %s, even when it writes the SQL itself', async (_, sql) => {
    await expect(asReader('SET default_transaction_read_only = off', sql)).rejects.toThrow(
      /permission denied|must be|only roles/i,
    )
  })

  test('is stopped by limits of its own', async () => {
    const settings = [
      'default_transaction_read_only',
      'statement_timeout',
      'work_mem',
      'temp_file_limit',
      'search_path',
    ]
    const shown = await Promise.all(settings.map(async setting => (await asReader(`SHOW ${setting}`))[0]?.[0]))
    expect(shown).toEqual(['on', '30s', '32MB', '1GB', 'public'])
    const many = Array.from({ length: 11 }, () => new pg.Client(reader))
    const outcomes = await Promise.allSettled(many.map(client => client.connect()))
    await Promise.all(many.map(client => client.end()))
    // The engine of this test holds at least one of ten.
    expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0)
  })
})

describe('everybody else', () => {
  test('goes on as before', async () => {
    const colleague = { ...address, user: 'colleague', password: 'pass' }
    const sql = "SELECT set_config('a.b', 'c', false), count(*) FROM orders"
    expect(await onDatabase(colleague, [sql])).toEqual([['c', '800']])
    expect(await onDatabase(colleague, ["SELECT lo_from_bytea(0, 'x') > 0"])).toEqual([[true]])
  })

  test('who comes later is let in by one statement', async () => {
    await asOwner("CREATE ROLE newcomer LOGIN PASSWORD 'pass'")
    const newcomer = { ...address, user: 'newcomer', password: 'pass' }
    await expect(onDatabase(newcomer, ['SELECT pg_sleep(0)'])).rejects.toThrow('permission denied')
    await asOwner('GRANT chartroom_others TO newcomer')
    expect(await onDatabase(newcomer, ['SELECT pg_sleep(0)'])).toHaveLength(1)
  })
})

describe('rows by tenant', () => {
  const asked = async (sql: string, tenant?: string) => {
    const session = tenant === undefined ? undefined : { 'app.tenant': tenant }
    return (await engine.run(unchecked(sql), { session })).rows
  }
  beforeAll(async () => {
    const { sql } = await harden(
      urlOf(address),
      '--tenant',
      'customer_id',
      ...tables.flatMap(table => ['--table', table]),
    )
    expect(sql).toContain('-- All rows are seen of "public"."order_items", which has no such column.\n')
    await asOwner(sql, sql)
  })

  test('are those of the tenant that the statement is run for, and none without one', async () => {
    const seven = await asOwner('SELECT count(*)::int FROM orders WHERE customer_id = 7')
    expect(Number(seven[0]?.[0])).toBeGreaterThan(0)
    expect(await asked('SELECT count(*) FROM orders', '7')).toEqual(seven)
    expect(await asked('SELECT DISTINCT customer_id FROM orders', '7')).toEqual([[7]])
    expect(await asked('SELECT count(*) FROM customers')).toEqual([[0]])
    expect(await asked('SELECT count(*) FROM orders', '')).toEqual([[0]])
  })

  test.each([
    ['in a condition', "SELECT count(*) FROM orders WHERE set_config('app.tenant', '8', true) = '8'"],
    [
      'in a CTE',
      "WITH c AS MATERIALIZED (SELECT set_config('app.tenant', '8', true) AS x) SELECT count(*) FROM c, orders",
    ],
    [
      'beside a table',
      "SELECT count(*) FROM (SELECT set_config('app.tenant', '8', true)) c, LATERAL (SELECT * FROM orders) o",
    ],
    ['in a subquery', "SELECT (SELECT set_config('app.tenant', '8', true)), count(*) FROM orders"],
    ['in an order', "SELECT customer_id FROM orders ORDER BY set_config('app.tenant', '8', true)"],
    ['by text that is run', "SELECT query_to_xml('SET app.tenant = 8', true, false, '')"],
  ])('cannot be changed by a statement, %s', async (_, sql) => {
    await expect(asked(sql, '7')).rejects.toMatchObject({ code: 'engine/no-rights' })
  })

  test('are not told by an error, nor by a plan', async () => {
    const probe = 'SELECT CAST(status AS integer) FROM orders WHERE customer_id = 8'
    expect(await asked(probe, '7')).toEqual([])
    await expect(asked('SELECT stavalues1 FROM pg_statistic', '7')).rejects.toMatchObject({
      code: 'engine/no-rights',
    })
    expect(await asked("SELECT count(*) FROM pg_stats WHERE tablename = 'orders'", '7')).toEqual([[0]])
  })

  test('leave everybody else and policies of others as they were', async () => {
    const colleague = { ...address, user: 'colleague', password: 'pass' }
    expect(await onDatabase(colleague, ['SELECT count(*)::int FROM orders'])).toEqual([[800]])
    const { sql } = await harden(urlOf(address), '--tenant', 'owner', '--table', 'own_rows')
    await asOwner(sql)
    expect(await onDatabase(colleague, ['SELECT note FROM own_rows'])).toEqual([['mine']])
    expect(await asked('SELECT note FROM own_rows', 'somebody')).toEqual([['other']])
  })
})

describe('the doctor', () => {
  test('is content with the user that was made', async () => {
    expect(await doctor(reader, tables)).toEqual({
      status: 'ok',
      sentence: 'shop on this machine is read by a user that may do nothing else.',
    })
  })

  test('says what another user may beyond reading', async () => {
    expect(await doctor({ ...address, user: 'colleague', password: 'pass' }, ['orders'])).toEqual({
      status: 'warn',
      sentence: `shop on this machine is read, but the user may take all connections; may change orders; may call current_setting, cursor_to_xml, cursor_to_xmlschema and ${riskyFunctions.length - 3} more; has no limit of its own for default_transaction_read_only, statement_timeout, idle_in_transaction_session_timeout, temp_file_limit.`,
      fix: 'Let an administrator run what `npx chartroom harden <url>` prints.',
    })
    expect((await doctor(address, tables)).sentence).toContain(
      'the user is a superuser; may make users; may make databases',
    )
  })

  test('says which tables of the model are not there, or not for this user', async () => {
    expect(await doctor(reader, ['orders', 'salaries', 'no"where'])).toEqual({
      status: 'fail',
      sentence: 'shop on this machine: the user may not read salaries; there is no table no"where.',
      fix: 'Make them, or let the user read them: `npx chartroom harden <url>` prints the SQL.',
    })
  })

  test('cannot look at a database that does not let it in', async () => {
    await expect(doctor({ ...reader, password: 'guess' }, [])).rejects.toMatchObject({ code: 'source/refused' })
  })
})

describe('chartroom harden', () => {
  test('prints all tables of a schema, and changes nothing', async () => {
    const { code, sql } = await harden(urlOf(address), '--role', 'other_reader')
    expect(code).toBe(0)
    expect(sql).toContain('GRANT SELECT ON "public"."salaries" TO "other_reader";')
    expect(await asOwner("SELECT count(*)::int FROM pg_roles WHERE rolname = 'other_reader'")).toEqual([[0]])
  })

  test('takes tables by name, with or without their schema', async () => {
    const { sql } = await harden(urlOf(address), '--table', 'public.orders', '--table', 'products')
    expect(sql.match(/GRANT SELECT ON \S+/g)).toEqual([
      'GRANT SELECT ON "public"."orders"',
      'GRANT SELECT ON "public"."products"',
    ])
  })

  test.each([
    [[], 'needs one address'],
    [['a', 'b'], 'needs one address'],
    [['--rol', 'x'], 'takes --role, --schema, --table and --tenant'],
    [['URL', '--table', 'nowhere'], 'There is no table nowhere in public.'],
    [['URL', '--schema', 'empty'], 'There are no tables in empty of shop'],
    [['URL', '--tenant', 'planet'], 'No table has a column planet'],
  ])('%j is refused', async (args, sentence) => {
    await expect(harden(...args.map(arg => arg.replace('URL', urlOf(address))))).rejects.toThrow(sentence)
  })

  test('does not reach a database that is not there', async () => {
    await expect(harden('postgres://a:b@127.0.0.1:1/x')).rejects.toMatchObject({ code: 'engine/unreachable' })
  })

  test('quotes every name, in statements, texts and comments', async () => {
    const odd = `x"; DROP TABLE orders; --\n'`
    await asOwner(
      `CREATE SCHEMA ${pg.escapeIdentifier(odd)}`,
      `CREATE TABLE ${pg.escapeIdentifier(odd)}.${pg.escapeIdentifier(odd)} (${pg.escapeIdentifier(odd)} int)`,
    )
    const { sql } = await harden(urlOf(address), '--schema', odd, '--role', odd, '--tenant', odd)
    await asOwner(sql)
    expect(await asOwner('SELECT count(*)::int FROM orders')).toEqual([[800]])
    expect(
      await asOwner(
        `SELECT has_table_privilege(${pg.escapeLiteral(odd)}, ${pg.escapeLiteral(`${pg.escapeIdentifier(odd)}.${pg.escapeIdentifier(odd)}`)}, 'SELECT')`,
      ),
    ).toEqual([[true]])
  })

  test('prints what a reader wants to see', async () => {
    const relations = ['orders', 'products'].map(name => ({
      schema: 'sales',
      name,
      columns: ['id', 'tenant'].slice(0, name === 'orders' ? 2 : 1),
    }))
    const sql = hardenStatements({ database: 'shop', role: 'chartroom_reader', relations, tenant: 'tenant' })
    await expect(sql).toMatchFileSnapshot(join(import.meta.dirname, '../golden/sql/harden.sql'))
  })
})
