import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ecommerceTables } from '#src/sample/ecommerce/tables.ts'
import { ensureEcommerceSample } from '#src/sample/ecommerce.ts'
import { ensureSample } from '#src/sample/ensure.ts'
import { sampleCommand } from '#src/sample/postgres/command.ts'
import { copyInto, copyLine } from '#src/sample/postgres/copy.ts'
import { type LoadOptions, loadSample } from '#src/sample/postgres/load.ts'
import { supportSample } from '#src/sample/support/sample.ts'
import type { SupportSettingsInput } from '#src/sample/support/settings.ts'
import { onDatabase, urlOf } from '#test/engines/engines.ts'
import { createTestDatabase, type TestDatabase } from '#test/store/database.ts'
import { emptyFolder, runOn } from '../files.ts'

const small = { numOrders: 700, numCustomers: 40 }

let database: TestDatabase
let role: string
beforeAll(async () => {
  database = await createTestDatabase()
  role = `${database.address.database}_stranger`
  await onDatabase(database.address, [`CREATE ROLE ${role} LOGIN PASSWORD 'pass'`])
})
afterAll(async () => {
  await onDatabase(database.address, [`DROP ROLE ${role}`])
  await database.drop()
})

const ask = (...sql: string[]) => onDatabase(database.address, sql)
const newSchema = async (name: string) => {
  await ask(`CREATE SCHEMA ${name}`)
  return name
}
const load = (schema: string | undefined, more: Partial<LoadOptions> = {}) =>
  loadSample({ url: urlOf(database.address), schema, settings: small, ...more })
const failure = (schema?: string, more: Partial<LoadOptions> = {}) => load(schema, more).catch(thrown => thrown.message)
const place = () => `${database.address.database} on this machine`

describe('the sample shop in PostgreSQL', () => {
  test('has the very rows that it has in DuckDB', async () => {
    const schema = await newSchema('same_rows')
    const path = join(emptyFolder(), 'shop.duckdb')
    await ensureEcommerceSample({ path, settings: small })
    const progress: [number, number][] = []
    const onProgress = (done: number, total: number) => progress.push([done, total])
    expect(await load(schema, { onProgress })).toEqual({ outcome: 'loaded', place: place(), schema })
    expect(progress).toEqual([[700, 700]])
    for (const { name, primaryKey } of ecommerceTables) {
      const order = `ORDER BY ${primaryKey.join()}`
      const here = await runOn(path, `SELECT to_json(t)::VARCHAR AS row FROM ${name} t ${order}`)
      const there = await ask(`SELECT to_json(t)::text FROM ${schema}.${name} t ${order}`)
      const plain = (json: unknown) => JSON.stringify(JSON.parse(String(json).replaceAll(/(\d\d)T(\d\d)/g, '$1 $2')))
      expect(there.map(([row]) => plain(row))).toEqual(here.map(({ row }) => plain(row)))
      expect(there.length).toBeGreaterThan(30)
    }
  })

  test('is kept when it is the same, and made anew when its settings changed', async () => {
    const schema = await newSchema('again')
    await load(schema)
    expect((await load(schema)).outcome).toBe('kept')
    expect((await load(schema, { settings: { ...small, numOrders: 300 } })).outcome).toBe('replaced')
    expect(await ask(`SELECT count(*) FROM ${schema}.orders`)).toEqual([['300']])
  })

  test('is made once by two that load it at the same time', async () => {
    const schema = await newSchema('two_at_once')
    const outcomes = await Promise.all([load(schema), load(schema)])
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['kept', 'loaded'])
  })

  test('is made where the user makes tables when no schema is named', async () => {
    expect((await load(undefined)).schema).toBe('public')
  })
})

