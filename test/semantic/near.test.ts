import { describe, expect, it } from 'vitest'
import { editDistance, nearest } from '#src/semantic/near.ts'

const measures = ['revenue', 'orders', 'units', 'sum', 'customers', 'average_order_value']

describe('nearest', () => {
  it('finds a word with a letter too few, too many, changed, or swapped with its neighbour', () => {
    expect(nearest('revnue', measures)).toEqual(['revenue'])
    expect(nearest('summ', measures)).toEqual(['sum'])
    expect(nearest('orderz', measures)).toEqual(['orders'])
    expect(nearest('untis', measures)).toEqual(['units'])
  })

  it('allows more edits in longer words', () => {
    expect(nearest('avrage_ordr_valu', measures)).toEqual(['average_order_value'])
    expect(nearest('cstmer', measures)).toEqual([])
  })

  it('ignores case and gives the candidate as it is written', () => {
    expect(nearest('texs', ['Texas', 'Tennessee'])).toEqual(['Texas'])
    expect(nearest('TEXAS', ['Texas'])).toEqual(['Texas'])
  })

  it('puts fewer edits first, then the same first letter, and keeps to the most asked for', () => {
    expect(nearest('state', ['stats', 'date', 'status', 'state'])).toEqual(['state', 'stats', 'status'])
    expect(nearest('cate', ['date', 'cafe', 'rate'], 2)).toEqual(['cafe', 'date'])
  })

  it('has nothing near a word of two letters, or near nothing at all', () => {
    expect(nearest('NY', ['NJ', 'NV'])).toEqual([])
    expect(nearest('', ['a'])).toEqual([])
    expect(nearest('revenue', [])).toEqual([])
  })
})

describe('editDistance', () => {
  it('counts a swap of neighbours as one', () => {
    expect(editDistance('ordres', 'orders')).toBe(1)
    expect(editDistance('Orders', 'orders')).toBe(0)
    expect(editDistance('state', 'date')).toBe(2)
  })
})
