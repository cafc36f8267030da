import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readHarmless } from './corpus.ts'
import { type HarmlessWorld, openHarmlessWorld } from './harmless-world.ts'

const both = readHarmless('both')
let world: HarmlessWorld
beforeAll(async () => {
  world = await openHarmlessWorld()
})
afterAll(() => world.close())

describe.each(['duckdb', 'postgres'] as const)('questions of every day on %s', dialect => {
  it.each([...both, ...readHarmless(dialect)])('$what · $sql', async ({ sql }) => {
    const answered = await world.ask(dialect, sql)
    expect(answered).toMatchObject({ violations: [] })
    expect(answered.rows).toBeGreaterThan(0)
  })

  it('are at least 200, each different', () => {
    const all = [...both, ...readHarmless(dialect)].map(({ sql }) => sql)
    expect(new Set(all).size).toBe(all.length)
    expect(all.length).toBeGreaterThanOrEqual(200)
  })
})

describe('questions of every day on both engines', () => {
  it.each(both)('give equally many rows: $sql', async ({ sql }) => {
    const [duckdb, postgres] = [await world.ask('duckdb', sql), await world.ask('postgres', sql)]
    expect(duckdb.rows).toBe(postgres.rows)
  })
})
