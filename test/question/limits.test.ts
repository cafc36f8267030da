import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Domain, Knowledge } from '#src/domain.ts'
import { metaOf } from '#src/question/meta.ts'
import { read } from '#src/question/read.ts'
import { tokenize } from '#src/question/tokens.ts'
import { readWorked } from '#test/questions/evaluate.ts'
import { readingIn } from './readings.ts'
import { openSampleShop } from './sample-shop.ts'

let domain: Domain
let knowledge: Knowledge
let close: () => Promise<void>
beforeAll(async () => {
  ;({ domain, close } = await openSampleShop())
  knowledge = await domain.knowledge()
})
afterAll(() => close())

/** How a question is read, or the words that stand in the way of that. */
const outcome = (text: string, today = '2024-01-01'): string => {
  if (metaOf(text, knowledge, domain.model)) return 'asks nothing of the data'
  return readingIn({ domain, knowledge, today }, text)
}

const rowsOf = async (text: string) => {
  const [best] = read(text, {
    model: domain.model,
    lexicon: knowledge.lexicon,
    range: knowledge.range,
    today: '2024-01-01',
  }).candidates
  if (!best) throw new Error(`not read: ${text}`)
  const result = await domain.run(best.query)
  if ('code' in result) throw new Error(result.message)
  return result.table.rows
}

describe('a thing that is listed', () => {
  test.each([
    'products ordered by Texas customers',
    'products never ordered by Texas customers',
    'products and customers in Texas',
  ])('is not left out for another that could be counted: %s', question => {
    expect(outcome(question)).toBe('asks: thing')
  })

  test('is counted when that is asked for', () => {
    expect(outcome('how many products did Texas customers order')).toBe('Number of different products, state Texas')
  })
})

describe('what things did, or never did', () => {
  test.each([
    ['customers who never ordered', 'Sign-ups, customer without orders'],
    ['customers without an order', 'Sign-ups, customer without orders'],
    ['how many small businesses signed up in 2023', 'Sign-ups, sign-up date 2023, segment Small Business'],
    ['how many customers who signed up in 2023 bought Books', 'Customers, sign-up date 2023, category Books'],
    ['customers who did not buy Electronics', 'Customers, customer without orders (category Electronics)'],
    [
      'how many customers bought Clothing but never Electronics',
      'Customers, category Clothing, customer without orders (category Electronics)',
    ],
    ['how many customers have not ordered in December 2023', 'Customers, customer without orders (December 2023)'],
    ['orders without Electronics', 'Orders, order without category Electronics'],
    ['customers excluding Texas', 'Customers, state not Texas'],
    [
      'customers who bought both Clothing and Electronics',
      'Customers, customer with orders at least 1 (category Clothing), customer with orders at least 1 (category Electronics)',
    ],
    [
      'how many customers ordered in both November and December 2023',
      'Customers, customer with orders at least 1 (November 2023), customer with orders at least 1 (December 2023)',
    ],
    ['customers with one order', 'Customers, customer with orders exactly 1'],
    ['customers with only one order', 'Customers, customer with orders exactly 1'],
    ['customers with 2 orders', 'Customers, customer with orders exactly 2'],
    ['revenue in both Texas and California', 'Revenue, state Texas and California'],
    ['customers who used more than one channel', 'Customers, customer with number of different channels over 1'],
    [
      'how many customers used at least 2 different payment methods',
      'Customers, customer with number of different payment methods at least 2',
    ],
  ])('%s', (question, reading) => {
    expect(outcome(question)).toBe(reading)
  })

  test('are counted as a query written by hand counts them', async () => {
    const both =
      await domain.runText(`SELECT count(*) FROM (SELECT o.customer_id FROM orders o JOIN order_items i ON i.order_id = o.order_id
      JOIN products p ON p.product_id = i.product_id WHERE p.category IN ('Clothing', 'Electronics')
      GROUP BY 1 HAVING count(DISTINCT p.category) = 2) x`)
    if (Array.isArray(both)) throw new Error('refused')
    expect(await rowsOf('customers who bought both Clothing and Electronics')).toEqual(both.rows)
    const never = await domain.runText(
      `SELECT count(*) FROM customers WHERE customer_id NOT IN (SELECT customer_id FROM orders)`,
    )
    if (Array.isArray(never)) throw new Error('refused')
    expect(await rowsOf('customers who never ordered')).toEqual(never.rows)
  })
})

describe('words that limit', () => {
  test.each([
    ['how many customers ordered in every month of 2023', 'every'],
    ['customers who only bought Books', 'only'],
    ['customers who bought Books only', 'only'],
    ['customers who bought Books and Clothing', 'and'],
    ['customers who ordered again in December', 'again'],
    ['products sold in all states', 'all'],
    ['states with more orders than Texas', 'than'],
    ['which states had more orders than last year', 'than'],
    ['what was the best day of each month by revenue', 'month'],
    ['monthly revenue by week', 'week'],
    ['top 3 and bottom 3 states by revenue', 'bottom 3'],
    ['customers who ordered on the same day', 'the same'],
  ])('%s', (question, word) => {
    expect(outcome(question)).toMatch(new RegExp(`^asks about .*\\b${word}\\b`))
  })

  test.each([
    'average number of products per order',
    'average number of customers per month',
    'average customers per state',
  ])('asks per what: %s', question => {
    expect(outcome(question)).toBe('asks: average')
  })
})

/** Put behind any question, or between any two words of it, each of these asks for something else. */
const always = [
  'more than once',
  'at least twice',
  'only once',
  'on the same day',
  'in a row',
  'on consecutive days',
  'again',
  'twice',
]
const anywhere = ['never', 'twice', 'once', 'again', 'consecutive', 'first', 'same']

describe('a word that limits, put into a worked question', () => {
  const questions = readWorked('ecommerce').filter(q => [q.expect].flat().includes('answered') && !q.thread)
  const isRun = (told: string) => !told.startsWith('asks')

  test('behind it, never leaves the answer as it was', () => {
    const passedOver = questions.flatMap(({ question, today }) => {
      const plain = outcome(question, today)
      const text = question.replace(/[?.!\s]+$/, '')
      return isRun(plain)
        ? always.filter(words => outcome(`${text} ${words}`, today) === plain).map(w => `${text} ${w}`)
        : []
    })
    expect(passedOver).toEqual([])
  })

  test('between any two of its words, never leaves the answer as it was', () => {
    const passedOver = questions.flatMap(({ question, today }) => {
      const plain = outcome(question, today)
      if (!isRun(plain)) return []
      const gaps = tokenize(question).filter(t => t.start > 0 && t.end > t.start && t.kind !== 'sign')
      return anywhere.flatMap(word =>
        gaps
          .map(t => `${question.slice(0, t.start)}${word} ${question.slice(t.start)}`)
          .filter(text => !/everything never but/.test(text) && outcome(text, today) === plain),
      )
    })
    expect(passedOver).toEqual([])
  })
})

describe('a place among others', () => {
  test.each([
    ['rank the states by revenue', 'Revenue by state'],
    ['rank the states by revenue within each month of 2023', 'asks about rank'],
    ['which place did each state have among all states by revenue', 'asks about place'],
    ['what rank does each category have by orders', 'asks about rank, each'],
  ])('%s: %s', (question, reading) => {
    expect(outcome(question)).toBe(reading)
  })
})
