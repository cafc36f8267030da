import { expect, test } from 'vitest'
import { isEnglish, lemma, verb } from '#src/question/lemma.ts'

test.each([
  ['categories', 'category'],
  ['orders', 'order'],
  ['customers', 'customer'],
  ['cities', 'city'],
  ['boxes', 'box'],
  ['women', 'woman'],
  ['people', 'people'],
  ['sales', 'sale'],
  ['status', 'status'],
  ['texas', 'texas'],
  ['business', 'business'],
  ['subcategories', 'subcategory'],
  ['analysis', 'analysis'],
  ['revenue', 'revenue'],
  ['zzqx', 'zzqx'],
  ['', ''],
])('the singular of “%s” is “%s”', (word, expected) => {
  expect(lemma(word)).toBe(expected)
})

test.each([
  ['shipped', 'ship'],
  ['sold', 'sell'],
  ['paying', 'pay'],
  ['ordered', 'order'],
])('“%s” is a form of “%s”', (word, expected) => {
  expect(verb(word)).toBe(expected)
})

test('words of the language are known in all their forms, made-up ones are not', () => {
  for (const word of ['weather', 'weathers', 'shipped', 'cheaper', 'stores', 'profitable'])
    expect(isEnglish(word), word).toBe(true)
  for (const word of ['revnue', 'categroy', 'zzqx', 'constructor_', '__proto__'])
    expect(isEnglish(word), word).toBe(false)
})
