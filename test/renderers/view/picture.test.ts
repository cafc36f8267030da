import { expect, test } from 'vitest'
import { pictureOf } from '#renderers/view/picture.ts'
import type { Chart } from '#src/vocabulary/chart.ts'

const chart: Chart = {
  kind: 'kpi',
  title: 'Revenue rose 15%',
  subtitle: 'Revenue · Nov 2023 · USD',
  alt: 'Revenue 160,038',
  value: 160_038,
  format: { kind: 'currency' },
}

test('the picture of a message repeats neither its headline nor what is measured, and keeps its words for those who do not see it', () => {
  expect(pictureOf({ chart, headline: 'Revenue rose 15%' })).toEqual({ ...chart, title: '', subtitle: '' })
})

test('a title that says something else than the headline stays', () => {
  expect(pictureOf({ chart, headline: 'Revenue, why it rose' })).toMatchObject({ title: 'Revenue rose 15%' })
})
