import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDuckdb } from '#src/engines/duckdb/duckdb.ts'
import type { Engine } from '#src/engines/engine.ts'
import { createGuard, explaining, isRefused } from '#src/guard/guard.ts'
import type { Allowed } from '#src/guard/rule.ts'
import { buildFile } from '../engines/duckdb/files.ts'
import { guard, objections, postgresGuard, postgresObjections, read } from './reading.ts'

const own = {
  name: 'orders',
  columns: ['id', 'customer_id'],
  condition: {
    text: '("row"."customer_id") in (select "row1"."id" from "all customers" as "row1")',
    reads: ['customers'],
  },
}
const few = { name: 'products', columns: ['id'], condition: { text: 'true', reads: [] } }
const allowed: Allowed = { tables: [own, few, 'order_items'] }

const texts = { duckdb: guard, postgres: postgresGuard }
const textOf = async (sql: string, dialect: 'duckdb' | 'postgres', options: Partial<Allowed> = {}) => {
  const verdict = await texts[dialect].check(sql, { ...allowed, ...options })
  return isRefused(verdict) ? verdict.map(({ rule }) => rule) : verdict.text
}

describe('a text within what may be seen of its tables', () => {
  it('stands behind the tables as they may be seen, kept from looking at rows before they are told apart', async () => {
    expect(await textOf('SELECT id FROM orders', 'postgres')).toBe(
      `WITH "all orders" AS NOT MATERIALIZED (SELECT * FROM "orders"),
"all customers" AS NOT MATERIALIZED (SELECT * FROM "customers"),
"orders" AS MATERIALIZED (SELECT "id", "customer_id" FROM "all orders" AS "row" WHERE ${own.condition.text} OFFSET 0)
SELECT * FROM (
SELECT id FROM orders
) AS "answer"`,
    )
  })

  it('names the schema in DuckDB, where a CTE would otherwise mean itself', async () => {
    const text = await textOf('SELECT id FROM products', 'duckdb')
    expect(text).toBe(
      `WITH "all products" AS NOT MATERIALIZED (SELECT * FROM main."products"),
"products" AS MATERIALIZED (SELECT "id" FROM "all products" AS "row" WHERE true OFFSET 0)
SELECT * FROM (
SELECT id FROM products
) AS "answer"`,
    )
  })

  it('leaves it to the database how our own SQL is run', async () => {
    const checked = await postgresGuard.seal('SELECT id FROM orders WHERE id = $1', allowed)
    expect(checked.text).toContain('"orders" AS (SELECT "id"')
    expect(checked.text).not.toMatch(/ MATERIALIZED \(SELECT "|OFFSET/)
    expect(checked.text).toMatch(/WHERE id = \$1\n\) AS "answer"$/)
  })

  it('wraps only what is used', async () => {
    expect(await textOf('SELECT 1 AS one', 'duckdb')).toBe('SELECT 1 AS one')
    expect(await textOf('SELECT * FROM order_items', 'duckdb')).toBe('SELECT * FROM order_items')
    expect(await textOf('SELECT p.id FROM products p JOIN order_items i USING (id)', 'duckdb')).not.toContain(
      'all orders',
    )
  })

  it('keeps the limit inside', async () => {
    expect(await textOf('SELECT id FROM products', 'duckdb', { limit: 5 })).toMatch(
      /products\nLIMIT 5\n\) AS "answer"$/,
    )
    expect(await textOf('SELECT id FROM products LIMIT 9', 'postgres', { limit: 5 })).toMatch(
      /LIMIT 5\n\) AS "answer"$/,
    )
    expect(await textOf('SELECT id FROM products LIMIT 3', 'duckdb', { limit: 5 })).toMatch(/LIMIT 3\n\) AS "answer"$/)
  })

  it('counts rows of which no column is seen', async () => {
    const bare: Allowed = { tables: [{ ...few, columns: [] }] }
    expect(await textOf('SELECT count(*) FROM products', 'duckdb', bare)).toContain(
      '(SELECT NULL AS "nothing" FROM "all products"',
    )
    expect(await objections('SELECT nothing FROM products', bare)).toEqual(['columns: there is no column nothing here'])
  })

  it('quotes names as they are', async () => {
    const odd = { name: 'od"d', columns: ['a"b'], condition: { text: 'true', reads: [] } }
    const checked = await textOf('SELECT * FROM "od""d"', 'postgres', { tables: [odd] })
    expect(checked).toContain('"od""d" AS MATERIALIZED (SELECT "a""b" FROM "all od""d" AS "row"')
  })

  it.each([
    'SELECT * FROM orders',
    'SELECT o FROM orders o',
    'SELECT count(DISTINCT orders) FROM orders',
    'SELECT o.* FROM orders AS o',
  ])('%s shows only what is there', async sql => {
    expect(await objections(sql, allowed)).toEqual([])
    expect(await postgresObjections(sql, allowed)).toEqual([])
  })

  it.each([
    ['SELECT total FROM orders', 'columns'],
    ['SELECT * FROM main.orders', 'tables'],
    ['SELECT * FROM "all orders"', 'tables'],
    ['SELECT * FROM customers', 'tables'],
    ['WITH orders AS (SELECT 1 AS id) SELECT id FROM orders', 'cte-names'],
  ])('%s is refused by %s', async (sql, rule) => {
    expect(await textOf(sql, 'duckdb')).toContain(rule)
    expect(await textOf(sql.replace('main.', 'public.'), 'postgres')).toContain(rule)
  })

  it('hidden columns of a wrapped table are not there, so names like theirs may be used', async () => {
    const both: Allowed = { tables: [{ ...own, hidden: ['total'] }, 'order_items'] }
    expect(await objections('SELECT id AS total FROM orders', both)).toEqual([])
    expect(await objections('SELECT total FROM orders', both)).toEqual(['columns: there is no column total here'])
  })

  it('a text that ends before its end is refused', async () => {
    expect(await textOf('SELECT id FROM orders; -- and no more', 'duckdb')).toEqual(['one-select'])
    expect(await textOf('SELECT id FROM orders; /* and no more */', 'postgres')).toEqual(['one-select'])
    expect(await textOf('SELECT id FROM orders; -- and no more', 'postgres', { tables: ['orders'] })).toMatch(/more$/)
  })

  it.each([
    [{ name: 'orders', condition: few.condition }],
    [{ name: 'sales.orders', columns: ['id'], condition: few.condition }],
  ])('a list that cannot be kept is a fault of ours: %j', async table => {
    const sql = `SELECT id FROM ${table.name}`
    await expect(guard.check(sql, { tables: [table] })).rejects.toThrow(
      `${table.name} has a condition, so it needs columns`,
    )
  })

  it('a table that is called like all rows of another is a fault of ours, too', async () => {
    const clash: Allowed = { tables: [few, { name: 'ALL products' }] }
    await expect(guard.check('SELECT * FROM products', clash)).rejects.toThrow(
      'ALL products is called like all rows of another',
    )
    expect(isRefused(await postgresGuard.check('SELECT * FROM products', clash)), 'there names differ by case').toBe(
      false,
    )
  })

  it('is refused when its parser finds a way past the wrapping', async () => {
    const past = (whole: string) =>
      createGuard({
        read: async sql => {
          const outline = await read(sql)
          if (!sql.startsWith('WITH "all') || !('tables' in outline)) return outline
          const tables = outline.tables.map(table => (table.name === 'orders' ? { ...table, cte: false } : table))
          return whole === 'unplaced'
            ? { ...outline, tables: tables.map(({ at: _, ...table }) => table) }
            : { ...outline, tables }
        },
      })
    for (const how of ['placed', 'unplaced'])
      expect(isRefused(await past(how).check('SELECT id FROM orders', allowed)), how).toBe(true)
  })
})

