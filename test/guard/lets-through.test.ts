import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { guard, objections, postgresGuard, shop } from './reading.ts'

describe('SQL that the compiler makes is let through:', () => {
  it.each([
    ['counting', 'SELECT count(*) AS orders FROM orders'],
    ['a filtered aggregate', 'SELECT sum(amount) FILTER (WHERE status = $1 AND amount > $2) AS paid FROM orders'],
    ['distinct counts', 'SELECT count(DISTINCT customer_id) FROM orders WHERE day >= $1 AND day < CAST($2 AS DATE)'],
    [
      'CTEs joined null-safely',
      `WITH a AS (SELECT state, sum(amount) AS revenue FROM orders GROUP BY 1),
            b AS (SELECT o.state, sum(i.qty) AS units FROM order_items i JOIN orders o ON o.id = i.order_id GROUP BY ALL)
       SELECT coalesce(a.state, b.state) AS state, revenue, units, revenue / nullif(units, 0) AS price
       FROM a FULL OUTER JOIN b ON a.state IS NOT DISTINCT FROM b.state ORDER BY revenue DESC NULLS LAST LIMIT 10`,
    ],
    [
      'time buckets and date arithmetic',
      `SELECT CAST(date_trunc('month', day) AS DATE) AS month, sum(amount) FROM orders
       WHERE day >= DATE '2024-01-01' - INTERVAL '1' YEAR AND day < DATE '2024-01-01' + INTERVAL 3 MONTH GROUP BY 1 ORDER BY 1`,
    ],
    [
      'parts of a date',
      "SELECT dayname(day), monthname(day), strftime(day, '%Y-%m'), extract(hour FROM made_at), isodow(day), date_diff('day', day, DATE '2024-01-01') FROM orders",
    ],
    [
      'windows',
      `SELECT state, row_number() OVER (PARTITION BY state ORDER BY amount DESC) AS n, lag(amount) OVER (ORDER BY day),
              sum(amount) OVER (ORDER BY day ROWS BETWEEN 2 PRECEDING AND CURRENT ROW), sum(amount) / sum(sum(amount)) OVER () AS share
       FROM orders GROUP BY state, amount, day QUALIFY n <= 3`,
    ],
    [
      'quantiles',
      'SELECT median(amount), quantile_cont(amount, 0.9), percentile_cont(0.5) WITHIN GROUP (ORDER BY amount) FROM orders',
    ],
    ['unions', 'SELECT state FROM orders UNION ALL SELECT state FROM products UNION SELECT NULL EXCEPT SELECT $1'],
    [
      'conditions',
      `SELECT CASE WHEN amount BETWEEN $1 AND $2 THEN 'mid' ELSE 'other' END FROM orders
       WHERE state IN ($3, $4) AND name NOT LIKE $5 AND name ILIKE 'a%' ESCAPE '!' AND status IS NOT NULL AND NOT (a OR b)`,
    ],
    [
      'subqueries',
      'SELECT * FROM (SELECT id FROM orders) o WHERE EXISTS (SELECT 1 FROM order_items i WHERE i.order_id = o.id) AND id IN (SELECT 1) AND id > (SELECT avg(qty) FROM order_items)',
    ],
    [
      'a calendar',
      "SELECT g.day::DATE FROM generate_series(CAST($1 AS DATE), $2::DATE, INTERVAL '1 month') g(day) LEFT JOIN orders o ON o.day = g.day",
    ],
    ['zones', "SELECT date_trunc('day', timezone('Europe/Berlin', made_at)), made_at AT TIME ZONE 'UTC' FROM orders"],
    ['rolled-up totals', 'SELECT state, grouping(state), sum(amount) FROM orders GROUP BY ROLLUP (state)'],
    ['values in place', "SELECT v.a FROM (VALUES ('x', 1), ('y', 2)) v(a, b) JOIN orders USING (b)"],
    ['CTEs inside CTEs', 'WITH a AS (WITH b AS (SELECT 1 AS n) SELECT n FROM b) SELECT (SELECT max(n) FROM a) FROM a'],
    ['quoted names and any case', 'SELECT "o"."State" FROM "Orders" AS "o", ORDER_ITEMS'],
    ['comments and a semicolon', 'SELECT 1 -- one\n /* two */ ;; \n'],
    ['FROM first', 'FROM orders SELECT id'],
    [
      'text and JSON',
      "SELECT upper(trim(a)) || split_part(b, '@', 2), j->>'$.a', j->'b', a[1], [1, 2], regexp_extract(a, 'x.') FROM orders",
    ],
  ])('%s', async (_what, sql) => {
    const sealed = await guard.seal(sql, shop)
    expect(sealed.text).toBe(sql.replace(/[;\s]+$/, ''))
  })
})

describe('SQL with values in it is let through without placeholders:', () => {
  it.each([
    "SELECT state, sum(amount) AS revenue FROM orders WHERE day >= '2024-01-01' GROUP BY state ORDER BY 2 DESC LIMIT 5",
    'SELECT p.name, count(*) FROM order_items i JOIN products p ON p.id = i.product_id GROUP BY ALL ORDER BY ALL',
    'SELECT max(COLUMNS(*)) FROM orders',
    'SELECT DISTINCT ON (state) * EXCLUDE (id) REPLACE (1 AS n) FROM orders',
    'SELECT o.id FROM orders o ASOF JOIN products p ON o.day >= p.since SEMI JOIN order_items i ON i.order_id = o.id',
    'SELECT * FROM range(10), unnest([1, 2]) u(n), generate_series(1, 1000000)',
  ])('%s', async sql => {
    expect(await objections(sql)).toEqual([])
  })
})

/** What the compiler makes of many queries, kept for people to read: `-- title, dialect`, the SQL, `-- its values`. */
const golden = join(import.meta.dirname, '..', 'golden', 'sql')
const compiled = readdirSync(golden).flatMap(file =>
  [...readFileSync(join(golden, file), 'utf8').matchAll(/^-- ([^\n]*), (duckdb|postgres)\n(.*?)\n-- \[/gms)].map(
    ([, title = '', dialect = '', sql = '']) => ({ title, dialect, sql }),
  ),
)

describe('what the compiler makes for both engines is let through:', () => {
  const tables = ['orders', 'lines', 'products', 'customers', 'flights', 'airports']

  it.each(compiled)('$title, $dialect', async ({ dialect, sql }) => {
    const sealed = await (dialect === 'postgres' ? postgresGuard : guard).seal(sql, { tables })
    expect(sealed.text).toBe(sql)
  })

  it('for both alike', () => {
    const of = (dialect: string) => compiled.filter(c => c.dialect === dialect).length
    expect(of('postgres')).toBe(of('duckdb'))
    expect(of('postgres')).toBeGreaterThan(10)
  })
})
