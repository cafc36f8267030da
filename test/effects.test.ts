import { describe, expect, test } from 'vitest'
import { fixedEffects, realEffects } from '#src/effects.ts'

describe('fixed effects', () => {
  test('the clock stands until it is advanced', () => {
    const effects = fixedEffects('2023-12-31T23:59:59Z')
    expect([effects.now(), effects.now()]).toEqual([1_704_067_199_000, 1_704_067_199_000])
    effects.advance(1500)
    expect([effects.now(), effects.ticks()]).toEqual([1_704_067_200_500, 1500])
  })

  test('ids count up and random numbers repeat', () => {
    const [a, b] = [fixedEffects(), fixedEffects()]
    expect([a.newId(), a.newId(), b.newId()]).toEqual(['id-1', 'id-2', 'id-1'])
    const numbers = [a.random(), a.random(), a.random()]
    expect([b.random(), b.random(), b.random()]).toEqual(numbers)
    expect(new Set(numbers).size).toBe(3)
    expect(numbers.every(n => n >= 0 && n < 1)).toBe(true)
  })

  test('an instant that is none is refused', () => {
    expect(() => fixedEffects('yesterday')).toThrow('yesterday is not an instant')
  })
})

describe('real effects', () => {
  test('ids are safe in file names and never repeat', () => {
    const ids = Array.from({ length: 1000 }, realEffects.newId)
    expect(new Set(ids).size).toBe(1000)
    expect(ids.every(id => /^[\w-]+$/.test(id))).toBe(true)
  })

  test('ticks never run backwards', () => {
    const ticks = Array.from({ length: 100 }, realEffects.ticks)
    expect(ticks).toEqual(ticks.toSorted((a, b) => a - b))
  })
})
