import { describe, expect, it } from 'vitest'
import { openFuzzWorld } from './fuzz-world.ts'
import { harmlessAllowed } from './world.ts'

describe.each(['duckdb', 'postgres'] as const)('a table and a column hidden in random places, %s', dialect => {
  it('never change what a text that is let through gives', async () => {
    const world = await openFuzzWorld(dialect)
    const { leaks, ran, refused } = await world.fuzz({ count: 300, seconds: 120, seed: 20_231 })
    const open = [
      {
        tables: [
          ...harmlessAllowed.tables.filter(t => typeof t !== 'string' && t.name !== 'customers'),
          'customers',
          'vault',
        ],
      },
    ]
    const seen = await world.fuzz({ count: 250, seconds: 120, seed: 7, allowed: open })
    await world.close()
    expect(leaks).toEqual([])
    expect(ran).toBeGreaterThan(10)
    expect(Object.keys(refused)).toEqual(expect.arrayContaining(['tables', 'hidden-columns']))
    expect(seen.leaks.length, 'when they may be used, the difference is noticed').toBeGreaterThan(5)
  })
})
