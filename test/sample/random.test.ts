import { describe, expect, it } from 'vitest'
import { accumulate, createDealer, createRandom } from '#src/sample/random.ts'

const take = <T>(count: number, make: () => T) => Array.from({ length: count }, make)

describe('chance from a seed', () => {
  it('is the same sequence for the same seed, on every machine', () => {
    const random = createRandom('chartroom')
    expect(take(6, () => random.below(1000))).toEqual([919, 697, 770, 983, 796, 619])
  })

  it('is another sequence for a seed that differs in one letter', () => {
    const [one, other] = [createRandom('chartroom'), createRandom('chartroon')]
    expect(take(6, () => one.below(1000))).not.toEqual(take(6, () => other.below(1000)))
  })

  it('spreads evenly', () => {
    const random = createRandom('even')
    const counts = Array<number>(10).fill(0)
    for (const n of take(100_000, () => random.below(10))) counts[n]! += 1
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400)
  })

  it('draws as often as the weights say, and never what weighs nothing', () => {
    const random = createRandom('weights')
    const cumulative = accumulate([60, 0, 40])
    const counts = [0, 0, 0]
    for (const i of take(10_000, () => random.weighted(cumulative))) counts[i]! += 1
    expect(counts[1]).toBe(0)
    expect(counts[0]! / 10_000).toBeCloseTo(0.6, 1)
  })
})

describe('dealing', () => {
  it('keeps to the weights within a few, where drawing would stray by dozens', () => {
    const deal = createDealer(createRandom('deal'), 0)
    const counts = [0, 0, 0, 0]
    for (const i of take(10_000, () => deal([40, 30, 20, 10]))) counts[i]! += 1
    for (const [i, share] of [4000, 3000, 2000, 1000].entries()) expect(Math.abs(counts[i]! - share)).toBeLessThan(5)
  })

  it('stops dealing at once what comes to weigh nothing', () => {
    const deal = createDealer(createRandom('stop'), 30)
    for (let turn = 0; turn < 200; turn++) {
      take(7, () => deal([40, 30, 30]))
      expect(take(7, () => deal([40, 60, 0]))).not.toContain(2)
    }
  })
})
