import { describe, expect, test } from 'vitest'
import { findFacts } from '#src/study/find-facts.ts'
import type { Extras } from '#src/study/gather.ts'
import { tellStory } from '#src/study/story.ts'
import { viewOf } from '#src/study/view.ts'
import type { Cell, Column } from '#src/vocabulary/table.ts'
import { inputOf, type Made } from './made.ts'
import { month } from './small-world.ts'

const versus = month(10, 'Oct 2023')
const query = { intent: 'why' as const, period: month(11, 'Nov 2023'), compare: { period: versus } }
const column = (name: string): Column => ({ name, type: 'number', role: 'measure', label: name })

const told = (made: Made, columns: string[], rows: Cell[][]) => {
  const name = made.measure?.name ?? 'revenue'
  const [now, previous] = made.rows[0] as [number, number]
  const table = { columns: ['category', ...columns].map(column), rows, truncated: false }
  const extras: Extras = {
    whole: { now: { [name]: now }, previous: { [name]: previous }, versus },
    why: { versus, after: false, splits: [{ dimension: 'category', table }] },
  }
  const material = { view: viewOf(inputOf({ ...made, query })), extras }
  const { headline, summary } = tellStory(material, findFacts(material))
  return [headline.text, ...summary.map(s => s.text)]
}
const money = ['revenue', 'revenue_previous']
const rates = ['return_rate', 'return_rate_previous', 'orders', 'orders_previous']
const rate = {
  name: 'return_rate',
  label: 'Return rate',
  format: { kind: 'percent' as const },
  good: 'down' as const,
  additive: false,
}

describe('why', () => {
  test('names the part that carries most of a change', () => {
    expect(
      told({ rows: [[120, 160]] }, money, [
        ['A', 116, 120],
        ['B', 4, 40],
      ]),
    ).toEqual([
      'Revenue fell 25%; B accounts for nearly all of it',
      'Revenue was $120.00 in Nov 2023, $40 less than in Oct 2023 ($160.00).',
      'B fell from $40.00 to $4.00, which is 90% of the drop; it was 25% of the total before.',
    ])
  })
  test('gives no share of a change to parts that overlap', () => {
    const measure = { name: 'orders', label: 'Orders', format: { kind: 'integer' as const }, additive: false }
    expect(
      told(
        { rows: [[220, 300]], measure },
        ['orders', 'orders_previous'],
        [
          ['A', 110, 200],
          ['B', 190, 200],
        ],
      ),
    ).toEqual([
      'Orders fell 27%; A fell most, by 90',
      'There were 220 orders in Nov 2023, 80 fewer than in Oct 2023 (300).',
      'A fell from 200 to 110.',
    ])
  })
  test('tells a shift of the mix from a change of rates', () => {
    expect(
      told({ rows: [[0.25, 0.15]], measure: rate }, rates, [
        ['A', 0.3, 0.3, 3000, 1000],
        ['B', 0.1, 0.1, 1000, 3000],
      ]),
    ).toEqual([
      'Return rate rose 10 points; the mix by category shifted towards A',
      'Return rate was 25.0% in Nov 2023, 10 points more than in Oct 2023 (15.0%).',
      'A has 75% of orders, against 25% before; its return rate is 30.0%.',
    ])
  })
  test('says so when no part stands out', () => {
    expect(
      told({ rows: [[120, 160]] }, money, [
        ['A', 90, 120],
        ['B', 30, 40],
      ]),
    ).toEqual([
      'Revenue fell 25%, and no single part stands out',
      'Revenue was $120.00 in Nov 2023, $40 less than in Oct 2023 ($160.00).',
      'By category, no part stands out.',
    ])
  })
  test('says so when nothing moved', () => {
    expect(
      told({ rows: [[160, 160]] }, money, [
        ['A', 80, 80],
        ['B', 80, 80],
      ])[0],
    ).toBe('Revenue hardly moved: $160 in Nov 2023')
  })
})
