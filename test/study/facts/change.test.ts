import { describe, expect, test } from 'vitest'
import { factsOf, monthly } from '../made.ts'
import { month } from '../small-world.ts'

const november = { period: month(11, 'Nov 2023'), compare: { period: month(10, 'Oct 2023') } }

describe('a change', () => {
  test('against the period compared with has amount, ratio and tone', () => {
    expect(factsOf({ rows: [[120, 100]], query: november })['change:revenue']).toMatchObject({
      value: 20,
      parts: { now: 120, previous: 100, ratio: 0.19999999999999996 },
      words: { versus: 'Oct 2023' },
      tone: 'good',
    })
  })
  test('of a measure that should go down is bad news when it rises', () => {
    expect(factsOf({ rows: [[120, 100]], measure: { good: 'down' }, query: november })['change:revenue']?.tone).toBe(
      'bad',
    )
  })
  test.each([[0], [-5]])('from %d has no ratio', previous => {
    expect(factsOf({ rows: [[120, previous]], query: november })['change:revenue']).toMatchObject({
      value: 120 - previous,
      parts: { ratio: null },
    })
  })
  test('from nothing has no amount', () => {
    expect(factsOf({ rows: [[120, null]], query: november })['change:revenue']).toMatchObject({
      value: null,
      parts: { previous: null, ratio: null },
    })
  })
  test('that nobody asked for is left out when there was nothing before', () => {
    const whole = { now: { revenue: 120 }, previous: { revenue: 0 }, versus: month(10, 'Oct 2023') }
    expect(factsOf({ rows: [[120]], query: { period: november.period } }, { whole })['change:revenue']).toBeUndefined()
  })
  test('that nobody asked for comes from the further query', () => {
    const whole = { now: { revenue: 90 }, previous: { revenue: 100 }, versus: month(10, 'Oct 2023') }
    expect(factsOf({ rows: [[90]], query: { period: november.period } }, { whole })['change:revenue']).toMatchObject({
      value: -10,
      tone: 'bad',
    })
  })
  test('of parts that add up is the change of their sums', () => {
    const rows = [
      ['Texas', 70, 40],
      ['Ohio', 30, 40],
    ]
    const facts = factsOf({ by: ['state'], rows, query: november })
    expect(facts['change:revenue']).toMatchObject({ value: 20, parts: { now: 100, previous: 80, ratio: 0.25 } })
    expect(facts['change:revenue:Texas']).toMatchObject({
      value: 30,
      about: { state: 'Texas' },
      parts: { ratio: 0.75 },
    })
    expect(facts['change:revenue:Ohio']).toMatchObject({ value: -10, tone: 'bad' })
  })
  test('of a month that is not over against a whole one says the days and is neither good nor bad', () => {
    const june = { ...month(6, 'Jun 2023'), end: '2023-06-15', toDate: true }
    const made = {
      rows: [[50, 100]],
      query: { period: june, compare: { period: month(5, 'May 2023') } },
      today: '2023-06-14',
    }
    expect(factsOf(made)['change:revenue']).toMatchObject({ tone: 'neutral', parts: { days: 14, previousDays: 31 } })
  })
  test('of the last whole month leaves the open one out', () => {
    const facts = factsOf({ over: 'month', rows: monthly([10, 20, 30, 5]), today: '2023-04-10' })
    expect(facts['change:revenue:2023-03-01']).toMatchObject({
      value: 10,
      words: { versus: 'Feb 2023', at: 'Mar 2023' },
    })
    expect(facts['change:revenue:2023-04-01']).toBeUndefined()
  })
  test('of months against a year earlier names the month a year earlier', () => {
    const shift = { n: 1, unit: 'year' as const }
    const rows = [
      ['2023-01-01', 10, 8],
      ['2023-02-01', 12, 6],
    ]
    const compare = { period: { start: '2022-01-01', end: '2022-03-01', label: 'Jan–Feb 2022' }, shift }
    const facts = factsOf({
      over: 'month',
      rows,
      query: { period: { start: '2023-01-01', end: '2023-03-01', label: 'Jan–Feb 2023' }, compare },
    })
    expect(facts['change:revenue:2023-02-01']).toMatchObject({
      value: 6,
      parts: { ratio: 1 },
      words: { versus: 'Feb 2022' },
    })
    expect(facts['change:revenue']).toMatchObject({ value: 8, words: { versus: 'Jan–Feb 2022' } })
  })
})
