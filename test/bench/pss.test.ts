import { describe, expect, it } from 'vitest'
import { parentIn, processSizes, pssIn, pssKnown } from './pss.ts'

describe('sizes of processes', () => {
  it('reads the proportional set size, not its parts', () => {
    const text = 'Rss:              99999 kB\nPss:               2048 kB\nPss_Anon:          1024 kB\n'
    expect(pssIn(text)).toBe(2)
    expect(pssIn('')).toBeUndefined()
  })

  it('finds the parent behind a name with brackets and spaces', () => {
    expect(parentIn('12 (a) b (c)) S 7 12 12 0')).toBe(7)
  })

  it.skipIf(!pssKnown())('finds this process and gives it a size', () => {
    const [own] = processSizes(process.pid)
    expect(own?.pid).toBe(process.pid)
    expect(own?.mb).toBeGreaterThan(10)
  })
})
