import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ecommerceInMemory as sampleOf } from './files.ts'

type Query = Awaited<ReturnType<typeof sampleOf>>

const contentHash = async (query: Query): Promise<string> => {
  const hash = createHash('sha256')
  for (const table of ['customers', 'products', 'orders', 'order_items']) {
    for (const row of await query(`SELECT * FROM ${table} ORDER BY 1, 2`)) hash.update(`${JSON.stringify(row)}\n`)
  }
  return hash.digest('hex')
}

const small = { numOrders: 300, numCustomers: 40 }
const standard = await sampleOf()

/** The first value of the only row. */
const one = async (sql: string, query = standard) => (await query(sql))[0]![0]
const number = async (sql: string, query = standard) => Number(await one(sql, query))

describe('the rows', () => {
  it('are exactly these for the default settings, on every machine', async () => {
    // When this hash changes on purpose, raise `version` in src/sample/ecommerce/sample.ts, so that files made before are rebuilt.
    expect(await contentHash(standard)).toBe('d403d8f65fb219bbf3074a8ee215e9605588c8430c941f58ba4f64a582dcae19')
  })

  it('are the same for the same settings', async () => {
    expect(await contentHash(await sampleOf(small))).toBe(await contentHash(await sampleOf(small)))
  })

  it.each(['customers', 'products', 'orders', 'order_items'])('are others for another seed: %s', async table => {
    const [mine, theirs] = [await sampleOf(small), await sampleOf({ ...small, seed: 'other' })]
    const sql = `SELECT * FROM ${table} ORDER BY 1, 2`
    expect(await mine(sql)).not.toEqual(await theirs(sql))
  })

  it('are as many orders and customers as asked for, all between the two days', async () => {
    expect(await standard('SELECT count(*), min(ordered_at)::DATE, max(ordered_at)::DATE FROM orders')).toEqual([
      ['10000', '2023-01-01', '2023-12-31'],
    ])
    expect(await number('SELECT count(*) FROM customers')).toBe(500)
  })

  it.each([
    [
      'one order of one customer on one day',
      { numOrders: 1, numCustomers: 1, startDate: '2023-08-15', endDate: '2023-08-15' },
    ],
    ['fewer orders than days', { numOrders: 20, numCustomers: 3 }],
    ['ten years', { numOrders: 3_000, numCustomers: 100, startDate: '2014-01-01', endDate: '2023-12-31' }],
  ])('can be few or stretched: %s', async (_, settings) => {
    const query = await sampleOf(settings)
    expect(await number('SELECT count(*) FROM orders', query)).toBe(settings.numOrders)
    expect(await number('SELECT count(DISTINCT order_id) FROM order_items', query)).toBe(settings.numOrders)
  })
})

describe('the tables', () => {
  it('have these columns, none of which is ever empty', async () => {
    const columns = await standard(`
      SELECT table_name, string_agg(column_name || ' ' || data_type || if(is_nullable, '?', ''), ', ' ORDER BY column_index)
      FROM duckdb_columns() WHERE NOT internal GROUP BY 1 ORDER BY 1`)
    expect(Object.fromEntries(columns)).toEqual({
      customers:
        'customer_id INTEGER, name VARCHAR, email VARCHAR, state VARCHAR, city VARCHAR, segment VARCHAR, signup_date DATE',
      products:
        'product_id INTEGER, product_name VARCHAR, category VARCHAR, subcategory VARCHAR, unit_cost DECIMAL(12,2), list_price DECIMAL(12,2)',
      orders:
        'order_id INTEGER, customer_id INTEGER, ordered_at TIMESTAMP, status VARCHAR, payment_method VARCHAR, channel VARCHAR, shipping_state VARCHAR, discount DECIMAL(12,2), shipping_fee DECIMAL(12,2)',
      order_items:
        'order_id INTEGER, line_no INTEGER, product_id INTEGER, quantity INTEGER, unit_price DECIMAL(12,2), amount DECIMAL(12,2)',
    })
  })

  it.each([
    ['orders without a customer', 'FROM orders ANTI JOIN customers USING (customer_id)'],
    ['lines without an order', 'FROM order_items ANTI JOIN orders USING (order_id)'],
    ['lines without a product', 'FROM order_items ANTI JOIN products USING (product_id)'],
    ['orders without a line', 'FROM orders ANTI JOIN order_items USING (order_id)'],
    ['lines whose amount is not quantity × price', 'FROM order_items WHERE amount <> quantity * unit_price'],
    ['lines of nothing, or for nothing', 'FROM order_items WHERE quantity < 1 OR unit_price <= 0'],
    [
      'prices above the list price, or more than 15 % below',
      'FROM order_items JOIN products USING (product_id) WHERE unit_price > list_price OR unit_price < list_price * 0.85 - 0.01',
    ],
    [
      'orders with the same product twice',
      'FROM (SELECT 1 FROM order_items GROUP BY order_id, product_id HAVING count(*) > 1)',
    ],
    [
      'orders with gaps in their line numbers, or more than five lines',
      'FROM (SELECT 1 FROM order_items GROUP BY order_id HAVING max(line_no) <> count(*) OR min(line_no) <> 1 OR count(*) > 5)',
    ],
    [
      'discounts above a fifth of the order, or negative',
      'FROM (SELECT any_value(discount) AS d, sum(amount) AS a FROM orders JOIN order_items USING (order_id) GROUP BY order_id) WHERE d < 0 OR d * 5 > a',
    ],
    [
      'orders before the customer signed up',
      'FROM orders JOIN customers USING (customer_id) WHERE ordered_at::DATE < signup_date',
    ],
    ['mail addresses twice', 'FROM (SELECT 1 FROM customers GROUP BY email HAVING count(*) > 1)'],
    ['product names twice', 'FROM (SELECT 1 FROM products GROUP BY product_name HAVING count(*) > 1)'],
    ['margins outside 20 to 60 %', 'FROM products WHERE round(1 - unit_cost / list_price, 2) NOT BETWEEN 0.2 AND 0.6'],
    ['store orders at night', `FROM orders WHERE channel = 'store' AND hour(ordered_at) NOT BETWEEN 9 AND 20`],
    [
      'orders not numbered in the order they were placed',
      'FROM (SELECT ordered_at < lag(ordered_at) OVER (ORDER BY order_id) AS back FROM orders) WHERE back',
    ],
  ])('have no %s', async (_, from) => {
    expect(await number(`SELECT count(*) ${from}`)).toBe(0)
  })

  it('have at least 120 products in seven categories, and at least 15 states', async () => {
    expect(await number('SELECT count(*) FROM products')).toBeGreaterThanOrEqual(120)
    expect((await standard('SELECT DISTINCT category FROM products ORDER BY 1')).flat()).toEqual([
      'Beauty',
      'Books',
      'Clothing',
      'Electronics',
      'Home & Kitchen',
      'Sports & Outdoors',
      'Toys & Games',
    ])
    expect(await number('SELECT count(DISTINCT shipping_state) FROM orders')).toBeGreaterThanOrEqual(15)
    expect(
      (await standard('SELECT shipping_state FROM orders GROUP BY 1 ORDER BY count(*) DESC LIMIT 4')).flat(),
    ).toEqual(['California', 'Texas', 'New York', 'Florida'])
  })
})

