import { expect, test } from 'vitest'
import { readingsOf } from './readings.ts'

/** Short forms of values that are words as well: CAN is Canada only when it is written so. */
const outcome = readingsOf('campaigns')

test.each([
  ['can I see leads by country', 'Leads by country'],
  ['how many leads can we count in Germany', 'Leads, country Germany'],
  ['give us leads by country', 'Leads by country'],
  ['how many leads in CAN', 'Leads, country Canada'],
  ['how many leads in Canada', 'Leads, country Canada'],
  ['how many leads in the US', 'Leads, country United States'],
])('%s', (text, expected) => {
  expect(outcome('campaigns', text)).toBe(expected)
})
