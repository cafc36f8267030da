import { describe, expect, test } from 'vitest'
import { factsOf, monthly } from '../made.ts'
import { model, month } from '../small-world.ts'

describe('a target', () => {
  test('of a month is held against one month', () => {
    const query = { period: month(6, 'Jun 2023') }
    expect(factsOf({ rows: [[86_000]], query })['target:revenue']).toMatchObject({
      value: 80_000,
      parts: { actual: 86_000, gap: 6000, reached: 1 },
      tone: 'good',
    })
    expect(factsOf({ rows: [[79_000]], query })['target:revenue']).toMatchObject({
      parts: { gap: -1000, reached: 0 },
      tone: 'bad',
    })
  })
  test('of a month is not held against a quarter, a filtered question or a month that is not over', () => {
    const period = { start: '2023-04-01', end: '2023-07-01', label: 'Q2 2023', unit: 'quarter' as const, count: 1 }
    expect(factsOf({ rows: [[86_000]], query: { period } })['target:revenue']).toBeUndefined()
    const filters = [{ op: 'in' as const, dimension: 'state', values: ['Texas'] }]
    expect(
      factsOf({ rows: [[86_000]], query: { period: month(6, 'Jun 2023'), filters } })['target:revenue'],
    ).toBeUndefined()
    expect(
      factsOf({ rows: [[20_000]], query: { period: month(6, 'Jun 2023') }, today: '2023-06-10' })['target:revenue'],
    ).toBeUndefined()
  })
  test('counts the whole months that reach it', () => {
    const rows = monthly([90_000, 70_000, 80_000, 5000])
    expect(factsOf({ over: 'month', rows, today: '2023-04-02' })['target:revenue']).toMatchObject({
      parts: { hits: 2, count: 3 },
    })
  })
  test('of a measure that should go down is reached from below', () => {
    const kpis = {
      returns: {
        measure: 'revenue',
        description: '',
        owner: '',
        period: 'last month',
        synonyms: [],
        target: { value: 100 },
      },
    }
    const made = { rows: [[90]], measure: { good: 'down' as const }, model: { ...model, kpis } }
    expect(factsOf(made)['target:revenue']).toMatchObject({ parts: { reached: 1 }, tone: 'good' })
  })
})
