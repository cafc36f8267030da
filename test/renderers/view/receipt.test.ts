import { describe, expect, test } from 'vitest'
import { badge, receiptLines } from '#renderers/view/receipt.ts'
import type { Receipt } from '#src/vocabulary/answer.ts'
import { answered } from '#test/fakes/answers.ts'

const { receipt } = answered()
const verified = { by: 'Finance', at: '2024-03-01' }
const generated: Receipt = { ...receipt, origin: 'generated' }

const originOf = (r: Receipt) => receiptLines(r).find(({ term }) => term === 'Origin')?.lines[0]

describe('an answer that was verified', () => {
  test('says so, by whom and when, in its badge and its receipt', () => {
    expect(badge({ ...generated, verified })).toMatchObject({
      ...{ origin: 'verified', label: 'Verified' },
      title: 'Verified by Finance on 1 Mar 2024. Generated: the SQL was written and passed the guard',
      facts: ['by Finance on 1 Mar 2024', 'ecommerce', 'data until 31 Dec 2023', '12 ms'],
    })
    expect(receiptLines({ ...generated, verified })).toContainEqual({
      term: 'Verified',
      lines: ['By Finance on 1 Mar 2024'],
    })
  })

  test('is no longer to be checked first; any other SQL of a language model is', () => {
    expect(originOf({ ...generated, verified })).toBe('Generated: the SQL was written and passed the guard')
    expect(originOf(generated)).toMatch(/check it before you rely on it$/)
  })
})

test('an answer that nobody verified has no line on it', () => {
  expect(badge(receipt)).toMatchObject({ label: 'Certified' })
  expect(receiptLines(receipt).map(({ term }) => term)).not.toContain('Verified')
})
