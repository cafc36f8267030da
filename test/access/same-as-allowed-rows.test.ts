import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { narrowModel } from '#src/access/narrow.ts'
import { type Config, readConfig } from '#src/config.ts'
import { type Domain, openDomain } from '#src/domain.ts'
import { realEffects } from '#src/effects.ts'
import { openSample } from '#src/open.ts'
import { urlOf } from '#test/engines/engines.ts'
import { runSet } from '#test/questions/sets.ts'
import { type Compared, copyTables, twinDomain } from '#test/questions/twins.ts'
import { createTestDatabase, type TestDatabase } from '#test/store/database.ts'
import { duckdbParts, postgresParts, restrictedDomain, rightsFrom, writeAllowed } from './worlds.ts'

let home: string
let config: Config
let database: TestDatabase
let server: { url: string; schema: string }

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'chartroom-rights-'))
  config = readConfig({ CHARTROOM_HOME: home })
  database = await createTestDatabase()
  server = { url: urlOf(database.address), schema: 'whole' }
  await (await openSample({ config }, realEffects)).close()
  await copyTables(config.duckdbPath, server)
  // Without it PostgreSQL expects a handful of rows everywhere, and joins them one by one.
  await analyze(server.url)
})
afterAll(async () => {
  rmSync(home, { recursive: true, force: true })
  await database?.drop()
})

/** Rules, and by hand the tables that hold only what they leave. */
const cases = {
  'a rule on customers, seen by orders and their lines': {
    role: { rows: { ecommerce: { segment: ['Corporate', 'Small Business'] } } },
    left: [
      `CREATE TABLE customers AS FROM src.customers WHERE segment <> 'Consumer'`,
      'CREATE TABLE orders AS FROM src.orders WHERE customer_id IN (SELECT customer_id FROM customers)',
      'CREATE TABLE order_items AS FROM src.order_items WHERE order_id IN (SELECT order_id FROM orders)',
      'CREATE TABLE products AS FROM src.products',
    ],
  },
  'rules on orders and products, and a hidden column': {
    role: {
      hide: { ecommerce: ['customers.city', 'orders.shipping_fee', 'payment_method'] },
      rows: {
        ecommerce: {
          'orders.shipping_state': { not: ['Texas', "O'Brien"] },
          category: ['Toys & Games', 'Books', 'Clothing'],
        },
      },
    },
    left: [
      'CREATE TABLE customers AS SELECT * EXCLUDE (city) FROM src.customers',
      `CREATE TABLE orders AS SELECT * EXCLUDE (shipping_fee, payment_method) FROM src.orders
       WHERE shipping_state <> 'Texas' OR shipping_state IS NULL`,
      `CREATE TABLE products AS FROM src.products WHERE category IN ('Toys & Games', 'Books', 'Clothing')`,
      `CREATE TABLE order_items AS FROM src.order_items
       WHERE order_id IN (SELECT order_id FROM orders) AND product_id IN (SELECT product_id FROM products)`,
    ],
  },
}

const compare = async (
  set: string,
  { role, left }: { role: Record<string, unknown>; left: readonly string[] },
): Promise<Record<'duckdb' | 'postgres', Compared>> => {
  const rights = rightsFrom(role)
  const compared = { duckdb: nothingYet(), postgres: nothingYet() }
  await runSet(set, config, {
    exchange: async (whole, path) => {
      const [here, there] = [
        restrictedDomain(await duckdbParts(path, whole.model), rights),
        restrictedDomain(await postgresParts(server.url, server.schema, whole.model), rights),
      ]
      const allowed = await writeAllowed(path, home, left)
      const physical = openDomain(await duckdbParts(allowed, narrowModel(whole.model, rights)))
      const known = await knownOf(physical)
      expect(await knownOf(here)).toEqual(known)
      expect(await knownOf(there)).toEqual(known)
      const all = twinDomain(twinDomain(physical, here, compared.duckdb), there, compared.postgres)
      const close = async () => void (await Promise.all([whole, here, there, physical].map(domain => domain.close())))
      return { ...all, close }
    },
  })
  return compared
}

const nothingYet = (): Compared => ({ same: [], different: [] })

describe.each(Object.entries(cases))('%s', (_, rules) => {
  it('every query of the questions about the shop gives what a database gives that holds only the rest', async () => {
    const { duckdb, postgres } = await compare('ecommerce', rules)
    expect([...duckdb.different, ...postgres.different]).toEqual([])
    expect(duckdb.same.length).toBeGreaterThan(100)
    expect(postgres.same.length).toBe(duckdb.same.length)
  }, 300_000)
})

const analyze = async (url: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('ANALYZE')
  await client.end()
}

/** Which values may be named, and how far the data goes. */
const knownOf = async ({ model, knowledge }: Domain) => {
  const { values, range } = await knowledge()
  return Object.keys(model.dimensions).map(name => [name, values(name).toSorted(), range(name)])
}
