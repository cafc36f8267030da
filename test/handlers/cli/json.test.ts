import { describe, expect, test } from 'vitest'
import { jsonLine, toFailure, toJson } from '#handlers/cli/json.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { answered, clarify, empty, refused, told } from '#test/fakes/answers.ts'

const printed = (...args: Parameters<typeof toJson>) => JSON.parse(jsonLine(toJson(...args)))

describe('the JSON of an answer', () => {
  test('has the rows as objects, the story as text, and how it was worked out', () => {
    const answer = answered()
    const json = printed(answer)
    expect(json).toMatchObject({
      status: 'answered',
      domain: 'ecommerce',
      sql: answer.receipt.sql,
      params: ['2023-12-01'],
      columns: [
        { name: 'category', type: 'text', role: 'dimension' },
        { name: 'revenue', type: 'number', role: 'measure' },
      ],
      rows: [
        { category: 'Electronics', revenue: 1500.5 },
        { category: 'Books', revenue: 750.25 },
        { category: 'Toys & Games', revenue: null },
      ],
      truncated: false,
      story: {
        headline: 'Electronics made two thirds of $2,250.75',
        summary: 'Revenue was $2,250.75 in Dec 2023. Electronics led with $1,500.50.',
        insights: ['Toys & Games sold nothing.'],
        implications: ['Look at Toys & Games.'],
      },
      chart: { kind: 'bar' },
      receipt: { origin: 'certified' },
      message: 'Electronics made two thirds of $2,250.75',
      choices: [{ label: 'By state', question: 'and by state?' }],
    })
    expect(json.query).toEqual(answer.query)
    expect(json.facts).toEqual(answer.facts)
    expect(Object.keys(json.columns[0])).toEqual(['name', 'type', 'role'])
  })

  test('every kind of answer has the same keys', () => {
    const keys = Object.keys(printed(answered())).toSorted()
    for (const answer of [clarify(), refused(), empty(), told()])
      expect(
        Object.keys(printed(answer))
          .filter(key => key !== 'code' && key !== 'items')
          .toSorted(),
      ).toEqual(keys)
  })

  test('a clarification has its choices and the words not used', () => {
    expect(printed(clarify())).toMatchObject({
      status: 'clarify',
      message: 'I do not know “blorp”. Did you mean one of these?',
      unused: ['blorp'],
      choices: [
        { label: 'Revenue by category', question: 'revenue by category' },
        { label: 'revenue by state', question: 'revenue by state' },
      ],
      rows: [],
      sql: null,
      chart: null,
    })
  })

  test('a refusal has its code; an empty answer what was run', () => {
    expect(printed(refused())).toMatchObject({ status: 'refused', code: 'period/next', query: null })
    expect(printed(empty())).toMatchObject({ status: 'empty', rows: [], params: ['2023-12-01'], story: null })
  })

  test('something told is answered, without rows, its text in the message', () => {
    expect(printed(told())).toMatchObject({
      status: 'answered',
      rows: [],
      message: 'KPIs\nTwo KPIs.\nRevenue: What kept orders bring in.\nReturn rate: Returned orders among all.',
      items: [{ term: 'Revenue', ask: 'kpi revenue' }, { term: 'Return rate' }],
    })
  })

  test('is one line whatever it holds, and survives values that JSON does not know', () => {
    const answer = answered({ question: 'a\nb\u2028c' })
    answer.receipt = { ...answer.receipt, params: [5n, 9_007_199_254_740_993n, Number.NaN, new Date(0), undefined] }
    const line = jsonLine(toJson(answer))
    expect(line.indexOf('\n')).toBe(line.length - 1)
    expect(JSON.parse(line)).toMatchObject({
      question: 'a\nb\u2028c',
      params: [5, '9007199254740993', null, '1970-01-01T00:00:00.000Z', null],
    })
  })

  test('a failure is its status, code and sentence, nothing else', () => {
    const error = ChartroomError.of('engine/crashed', undefined, new Error('secret'))
    expect(JSON.parse(jsonLine(toFailure(error)))).toEqual({
      status: 'failed',
      code: 'engine/crashed',
      message: 'The database process stopped while working on this and has been started again.',
    })
  })
})
