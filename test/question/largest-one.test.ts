import { expect, test } from 'vitest'
import { readingsOf } from './readings.ts'

/** The largest of things that have no name of their own: the largest amount that one of them has. */
const outcome = readingsOf('claims', 'tickets')

test.each([
  ['claims', 'What is the highest single payment we ever made?', 'Highest amount'],
  ['claims', 'largest payment in May', 'Highest amount, May 2024'],
  ['tickets', 'smallest order in 2023', 'Lowest total amount, 2023'],
  ['claims', 'which state has the highest number of payments', 'Top 1 by state: payments'],
  ['claims', 'which team has the lowest payments', 'Bottom 1 by team: payments'],
  // The largest payment of each state, or the state with the largest one?
  ['claims', 'smallest payment by state', 'asks: rank'],
  ['claims', 'largest payments', 'asks: rank'],
  // Things that have a name are named.
  ['claims', 'biggest claim', 'Top 1 by claim: claimed amount'],
])('in %s: %s', (name, text, expected) => {
  expect(outcome(name, text)).toBe(expected)
})
