import { describe, expect, test } from 'vitest'
import { factsOf } from '../made.ts'

const rows = [
  ['Texas', 50],
  ['Ohio', 30],
  ['Utah', 15],
  ['Maine', 5],
]

describe('the highest and lowest parts', () => {
  test('have rank and share of the whole', () => {
    const facts = factsOf({ by: ['state'], rows })
    expect(facts['top:revenue:Texas']).toMatchObject({
      value: 50,
      about: { state: 'Texas' },
      parts: { rank: 1, share: 0.5, count: 4, tied: 1 },
    })
    expect(facts['top:revenue:Utah']).toMatchObject({ parts: { rank: 3, share: 0.15 } })
    expect(facts['bottom:revenue:Maine']).toMatchObject({ value: 5, parts: { rank: 1, share: 0.05 } })
  })
  test('have no share when the measure does not add up', () => {
    expect(
      factsOf({ by: ['state'], rows, measure: { additive: false } })['top:revenue:Texas']?.parts,
    ).not.toHaveProperty('share')
  })
  test('have no share when one part is negative', () => {
    expect(factsOf({ by: ['state'], rows: [...rows, ['Iowa', -10]] })['top:revenue:Texas']?.parts).not.toHaveProperty(
      'share',
    )
  })
  test('have no share when all is 0', () => {
    expect(
      factsOf({
        by: ['state'],
        rows: [
          ['Texas', 0],
          ['Ohio', 0],
        ],
      })['top:revenue:Texas']?.parts,
    ).not.toHaveProperty('share')
  })
  test('of a limited result have a share only of a whole that was asked for', () => {
    const made = {
      by: ['state'],
      rows: rows.slice(0, 2),
      query: { limit: 2, order: [{ by: 'revenue', direction: 'desc' as const }] },
    }
    expect(factsOf(made)['top:revenue:Texas']?.parts).not.toHaveProperty('share')
    expect(factsOf(made, { whole: { now: { revenue: 200 } } })['top:revenue:Texas']).toMatchObject({
      parts: { share: 0.25 },
    })
    expect(factsOf(made)['bottom:revenue:Ohio']).toBeUndefined()
  })
  test('of parts that overlap have no share: they are more than the whole', () => {
    expect(
      factsOf({ by: ['state'], rows }, { whole: { now: { revenue: 80 } } })['top:revenue:Texas']?.parts,
    ).not.toHaveProperty('share')
  })
  test('of a distinct count have a share when the parts do add up to the whole', () => {
    const made = { by: ['state'], rows, measure: { additive: false } }
    expect(factsOf(made, { whole: { now: { revenue: 100 } } })['top:revenue:Texas']).toMatchObject({
      parts: { share: 0.5 },
    })
  })
  test('of a bottom ranking are the lowest three', () => {
    const facts = factsOf({
      by: ['state'],
      rows: [...rows].reverse(),
      query: { limit: 4, order: [{ by: 'revenue', direction: 'asc' }] },
    })
    expect(Object.keys(facts).filter(id => /^(top|bottom)/.test(id))).toEqual([
      'bottom:revenue:Maine',
      'bottom:revenue:Utah',
      'bottom:revenue:Ohio',
    ])
  })
  test('say how many are tied', () => {
    expect(
      factsOf({
        by: ['state'],
        rows: [
          ['Texas', 9],
          ['Ohio', 9],
          ['Utah', 1],
        ],
      })['top:revenue:Ohio'],
    ).toMatchObject({ parts: { tied: 2, rank: 2 } })
  })
  test('of a single row come with the runners-up of a further query', () => {
    const made = {
      by: ['state'],
      rows: rows.slice(0, 1),
      query: { limit: 1, order: [{ by: 'revenue', direction: 'desc' as const }] },
    }
    const columns = [
      { name: 'state', type: 'text', role: 'dimension', label: 'State' },
      { name: 'revenue', type: 'number', role: 'measure', label: 'Revenue' },
    ] as const
    const facts = factsOf(made, { runnersUp: { columns: [...columns], rows, truncated: false } })
    expect(facts['top:revenue:Ohio']).toMatchObject({ value: 30, parts: { rank: 2 } })
  })
  test('of rows without a number are left out', () => {
    expect(
      factsOf({
        by: ['state'],
        rows: [
          ['Texas', null],
          ['Ohio', 2],
          [null, 7],
        ],
      })['top:revenue:(none)'],
    ).toMatchObject({ value: 7, parts: { count: 2 } })
  })
})
