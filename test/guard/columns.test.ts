import { describe, expect, it } from 'vitest'
import { objections as duckdb, guard, postgresObjections as postgres } from './reading.ts'

const allowed = {
  tables: [
    { name: 'orders', columns: ['id', 'customer_id', 'amount', 'customer'], hidden: ['note'] },
    { name: 'customers', columns: ['id', 'state'] },
  ],
}

describe.each([
  ['DuckDB', duckdb],
  ['PostgreSQL', postgres],
] as const)('columns of tables whose columns are listed, %s', (_name, objections) => {
  it.each([
    ['SELECT amuont FROM orders', 'there is no column amuont here'],
    ['SELECT o.state FROM orders o', 'there is no column state in orders'],
    ['SELECT o.to_jsonb FROM orders o', 'there is no column to_jsonb in orders'],
    ['SELECT orders.ctid FROM orders', 'there is no column ctid in orders'],
    [
      'SELECT c.amount FROM orders o JOIN customers c ON c.id = o.customer_id',
      'there is no column amount in customers',
    ],
    ['SELECT (SELECT o.word) FROM orders o', 'there is no column word in orders'],
    ['SELECT o.word FROM orders o, (SELECT 1 AS word) x', 'there is no column word in orders'],
    ['SELECT (SELECT o.word FROM (SELECT 1 AS word) o) FROM orders o', 'there is no column word in orders'],
    ['SELECT sum(amount) AS s FROM orders HAVING max(total) > 1', 'there is no column total here'],
  ])('%s is refused', async (sql, message) => {
    expect(await objections(sql, allowed)).toContain(`columns: ${message}`)
  })

  it.each([
    'SELECT id, orders.amount, o2.id FROM orders JOIN orders o2 USING (id)',
    'SELECT sum(amount) AS total FROM orders GROUP BY customer_id ORDER BY total',
    'WITH m AS (SELECT customer_id, count(*) AS n FROM orders GROUP BY 1) SELECT m.n, n, m.anything FROM m',
    'SELECT s.sum, sum, coalesce FROM (SELECT sum(amount), coalesce(1, 2) FROM orders) s',
    'SELECT g, generate_series FROM generate_series(1, 3) g, orders',
    'SELECT o.id FROM orders o WHERE EXISTS (SELECT 1 FROM customers c WHERE c.id = o.customer_id)',
    'SELECT lower(main.orders.id) FROM orders',
    'SELECT x.a FROM (VALUES (1)) x(a)',
  ])('%s is let through', async sql => {
    expect(await objections(sql, allowed)).toEqual([])
  })

  it('are not looked at alone beside a table whose columns nobody listed', async () => {
    const mixed = { tables: [...allowed.tables, 'notes'] }
    expect(await objections('SELECT word, n.anything FROM orders o JOIN notes n ON n.id = o.id', mixed)).toEqual([])
    expect(await objections('SELECT o.word FROM orders o JOIN notes n ON n.id = o.id', mixed)).toHaveLength(1)
  })

  it('hide all others', async () => {
    expect(await objections('SELECT * FROM customers', allowed)).toEqual([
      'hidden-columns: * would show columns that may not be seen; name the columns',
    ])
    const open = { tables: [{ name: 'customers', columns: ['id', 'state'], hidden: [] }] }
    expect(await objections('SELECT * FROM customers', open)).toEqual([])
  })

  it('may be called like a table', async () => {
    const customer = { tables: [{ name: 'customer', hidden: ['email'] }, ...allowed.tables] }
    expect(
      await objections('SELECT o.customer, c.id FROM orders o JOIN customer c ON c.name = o.customer', customer),
    ).toEqual([])
    expect(await objections('SELECT o.customers FROM orders o JOIN customer customers ON true', customer)).toContain(
      'hidden-columns: whole rows of o.customers may not be used; name the columns',
    )
  })

  it.each([
    [
      'SELECT customers FROM customers',
      'there is no column customers here: that is a table, and whole rows may not be used; name the columns',
    ],
    [
      'SELECT o.customers FROM orders o, customers',
      'there is no column customers in o: that is a table, and whole rows may not be used; name the columns',
    ],
    ['SELECT customer FROM orders, customers customer', 'customer is a table and a column here; write orders.customer'],
    [
      'SELECT state, count(*) AS customers FROM customers GROUP BY 1 HAVING customers > 1',
      'customers is a table here, so no column of the statement can have that name; give it another',
    ],
    [
      'SELECT customers FROM (SELECT count(*) AS customers FROM customers) x',
      'customers is a table here, so no column of the statement can have that name; give it another',
    ],
    ['SELECT main.customers FROM customers', 'whole rows of main.customers may not be used; name the columns'],
  ])('that is called like a table and is not there is told so: %s', async (sql, message) => {
    expect(await objections(sql, allowed)).toContain(`hidden-columns: ${message}`)
  })
})

