import { describe, expect, test } from 'vitest'
import { reading } from './shop-words.ts'

/** What was changed, as typed → as read. */
const corrected = (text: string) => Object.fromEntries(reading(text).corrections.map(c => [c.typed, c.read]))

describe('slips of the hand are read as the nearest known word, and said', () => {
  test.each<[string, Record<string, string>]>([
    ['revnue by state', { revnue: 'revenue' }],
    ['revenue by categroy', { categroy: 'category' }],
    ['Revnue by categroy', { Revnue: 'revenue', categroy: 'category' }],
    ['revenue in Californa', { Californa: 'california' }],
    ['revenue in Calfornia', { Calfornia: 'california' }],
    ['revenue by chanel', { chanel: 'channel' }],
    ['custmers by segment', { custmers: 'customers' }],
    ['avrage order value', { avrage: 'average' }],
    ['revenue in Febuary', { Febuary: 'february' }],
    ['revenue last mnth', { mnth: 'month' }],
    ['orders yesterdy', { yesterdy: 'yesterday' }],
    ['monthy revenue', { monthy: 'monthly' }],
  ])('%s', (text, expected) => {
    expect(corrected(text)).toEqual(expected)
  })
})

describe('a word of the language is never taken for a slip', () => {
  test.each([
    'revenue by weather',
    'orders by sex',
    'revenue per stare',
    'revenue in Taxes',
    'the stale of revenue',
    'revenue by stage',
    'orders by starts',
    'bookings by costumer',
  ])('%s', text => {
    expect(corrected(text)).toEqual({})
  })
})

describe('what is too short, has digits or could be two words stays as it is', () => {
  test.each(['revenue by sta', 'revenue in T3xas', 'revenue xy', 'revenue by zzqxw'])('%s', text => {
    expect(corrected(text)).toEqual({})
    expect(reading(text).unused).not.toEqual([])
  })
})

test('a correction never changes what is quoted as unused', () => {
  expect(reading('revnue by blorbex').unused).toEqual(['blorbex'])
})
