import { expect, test } from 'vitest'
import { describe } from '#src/describe.ts'
import { shopTables, worldOf } from './semantic/compile-world.ts'

const shop = worldOf('shop', shopTables)

test('what there is to ask about: tables with their rows, measures with their making, splits with some values', async () => {
  const about = await describe(shop.domain, ['other'])
  expect(about).toMatchObject({
    domain: 'tiny',
    label: 'tiny shop',
    otherDomains: ['other'],
    freshness: { source: 'a test', dataUntil: '2023-04-03' },
  })
  expect(about.range).toEqual({ from: '2022-11-05', to: '2023-04-03' })
  expect(about.tables.map(t => [t.name, t.rows])).toEqual([
    ['orders', 6],
    ['lines', 8],
    ['customers', 4],
    ['products', 4],
  ])
  const definitions = Object.fromEntries(about.measures.map(m => [m.name, m.definition]))
  expect(definitions).toMatchObject({
    revenue: 'sum of lines.amount, kept',
    gross: 'sum of lines.amount',
    cost: 'sum of lines.quantity * products.cost, kept',
    margin: 'revenue - cost',
    order_rows: 'number of rows of orders',
    cancelled_orders: 'number of different orders.id, status cancelled',
  })
  const values = Object.fromEntries(about.dimensions.map(d => [d.name, d.values]))
  expect(values.category).toEqual(['Home', 'Paper'])
  expect(values.region?.toSorted()).toEqual(['North', 'South'])
})

test('hidden measures and personal data are not in it', async () => {
  const about = await describe(shop.domain, [])
  const names = [...about.measures, ...about.dimensions].map(x => x.name)
  expect(names.filter(n => n.startsWith('distinct_') || n.startsWith('first_') || n.startsWith('row_'))).toEqual([])
  expect(names).not.toContain('customer_name')
  expect(JSON.stringify(about)).not.toMatch(/Ann|Dee/)
})
