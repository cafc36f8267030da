import { describe, expect, test } from 'vitest'
import { readingsOf } from './readings.ts'

/** Numbers that each thing has: ranked by, compared with a bound, there or not. */
const outcome = readingsOf('clinic', 'factory', 'hotels', 'library', 'logistics', 'property')

describe('things are ranked by a number of their own', () => {
  test.each([
    ['shop', 'show the 4 most expensive products by list price', 'Top 4 by product: list price'],
    ['shop', '5 most expensive products', 'Top 5 by product: list price'],
    ['shop', 'the 3 cheapest products by list price', 'Bottom 3 by product: list price'],
    ['shop', 'top 5 products by list price', 'Top 5 by product: list price'],
    ['shop', 'most expensive product in Electronics', 'Top 1 by product: list price, category Electronics'],
    ['shop', '3 most expensive orders', 'Top 3 by order number: gross revenue'],
    ['property', '3 most expensive units', 'Top 3 by unit: list Rent'],
    ['logistics', '5 longest routes', 'Top 5 by route: distance'],
    ['factory', '5 heaviest products', 'Top 5 by product: unit weight'],
    ['property', 'oldest building', 'Bottom 1 by building: first year built'],
    ['property', '3 newest buildings', 'Top 3 by building: last year built'],
    ['hotels', '3 most expensive reservations', 'Top 3 by reservation: total Amount'],
  ])('in %s: %s', (name, text, expected) => {
    expect(outcome(name, text)).toBe(expected)
  })
})

describe('a number that no measure adds up', () => {
  test.each([
    ['what is the highest list price', 'List price'],
    ['lowest list price in Toys', 'Lowest list price, category Toys & Games'],
    ['median list price of Electronics', 'Median list price, category Electronics'],
    ['what is the average list price by category', 'Average list price by category'],
    ['median list price of a product in each category', 'Median list price by category'],
    ['average list price of the products by category', 'Average list price by category'],
    ['average list price by product', 'Average list price by product'],
    ['how many products have a list price above $200', 'Number of different products, list price over $200.00'],
  ])('%s', (text, expected) => {
    expect(outcome('shop', text)).toBe(expected)
  })
})

describe('having some and having none', () => {
  test.each([
    ['shop', 'how many orders got a discount', 'Orders, with a discount'],
    ['shop', 'orders that got no discount, per channel', 'Orders by channel, not with a discount'],
    ['shop', 'orders without a discount in Texas', 'Orders, not with a discount, state Texas'],
    ['shop', 'what percentage of orders had a discount', 'Share of orders, with a discount'],
    ['property', 'how many payments had a late fee', 'Rent payments, late Fee over 0'],
    ['property', 'what percentage of payments had a late fee', 'Share of rent payments, late Fee over 0'],
    ['property', 'payments with no late fee', 'Rent payments, late Fee exactly 0'],
    ['factory', 'how many checks had a defect', 'Quality checks, defects over 0'],
    ['factory', 'checks with no defects', 'Quality checks, defects exactly 0'],
    ['library', 'how many loans had a fine', 'Loans, loan with fines at least 1'],
    // No such number: not the floor that a unit is on.
    ['property', 'which buildings have more than 10 floors', 'asks: measure'],
    ['clinic', 'visits with no charge', 'asks about charge, no'],
  ])('in %s: %s', (name, text, expected) => {
    expect(outcome(name, text)).toBe(expected)
  })
})
