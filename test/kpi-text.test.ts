import { expect, test } from 'vitest'
import { kpiText } from '#src/kpi-text.ts'
import type { Kpi } from '#src/vocabulary/kpi.ts'
import { kpiSchema } from '#src/vocabulary/kpi.ts'
import { shopTables, worldOf } from './semantic/compile-world.ts'

const shop = worldOf('shop', shopTables)
const kpi = (part: Partial<Kpi>): Kpi =>
  kpiSchema.parse({ measure: 'revenue', description: 'How we do.', owner: 'Sales', ...part })
const text = (words: string, part: Partial<Kpi> = {}) =>
  kpiText(shop.domain, { kpi: kpi(part), words, today: '2023-05-01' })

test('a KPI alone is its measure, its split and its period', async () => {
  expect(await text('', { split: 'category', period: 'last quarter' })).toBe('revenue by category last quarter')
  expect(await text('')).toBe('revenue last month')
})

test('what the words say takes the place of what the KPI would', async () => {
  expect(await text('in March', { split: 'category' })).toBe('revenue in March by category')
  expect(await text('by region', { split: 'category' })).toBe('revenue by region last month')
  expect(await text('by region in March', { split: 'category' })).toBe('revenue by region in March')
  expect(await text('only Home', { split: 'month' })).toBe('revenue only Home by month last month')
})
