import { describe, expect, it } from 'vitest'
import { guard, objections, postgresObjections, read, readPostgres, shop } from './reading.ts'

/** Every kind of place where a value or a table can stand. */
const duckdb = [
  'SELECT 7 FROM orders',
  'SELECT DISTINCT ON (7) id FROM orders',
  'SELECT id FROM orders WHERE id = 7 AND NOT (id IN (1, 7)) OR id BETWEEN 7 AND 8',
  'SELECT id FROM orders GROUP BY id, 7 HAVING count(*) > 7',
  'SELECT id FROM orders GROUP BY GROUPING SETS ((id), (7))',
  'SELECT id FROM orders ORDER BY 7 + 1 LIMIT 7 OFFSET 7',
  'SELECT id FROM orders QUALIFY rank() OVER (PARTITION BY 7 ORDER BY 7) = 7',
  'SELECT sum(id + 7) FILTER (WHERE id > 7) OVER (w ROWS BETWEEN 7 PRECEDING AND 7 FOLLOWING) FROM orders WINDOW w AS (ORDER BY 7)',
  'SELECT lag(id, 7, 7) OVER (ORDER BY id) FROM orders',
  'SELECT string_agg(id, 7 ORDER BY 7), quantile_cont(id, 7) FROM orders',
  "SELECT CASE WHEN id = 7 THEN 7 ELSE 7 END, CASE 7 WHEN 7 THEN 7 END, CAST(7 AS DATE), 7::TEXT, [7][7], {'a': 7}, (7, 7) FROM orders",
  'SELECT id LIKE 7, id ILIKE 7 ESCAPE 7, id IS DISTINCT FROM 7, id IS NULL, -(7), INTERVAL (7) DAY, extract(year FROM 7) FROM orders',
  'SELECT EXISTS (SELECT 7), 7 = ANY (SELECT 7), (SELECT 7), coalesce(7, 7), nullif(7, 7), if(7, 7, 7) FROM orders',
  'SELECT * FROM orders o JOIN order_items i ON o.id = 7 LEFT JOIN products p ON p.id = 7 CROSS JOIN products q',
  'SELECT * FROM orders o ASOF JOIN products p ON o.id >= 7 SEMI JOIN order_items i ON i.id = 7',
  'SELECT * FROM orders, (SELECT 7) s, LATERAL (SELECT 7) l, (VALUES (7, 7)) v, unnest([7]) u, range(7) r',
  'WITH a AS (SELECT 7 FROM orders), b AS MATERIALIZED (SELECT 7 FROM products) SELECT * FROM a, b',
  'SELECT 7 FROM orders UNION SELECT 7 FROM products EXCEPT ALL (SELECT 7 FROM order_items INTERSECT SELECT 7)',
  'SELECT 7 FROM orders UNION ALL BY NAME FROM products SELECT 7',
  'SELECT * REPLACE (7 AS id) FROM orders ORDER BY ALL',
  'FROM orders SELECT id WHERE id = 7',
]

