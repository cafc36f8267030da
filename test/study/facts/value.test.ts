import { describe, expect, test } from 'vitest'
import { factsOf, monthly } from '../made.ts'

describe('the value of a result', () => {
  test('of one row is that number', () => {
    expect(factsOf({ rows: [[412.5]] })['value:revenue']).toMatchObject({ kind: 'value', value: 412.5 })
  })
  test('of one empty row is empty, not 0', () => {
    expect(factsOf({ rows: [[null]] })['value:revenue']).toMatchObject({ value: null })
  })
  test('of parts that add up is their sum, empty parts left out', () => {
    expect(
      factsOf({
        by: ['state'],
        rows: [
          ['Texas', 30],
          ['Ohio', null],
          ['Utah', 12],
        ],
      })['total:revenue'],
    ).toMatchObject({ value: 42 })
  })
  test('of parts that do not add up is never their sum', () => {
    expect(
      factsOf({
        by: ['state'],
        measure: { additive: false },
        rows: [
          ['Texas', 30],
          ['Ohio', 12],
        ],
      })['total:revenue'],
    ).toBeUndefined()
  })
  test('of parts that do not add up is the whole that was asked for', () => {
    const made = {
      by: ['state'],
      measure: { additive: false },
      rows: [
        ['Texas', 30],
        ['Ohio', 12],
      ],
    }
    expect(factsOf(made, { whole: { now: { revenue: 25 } } })['total:revenue']).toMatchObject({ value: 25 })
  })
  test.each([
    ['limited', { query: { limit: 2 } }],
    ['truncated', { truncated: true }],
    ['kept by a measure', { query: { having: [{ measure: 'revenue', op: 'gt' as const, value: 1 }] } }],
  ])('of a %s result is not summed', (_, more) => {
    expect(
      factsOf({
        by: ['state'],
        rows: [
          ['Texas', 30],
          ['Ohio', 12],
        ],
        ...more,
      })['total:revenue'],
    ).toBeUndefined()
  })
  test('of a running total is where it stands', () => {
    const made = {
      over: 'month' as const,
      rows: monthly([10, 25, 31]),
      measure: { name: 'revenue_cumulative' },
      query: { measures: [{ measure: 'revenue', calc: { kind: 'cumulative' as const } }] },
    }
    expect(factsOf(made)['value:revenue_cumulative:2023-03-01']).toMatchObject({ value: 31, words: { at: 'Mar 2023' } })
    expect(factsOf(made)['total:revenue_cumulative']).toBeUndefined()
  })
  test('of no rows is nothing', () => {
    expect(factsOf({ by: ['state'], rows: [] })).toEqual({})
  })
})
