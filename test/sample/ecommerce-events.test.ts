import { describe, expect, it } from 'vitest'
import type { EcommerceSettingsInput } from '#src/sample/ecommerce.ts'
import { ecommerceInMemory } from './files.ts'

const sampleOf = (settings: EcommerceSettingsInput) =>
  ecommerceInMemory(
    settings,
    `CREATE VIEW lines AS SELECT *, ordered_at::DATE AS day, status IN ('completed', 'shipped') AS kept
    FROM orders JOIN order_items USING (order_id) JOIN products USING (product_id) JOIN customers USING (customer_id)`,
  )

const standard = await sampleOf({})
const numbers = async (sql: string, query = standard) => (await query(sql))[0]!.map(Number)

/** The buckets further than 3 MAD (scaled to a normal deviation) from the median. `series` has `bucket` and `n`. */
const outliers = async (series: string, query = standard) =>
  (
    await query(`
      WITH series AS (${series}), usual AS (SELECT median(n) AS middle, 1.4826 * mad(n) AS spread FROM series)
      SELECT bucket::DATE::VARCHAR FROM series, usual WHERE abs(n - middle) > 3 * spread ORDER BY 1`)
  ).flat()

describe('12–18 June, PayPal is down', () => {
  const paypal = `SELECT day AS bucket, count(DISTINCT order_id) FILTER (payment_method = 'PayPal') AS n FROM lines GROUP BY 1`

  it('so no order is paid with it, on these days only', async () => {
    const days = await standard(`SELECT bucket::VARCHAR FROM (${paypal}) WHERE n = 0 ORDER BY 1`)
    expect(days.flat()).toEqual([12, 13, 14, 15, 16, 17, 18].map(day => `2023-06-${day}`))
  })

  it('which stands out on every one of the days', async () => {
    expect(await outliers(paypal)).toEqual(expect.arrayContaining(['2023-06-12', '2023-06-15', '2023-06-18']))
  })

  it('and the orders are lost: other methods keep to what they were in the weeks around', async () => {
    const [during, around] = await numbers(`
      SELECT count(*) FILTER (week(ordered_at) = 24), count(*) FILTER (week(ordered_at) IN (22, 23, 25, 26)) / 4
      FROM orders WHERE payment_method <> 'PayPal'`)
    expect(during! / around!).toBeCloseTo(1, 1)
  })

  it('so that the revenue of the week falls by about a quarter', async () => {
    const [during, around] = await numbers(`
      SELECT sum(amount) FILTER (week(day) = 24), sum(amount) FILTER (week(day) IN (22, 23, 25, 26)) / 4 FROM lines WHERE kept`)
    expect(during! / around!).toBeGreaterThan(0.65)
    expect(during! / around!).toBeLessThan(0.82)
  })
})

describe('17–30 November, Electronics doubles', () => {
  const rush = `day BETWEEN '2023-11-17' AND '2023-11-30'`
  const before = `day BETWEEN '2023-11-03' AND '2023-11-16'`

  it('against the two weeks before, while all else stays as it was', async () => {
    const [electronics, others] = await numbers(`
      SELECT sum(amount) FILTER (category = 'Electronics' AND ${rush}) / sum(amount) FILTER (category = 'Electronics' AND ${before}),
        sum(amount) FILTER (category <> 'Electronics' AND ${rush}) / sum(amount) FILTER (category <> 'Electronics' AND ${before})
      FROM lines WHERE kept`)
    expect(electronics).toBeGreaterThan(1.7)
    expect(electronics).toBeLessThan(2.4)
    expect(others).toBeCloseTo(1, 0)
  })

  it('and goes back afterwards', async () => {
    const [after] = await numbers(`
      SELECT sum(amount) FILTER (day BETWEEN '2023-12-01' AND '2023-12-14') / sum(amount) FILTER (${rush})
      FROM lines WHERE kept AND category = 'Electronics'`)
    expect(after).toBeLessThan(0.65)
  })

  it('which stands out in its weeks', async () => {
    const weekly = `SELECT date_trunc('week', day) AS bucket, sum(amount) AS n FROM lines WHERE kept AND category = 'Electronics' GROUP BY 1`
    expect(await outliers(weekly)).toEqual(expect.arrayContaining(['2023-11-20']))
  })
})

describe('all year, Texas grows', () => {
  it('in orders and revenue, every quarter', async () => {
    const quarters = await standard(`
      SELECT count(DISTINCT order_id), sum(amount) FILTER (kept) FROM lines
      WHERE shipping_state = 'Texas' GROUP BY quarter(day) ORDER BY quarter(day)`)
    for (const column of [0, 1]) {
      const values = quarters.map(row => Number(row[column]))
      expect(values).toEqual(values.toSorted((a, b) => a - b))
    }
  })

  it('from about 9 % of orders in the first quarter to about 15 % in the last', async () => {
    const shares = await standard(`
      SELECT avg((shipping_state = 'Texas')::INT) FROM orders GROUP BY quarter(ordered_at) ORDER BY quarter(ordered_at)`)
    expect(shares.map(([share]) => Math.round(Number(share) * 100))).toEqual(
      [9, 11, 13, 15].map(x => expect.closeTo(x, -0.4)),
    )
  })
})

