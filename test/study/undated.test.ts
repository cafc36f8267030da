import { expect, test } from 'vitest'
import type { Cell } from '#src/vocabulary/table.ts'
import { studyOf } from './made.ts'

const months: Cell[][] = [
  ['2023-01-01', 10],
  ['2023-02-01', 20],
  ['2023-03-01', 60],
]
const over = 'month' as const

test('a row without a day does not stop the story of the others, and is told', async () => {
  const { story, notes } = await studyOf({ over, rows: [[null, 7], ...months] })
  expect(story).toEqual((await studyOf({ over, rows: months })).story)
  expect(notes).toContain('1 row has no day and is only in the table.')
})

test('days that no calendar here has are left to the table', async () => {
  const strange: Cell[][] = [
    ['-0044-03-15', 1],
    ['12000-01-01', 2],
    ['infinity', 3],
  ]
  expect((await studyOf({ over, rows: [...strange, ...months] })).notes).toContain(
    '3 rows have no day and are only in the table.',
  )
  expect((await studyOf({ over, rows: strange })).story.headline.text).toBe('No revenue')
})

test('earlier buckets of a number are told without those that have no day', async () => {
  const history = (rows: Cell[][]) => ({
    columns: [
      { name: 'month', type: 'date', role: 'time', label: 'Month' } as const,
      { name: 'revenue', type: 'number', role: 'measure', label: 'Revenue' } as const,
    ],
    rows,
    truncated: false,
  })
  const march = { start: '2023-03-01', end: '2023-04-01', unit: 'month', label: 'March 2023' } as const
  const of = (rows: Cell[][]) => studyOf({ rows: [[60]], query: { period: march }, history: history(rows) })
  expect((await of([...months, [null, 7]])).story).toEqual((await of(months)).story)
})
