import { describe, expect, test } from 'vitest'
import { readingsOf } from './readings.ts'

/** Averages per thing and per stretch of time, and periods behind "over", as they are said. */
const outcome = readingsOf(
  'clinic',
  'education',
  'energy',
  'factory',
  'hotels',
  'library',
  'logistics',
  'property',
  'subscriptions',
)

describe('on average, per one of them', () => {
  test.each([
    ['shop', 'On average, how many units are in an order?', 'Items per order'],
    ['shop', 'how many orders does a customer place on average', 'Orders per customer'],
    ['shop', 'on average how many orders a day in May 2023', 'Orders per day, May 2023'],
    ['shop', 'how many orders do we get a day on average', 'Orders per day'],
    ['clinic', 'how many visits does a patient have on average', 'Visits per patients'],
    ['library', 'on average how many loans per member', 'Loans per members'],
    ['library', 'how many loans does a member take out on average', 'Loans per members'],
    ['education', 'how many lessons does a teacher give on average', 'Lessons per teachers'],
    ['subscriptions', 'how many tickets does an account open on average', 'Tickets per accounts'],
    ['factory', 'how many stoppages a week on average', 'Stoppages per week'],
    // Money, in the place of who pays it.
    ['energy', 'how much did we bill per customer on average', 'Amount per customers'],
    ['energy', 'how much did we bill a customer on average', 'asks: average'],
    ['shop', 'how much did customers in Texas spend per order on average', 'asks: average'],
    // A number that each of them has: the plain average.
    ['hotels', 'on average how many nights are in a reservation', 'Average nights'],
    ['logistics', 'on average how many pallets are on a shipment', 'Average pallets'],
    // "for each" is a split.
    ['factory', 'average number of defects per quality check for each material', 'Average defects by material'],
  ])('in %s: %s', (name, text, expected) => {
    expect(outcome(name, text)).toBe(expected)
  })
})

describe('how often, how long', () => {
  test.each([
    ['shop', 'how often does a customer order on average', 'Orders per customer'],
    ['clinic', 'how often does a patient visit on average', 'Visits per patients'],
    ['library', 'how often does a member borrow on average', 'Loans per members'],
    ['factory', 'how many minutes does a stoppage last on average', 'Average minutes Lost'],
    ['factory', 'how long do stoppages last on average', 'Average minutes Lost'],
    ['hotels', 'how long does a reservation last', 'Average nights'],
    // A number or a frequency; nothing that lasts.
    ['shop', 'how often do customers order', 'asks about often'],
    ['shop', 'how long does an order last', 'asks: word'],
  ])('in %s: %s', (name, text, expected) => {
    expect(outcome(name, text)).toBe(expected)
  })
})

describe('"over" and a period', () => {
  test.each([
    ['shop', 'revenue over 2023 by month', 'Revenue by month, 2023'],
    ['shop', 'trend of orders per month over 2023', 'Orders by month, 2023'],
    ['shop', 'revenue over Q1 2023', 'Revenue, Q1 2023'],
    ['shop', 'revenue by week over March 2023', 'Revenue by week, March 2023'],
    ['shop', 'orders over the last 3 months', 'Orders, Q4 2023'],
    ['property', 'trend of new leases per month over 2023 (by start date)', 'Leases by month, start date 2023'],
    // A bound.
    ['shop', 'orders over 2000', 'Orders, order with gross revenue over $2,000.00'],
    ['shop', 'orders over $2023', 'Orders, order with gross revenue over $2,023.00'],
    ['shop', 'orders over 2023 units', 'Orders, order with units over 2,023'],
    ['shop', 'states with more than 2023 orders', 'Orders by state, orders over 2,023'],
    // Which months a summer has depends on where.
    ['shop', 'revenue over the summer', 'asks about summer'],
  ])('in %s: %s', (name, text, expected) => {
    expect(outcome(name, text)).toBe(expected)
  })
})

describe('"in every"', () => {
  test.each([
    ['How many products do we carry in every category?', 'Number of different products by category'],
    ['customers in every state', 'asks about in every'],
    ['products sold in every state', 'asks about in every'],
  ])('is a split of what has one only, and a condition elsewhere: %s', (text, expected) => {
    expect(outcome('shop', text)).toBe(expected)
  })
})