describe('the logs of the support bots in PostgreSQL', () => {
  const logs = (more: SupportSettingsInput = {}) =>
    supportSample({ numInteractions: 1_200, numLandscapeInteractions: 800, ...more })

  test('have the very rows that they have in DuckDB, empty cells and instants included', async () => {
    const schema = await newSchema('same_logs')
    const path = join(emptyFolder(), 'support.duckdb')
    await ensureSample(path, logs())
    expect((await load(schema, { sample: logs() })).outcome).toBe('loaded')
    for (const name of ['interaction_log', 'landscape_interaction_log', 'interactions']) {
      const columns = 't.*, floor(extract(epoch FROM time_stamp) * 1000)::bigint AS millisecond'
      const here = await runOn(path, `SELECT to_json(r)::VARCHAR AS row FROM (SELECT ${columns} FROM ${name} t) r`)
      const there = await ask(`SELECT to_json(r)::text FROM (SELECT ${columns} FROM ${schema}.${name} t) r`)
      const plain = (json: unknown) => JSON.stringify({ ...JSON.parse(String(json)), time_stamp: null })
      const [one, other] = [there.map(([row]) => plain(row)).toSorted(), here.map(({ row }) => plain(row)).toSorted()]
      expect(one.findIndex((row, i) => row !== other[i])).toBe(-1)
      expect(there.length).toBeGreaterThan(700)
    }
  })

  test('lie beside the shop, each with a mark of its own, and are made anew with their view', async () => {
    const schema = await newSchema('side_by_side')
    await load(schema)
    await load(schema, { sample: logs() })
    expect((await load(schema, { sample: logs({ seed: 'other' }) })).outcome).toBe('replaced')
    expect((await load(schema)).outcome).toBe('kept')
    expect(await ask(`SELECT count(*) FROM ${schema}.interactions`)).toEqual([['2000']])
  })

  test('leave tables of others alone', async () => {
    const schema = await newSchema('taken_log')
    await ask(`CREATE TABLE ${schema}.interaction_log (a int)`)
    expect(await failure(schema, { sample: logs() })).toBe(
      `${place()} has interaction_log in its schema taken_log already, not made by Chartroom; nothing was changed.`,
    )
  })
})

describe('what belongs to others', () => {
  test('is left alone', async () => {
    const schema = await newSchema('taken')
    await ask(`CREATE TABLE ${schema}.orders (a int)`, `INSERT INTO ${schema}.orders VALUES (42)`)
    expect(await failure(schema)).toBe(
      `${place()} has orders in its schema taken already, not made by Chartroom; nothing was changed.`,
    )
    expect(await ask(`SELECT * FROM ${schema}.orders`)).toEqual([[42]])
    expect(await ask(`SELECT to_regclass('${schema}.customers')`)).toEqual([[null]])
  })

  test('is not taken for the sample because a table is called like its marker', async () => {
    const schema = await newSchema('odd_marker')
    await ask(`CREATE TABLE ${schema}._chartroom_sample (key text, value text)`)
    expect(await failure(schema)).toContain('not made by Chartroom')
  })

  test('keeps the sample from being replaced when it depends on it', async () => {
    const schema = await newSchema('depended_on')
    await load(schema)
    await ask(`CREATE VIEW ${schema}.mine AS SELECT count(*) FROM ${schema}.orders`)
    expect(await failure(schema, { settings: { ...small, seed: 'other' } })).toBe(
      `${place()}: something of yours depends on the tables of the sample, so they were not replaced.`,
    )
    expect(await ask(`SELECT * FROM ${schema}.mine`)).toEqual([['700']])
  })

  test('and half of a sample are told apart', async () => {
    const schema = await newSchema('half')
    await load(schema)
    await ask(`DROP TABLE ${schema}.order_items`)
    expect(await failure(schema)).toBe(
      `In ${place()} some tables of the sample are missing; remove _chartroom_sample, customers, orders, products first.`,
    )
  })
})

