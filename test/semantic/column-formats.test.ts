import { describe, expect, test } from 'vitest'
import { modelPath } from '#src/open.ts'
import { columnFormats } from '#src/semantic/column-formats.ts'
import { readModel } from '#src/semantic/load.ts'
import { guard, postgresGuard } from '#test/guard/reading.ts'

const model = await readModel(modelPath('ecommerce'))

/** `$` for money, `#` for a bare number, `?` where nothing tells. */
const told = async (guardian: typeof guard, sql: string, columns = 1): Promise<string> => {
  const tree = await guardian.treeOf(sql)
  if (!tree) throw new Error('It cannot be read.')
  const names = tree.outputs.map((output, i) => ('name' in output && output.name ? output.name : `c${i}`))
  const asked = names.length === columns ? names : Array.from({ length: columns }, (_, i) => names[i] ?? '')
  return columnFormats(tree, model, asked)
    .map(known => (known === undefined ? '?' : known === 'plain' ? '#' : known.kind === 'currency' ? '$' : '!'))
    .join('')
}

const spent = `WITH spent AS (
  SELECT o.order_id, o.channel, CAST(sum(i.amount) AS DOUBLE PRECISION) AS total, count(*) AS pieces
  FROM orders o JOIN order_items i ON i.order_id = o.order_id GROUP BY 1, 2)`

describe.each([
  ['DuckDB', guard],
  ['PostgreSQL', postgresGuard],
] as const)('what a column of a result is made of, %s', (_, guardian) => {
  test.each<[string, string]>([
    ['SELECT sum(amount) FROM order_items', '$'],
    ['SELECT avg(i.amount) AS typical FROM order_items i', '$'],
    ['SELECT min(discount) AS a, max(discount) AS b, sum(shipping_fee) AS c FROM orders', '$$$'],
    ['SELECT percentile_cont(0.9) WITHIN GROUP (ORDER BY amount) AS high FROM order_items', '$'],
    [
      `${spent} SELECT channel, percentile_cont(0.5) WITHIN GROUP (ORDER BY total) AS middle FROM spent GROUP BY 1`,
      '?$',
    ],
    [`${spent} SELECT round(avg(s.total), 2) AS a, avg(s.pieces) AS b FROM spent s`, '$#'],
    ['SELECT stddev_samp(amount) AS spread FROM order_items', '$'],
    ['SELECT lag(sum(amount)) OVER (ORDER BY order_id) AS before FROM order_items GROUP BY order_id', '$'],
    ['SELECT coalesce(sum(amount), 0) AS a, greatest(max(amount), 1) AS b FROM order_items', '$$'],
    ["SELECT sum(CASE WHEN status = 'returned' THEN discount ELSE 0 END) AS lost FROM orders", '$'],
    ['SELECT sum(amount) - sum(quantity * unit_price) AS off FROM order_items', '$'],
    [
      'SELECT sum(i.quantity * p.unit_cost) AS cost, avg(p.unit_cost) AS each FROM order_items i JOIN products p ON p.product_id = i.product_id',
      '$$',
    ],
    ['SELECT sum(amount) / count(*) AS per_line, 100 * max(amount) AS cents FROM order_items', '$$'],
    ['SELECT (SELECT max(amount) FROM order_items) AS most', '$'],
    ['SELECT x.best FROM (SELECT max(list_price) AS best FROM products) x', '$'],
    ['SELECT y AS again FROM (SELECT max(list_price) FROM products) AS x(y)', '$'],
    ['SELECT amount AS a FROM order_items UNION ALL SELECT discount FROM orders', '$'],
  ])('%s is money where an amount goes in', async (sql, known) => {
    expect(await told(guardian, sql, known.length)).toBe(known)
  })

  test.each<[string, string]>([
    ['SELECT count(*) AS n, count(amount) AS revenue, count(DISTINCT amount) AS amounts FROM order_items', '###'],
    ['SELECT sum(quantity) AS pieces FROM order_items', '#'],
    ['SELECT sum(amount) / nullif(max(amount), 0) AS part FROM order_items', '#'],
    [`${spent} SELECT total / sum(total) OVER () AS of_all FROM spent`, '#'],
    ['SELECT rank() OVER (ORDER BY amount) AS amount FROM order_items', '#'],
    ['SELECT 1 AS one', '#'],
  ])('%s is none: counts, ratios and ranks', async (sql, known) => {
    expect(await told(guardian, sql, known.length)).toBe(known)
  })

  test.each<[string, string]>([
    ['SELECT discount * shipping_fee AS odd FROM orders', '?'],
    ['SELECT sqrt(amount) AS root FROM order_items', '?'],
    ['SELECT nothing FROM nowhere', '?'],
    ['SELECT sum(amount) / max(order_id) AS odd FROM order_items', '?'],
  ])('%s is not guessed', async (sql, known) => {
    expect(await told(guardian, sql, known.length)).toBe(known)
  })

  test('all columns of a subquery are known by their names', async () => {
    const tree = await guardian.treeOf(`${spent} SELECT * FROM spent`)
    const names = ['order_id', 'channel', 'total', 'pieces']
    expect(tree && columnFormats(tree, model, names).map(known => (known === 'plain' ? '#' : known?.kind))).toEqual([
      ...[undefined, undefined, 'currency', '#'],
    ])
  })

  test('a text that cannot be read tells nothing', async () => {
    expect(await guardian.treeOf('SELECT FROM WHERE')).toBeUndefined()
  })
})