const postgres = [
  'SELECT 7 FROM orders',
  'SELECT DISTINCT ON (7) id FROM orders',
  'SELECT id FROM orders WHERE id = 7 AND NOT (id IN (1, 7)) OR id BETWEEN 7 AND 8 OR id BETWEEN SYMMETRIC 7 AND 7',
  'SELECT id FROM orders GROUP BY id, 7 HAVING count(*) > 7',
  'SELECT id FROM orders GROUP BY GROUPING SETS ((id), (7)), CUBE (7)',
  'SELECT id FROM orders ORDER BY 7 + 1 LIMIT 7 OFFSET 7',
  'SELECT id FROM orders ORDER BY 7 FETCH FIRST (7) ROWS WITH TIES',
  'SELECT sum(id + 7) FILTER (WHERE id > 7) OVER (w ROWS BETWEEN 7 PRECEDING AND 7 FOLLOWING) FROM orders WINDOW w AS (PARTITION BY 7 ORDER BY 7)',
  'SELECT lag(id, 7, 7) OVER (ORDER BY id) FROM orders',
  'SELECT string_agg(id, 7 ORDER BY 7), percentile_cont(7) WITHIN GROUP (ORDER BY 7) FROM orders',
  'SELECT CASE WHEN id = 7 THEN 7 ELSE 7 END, CASE 7 WHEN 7 THEN 7 END, CAST(7 AS DATE), 7::TEXT, ARRAY[7], (7, 7), ROW(7) FROM orders',
  'SELECT (ARRAY[7])[7], (ARRAY[7])[7:7], id LIKE 7, id ILIKE 7 ESCAPE 7, id SIMILAR TO 7, id IS DISTINCT FROM 7 FROM orders',
  "SELECT 7 IS NULL, 7 IS NOT TRUE, -(7), extract(year FROM 7), 7 AT TIME ZONE 'UTC', overlay(7 PLACING 7 FROM 7), make_interval(days => 7) FROM orders",
  'SELECT EXISTS (SELECT 7), 7 = ANY (SELECT 7), (7, 7) IN (SELECT 7, 7), ARRAY(SELECT 7), coalesce(7, 7), nullif(7, 7), greatest(7, 7) FROM orders',
  'SELECT * FROM orders o JOIN order_items i ON o.id = 7 LEFT JOIN products p ON p.id = 7 CROSS JOIN products q JOIN products r USING (id)',
  'SELECT * FROM orders, (SELECT 7) s, LATERAL (SELECT 7) l, (VALUES (7, 7)) v, unnest(ARRAY[7]) u, generate_series(7, 7) WITH ORDINALITY r',
  'SELECT * FROM ROWS FROM (generate_series(7, 7), unnest(ARRAY[7])) f',
  'WITH a AS (SELECT 7 FROM orders), b AS MATERIALIZED (SELECT 7 FROM products) SELECT * FROM a, b',
  'SELECT 7 FROM orders UNION SELECT 7 FROM products EXCEPT ALL (SELECT 7 FROM order_items INTERSECT SELECT 7)',
  'VALUES (7), (7) ORDER BY 7',
  'TABLE orders',
]

/** The text with its n-th match of the pattern replaced, for each n. */
const variants = (text: string, pattern: RegExp, other: string) =>
  [...text.matchAll(pattern)].map(
    ({ index, 0: found }) => text.slice(0, index) + other + text.slice(index + found.length),
  )

const hidden = {
  duckdb: ['(SELECT max(word) FROM secret)', '(WITH orders2 AS (FROM secret) SELECT word FROM orders2)'],
  postgres: ['(SELECT max(word) FROM secret)', '(WITH orders2 AS (TABLE secret) SELECT word FROM orders2)'],
}

const smuggled = (hosts: string[], values: string[]) =>
  hosts.flatMap(host => [
    ...values.flatMap(value => variants(host, /\b7\b/g, value)),
    ...variants(host, /\b(orders|order_items|products)\b/g, 'secret'),
    ...variants(host, /\b(orders|order_items|products)\b/g, 'main.orders'),
    ...variants(host, /\b(orders|order_items|products)\b/g, '(SELECT * FROM secret) x'),
  ])

const anyhow = { ...shop, budget: Number.POSITIVE_INFINITY }

describe.each([
  { name: 'DuckDB', hosts: duckdb, values: hidden.duckdb, told: objections, outline: read },
  { name: 'PostgreSQL', hosts: postgres, values: hidden.postgres, told: postgresObjections, outline: readPostgres },
])('a table that is not on the list, $name', ({ hosts, values, told, outline }) => {
  it('is let through nowhere', async () => {
    for (const host of hosts) expect([host, await told(host, anyhow)]).toEqual([host, []])
    const slipped = []
    for (const sql of smuggled(hosts, values)) if (!(await told(sql, anyhow)).length) slipped.push(sql)
    expect(slipped).toEqual([])
  })

  it('is found as a table wherever the parser takes it', async () => {
    const outlines = await Promise.all(smuggled(hosts, values).map(outline))
    const taken = outlines.flatMap(found => ('problem' in found ? [] : [found]))
    const missed = taken.filter(({ tables }) => !tables.some(t => t.name === 'secret' || t.qualifier.length))
    expect(missed).toEqual([])
    expect(taken.length).toBeGreaterThan(200)
  })
})

it('stays found when the SQL is limited by the guard', async () => {
  const verdict = await guard.check('SELECT * FROM secret', { tables: ['orders'], limit: 5 })
  expect(verdict).toMatchObject([{ rule: 'tables' }])
})
