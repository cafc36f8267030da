import { describe, expect, test } from 'vitest'
import { readingsOf } from './readings.ts'

/** Which verbs may be left out of a reading, on the shop and on tables that nobody described. */
const outcome = readingsOf('clinic', 'education', 'energy', 'hotels', 'library', 'logistics', 'people_ops', 'property')

describe('a verb is passed over', () => {
  test.each([
    // It says again what is counted, measured, kept by or dated.
    ['shop', 'how many customers ordered in August 2023', 'Customers, August 2023'],
    ['shop', 'number of orders paid with PayPal', 'Orders, payment method PayPal'],
    ['logistics', 'which carrier carried the most weight', 'Top 1 by carrier: weight'],
    ['logistics', 'how many shipments did we send in March 2024', 'Shipments, March 2024'],
    ['logistics', 'what did we spend on freight in May 2024', 'Freight cost, May 2024'],
    ['hotels', 'how many reservations were made in March 2024', 'Reservations, March 2024'],
    // What is named behind it says the rest.
    ['shop', 'how many customers used mobile in May 2023', 'Customers, May 2023, channel mobile'],
    ['clinic', 'How many patients live in Riverside?', 'Patients, city Riverside'],
    ['education', 'how many teachers gave lessons in May 2024', 'Teachers, teacher with lessons at least 1 (May 2024)'],
    ['shop', 'which customers live in Texas', 'Customers by customer number, customer state Texas'],
    ['property', 'how much have we charged in late fees', 'Late Fee'],
    ['property', 'which tenant type has racked up the most late fees', 'Top 1 by tenant type: late Fee'],
    ['property', 'which manager looks after the most units', 'Top 1 by manager: units'],
    ['property', 'what did plumbing requests cost us', 'Cost, category Plumbing'],
    // Who it is, where the data has one kind of people; how often, where no measure is said.
    ['shop', 'how many people live in Texas', 'Customers, customer state Texas'],
    ['shop', 'how many different people bought something from us last month', 'Customers, December 2023'],
    [
      'clinic',
      'how many people visited in March 2024',
      'Doctors, visit Date March 2024 | Patients, visit Date March 2024',
    ],
    ['shop', 'which payment method do people use most', 'Top 1 by payment method: orders'],
    // It only says that something is there, or how it began.
    ['shop', 'how many orders came in during May 2023', 'Orders, May 2023'],
    ['shop', 'how many products do we carry', 'Number of different products'],
    ['shop', 'how many customers bought something in May 2023', 'Customers, May 2023'],
    ['shop', 'how many orders did we book in May 2023', 'Orders, May 2023'],
    ['people_ops', 'how many reviews were given in 2023', 'Reviews, 2023'],
    // An amount is made, given, taken.
    ['shop', 'how much revenue did we make in Texas', 'Revenue, state Texas'],
    [
      'shop',
      'what did in-store shoppers in Illinois spend on books',
      'Revenue, channel store, state Illinois, category Books',
    ],
  ])('in %s: %s', (name, text, expected) => {
    expect(outcome(name, text)).toBe(expected)
  })
})

describe('a verb that may change the number is named', () => {
  test.each([
    // With a particle it is another verb.
    ['shop', 'how many customers came back in 2023', 'asks about came back'],
    ['shop', 'how many products sold out in May 2023', 'asks about sold out'],
    ['shop', 'how many products ran out in May 2023', 'asks about ran out'],
    ['shop', 'how many orders were given away', 'asks about given away'],
    ['logistics', 'how many shipments went out in March 2024', 'asks about went out'],
    ['logistics', 'how many shipments came back', 'asks about came back'],
    // What was due, and what came in.
    ['shop', 'how many orders were paid in May 2023', 'asks about paid'],
    ['library', 'fines paid in 2023', 'asks about paid'],
    ['energy', 'amount collected in 2023', 'asks about collected'],
    // Money that goes out is none that comes in.
    ['shop', 'how much did we spend in May 2023', 'asks about spend'],
    // Another day than the one that is kept.
    ['logistics', 'how many shipments were received in March 2024', 'asks about received'],
    ['shop', 'how many orders were sent in May 2023', 'asks about sent'],
    ['shop', 'orders we processed in May 2023', 'asks about processed'],
    ['hotels', 'how many guests came back in 2023', 'asks about came back'],
    ['shop', 'how many orders did we win in May 2023', 'asks about win'],
    // The branch's district is not where members are at home.
    ['library', 'how many members live in Old Town', 'asks about live'],
  ])('in %s: %s', (name, text, expected) => {
    expect(outcome(name, text)).toBe(expected)
  })

  test.each([
    ['shop', 'orders that lasted over 2 hours', 'asks: number'],
    ['shop', 'orders older than 30', 'asks: number'],
    ['clinic', 'how much was paid in March 2024', 'asks: measure'],
  ])('nor is a bound or an amount put on something else; in %s: %s', (name, text, expected) => {
    expect(outcome(name, text)).toBe(expected)
  })
})
