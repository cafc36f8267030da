import { expect, test } from 'vitest'
import { readingsOf } from './readings.ts'

/** How often a thing did something: the rows of what it did are counted, never the things themselves. */
const outcome = readingsOf('library', 'hotels')

test.each([
  ['shop', 'how many customers bought at least 10 times', 'Customers, customer with orders at least 10'],
  ['shop', 'customers who ordered more than 3 times', 'Customers, customer with orders over 3'],
  ['library', 'how many members borrowed at least 5 times', 'Members, member with loans at least 5'],
  ['library', 'members who visited more than twice', 'asks about visited'],
  ['hotels', 'how many guests booked at least 3 times', 'Guests, guest with reservations at least 3'],
])('in %s: %s', (name, text, expected) => {
  expect(outcome(name, text)).toBe(expected)
})
