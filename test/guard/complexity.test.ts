import { describe, expect, it } from 'vitest'
import { isRefused } from '#src/guard/guard.ts'
import type { Allowed } from '#src/guard/rule.ts'
import { complexityOf } from '#src/guard/rules/complexity.ts'
import { guard, postgresGuard, read, readPostgres } from './reading.ts'

const allowed: Allowed = {
  tables: [
    { name: 'orders', rows: 10_000 },
    { name: 'order_items', rows: 30_000 },
    { name: 'states', rows: 50 },
    { name: 'messages', rows: 10_000_000, time: 'sent_at' },
    { name: 'unknown' },
  ],
}

describe.each([
  ['DuckDB', read, guard],
  ['PostgreSQL', readPostgres, postgresGuard],
] as const)('complexity, %s', (_name, reader, guardian) => {
  const points = async (sql: string) => {
    const outline = await reader(sql)
    if ('problem' in outline) throw new Error(outline.message)
    return Object.fromEntries(complexityOf(outline, allowed).map(({ what, points }) => [what, Math.round(points)]))
  }

  it.each<[string, Record<string, number>]>([
    ['SELECT count(*) FROM orders', {}],
    ['SELECT 1', {}],
    ['SELECT 1 FROM orders o JOIN order_items i ON i.order_id = o.id', { '1 joins': 2 }],
    ['SELECT 1 FROM orders o, order_items i WHERE i.order_id = o.id AND o.id > 3', { '1 joins': 2 }],
    ['SELECT 1 FROM orders JOIN order_items USING (id)', { '1 joins': 2 }],
    ['SELECT 1 FROM orders, order_items WHERE order_id = orders.id', { '1 joins': 2 }],
    ['SELECT 1 FROM orders o, states s', { '1 joins': 2 }],
    // 10,000 × 30,000 = 3 · 10⁸, a factor of 30 above ten million: 30 · log₁₀ 30
    ['SELECT 1 FROM orders, order_items', { '1 joins': 2, 'orders, order_items without a condition between them': 44 }],
    [
      'SELECT 1 FROM orders JOIN order_items ON true',
      { '1 joins': 2, 'orders, order_items without a condition between them': 44 },
    ],
    ['SELECT 1 FROM orders a JOIN order_items b ON a.id <> b.id', { '1 joins': 2 }],
    ['SELECT 1 FROM unknown a, unknown b', { '1 joins': 2, 'a, b without a condition between them': 90 }],
    ['SELECT 1 FROM unknown a JOIN unknown b ON a.x = b.x JOIN states c ON c.x = a.x', { '2 joins': 4 }],
    ['SELECT 1 FROM unknown a CROSS JOIN (SELECT max(x) AS m FROM unknown) b', { '1 joins': 2 }],
    [
      'WITH m AS (SELECT x, count(*) AS n FROM unknown GROUP BY x) SELECT 1 FROM m a, m b',
      { '1 joins': 2, 'a, b without a condition between them': 30 },
    ],
    [
      'WITH m AS (SELECT x FROM unknown) SELECT 1 FROM m a, m b',
      { '1 joins': 2, 'a, b without a condition between them': 90 },
    ],
    [
      'SELECT 1 FROM (SELECT x FROM unknown) a, (SELECT x FROM unknown UNION SELECT 1 FROM unknown) b',
      { '1 joins': 2, 'a, b without a condition between them': 90 },
    ],
    ['SELECT 1 FROM unknown a, LATERAL (SELECT x FROM unknown b WHERE b.id = a.id) l', { '1 joins': 2 }],
    [
      'SELECT 1 FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b',
      { '1 joins': 2, 'a, b without a condition between them': 150 },
    ],
    ['SELECT 1 FROM orders o, generate_series(1, o.n) g', { '1 joins': 2, '1 series without written ends': 10 }],
    ["SELECT 1 FROM generate_series(DATE '2024-01-01', DATE '2024-12-31', INTERVAL '1 day') g", {}],
    ['SELECT sum(id) OVER (), rank() OVER (ORDER BY id) FROM orders', { '2 windows': 4 }],
    ['SELECT count(DISTINCT id), count(DISTINCT state) FROM orders', { '2 distinct counts': 6 }],
    ['SELECT 1 FROM messages', { 'all of messages': 20 }],
    ["SELECT 1 FROM messages m WHERE m.sent_at >= '2024-01-01'", {}],
    ["SELECT 1 FROM messages WHERE sent_at BETWEEN '2024-01-01' AND '2024-02-01' AND id > 1", {}],
    ["SELECT 1 FROM messages m JOIN orders o ON o.id = m.id AND m.sent_at > '2024-01-01'", { '1 joins': 2 }],
    ['SELECT sent_at FROM messages GROUP BY sent_at', { 'all of messages': 20 }],
    ['SELECT (SELECT (SELECT (SELECT (SELECT 1))))', { '5 SELECTs, 5 deep': 5 }],
    [Array(12).fill('SELECT 1').join(' UNION ALL '), { '12 SELECTs, 1 deep': 2 }],
  ])('%s', async (sql, expected) => {
    expect(await points(sql)).toEqual(expected)
  })

  it('ends, however often CTEs use each other', async () => {
    const chain = Array.from({ length: 25 }, (_, i) => `c${i + 1} AS (SELECT a.x FROM c${i} a, c${i} b)`)
    const outline = await reader(`WITH c0 AS (SELECT 1 AS x), ${chain.join(', ')} SELECT 1 FROM c25`)
    expect('problem' in outline ? outline : complexityOf(outline, allowed).length).toBeGreaterThan(0)
  })

  it('ends when two CTEs have one name', async () => {
    const sql = 'WITH a AS (WITH a AS (SELECT 1 AS n) SELECT * FROM a) SELECT * FROM a, a b'
    expect(isRefused(await guardian.check(sql, allowed))).toBe(false)
  })

  it('beyond the budget is refused with advice', async () => {
    const sql = 'SELECT count(DISTINCT a.id) FROM unknown a, unknown b, messages m'
    expect(await guardian.check(sql, allowed)).toEqual([
      {
        rule: 'complexity',
        message:
          'this is too much at once, 327 points of 100: a, b, m without a condition between them (300), all of messages (20), 2 joins (4), 1 distinct counts (3)',
        advice: [
          { code: 'join-on', words: 'join tables by an equal column, or narrow one of them down first' },
          {
            code: 'add-period',
            words: 'choose a period, such as the last 30 days, by sent_at',
            ...{ table: 'messages', column: 'sent_at' },
          },
          { code: 'fewer-tables', words: 'ask about fewer tables' },
        ],
      },
    ])
    expect(isRefused(await guardian.check(sql, { ...allowed, budget: 327 }))).toBe(false)
    expect(isRefused(await guardian.check(sql, { ...allowed, budget: 326 }))).toBe(true)
  })

  it('of what the compiler made is not held against it', async () => {
    expect(await guardian.seal('SELECT 1 FROM unknown a, unknown b, unknown c', allowed)).toHaveProperty('text')
  })
})