describe.each([
  ['DuckDB', duckdb],
  ['PostgreSQL', postgres],
] as const)('a column of the answer that is called like a table with hidden columns, %s', (_name, objections) => {
  const hiding = { tables: [{ name: 'customers', hidden: ['email'] }] }

  it('may be sorted by', async () => {
    const sql = 'SELECT state, count(*) AS customers FROM customers GROUP BY state ORDER BY'
    expect(await objections(`${sql} customers DESC NULLS LAST`, hiding)).toEqual([])
    expect(await objections(`${sql} customers + 1`, hiding)).toHaveLength(1)
  })

  it.each([
    'SELECT id FROM customers ORDER BY customers',
    'SELECT 1 AS customers, count(*) FROM customers GROUP BY customers',
    'SELECT 1 AS customers, sum(1) OVER (ORDER BY customers) FROM customers',
    "SELECT 1 AS customers, string_agg(state, ',' ORDER BY customers) FROM customers",
    'SELECT DISTINCT ON (customers) 1 AS customers FROM customers',
    'SELECT 1 AS customers, (SELECT max(1) FROM (SELECT 1) x ORDER BY customers) FROM customers',
    'SELECT 1 AS customers FROM customers WHERE customers IS NOT NULL',
    'SELECT 1 AS customers FROM customers LIMIT customers',
  ])('is a whole row elsewhere: %s', async sql => {
    expect(await objections(sql, hiding)).toContain(
      'hidden-columns: whole rows of customers may not be used; name the columns',
    )
  })
})

describe('a name that may have been another', () => {
  const near = async (sql: string) => {
    const verdict = await guard.check(sql, allowed)
    return Array.isArray(verdict) ? verdict.map(v => v.near) : verdict
  }

  it('is told with the nearest ones', async () => {
    expect(await near('SELECT amuont FROM orders')).toEqual([['amount']])
    expect(await near('SELECT o.amunt FROM orders o')).toEqual([['amount']])
    expect(await near('SELECT 1 FROM ordres')).toEqual([['orders']])
    expect(await near('WITH monthly AS (SELECT 1) SELECT 1 FROM montly')).toEqual([['monthly']])
    expect(await near('SELECT date_trnc(1) FROM orders')).toEqual([['date_trunc', 'datetrunc']])
    expect(await near('SELECT * FROM generate_serie(1, 2)')).toEqual([['generate_series']])
    expect(await near('SELECT zzzzzzzz FROM orders')).toEqual([undefined])
    expect(await near('SELECT customers FROM orders o, customers')).toEqual([['customer', 'customer_id']])
    expect(await near('SELECT sum(orders) FROM orders')).toEqual([undefined])
  })

  it('is looked for in the first three, and ten of a rule are told', async () => {
    const sql = `SELECT ${Array.from({ length: 40 }, (_, i) => `amuont, x${i}`).join(', ')} FROM orders`
    const verdict = await near(sql)
    expect(verdict).toEqual([['amount'], undefined, ['amount'], ...Array(7).fill(undefined)])
  })
})
