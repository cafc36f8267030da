import { describe, expect, test } from 'vitest'
import { readingsOf } from './readings.ts'

/** Words of wishing, said by the asker or of the data. */
const outcome = readingsOf('clinic')

describe('what the asker wishes asks for nothing', () => {
  test.each([
    ['I need the revenue in May 2023', 'Revenue, May 2023'],
    ['we would like revenue for May 2023', 'Revenue, May 2023'],
    ["I'd like to see orders by channel", 'Orders by channel'],
    ['could you show me revenue by state please', 'Revenue by state'],
    ['would love to know how many customers ordered in May 2023', 'Customers, May 2023'],
    ['what would be the revenue in May 2023', 'Revenue, May 2023'],
    ['what does revenue look like by month', 'Revenue by month'],
    ['looking for total units sold in May 2023', 'Units, May 2023'],
    ['revenue by state, I want to see it for May 2023', 'Revenue by state, May 2023'],
  ])('%s', (text, expected) => {
    expect(outcome('shop', text)).toBe(expected)
  })

  test('"May" is the month', () => {
    expect(outcome('clinic', 'Did we see more visits in May 2024 than in May last year?')).toBe(
      'Visits, May 2024, against May 2023',
    )
  })
})

describe('what things wish, need or may do is named', () => {
  test.each([
    ['how many orders need to be shipped', 'asks about need'],
    ['how many customers want Books', 'asks about want'],
    ['customers who like Books', 'asks about like'],
    ['customers who looked at Books in 2023', 'asks about looked'],
    ['customers interested in Books', 'asks about interested'],
    ['customers who would buy Books', 'asks about would'],
    ['revenue we could get in May 2023', 'asks about could'],
    ['how many orders will we get', 'asks about will'],
    ['how many customers have yet to order', 'asks about yet'],
    ['how many customers found us in 2023', 'asks about found'],
  ])('%s', (text, expected) => {
    expect(outcome('shop', text)).toBe(expected)
  })
})
