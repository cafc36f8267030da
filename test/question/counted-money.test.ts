import { describe, expect, test } from 'vitest'
import { readingsOf } from './readings.ts'

const outcome = readingsOf('hotels', 'property')

describe('how many of a sum of money', () => {
  test.each([
    // A sale is an order, and no sum.
    ['shop', 'how many sales did we make in May', 'Orders, May 2023'],
    ['shop', 'number of sales by state', 'Orders by state'],
    // Only some orders have a discount.
    ['shop', 'how many discounts did we give in May', 'asks: thing'],
  ])('in %s, %s: rows that have it are counted, or it is asked', (name, text, expected) => {
    expect(outcome(name, text)).toBe(expected)
  })

  test.each([
    ['shop', 'how much did we make in sales in May', 'Revenue, May 2023'],
    ['shop', 'sales by state', 'Revenue by state'],
    ['hotels', 'how many nights were booked in 2023', 'Nights, booked On 2023'],
  ])('in %s, %s: a sum that is asked for stays one', (name, text, expected) => {
    expect(outcome(name, text)).toBe(expected)
  })
})
