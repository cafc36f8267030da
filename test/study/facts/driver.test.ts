import { describe, expect, test } from 'vitest'
import type { Extras } from '#src/study/gather.ts'
import type { Cell, Column } from '#src/vocabulary/table.ts'
import { factsOf } from '../made.ts'
import { month } from '../small-world.ts'

const versus = month(10, 'Oct 2023')
const query = { intent: 'why' as const, period: month(11, 'Nov 2023'), compare: { period: versus } }

const column = (name: string, role: Column['role']): Column => ({ name, type: 'number', role, label: name })
const split = (dimension: string, rows: Cell[][], measures = ['revenue', 'revenue_previous']) => ({
  dimension,
  table: {
    columns: [column(dimension, 'dimension'), ...measures.map(m => column(m, 'measure'))],
    rows,
    truncated: false,
  },
})
const why = (now: number, previous: number, ...splits: ReturnType<typeof split>[]): Extras => ({
  whole: { now: { revenue: now, return_rate: now }, previous: { revenue: previous, return_rate: previous }, versus },
  why: { versus, after: false, splits },
})
const drivers = (...args: Parameters<typeof factsOf>) =>
  Object.values(factsOf(...args)).filter(f => f.kind === 'driver')

describe('a driver', () => {
  test('is the segment whose part of the change is larger than its part of the whole', () => {
    // PayPal loses 36 of the 40 lost and was 40 of 160 before; web and mobile lose in proportion
    const payment = split('payment', [
      ['Card', 116, 120],
      ['PayPal', 4, 40],
    ])
    const channel = split('channel', [
      ['web', 75, 100],
      ['mobile', 45, 60],
    ])
    const found = drivers({ rows: [[120, 160]], query }, why(120, 160, channel, payment))
    expect(found[0]).toMatchObject({
      id: 'driver:revenue:payment:PayPal',
      value: -36,
      parts: { now: 4, previous: 40, contribution: 0.9, share: 0.25, rank: 1, change: -40 },
      tone: 'bad',
    })
    expect(found.slice(1)).toMatchObject([
      { id: 'driver:revenue:channel', words: { dimension: 'Channel', spread: 'even' } },
    ])
  })
  test('is none when every dimension moved in proportion', () => {
    const channel = split('channel', [
      ['web', 75, 100],
      ['mobile', 45, 60],
    ])
    expect(drivers({ rows: [[120, 160]], query }, why(120, 160, channel)).map(f => f.id)).toEqual([
      'driver:revenue:channel',
    ])
  })
  test('may be more than the whole change, when others moved the other way', () => {
    const payment = split('payment', [
      ['Card', 130, 120],
      ['PayPal', 0, 30],
    ])
    expect(drivers({ rows: [[130, 150]], query }, why(130, 150, payment))[0]).toMatchObject({
      parts: { contribution: 1.5 },
    })
  })
  test('of counts that overlap is read from the sum of the parts', () => {
    // orders by category: parts make 400 → 300, orders 300 → 220; A loses 90 of the 100
    const category = split('category', [
      ['A', 110, 200],
      ['B', 190, 200],
    ])
    const measure = { format: { kind: 'integer' as const }, additive: false }
    expect(drivers({ rows: [[220, 300]], query, measure }, why(220, 300, category))[0]).toMatchObject({
      id: 'driver:revenue:category:A',
      parts: { contribution: 0.9, share: 0.5 },
      words: { kind: 'overlap' },
    })
  })
  test('is not read from amounts that do not add up', () => {
    const category = split('category', [
      ['A', 100, 150],
      ['B', 90, 90],
    ])
    expect(drivers({ rows: [[120, 160]], query }, why(120, 160, category))).toEqual([])
  })
  test('of counts must be more than chance', () => {
    // 5 of 9 lost are Ohio's, whose 12 could well have been 7 by chance
    const state = split('state', [
      ['Texas', 84, 88],
      ['Ohio', 7, 12],
    ])
    expect(
      drivers({ rows: [[91, 100]], query, measure: { format: { kind: 'integer' } } }, why(91, 100, state)).map(
        f => f.id,
      ),
    ).toEqual(['driver:revenue:state'])
  })
  test('of a ratio is split into rate and mix', () => {
    // 1000 orders of each before and now; Clothing's rate goes from 10% to 30%, Books stays at 10%: whole 10% → 20%
    const columns = ['return_rate', 'return_rate_previous', 'orders', 'orders_previous']
    const category = split(
      'category',
      [
        ['Clothing', 0.3, 0.1, 1000, 1000],
        ['Books', 0.1, 0.1, 1000, 1000],
      ],
      columns,
    )
    const [first] = drivers(
      {
        rows: [[0.2, 0.1]],
        measure: { name: 'return_rate', format: { kind: 'percent' }, good: 'down', additive: false },
        query,
      },
      why(0.2, 0.1, category),
    )
    expect(first).toMatchObject({
      id: 'driver:return_rate:category:Clothing',
      words: { kind: 'ratio', weight: 'orders' },
      tone: 'bad',
    })
    expect(first?.parts?.rate).toBeCloseTo(0.1, 9)
    expect(first?.parts?.mix).toBeCloseTo(0, 9)
    expect(first?.parts?.contribution).toBeCloseTo(1, 9)
  })
  test('of a ratio can be a shift of weight alone', () => {
    // rates stay 30% and 10%; Clothing goes from 100 of 400 to 300 of 400: 15% → 25%. Each side's mix is half of it
    const columns = ['return_rate', 'return_rate_previous', 'orders', 'orders_previous']
    const category = split(
      'category',
      [
        ['Clothing', 0.3, 0.3, 300, 100],
        ['Books', 0.1, 0.1, 100, 300],
      ],
      columns,
    )
    const facts = factsOf(
      { rows: [[0.25, 0.15]], measure: { name: 'return_rate', additive: false }, query },
      why(0.25, 0.15, category),
    )
    expect(facts['driver:return_rate:category:Clothing']?.parts?.mix).toBeCloseTo(0.05, 9)
    expect(facts['driver:return_rate:category:Clothing']?.parts?.rate).toBeCloseTo(0, 9)
  })
  test('is none when nothing changed', () => {
    expect(
      drivers(
        { rows: [[160, 160]], query },
        why(
          160,
          160,
          split('channel', [
            ['web', 80, 80],
            ['mobile', 80, 80],
          ]),
        ),
      ),
    ).toEqual([])
  })
})