describe('in January, Clothing comes back', () => {
  const rate = `count(DISTINCT order_id) FILTER (status = 'returned') / count(DISTINCT order_id)`

  it('three times as often as in the other months', async () => {
    const rows = await standard(
      `SELECT ${rate} FROM lines WHERE category = 'Clothing' GROUP BY month(day) = 1 ORDER BY month(day) = 1`,
    )
    const [others, january] = rows.map(([x]) => Number(x))
    expect(january! / others!).toBeGreaterThan(2.6)
    expect(january! / others!).toBeLessThan(3.4)
  })

  it('which stands out among the months, and more than that of any other category', async () => {
    const monthly = `SELECT date_trunc('month', day) AS bucket, ${rate} AS n FROM lines WHERE category = 'Clothing' GROUP BY 1`
    expect(await outliers(monthly)).toEqual(['2023-01-01'])
    const worst = await standard(
      `SELECT category FROM lines WHERE month(day) = 1 GROUP BY 1 ORDER BY ${rate} DESC LIMIT 1`,
    )
    expect(worst).toEqual([['Clothing']])
  })
})

describe('on 15 August, one company buys very much', () => {
  const large = `SELECT order_id, sum(amount) AS value FROM lines WHERE day = '2023-08-15' GROUP BY 1 ORDER BY 2 DESC LIMIT 1`

  it('in one completed order of a Corporate customer, for 40,000 to 60,000 dollars', async () => {
    const [row] = await standard(`
      SELECT DISTINCT segment, status, payment_method, shipping_state, value BETWEEN 40000 AND 60000 FROM lines JOIN (${large}) USING (order_id)`)
    expect(row).toEqual(['Corporate', 'completed', 'Credit Card', 'California', true])
  })

  it('which is most of the day, but less than a thirtieth of the year', async () => {
    const [ofDay, ofYear] = await numbers(`
      SELECT (SELECT value FROM (${large})) / sum(amount) FILTER (day = '2023-08-15'), (SELECT value FROM (${large})) / sum(amount)
      FROM lines WHERE kept`)
    expect(ofDay).toBeGreaterThan(0.8)
    expect(ofYear).toBeLessThan(1 / 30)
  })

  it('which stands out more than any other day', async () => {
    const daily = `SELECT day AS bucket, sum(amount) AS n FROM lines WHERE kept GROUP BY 1`
    expect(await outliers(daily)).toContain('2023-08-15')
    expect(await standard(`SELECT bucket::VARCHAR FROM (${daily}) ORDER BY n DESC LIMIT 1`)).toEqual([['2023-08-15']])
  })
})

describe('in other years', () => {
  it('the events happen in every one of them', async () => {
    const query = await sampleOf({ numOrders: 20_000, startDate: '2021-07-01', endDate: '2023-06-30', seed: 'years' })
    const years = async (sql: string) => (await query(sql)).flat().map(Number)
    expect(
      await years(`SELECT year(day) FROM lines WHERE month(day) = 6 AND day(day) BETWEEN 12 AND 18
        GROUP BY 1 HAVING count(*) FILTER (payment_method = 'PayPal') = 0 ORDER BY 1`),
    ).toEqual([2022, 2023])
    expect(
      await years(`SELECT year(day) FROM lines WHERE segment = 'Corporate' GROUP BY 1, order_id, day
        HAVING sum(amount) > 20000 AND month(day) = 8 AND day(day) = 15 ORDER BY 1`),
    ).toEqual([2021, 2022])
    expect(
      await years(`SELECT year(day) FROM lines WHERE category = 'Electronics' AND month(day) = 11 GROUP BY 1
        HAVING count(*) FILTER (day(day) >= 17) > 1.5 * count(*) FILTER (day(day) BETWEEN 3 AND 16) ORDER BY 1`),
    ).toEqual([2021, 2022])
    expect(
      await years(`SELECT year(day) FROM lines WHERE category = 'Clothing' AND month(day) = 1 GROUP BY 1
        HAVING count(DISTINCT order_id) FILTER (status = 'returned') > 0.2 * count(DISTINCT order_id) ORDER BY 1`),
    ).toEqual([2022, 2023])
    const texas = await years(`SELECT count(DISTINCT order_id) FROM lines WHERE shipping_state = 'Texas'
      GROUP BY date_trunc('quarter', day) ORDER BY date_trunc('quarter', day)`)
    expect(texas.at(-1)!).toBeGreaterThan(1.6 * texas[0]!)
  })

  it('none happens where its dates are not covered', async () => {
    const query = await sampleOf({ numOrders: 2_000, startDate: '2023-09-01', endDate: '2023-10-31' })
    expect(
      await query('SELECT max(value) < 5000 FROM (SELECT sum(amount) AS value FROM lines GROUP BY order_id)'),
    ).toEqual([[true]])
  })
})