describe('DuckDB', () => {
  let folder: string
  let engine: Engine
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chartroom-restricted-'))
    // A database is called like its file, and one called main is renamed: `main.` is still its schema.
    const path = await buildFile(join(folder, 'main.duckdb'), [
      "CREATE TABLE orders AS SELECT i AS id, CASE WHEN i % 2 = 0 THEN '1' ELSE 'secret' END AS word FROM range(10) r(i)",
    ])
    engine = await openDuckdb({ path }, {})
  })
  afterAll(async () => {
    await engine.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const tables = [{ name: 'orders', columns: ['id', 'word'], condition: { text: `"row"."word" = '1'`, reads: [] } }]
  const checked = async (sql: string, own?: 'compiled') => {
    const verdict = own ? await guard.seal(sql, { tables }) : await guard.check(sql, { tables })
    if (isRefused(verdict)) throw new Error(verdict[0]?.message)
    return verdict
  }

  it('keeps the order of the text, its parameters and its names', async () => {
    const { columns, rows } = await engine.run(
      await checked('SELECT id AS nr FROM ORDERS WHERE id > $1 ORDER BY id DESC', 'compiled'),
      { params: [2] },
    )
    expect(columns.map(({ name }) => name)).toEqual(['nr'])
    expect(rows).toEqual([[8], [6], [4]])
  })

  it('evaluates what a text asks above the rows that are told apart, never among all', async () => {
    const plan = await engine.explain(
      await checked('SELECT count(*) AS n FROM orders WHERE CAST(word AS integer) > 0 AND id > 1'),
    )
    const [root] = JSON.parse(plan) as [Step]
    const fence = find(root, step => step.name.trim() === 'STREAMING_LIMIT')
    expect(fence, 'OFFSET 0 is a step of its own').toBeDefined()
    expect(JSON.stringify(fence)).toContain(`word='1'`)
    expect(JSON.stringify(fence)).not.toMatch(/CAST|id>1/)
    expect(JSON.stringify(root)).toMatch(/CAST\(word AS INTEGER\) > 0/)
  })

  it('can be asked for the plan of a wrapped text', async () => {
    expect(explaining(await checked('SELECT id FROM orders')).text).toMatch(
      /^EXPLAIN \(FORMAT JSON\) WITH "all orders"/,
    )
  })
})

type Step = { name: string; children: Step[]; extra_info: unknown }

const find = (step: Step, is: (step: Step) => boolean): Step | undefined =>
  is(step) ? step : step.children.map(child => find(child, is)).find(found => found !== undefined)
