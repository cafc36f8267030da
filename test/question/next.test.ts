import { describe, expect, test } from 'vitest'
import { nextChoices, optionsFor, splitChoices } from '#src/question/next.ts'
import { restate } from '#src/question/restate.ts'
import { compile, isCompileProblem } from '#src/semantic/compile.ts'
import type { Answered } from '#src/vocabulary/answer.ts'
import type { Query } from '#src/vocabulary/query.ts'
import { model, queryOf } from './shop-words.ts'

const texts = [
  'revenue',
  'revenue by state in March',
  'top 3 products by units',
  'orders by month in 2023',
  'margin rate in Q3 vs Q2',
  'shipping fees last month',
  'sign-ups by month',
  'share of revenue from Texas',
]

describe('what may be asked next', () => {
  test.each(texts)('%s: at most four whole queries, none of them the same again', text => {
    const query = queryOf(text)
    const choices = nextChoices(query, model)
    expect(choices.length).toBeGreaterThan(0)
    expect(choices.length).toBeLessThanOrEqual(4)
    for (const { query: next } of choices) {
      if (!next) throw new Error('a choice without a query')
      const compiled = compile(next, model, 'duckdb')
      expect(isCompileProblem(compiled) && compiled.message, restate(next, model)).toBe(false)
      expect(next).not.toEqual(query)
    }
  })

  test('a comparison is offered only where there is a period and no comparison yet', () => {
    const labels = (text: string) => nextChoices(queryOf(text), model).map(c => c.label)
    expect(labels('revenue in March')).toContain('Compare with the period before')
    expect(labels('revenue')).not.toContain('Compare with the period before')
    expect(labels('revenue in March vs February')).not.toContain('Compare with the period before')
  })

  test('over time by a bucket that fits the period', () => {
    const last = (text: string) => nextChoices(queryOf(text), model).at(-1)?.label
    expect(last('revenue in March')).toBe('Over time, by day')
    expect(last('revenue in Q2')).toBe('Over time, by week')
    expect(last('revenue in 2023')).toBe('Over time, by month')
  })

  test('days are compared with the days of the period before, whichever is chosen first', () => {
    const [byDay, before] = [queryOf('revenue by day in March'), queryOf('revenue in March vs February')]
    const chosen = (query: Query, label: string) => nextChoices(query, model).find(c => c.label === label)?.query
    const moved = { period: { label: 'February 2023' }, shift: { n: 1, unit: 'month' } }
    expect(chosen(byDay, 'Compare with the period before')?.compare).toMatchObject(moved)
    const { shift: _, ...unmoved } = before.compare!
    expect(chosen({ ...before, compare: unmoved }, 'Over time, by day')?.compare).toMatchObject(moved)
  })

  test('another split leaves ranking and chart behind', () => {
    const [choice] = splitChoices(queryOf('top 3 states by revenue as a pie'), model)
    expect(choice?.query).toMatchObject({ order: [], having: [] })
    expect(choice?.query?.limit).toBeUndefined()
    expect(choice?.query?.chart).toBeUndefined()
  })

  test('nothing personal is offered', () => {
    for (const text of texts)
      expect(JSON.stringify(splitChoices(queryOf(text), model)), text).not.toMatch(/email|customer_name/)
  })
})

describe('menus under an answer', () => {
  const menus = (text: string, rows: number) =>
    optionsFor(
      {
        query: queryOf(text),
        table: { columns: [], rows: Array.from({ length: rows }, () => []), truncated: false },
      } as unknown as Answered,
      model,
    )

  test('earlier periods, by the calendar', () => {
    expect(menus('revenue in March', 1).periods.map(p => p.label)).toEqual([
      'All data',
      'March 2023',
      'February 2023',
      'January 2023',
    ])
    expect(menus('revenue', 1).periods.map(p => p.label)).toEqual(['All data'])
  })

  test('charts that the result can be', () => {
    expect(menus('revenue', 1).charts).toEqual(['kpi', 'table'])
    expect(menus('revenue by state', 50).charts).toContain('donut')
    expect(menus('revenue by month', 12).charts).toContain('line')
    expect(menus('revenue by state and month', 90).charts).toContain('heatmap')
  })
})