describe('the shop', () => {
  const shares = async (column: string, table = 'orders') =>
    Object.fromEntries(
      (await standard(`SELECT ${column}, count(*) / sum(count(*)) OVER () FROM ${table} GROUP BY 1`)).map(
        ([name, share]) => [name, Math.round(Number(share) * 100)],
      ),
    )
  const about = (percent: number) => expect.closeTo(percent, -0.5)

  it('completes about 78 % of orders, and 8 % are shipped, 6 % cancelled, 8 % returned', async () => {
    expect(await shares('status')).toEqual({
      completed: about(78),
      shipped: about(8),
      cancelled: about(6),
      returned: about(8),
    })
  })

  it('is paid mostly by credit card and PayPal, and used mostly on the web', async () => {
    expect(await shares('payment_method')).toEqual({
      'Credit Card': about(38),
      PayPal: about(27),
      'Debit Card': about(18),
      'Gift Card': about(7),
      'Apple Pay': about(10),
    })
    expect(await shares('channel')).toEqual({ web: about(53), mobile: about(34), store: about(13) })
  })

  it('has three segments of customers', async () => {
    expect(await shares('segment', 'customers')).toEqual({
      Consumer: about(62),
      'Small Business': about(25),
      Corporate: about(13),
    })
  })

  it('sells about 2.5 lines per order', async () => {
    expect(await number('SELECT count(*) / count(DISTINCT order_id) FROM order_items')).toBeCloseTo(2.5, 1)
  })

  it('lives on repeat customers: the busiest fifth places more than 40 % of orders', async () => {
    expect(
      await number(`
        SELECT sum(n) FILTER (place <= 100) / sum(n)
        FROM (SELECT count(*) AS n, row_number() OVER (ORDER BY count(*) DESC) AS place FROM orders GROUP BY customer_id)`),
    ).toBeGreaterThan(0.4)
  })

  it('ships nine orders of ten to where the customer lives', async () => {
    expect(
      await number('SELECT avg((shipping_state = state)::INT) FROM orders JOIN customers USING (customer_id)'),
    ).toBeCloseTo(0.93, 1)
  })

  it('is busier in the evening than at night, on Sundays than on Tuesdays, and at the end of the year than at its start', async () => {
    const orders = (where: string) => number(`SELECT count(*) FROM orders WHERE ${where}`)
    expect(await orders('hour(ordered_at) = 20')).toBeGreaterThan(10 * (await orders('hour(ordered_at) = 4')))
    expect(await orders('dayofweek(ordered_at) = 0')).toBeGreaterThan(
      1.05 * (await orders('dayofweek(ordered_at) = 2')),
    )
    expect(await orders('quarter(ordered_at) = 4')).toBeGreaterThan(1.15 * (await orders('quarter(ordered_at) = 1')))
  })
})
