import { describe, expect, test } from 'vitest'
import { readingsOf } from './readings.ts'

/** How questions are read on tables that nobody described. */
const outcome = readingsOf('clinic', 'education', 'energy', 'library', 'permits')

describe('tables never seen', () => {
  test.each([
    // What things did, and when.
    ['education', 'How many students took Spanish courses in 2023?', 'Students, enrolled On 2023, language Spanish'],
    ['education', 'students with more than 2 enrolments in 2023', 'Students, student with enrolments over 2 (2023)'],
    [
      'education',
      'how many students have never enrolled in a Spanish course',
      'Students, student without enrolments (language Spanish)',
    ],
    [
      'education',
      'students registered in 2022 without a payment',
      'Students, registered on 2022, student without payments',
    ],
    [
      'clinic',
      'How many different doctors saw patients in June 2024',
      'Doctors, doctor with visits at least 1 (June 2024)',
    ],
    ['clinic', 'patients who visited at least 3 times', 'Patients, patient with visits at least 3'],
    // Amounts and averages.
    ['education', 'what did the payments add up to in 2023', 'Amount, 2023'],
    ['education', 'average payment', 'Average amount'],
    ['education', 'average number of courses per student', 'asks: average'],
    [
      'energy',
      'What did we bill business customers in the Metro region?',
      'Amount, customer type Business, customer region Metro',
    ],
    // Rates of a value, conditions said with a prefix, values in the plural.
    ['clinic', 'no-show rate by doctor specialty', 'Share of visits by specialty, visit status No-show'],
    ['clinic', 'cancellation rate by clinic', 'Share of visits by clinic, visit status Cancelled'],
    ['clinic', 'unpaid bills', 'Billings, not paid'],
    ['clinic', 'no-shows at Hilltop?', 'Visits, visit status No-show, clinic Hilltop'],
    // Superlatives.
    ['energy', 'How long was the longest outage?', 'Highest duration'],
    ['energy', 'which outage was the longest?', 'Top 1 by outage: duration'],
    ['clinic', 'which doctor was hired most recently?', 'Top 1 by doctor: last hired on, by hired On'],
    ['clinic', 'youngest doctor', 'asks: word'],
    ['clinic', 'first visit of 2023', 'asks about first'],
    ['education', 'when was the last payment?', 'Last paid on'],
    ['energy', 'outages that affected over 1000 customers', 'Outages, customers Affected over 1,000'],
    [
      'energy',
      'customers who signed up in 2023 and have no contract',
      'Customers, signup date 2023, customer without contracts',
    ],
    // Units, hours, talk.
    ['clinic', 'visits longer than an hour', 'Visits, duration over 60 min'],
    ['education', 'payments by hour of day', 'asks: hours'],
    [
      'clinic',
      "Hi, I'm putting something together for the board. Could you show me visits by clinic?",
      'Visits by clinic',
    ],
    ['clinic', 'In the wards I manage, visits by clinic', 'asks about wards'],
  ])('%s: %s', (name, question, reading) => {
    expect(outcome(name, question)).toBe(reading)
  })
})

describe('tables of others, never seen either', () => {
  test.each([
    // An average within each of a dimension, the rarest, a day that is asked for, sums of money.
    ['library', "What's the average replacement cost per genre?", 'Average replacement cost by genre'],
    ['library', 'average number of loans per genre', 'Loans per number of different genres'],
    ['permits', 'Least common permit type?', 'Bottom 1 by permit Type: applications'],
    ['permits', 'Most common permit type?', 'Top 1 by permit Type: applications'],
    ['permits', 'rarest permit types', 'Bottom 10 by permit Type: applications'],
    ['permits', 'top 3 least common permit types', 'Bottom 3 by permit Type: applications'],
    ['permits', 'What date was the most recent inspection?', 'Last visited at'],
    ['permits', 'On which day was our last application filed?', 'Last filed on'],
    ['permits', 'What was the date of the first fee?', 'First charged on'],
    ['permits', 'which day had the most inspections', 'Top 1 by day: inspections'],
    ['permits', 'fees paid in March, total', 'Fee amount, paid on March 2024'],
    ['library', 'fines in 2023 in total', 'Amount, 2023'],
    ['permits', 'How many fees in total?', 'Fees'],
    ['library', 'total loans', 'Loans'],
    // Words that say nothing more, words of doing, parts of hours, talk.
    ['library', 'how many members does the library have', 'Members'],
    ['library', 'how many loans in the west end library', 'asks about library'],
    ['library', 'biggest attendance at a single event?', 'Highest attendance'],
    ['library', 'least popular pickup method', 'Bottom 1 by pickup: loans'],
    ['library', 'how many loans by branch category', 'asks about category'],
    ['library', 'How many members have never borrowed anything?', 'Members, member without loans'],
    ['library', 'loans not picked up at the desk, by pickup', 'Loans by pickup, pickup not Desk'],
    ['library', 'How many loans were renewed at least twice?', 'Loans, renewals at least 2'],
    ['library', 'loans that were never renewed', 'Loans, renewals exactly 0'],
    ['library', 'members with more than a dozen loans', 'Members, member with loans over 12'],
    ['library', 'how many people attended our events in total', 'asks: measure'],
    [
      'permits',
      'How many applications were inspected more than once?',
      'Applications, application with inspections over 1',
    ],
    ['permits', 'How many applications were never inspected?', 'Applications, application without inspections'],
    ['permits', 'What percentage of inspections failed?', 'Share of inspections, outcome Fail'],
    ['permits', 'How many visits does each team have', 'asks: measure'],
    ['clinic', 'visits under half an hour', 'Visits, duration under 30 min'],
    ['clinic', 'visits longer than an hour and a half', 'Visits, duration over 90 min'],
    [
      'permits',
      "Sorry if this has been asked before, but for Thursday's council session we'd love to know how many applications each kind of applicant has filed.",
      'Applications by applicant Kind',
    ],
    [
      'permits',
      "For Thursday's inspections we'd love to know how many failed",
      'Inspections, weekday Thursday, outcome Fail',
    ],
    // How long: the thing's own length, in a unit that is not a split.
    ['permits', 'How long does a decision take on average, in days?', 'asks about decision, days'],
    ['permits', 'How long does a visit take on average, in minutes?', 'Visit'],
    ['permits', 'how long are inspections on average', 'Visit'],
    ['permits', 'how long is an application', 'asks: word'],
    ['library', 'how old are our members on average', 'asks: word'],
  ])('%s: %s', (name, question, reading) => {
    expect(outcome(name, question)).toBe(reading)
  })
})
