import { expect, test } from 'vitest'
import { describe as describeData } from '#src/describe.ts'
import { tablesDiagram } from '#src/diagram/tables-diagram.ts'
import { shopTables, worldOf } from '#test/semantic/compile-world.ts'

const shop = worldOf('shop', shopTables)

test('the tables of a domain are drawn, each arrow from many to one', async () => {
  const { diagram } = await describeData(shop.domain, [])
  const { model } = shop.domain
  expect(diagram.chart.nodes.map(n => n.id)).toEqual(Object.keys(model.tables))
  expect(diagram.chart.edges.map(({ from, to }) => `${from}>${to}`)).toEqual(model.joins.map(j => `${j.from}>${j.to}`))
  expect(diagram.chart.edges).toContainEqual({ from: 'lines', to: 'orders' })
  expect(diagram.more).toBe(0)
})

test('of very many tables the forty that belong to most others are drawn', () => {
  const { model } = shop.domain
  const [orders, lines] = [model.tables.orders!, model.tables.lines!]
  const alone = Array.from({ length: 60 }, (_, i) => [`t${i}`, { ...orders, name: `t${i}` }] as const)
  const many = { ...model, tables: { ...Object.fromEntries(alone), lines, orders } }
  const { chart, more } = tablesDiagram(many)
  expect(chart.nodes).toHaveLength(40)
  expect(chart.nodes.map(n => n.id)).toContain('orders')
  expect(more).toBe(22)
})
