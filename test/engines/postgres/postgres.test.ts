import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { realEffects } from '#src/effects.ts'
import { openPostgres, type PostgresOptions } from '#src/engines/postgres/postgres.ts'
import { createTestDatabase, type TestDatabase } from '#test/store/database.ts'
import { onDatabase, urlOf } from '../engines.ts'
import { unchecked } from '../unchecked.ts'

let database: TestDatabase
let role: string
beforeAll(async () => {
  database = await createTestDatabase()
  role = `${database.address.database}_reader`
  await onDatabase(database.address, [
    `CREATE ROLE ${role} LOGIN PASSWORD 'pass'`,
    'CREATE TABLE sales (tenant text, amount int)',
    "INSERT INTO sales SELECT CASE WHEN i % 4 = 0 THEN 'acme' ELSE 'other' END, i FROM generate_series(1, 200000) i",
    'CREATE TABLE secrets (a int)',
    'CREATE SCHEMA shelf',
    'CREATE TABLE shelf.books (title text)',
    'ALTER TABLE sales ENABLE ROW LEVEL SECURITY',
    "CREATE POLICY by_tenant ON sales USING (tenant = current_setting('app.tenant', true))",
    `GRANT SELECT ON sales TO ${role}`,
  ])
})
afterAll(async () => {
  await onDatabase(database.address, [`DROP OWNED BY ${role}`, `DROP ROLE ${role}`])
  await database.drop()
})

const asReader = () => urlOf({ ...database.address, user: role, password: 'pass' })

const opened = async (options: PostgresOptions = {}, url = urlOf(database.address), schemas?: string[]) => {
  const engine = await openPostgres({ url, schemas }, options, realEffects)
  onTestFinished(() => engine.close())
  return engine
}

const owner = (...statements: string[]) => onDatabase(database.address, statements)
const endless = unchecked('SELECT count(*) FROM generate_series(1, 1000000000) a, generate_series(1, 1000000000) b')

const running =
  "FROM pg_stat_activity WHERE query LIKE '%generate_series(1, 1000000000)%' AND state = 'active' AND pid <> pg_backend_pid() AND datname = current_database()"
const patiently = { timeout: 10_000 }

describe('the transaction of a statement', () => {
  it('only reads, is written in one way whatever the role prefers, and ends by itself when the bot is gone', async () => {
    await owner(
      `ALTER ROLE ${role} SET TimeZone = 'Asia/Tokyo'`,
      `ALTER ROLE ${role} SET DateStyle = 'German'`,
      `ALTER ROLE ${role} SET IntervalStyle = 'iso_8601'`,
      `ALTER ROLE ${role} SET bytea_output = 'escape'`,
      `ALTER ROLE ${role} SET extra_float_digits = 0`,
    )
    const engine = await opened({ timeoutMs: 20_000 }, asReader())
    const names = [
      'transaction_read_only',
      'statement_timeout',
      'lock_timeout',
      'idle_in_transaction_session_timeout',
      'TimeZone',
      'application_name',
    ]
    const { rows } = await engine.run(unchecked(`SELECT ${names.map(n => `current_setting('${n}')`).join()}`))
    expect(rows).toEqual([['on', '21s', '5s', '1min', 'UTC', 'chartroom']])
    const values = "DATE '2024-02-01', INTERVAL '2 months', '\\x41ab'::bytea, 0.1::float8 + 0.2"
    expect((await engine.run(unchecked(`SELECT ${values}`))).rows).toEqual([
      ['2024-02-01', '2 months', 'A\\xAB', 0.30000000000000004],
    ])
    await owner(`ALTER ROLE ${role} RESET ALL`)
  })

  it('reads and binds every letter, whatever the encoding of the database', async () => {
    const latin = { ...database.address, database: `${database.address.database}_latin` }
    await owner(`CREATE DATABASE ${latin.database} ENCODING 'LATIN1' TEMPLATE template0`)
    const engine = await opened({}, urlOf(latin))
    const sql = unchecked("SELECT chr(228), $1::text, length($1::text), 'ß'")
    expect((await engine.run(sql, { params: ['Müller'] })).rows).toEqual([['ä', 'Müller', 6, 'ß']])
    await engine.close()
    await owner(`DROP DATABASE ${latin.database}`)
  })

  it('never takes longer than the role may', async () => {
    await owner(`ALTER ROLE ${role} SET statement_timeout = '250ms'`)
    const engine = await opened({}, asReader())
    await owner(`ALTER ROLE ${role} RESET statement_timeout`)
    await expect(engine.run(endless)).rejects.toMatchObject({
      message: 'The database did not answer within 0.25 seconds.',
    })
  })

  it('looks for tables in the schema that was named', async () => {
    const engine = await opened({}, urlOf(database.address), ['shelf', 'an "odd" one'])
    expect((await engine.run(unchecked('SELECT count(*) FROM books'))).rows).toEqual([[0]])
    await expect(engine.run(unchecked('SELECT 1 FROM sales'))).rejects.toMatchObject({ code: 'engine/failed' })
  })

  it('shows the rows of the tenant it is told, and of nobody when it is told nothing', async () => {
    const engine = await opened({ places: 1 }, asReader())
    const count = async (session?: Record<string, string>) =>
      (await engine.run(unchecked('SELECT count(*) FROM sales'), { session })).rows[0]?.[0]
    expect(await count({ 'app.tenant': 'acme' })).toBe(50_000)
    expect(await count()).toBe(0)
    expect(await count({ 'app.tenant': "acme' OR true --" })).toBe(0)
    await expect(count({ role: 'postgres' })).rejects.toThrow('role is no name for a setting of ours')
    await expect(count({ "app.x = '1'; RESET ALL; --": '' })).rejects.toThrow('is no name for a setting of ours')
  })

  it('may use parallel plans', async () => {
    const settings = ['max_parallel_workers_per_gather = 2', 'parallel_setup_cost = 0', 'parallel_tuple_cost = 0']
    for (const setting of [...settings, 'min_parallel_table_scan_size = 0'])
      await owner(`ALTER DATABASE ${database.address.database} SET ${setting}`)
    const launched = async () => {
      const text = 'SELECT parallel_workers_launched FROM pg_stat_database WHERE datname = current_database()'
      return Number((await owner(text))[0]?.[0])
    }
    const before = await launched()
    const engine = await opened()
    await engine.run(unchecked('SELECT sum(amount) FROM sales'))
    await engine.close()
    await owner(`ALTER DATABASE ${database.address.database} RESET ALL`)
    await expect.poll(launched, patiently).toBeGreaterThan(before)
  })
})

