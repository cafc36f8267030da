import { describe, expect, test } from 'vitest'
import { finerTables, pathsTo, pathTo } from '#src/semantic/compile/paths.ts'
import type { Join, Model } from '#src/semantic/model.ts'

const join = (name: string, from: string, to: string): Join => ({
  name,
  from,
  fromColumns: [`${name}_id`],
  to,
  toColumns: ['id'],
})
const model = (...joins: Join[]): Model => {
  const names = [...new Set(joins.flatMap(j => [j.from, j.to]))]
  const tables = Object.fromEntries(names.map(name => [name, { name, label: name, synonyms: [], primaryKey: ['id'] }]))
  return { tables, joins } as unknown as Model
}
const names = (path?: Join[]) => path?.map(j => j.name)

const shop = model(
  join('order', 'lines', 'orders'),
  join('customer', 'orders', 'customers'),
  join('product', 'lines', 'products'),
)

describe('paths from many to one', () => {
  test('a table reaches itself without a join', () => {
    expect(names(pathTo(shop, { from: 'lines', to: 'lines' }))).toEqual([])
  })
  test('a table reaches what its parent belongs to', () => {
    expect(names(pathTo(shop, { from: 'lines', to: 'customers' }))).toEqual(['order', 'customer'])
  })
  test('never from one to many', () => {
    expect(pathTo(shop, { from: 'customers', to: 'orders' })).toBeUndefined()
    expect(pathTo(shop, { from: 'orders', to: 'products' })).toBeUndefined()
  })
  test('two roles of one table are told apart by name; without one, nothing is guessed', () => {
    const flights = model(
      join('origin', 'flights', 'airports'),
      join('destination', 'flights', 'airports'),
      join('country', 'airports', 'countries'),
    )
    expect(names(pathTo(flights, { from: 'flights', to: 'airports', via: 'destination' }))).toEqual(['destination'])
    expect(pathTo(flights, { from: 'flights', to: 'airports' })).toBeUndefined()
    expect(pathsTo(flights, { from: 'flights', to: 'airports' }).map(names)).toEqual([['origin'], ['destination']])
    expect(names(pathTo(flights, { from: 'flights', to: 'countries', via: 'destination' }))).toEqual([
      'destination',
      'country',
    ])
    expect(pathTo(flights, { from: 'flights', to: 'airports', via: 'pilot' })).toBeUndefined()
  })
  test('the shortest of several ways comes first', () => {
    const diamond = model(join('a', 'x', 'mid'), join('b', 'mid', 'end'), join('direct', 'x', 'end'))
    expect(pathsTo(diamond, { from: 'x', to: 'end' }).map(names)).toEqual([['direct'], ['a', 'b']])
  })
  test('a circle of joins ends', () => {
    const circle = model(
      join('boss', 'people', 'people'),
      join('team', 'people', 'teams'),
      join('lead', 'teams', 'people'),
    )
    expect(names(pathTo(circle, { from: 'people', to: 'teams' }))).toEqual(['team'])
    expect(pathTo(circle, { from: 'people', to: 'nowhere' })).toBeUndefined()
  })
  test('a hundred tables, each joined with each, do not take forever', () => {
    const all = Array.from({ length: 100 }, (_, i) => `t${i}`)
    const dense = model(...all.flatMap(a => all.filter(b => b !== a).map(b => join(`${a}_${b}`, a, b))))
    expect(names(pathTo(dense, { from: 't0', to: 't99' }))).toEqual(['t0_t99'])
  })
})

describe('finer tables', () => {
  test('those from which everything is reached, nearest first', () => {
    expect(finerTables(shop, 'orders', [{ table: 'products' }])).toEqual(['lines'])
    expect(finerTables(shop, 'customers', [{ table: 'orders' }])).toEqual(['orders', 'lines'])
    expect(finerTables(shop, 'customers', [{ table: 'products' }])).toEqual(['lines'])
  })
  test('none, when nothing links the two', () => {
    expect(
      finerTables(model(join('order', 'lines', 'orders'), join('stock', 'stocks', 'products')), 'orders', [
        { table: 'products' },
      ]),
    ).toEqual([])
  })
})
