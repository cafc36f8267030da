import { describe, expect, it } from 'vitest'
import { readingsOf } from './readings.ts'

const outcome = readingsOf('school', 'charity', 'bikes', 'cycles', 'subscriptions', 'vets', 'property')

describe('words that columns, days and flags are not called by themselves', () => {
  it.each([
    ['school', 'total invoiced by payment method', 'Amount by pay method'],
    ['school', 'Which teacher has given the most lessons?', 'Top 1 by teacher: lessons'],
    ['school', 'how many teachers are there', 'Teachers'],
    ['school', 'lessons taken by a substitute teacher', 'Lessons, substitute teacher'],
    ['school', 'lessons by substitute teacher', 'Lessons by substitute teacher'],
    ['school', 'top 5 course codes by hours booked', 'Top 5 by course Code: hours booked'],
    ['school', 'sign-ups by week since April', 'Students by week, signup Date since 1 Apr 2024'],
    ['school', 'students who did not opt in to the newsletter', 'Students, not newsletter opt in'],
    ['charity', 'how many donors are not subscribed to our newsletter', 'Donors, not newsletter subscriber'],
    ['charity', 'active volunteers', 'Volunteers, active'],
    ['charity', 'How many volunteers are between 18 and 25 years old?', 'Volunteers, age between 18 and 25'],
    ['charity', 'how many volunteer hours were worked last quarter', 'Hours, Q1 2024'],
  ])('are read in %s: %s', (data, text, reading) => expect(outcome(data, text)).toBe(reading))
})

describe('a verb of a day that is also an amount', () => {
  it.each([
    ['Top 5 donors by total donated', 'Top 5 by donor: amount'],
    ['how much was donated in May', 'Amount, May 2024'],
    ['which campaign raised the most money?', 'Top 1 by campaign: amount'],
    ['donations donated in May', 'Donations, donated on May 2024'],
    ['how many donors have given at least 10 times?', 'Donors, donor with donations at least 10'],
  ])('is the one that the words around it ask for: %s', (text, reading) =>
    expect(outcome('charity', text)).toBe(reading),
  )
})

describe('words that say nothing where the data has nothing of their name', () => {
  it.each([
    ['how many students do we have on our books', 'Students'],
    ['single biggest invoice', 'Top 1 by invoice: amount'],
    [
      'students from Brazil or Poland who found us through Instagram',
      'Students, country Brazil and Poland, lead Source Instagram',
    ],
  ])('are passed over: %s', (text, reading) => expect(outcome('school', text)).toBe(reading))

  it.each([
    ['students who found Instagram boring', 'asks about boring'],
    ['students in Brazil or through Instagram', 'asks about Instagram'],
  ])('and those that say something are not: %s', (text, reading) => expect(outcome('school', text)).toBe(reading))
})

describe('money that came in', () => {
  it.each([
    ['what did we take in from rentals over the last 7 days?', 'Rental amount, 8–14 Jun 2024'],
    ['how much do rentals bring in by month', 'Rental amount by month'],
    ['which city brings in the most money from repairs?', 'Top 1 by shop city: invoice total'],
    ['which city brings in the most from repairs', 'Top 1 by shop city: invoice total'],
    ['which city brings in the most repairs', 'Top 1 by shop city: repairs'],
    ['how much rentals', 'asks: measure'],
  ])('is no number of things: %s', (text, reading) => expect(outcome('bikes', text)).toBe(reading))

  it('is no deposit', () => expect(outcome('property', 'how much did we take in from leases')).toBe('asks: measure'))

  it('is not what was aimed at', () =>
    expect(outcome('charity', 'how much did the Winter Appeal 2023 raise')).toBe('Amount, campaign Winter Appeal 2023'))
})

describe('what is done with things', () => {
  it.each([
    ['3 least rented bike types', 'Bottom 3 by bike Type: rentals'],
    ['rentals booked through the app', 'Rentals, booking Channel App'],
    ['which mechanic has billed the most labour?', 'Top 1 by mechanic: labour fee'],
    ['how many customers never had a single rental?', 'Customers, customer without rentals'],
    ['how do customers rate us by service type', 'Rating by service type'],
    ['most common repair service in Hamburg', 'Top 1 by service type: repairs, shop city Hamburg'],
    ['median floor area of our shops', 'Median floor'],
  ])('names them: %s', (text, reading) => expect(outcome('bikes', text)).toBe(reading))
})

describe('the amount of a row', () => {
  it.each([
    ['cycles', 'top 5 cities by rental income', 'Top 5 by shop city: rental fee'],
    ['cycles', 'repair charges by city', 'Total charge by shop city'],
    ['cycles', 'count of hires split by channel', 'Rentals by channel'],
    ['cycles', 'Which bike brand gets rented the most?', 'Top 1 by brand: rentals'],
    ['cycles', 'customers by membership tier', 'Customers by member tier'],
    ['cycles', 'How many rentals started yesterday?', 'Rentals, 14 Jun 2024'],
    [
      'subscriptions',
      "how many overdue invoices are there and what's their total amount",
      'Invoices and invoice amount, invoice status overdue',
    ],
  ])('is no deposit and no tax; in %s: %s', (data, text, reading) => expect(outcome(data, text)).toBe(reading))
})

describe('what is counted and shared out', () => {
  it.each([
    ['What are the 3 most common dog breeds?', 'Top 3 by breed: animals, species Dog'],
    ['most popular breed', 'Top 1 by breed: visits'],
    ['which practice had the most no-shows', 'Top 1 by practice: visits, visit status No-show'],
    ['Monthly billing trend for 2023', 'Amount by month, 2023'],
    ['how many pets died in the first half of 2024', 'Animals, deceased on Jan–Jun 2024'],
    ['how many animals are there in our records', 'Animals'],
    ['vists by practise', 'Visits by practice'],
  ])('is what is named: %s', (text, reading) => expect(outcome('vets', text)).toBe(reading))
})

describe('a share', () => {
  it.each([
    ['vets', 'Share of dogs that are insured', 'Share of animals, species Dog, insured'],
    ['shop', 'what share of cancelled orders are from Texas', 'Share of cancelled orders, state Texas'],
    ['shop', 'share of cancelled orders', 'Cancellation rate'],
  ])('is of what is named first; in %s: %s', (data, text, reading) => expect(outcome(data, text)).toBe(reading))
})
