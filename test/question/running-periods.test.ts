import { describe, expect, test } from 'vitest'
import { read } from '#src/question/read.ts'
import { lexicon, model } from './shop-words.ts'

/** What a question on 15 June 2024 asks for and compares it with. Orders run from 2023 to `last`. */
const periods = (text: string, last = '2024-06-15') => {
  const range = () => ({ first: '2023-01-01', last })
  const [best] = read(text, { model, lexicon, today: '2024-06-15', range }).candidates
  const { period, compare } = best?.query ?? {}
  return [period?.label, compare?.period.label]
}

describe('a period that is not over', () => {
  test.each([
    ['revenue this year vs last year', ['1 Jan – 15 Jun 2024', '1 Jan – 15 Jun 2023']],
    ['last year versus this year, revenue by month', ['1 Jan – 15 Jun 2024', '1 Jan – 15 Jun 2023']],
    ['revenue month to date vs last month', ['1–15 Jun 2024', '1–15 May 2024']],
    ['revenue this week compared with last week', ['10–15 Jun 2024', '3–8 Jun 2024']],
  ])('is set beside the same stretch of the one before: %s', (text, labels) => {
    expect(periods(text)).toEqual(labels)
  })

  test.each([
    ['revenue this year vs the whole of last year', ['1 Jan – 15 Jun 2024', '2023']],
    ['revenue this year against all of last year', ['1 Jan – 15 Jun 2024', '2023']],
    ['revenue this year vs 2023', ['1 Jan – 15 Jun 2024', '2023']],
  ])('is set beside the whole one where that is said: %s', (text, labels) => {
    expect(periods(text)).toEqual(labels)
  })

  test('is the last of the data where that ends before it, beside the one before that', () => {
    expect(periods('revenue this year vs last year', '2023-12-31')).toEqual(['2023', '2022'])
  })
})
