import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { filterSchema } from '#src/kpis/support/filters.ts'

const berlin = filterSchema('Europe/Berlin')
const day = { start_date: '2023-05-01', end_date: '2023-05-31', product_context: 'pool' }

const problems = (given: object, schema = berlin) => {
  const { error } = schema.safeParse(given)
  return error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
}
const rangeOf = (start_date: string, end_date: string, schema = berlin) => {
  const { from, until, first_day, last_day } = schema.parse({ ...day, start_date, end_date })
  return [from, until, first_day, last_day]
}

describe('the filters of the support KPIs', () => {
  test('keep what was given and say what it means', () => {
    expect(berlin.parse({ ...day, environment: ' production ', user_id: 'U-1' })).toEqual({
      ...day,
      environment: 'production',
      user_id: 'U-1',
      from: '2023-04-30T22:00:00Z',
      until: '2023-05-31T22:00:00Z',
      first_day: '2023-05-01',
      last_day: '2023-05-31',
    })
  })

  test.each([
    [
      'a bare date is a whole day',
      ['2023-05-01', '2023-05-01'],
      ['2023-04-30T22:00:00Z', '2023-05-01T22:00:00Z', '2023-05-01', '2023-05-01'],
    ],
    [
      'also when clocks go forward in it',
      ['2023-03-26', '2023-03-26'],
      ['2023-03-25T23:00:00Z', '2023-03-26T22:00:00Z', '2023-03-26', '2023-03-26'],
    ],
    [
      'and when they go back',
      ['2023-10-29', '2023-10-29'],
      ['2023-10-28T22:00:00Z', '2023-10-29T23:00:00Z', '2023-10-29', '2023-10-29'],
    ],
    [
      'an instant ends before itself',
      ['2023-05-01T00:00:00Z', '2023-05-02T22:00:00Z'],
      ['2023-05-01T00:00:00Z', '2023-05-02T22:00:00Z', '2023-05-01', '2023-05-02'],
    ],
    [
      'an offset counts',
      ['2023-05-01T00:00:00+05:30', '2023-05-02T00:00:00-0800'],
      ['2023-04-30T18:30:00Z', '2023-05-02T08:00:00Z', '2023-04-30', '2023-05-02'],
    ],
    [
      'a time without one is of the zone',
      ['2023-05-01T09:30', '2023-05-01T10:00:00.5'],
      ['2023-05-01T07:30:00Z', '2023-05-01T08:00:00.5Z', '2023-05-01', '2023-05-01'],
    ],
    [
      'a time that clocks skip is the one after',
      ['2023-03-26T02:30', '2023-03-26T04:00'],
      ['2023-03-26T01:30:00Z', '2023-03-26T02:00:00Z', '2023-03-26', '2023-03-26'],
    ],
    [
      'a date and an instant go together',
      ['2023-05-01', '2023-05-01T12:00:00Z'],
      ['2023-04-30T22:00:00Z', '2023-05-01T12:00:00Z', '2023-05-01', '2023-05-01'],
    ],
    [
      'two equal instants are a range without anything',
      ['2023-05-01T12:00Z', '2023-05-01T12:00Z'],
      ['2023-05-01T12:00:00Z', '2023-05-01T12:00:00Z', '2023-05-01', '2023-04-30'],
    ],
    [
      'five years are not too long',
      ['2020-02-29', '2025-02-27'],
      ['2020-02-28T23:00:00Z', '2025-02-27T23:00:00Z', '2020-02-29', '2025-02-27'],
    ],
    [
      'spaces around do not matter',
      [' 2023-05-01', '2023-05-02\n'],
      ['2023-04-30T22:00:00Z', '2023-05-02T22:00:00Z', '2023-05-01', '2023-05-02'],
    ],
  ])('%s', (_, [start, end], expected) => {
    expect(rangeOf(start!, end!)).toEqual(expected)
  })

  test('days are those of the zone', () => {
    expect(rangeOf('2023-05-01', '2023-05-01', filterSchema('America/New_York'))).toEqual([
      '2023-05-01T04:00:00Z',
      '2023-05-02T04:00:00Z',
      '2023-05-01',
      '2023-05-01',
    ])
    expect(rangeOf('2023-05-01', '2023-05-01', filterSchema('UTC')).slice(0, 2)).toEqual([
      '2023-05-01T00:00:00Z',
      '2023-05-02T00:00:00Z',
    ])
  })

  const unreadable = 'must be a date such as 2023-05-01, or a time such as 2023-05-01T09:30:00Z'

  test.each([
    ['', unreadable],
    ['yesterday', unreadable],
    ['2023-02-29', unreadable],
    ['2023-5-1', unreadable],
    ['01/05/2023', unreadable],
    ['2023-05-01T25:00:00Z', unreadable],
    ['2023-05-01T09:30:00+99:00', unreadable],
    ['2023-05-01T09:30:00[Europe/Paris]', unreadable],
    ['+002023-05-01', unreadable],
    ['2023-W18-1', unreadable],
    ['1683000000', unreadable],
    [`2023-05-01${'0'.repeat(10_000)}`, unreadable],
    ['٢٠٢٣-٠٥-٠١', unreadable],
    ['0001-01-01', 'must be between 1900-01-01 and 2999-12-31'],
    ['9999-12-31', 'must be between 1900-01-01 and 2999-12-31'],
  ])('a date that cannot be read is told: %s', (text, message) => {
    expect(problems({ ...day, start_date: text })).toEqual([`start_date ${message}`])
    expect(problems({ ...day, end_date: text })).toEqual([`end_date ${message}`])
  })

  test.each([
    ['the day before', '2023-04-30', 'must not be before start_date (2023-05-01)'],
    ['an earlier instant', '2023-04-30T21:59:59Z', 'must not be before start_date (2023-05-01)'],
    ['more than five years after', '2028-05-01', 'must be at most 5 years after start_date (2023-05-01)'],
  ])('an end that does not go with the start is told: %s', (_, end_date, message) => {
    expect(problems({ ...day, end_date })).toEqual([`end_date ${message}`])
    expect(problems({ ...day, end_date, product_context: 'garden' })).toEqual([
      'product_context must be pool or landscape',
      `end_date ${message}`,
    ])
  })

  test('everything that is wrong is told at once', () => {
    expect(problems({})).toEqual([
      'start_date is required',
      'end_date is required',
      'product_context is required: pool or landscape',
    ])
    expect(
      problems({
        start_date: 5,
        end_date: ['2023-05-01'],
        product_context: 'POOL',
        environment: ' ',
        user_id: 'x'.repeat(201),
      }),
    ).toEqual([
      `start_date ${unreadable}`,
      `end_date ${unreadable}`,
      'product_context must be pool or landscape',
      'environment must not be empty',
      'user_id must have at most 200 characters',
    ])
    expect(problems({ ...day, userid: 'x' })).toEqual([' Unrecognized key: "userid"'])
  })

  test('what may be written stands in the schema of the API', () => {
    const { properties, required } = z.toJSONSchema(berlin, { io: 'input' })
    expect(Object.keys(properties ?? {})).toEqual([
      'start_date',
      'end_date',
      'product_context',
      'environment',
      'user_id',
    ])
    expect(required).toEqual(['start_date', 'end_date', 'product_context'])
  })
})
