import { beforeAll, describe, expect, test } from 'vitest'
import type { Knowledge } from '#src/domain.ts'
import { asksTheSame, likeness, partsOf } from '#src/verified/likeness.ts'
import { shopTables, worldOf } from '#test/semantic/compile-world.ts'

const shop = worldOf('shop', shopTables)

let knowledge: Knowledge
beforeAll(async () => {
  knowledge = await shop.domain.knowledge()
})

const parts = (text: string) => partsOf(text, { model: shop.model, knowledge, today: '2023-04-04' })
const same = (a: string, b: string) => asksTheSame(parts(a), parts(b))

const long =
  'which gizmos made the grumpy punters of our little town happiest by region and by channel at noon on sunny days'

describe('two questions are the same', () => {
  test.each([
    ['Which gizmos made the punters happiest?', 'which gizmo made punters happiest'],
    ['gizmos that punters like', 'please show me the gizmos that punters like!!'],
    ['revenue by region last month', 'Revenue by regions in March 2023'],
    ['gizmos by region last month', 'last month gizmos by region'],
    ['gizmos in the North', 'gizmos for north'],
    ['gizmos over 500', 'gizmos more than 500'],
    ['gizmos over 1,200', 'gizmos above 1200'],
    ['top 5 gizmos', 'top five gizmos'],
    ['revenue per gizmo', 'revenue by gizmo'],
    [long, `${long} overall`],
  ])('%j and %j', (a, b) => expect(same(a, b)).toBe(true))
})

describe('two questions are not the same', () => {
  test.each([
    ['revenue by region', 'region by revenue'],
    ['gizmos last month', 'gizmos this month'],
    ['gizmos last month', 'gizmos'],
    ['gizmos in March 2023', 'gizmos in March 2022'],
    ['gizmos over 500', 'gizmos over 501'],
    ['gizmos over 500', 'gizmos under 500'],
    ['top 5 gizmos', 'top 6 gizmos'],
    ['top 5 gizmos', 'bottom 5 gizmos'],
    ['gizmos in the North', 'gizmos in the South'],
    ['gizmos with gifts', 'gizmos without gifts'],
    ['gizmos to North', 'gizmos from North'],
    ['punters who bought gizmos', 'punters who sold gizmos'],
    [long, long.replace('grumpy', 'cheerful')],
    [long, long.replace('grumpy ', '')],
    [long, long.replace('by region', 'by product')],
    [long, `${long} not`],
    ['', ''],
    ['?', '!'],
    ['the', 'a'],
  ])('%j and %j', (a, b) => expect(same(a, b)).toBe(false))
})

test('likeness is twice the common parts over all parts, in order', () => {
  expect(likeness(['a', 'b', 'c'], ['a', 'b', 'c'])).toBe(1)
  expect(likeness(['a', 'b', 'c'], ['a', 'x', 'c'])).toBe(4 / 6)
  expect(likeness(['a', 'b'], ['b', 'a'])).toBe(2 / 4)
  expect(likeness([], [])).toBe(0)
})

test('hostile and foreign texts have parts, or none', () => {
  expect(parts('🎉 عدد الطلبات')).toEqual(expect.arrayContaining(['عدد']))
  expect(parts('"; drop table orders --').length).toBeGreaterThan(0)
  expect(parts('🎉')).toEqual([])
})
