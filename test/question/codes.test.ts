import { afterAll, beforeAll, expect, test } from 'vitest'
import { openReadings } from './readings.ts'

/** Short forms of values that are words as well: CAN is Canada only when it is written so. */
let opened: Awaited<ReturnType<typeof openReadings>>
beforeAll(async () => {
  opened = await openReadings(['campaigns'])
})
afterAll(() => opened.close())

test.each([
  ['can I see leads by country', 'Leads by country'],
  ['how many leads can we count in Germany', 'Leads, country Germany'],
  ['give us leads by country', 'Leads by country'],
  ['how many leads in CAN', 'Leads, country Canada'],
  ['how many leads in Canada', 'Leads, country Canada'],
  ['how many leads in the US', 'Leads, country United States'],
])('%s', (text, expected) => {
  expect(opened.outcome('campaigns', text)).toBe(expected)
})
