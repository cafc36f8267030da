import { expect, test } from 'vitest'
import {
  difference,
  inPeriod,
  inSpan,
  isPlural,
  leading,
  list,
  lower,
  move,
  plural,
  shareOf,
} from '#src/study/words.ts'

test.each([
  ['state', 'states'],
  ['category', 'categories'],
  ['day', 'days'],
  ['country of birth', 'countries of birth'],
  ['address', 'addresses'],
  ['sales', 'sales'],
  ['bus stop', 'bus stops'],
])('the plural of %s is %s', (one, many) => {
  expect(plural(one)).toBe(many)
})
test.each([
  ['Orders', true],
  ['Items per order', true],
  ['Return rate', false],
  ['Average days to ship', false],
  ['Gross', false],
  ['Status', false],
  ['Customers with returns', true],
])('%s takes a plural verb: %s', (label, is) => {
  expect(isPlural(label)).toBe(is)
})
test('labels lose their capital in a sentence, abbreviations keep theirs', () => {
  expect(['Payment method', 'AOV', 'GMV per day', 'iPhones'].map(lower)).toEqual([
    'payment method',
    'AOV',
    'GMV per day',
    'iPhones',
  ])
})
test('names start a sentence with a capital only when they are plain words', () => {
  expect(['web', 'iPhone 14', 'credit card', '3310'].map(leading)).toEqual(['Web', 'iPhone 14', 'Credit card', '3310'])
})
test('lists end with and', () => {
  expect([list([]), list(['A']), list(['A', 'B']), list(['A', 'B', 'C'])]).toEqual(['', 'A', 'A and B', 'A, B and C'])
})
test('a period is said with the word that fits it', () => {
  const period = (label: string, start: string, end: string, unit?: 'week') => inPeriod({ label, start, end, unit })
  expect(period('Nov 2023', '2023-11-01', '2023-12-01')).toBe(' in Nov 2023')
  expect(period('15 Aug 2023', '2023-08-15', '2023-08-16')).toBe(' on 15 Aug 2023')
  expect(period('12–18 Jun 2023', '2023-06-12', '2023-06-19', 'week')).toBe(' in the week of 12–18 Jun 2023')
  expect(period('3–20 May 2023', '2023-05-03', '2023-05-21')).toBe(' over 3–20 May 2023')
  expect(period('Last 7 days', '2023-05-03', '2023-05-10')).toBe(' last 7 days')
  expect(period('2023', '2023-01-01', '2024-01-01')).toBe(' in 2023')
  expect(inPeriod(undefined)).toBe('')
})
test('a span is said by its words alone', () => {
  expect(['2023', 'Oct 2023', '1–14 May 2023', '14 May 2023', 'the week of 5 Jun 2023'].map(inSpan)).toEqual([
    'in 2023',
    'in Oct 2023',
    'over 1–14 May 2023',
    'on 14 May 2023',
    'in the week of 5 Jun 2023',
  ])
})
test('rates differ by points, amounts by amounts', () => {
  expect([
    difference(0.021, { kind: 'percent' }),
    difference(-0.01, { kind: 'percent' }),
    difference(-1234, { kind: 'currency', currency: 'USD' }),
  ]).toEqual(['2.1 points', '1 point', '$1,234'])
})
test('a move is a ratio while that says something, else an amount', () => {
  expect([
    move(8, 0.08, { kind: 'integer' }),
    move(8, null, { kind: 'integer' }),
    move(990, 99, { kind: 'integer' }),
  ]).toEqual(['8.0%', '8', '990'])
})
test('a share is never rounded up to all or written as nothing', () => {
  expect([shareOf(0.31), shareOf(0.9999), shareOf(0.992), shareOf(0.0001), shareOf(1)]).toEqual([
    '31%',
    'almost all',
    '99.2%',
    '',
    '100%',
  ])
})