describe('a statement that was stopped', () => {
  it('runs no longer on the server', async () => {
    const engine = await opened()
    const abort = new AbortController()
    const failure = engine.run(endless, { signal: abort.signal })
    await expect.poll(() => owner(`SELECT count(*) ${running}`), patiently).toEqual([['1']])
    abort.abort()
    await expect(failure).rejects.toMatchObject({ code: 'engine/cancelled' })
    await expect.poll(() => owner(`SELECT count(*) ${running}`), patiently).toEqual([['0']])
  })

  it('by an administrator is told as stopped', async () => {
    const engine = await opened()
    const outcome = engine.run(endless).catch(thrown => thrown.code)
    await expect.poll(() => owner(`SELECT pg_cancel_backend(pid) ${running}`), patiently).toEqual([[true]])
    expect(await outcome).toBe('engine/cancelled')
  })

  it('by cutting its connection is told as lost', async () => {
    const engine = await opened()
    const outcome = engine.run(endless).catch(thrown => thrown.code)
    await expect.poll(() => owner(`SELECT pg_terminate_backend(pid) ${running}`), patiently).toEqual([[true]])
    expect(await outcome).toBe('engine/lost')
    expect((await engine.run(unchecked('SELECT 1'))).rows).toEqual([[1]])
  })
})

describe('a statement that fails', () => {
  it.each([
    ['for want of rights', 'SELECT a FROM secrets', 'engine/no-rights'],
    [
      'for want of room for temporary files',
      'SELECT count(*) FROM (SELECT i FROM generate_series(1, 3000000) i ORDER BY i DESC) s',
      'engine/out-of-memory',
    ],
    ['because a number does not fit', 'SELECT 1 / 0', 'engine/failed'],
  ])('%s', async (_, sql, code) => {
    await owner(`ALTER ROLE ${role} SET temp_file_limit = '1MB'`)
    const engine = await opened({}, asReader())
    await owner(`ALTER ROLE ${role} RESET temp_file_limit`)
    await expect(engine.run(unchecked(sql))).rejects.toMatchObject({ code })
    expect((await engine.run(unchecked('SELECT 1'))).rows).toEqual([[1]])
  })

  it('because the table is being changed', async () => {
    const engine = await opened({ timeoutMs: 1000 })
    const { Client } = (await import('pg')).default
    const other = new Client(database.address)
    await other.connect()
    await other.query('BEGIN')
    await other.query('LOCK TABLE sales')
    await expect(engine.run(unchecked('SELECT 1 FROM sales'))).rejects.toMatchObject({
      code: 'engine/locked',
      retry: true,
    })
    await other.end()
  })

  it('because of one enormous row, which is not even taken in', async () => {
    const engine = await opened()
    const before = process.memoryUsage.rss()
    const enormous = unchecked("SELECT repeat('x', 80000000)")
    await expect(engine.run(enormous, { timeoutMs: 50_000 })).rejects.toMatchObject({ code: 'engine/out-of-memory' })
    expect(process.memoryUsage.rss() - before).toBeLessThan(400_000_000)
    expect((await engine.run(unchecked('SELECT 1'))).rows).toEqual([[1]])
  })
})

describe('a plan', () => {
  it('is what EXPLAIN gives, for the guard', async () => {
    const engine = await opened()
    const { rows } = await engine.run(unchecked('EXPLAIN (FORMAT JSON) SELECT count(*) FROM sales WHERE amount = $1'), {
      params: [1],
    })
    expect(JSON.parse(String(rows[0]?.at(-1)))[0].Plan).toHaveProperty('Total Cost')
  })
})

describe('a server', () => {
  it('says what it is', async () => {
    expect((await opened()).server).toMatch(/^PostgreSQL \d+/)
  })
})
