import { expect, test } from 'vitest'
import { asTable } from '#src/nl2sql/as-table.ts'
import { shopTables, worldOf } from '#test/semantic/compile-world.ts'

const shop = worldOf('shop', shopTables)

const formats = async (sql: string) => {
  const result = await shop.domain.runText(sql)
  if (Array.isArray(result)) throw new Error(JSON.stringify(result))
  const { table } = asTable(result, shop.domain.model)
  return Object.fromEntries(table.columns.flatMap(({ name, format }) => (format ? [[name, format.kind]] : [])))
}

test('an amount stays money through sum, average, median and percentile, whatever the column is called', async () => {
  const sql = `WITH orders_made AS (SELECT o.id, sum(l.amount) AS total FROM orders o JOIN lines l ON l.order_id = o.id GROUP BY 1)
    SELECT median(total) AS median_order_value, quantile_cont(total, 0.9) AS p90, avg(total) AS typical,
      count(*) AS how_many, count(total) AS revenue_rows FROM orders_made`
  expect(await formats(sql)).toEqual({
    ...{ median_order_value: 'currency', p90: 'currency', typical: 'currency' },
    ...{ how_many: 'integer', revenue_rows: 'integer' },
  })
})

test('a ratio of amounts is no money though its name has that of a measure; a rate is a percentage', async () => {
  const sql = `SELECT sum(amount) / (SELECT sum(amount) FROM lines) AS revenue_index,
    sum(amount) / (SELECT sum(amount) FROM lines) AS revenue_share, sum(amount) AS amount_rate FROM lines WHERE quantity > 1`
  expect(await formats(sql)).toEqual({ revenue_index: 'number', revenue_share: 'percent', amount_rate: 'currency' })
})

test('where nothing tells what a column is made of, its name does', async () => {
  expect(await formats('SELECT sqrt(sum(amount)) AS revenue_root, sqrt(4.5) AS other FROM lines')).toEqual({
    ...{ revenue_root: 'currency', other: 'number' },
  })
})