describe('a database that does not take it', () => {
  test('has no such schema', async () => {
    expect(await failure('nowhere')).toBe(
      `There is no schema nowhere in ${place()}; make it with CREATE SCHEMA, or name another.`,
    )
  })

  test('gives the user no right to make tables', async () => {
    const url = urlOf({ ...database.address, user: role, password: 'pass' })
    expect(await failure(undefined, { url })).toContain('the user may not make tables in that schema')
    const schema = await newSchema('closed')
    expect(await failure(schema, { url })).toContain(`There is no schema closed`)
    await ask(`GRANT USAGE ON SCHEMA ${schema} TO ${role}`)
    expect(await failure(schema, { url })).toBe(
      `${place()}: the user may not make tables in that schema; nothing was changed.`,
    )
    await ask(`ALTER ROLE ${role} SET search_path = nowhere`)
    expect(await failure(undefined, { url })).toBe(
      `The user has no schema in ${place()} to make tables in; name one with --schema.`,
    )
    await ask(`DROP OWNED BY ${role}`)
  })

  test('cannot be reached, or does not let in', async () => {
    expect(await failure(undefined, { url: 'postgres://a:b@127.0.0.1:1/shop' })).toBe(
      'The database cannot be reached just now.',
    )
    expect(await failure(undefined, { url: urlOf({ ...database.address, password: 'guess' }) })).toContain(
      'password is wrong',
    )
    expect(await failure(undefined, { url: 'shop.duckdb' })).toContain('it does not begin with postgres://')
  })

  test('keeps nothing of what was stopped on the way', async () => {
    const schema = await newSchema('stopped')
    const abort = new AbortController()
    const onProgress = () => abort.abort()
    const loading = load(schema, {
      settings: { numOrders: 12_000, numCustomers: 50 },
      signal: abort.signal,
      onProgress,
    })
    await expect(loading).rejects.toMatchObject({ code: 'engine/cancelled' })
    expect(await ask(`SELECT to_regclass('${schema}.orders')`)).toEqual([[null]])
  })
})

describe('chartroom sample', () => {
  const run = async (...args: string[]) => {
    const said: string[] = []
    const io = {
      out: async (t: string) => void said.push(t),
      err: async (t: string) => void said.push(t),
      signal: new AbortController().signal,
    }
    const support = { numInteractions: 90, numLandscapeInteractions: 60 }
    const code = await sampleCommand(args, io, () => ({ ...small, support }))
    return [code, ...said]
  }

  test('says what it made, and what to do next', async () => {
    const schema = await newSchema('by_command')
    const next = 'Next: `npx chartroom harden <url>` prints SQL for a user that may only read.\n'
    const where = `in schema by_command of ${place()}`
    const shop = `customers, products, orders and order_items ${where}`
    const logs = `interaction_log, landscape_interaction_log and interactions ${where}`
    expect(await run('--to', urlOf(database.address), '--schema', schema)).toEqual([
      0,
      '700 of 700 orders\n',
      `Made ${shop}.\n`,
      '150 of 150 interactions\n',
      `Made ${logs}.\n`,
      next,
    ])
    const kept = 'already, made with the same settings; nothing was changed.'
    expect(await run(`--to=${urlOf(database.address)}`, '--schema', schema)).toEqual([
      0,
      `There are ${shop} ${kept}\n`,
      `There are ${logs} ${kept}\n`,
      next,
    ])
  })

  test('needs to know where', async () => {
    for (const args of [[], ['--to'], ['--into', 'x'], ['postgres://a']])
      await expect(run(...args)).rejects.toMatchObject({
        message: '`chartroom sample` needs --to postgres://user:password@host/database, and takes --schema.',
      })
  })
})

describe('COPY', () => {
  test('takes texts with anything in them, and says what it does not take', async () => {
    const client = new pg.Client(database.address)
    await client.connect()
    await client.query('CREATE TEMP TABLE t (a text, b int)')
    const odd = 'tab\tline\nreturn\rback\\slash \\N \\. "quotes" ä 😀'
    await copyInto(client, 't (a, b)', [copyLine([odd, '1']), copyLine(['', '2']), copyLine([null, '3'])])
    expect((await client.query({ text: 'SELECT * FROM t ORDER BY b', rowMode: 'array' })).rows).toEqual([
      [odd, 1],
      ['', 2],
      [null, 3],
    ])
    await expect(copyInto(client, 't', [copyLine(['a', 'b'])])).rejects.toMatchObject({ code: '22P02' })
    expect((await client.query('SELECT count(*)::int AS n FROM t')).rows).toEqual([{ n: 3 }])
    await client.end()
  })
})
