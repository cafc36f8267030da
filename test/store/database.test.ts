import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectDatabase } from '#src/store/database.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

let [one, two]: TestDatabase[] = []
beforeAll(async () => {
  ;[one, two] = [await createTestDatabase(), await createTestDatabase()]
})
afterAll(() => Promise.all([one?.drop(), two?.drop()]))

const ask = async (at: TestDatabase | undefined, sql: string) => {
  const client = new pg.Client(at?.address)
  await client.connect()
  const { rows } = await client.query({ text: sql, rowMode: 'array' })
  await client.end()
  return rows
}

test('databases of two test files know nothing of each other', async () => {
  await ask(one, 'create table seen (n int)')
  expect(await ask(one, `select to_regclass('seen')::text`)).toEqual([['seen']])
  expect(await ask(two, `select to_regclass('seen')::text`)).toEqual([[null]])
})

test('texts are UTF-8 and sorted by code point, times are UTC', async () => {
  expect(await ask(one, `select current_setting('server_encoding'), current_setting('timezone')`)).toEqual([
    ['UTF8', 'UTC'],
  ])
  expect(await ask(one, `select x from unnest(array['a', 'ä', 'B', 'z']) x order by x`)).toEqual([
    ['B'],
    ['a'],
    ['z'],
    ['ä'],
  ])
})

test('a connection that fails for want of a password is not left open on the server', async () => {
  const database = connectDatabase({ ...one?.address, password: undefined })
  await expect(database.query('select 1')).rejects.toMatchObject({ code: 'state/failed' })
  const waiting = `select count(*) from pg_stat_activity where state = 'starting' and backend_type = 'client backend'`
  await expect.poll(() => ask(two, waiting), { timeout: 20_000 }).toEqual([['0']])
  await database.close()
})
