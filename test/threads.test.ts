import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { realEffects } from '#src/effects.ts'
import type { Database } from '#src/store/database.ts'
import { storedThreads } from '#src/store/turns.ts'
import { createThreads, type Threads } from '#src/threads.ts'
import { type Query, querySchema } from '#src/vocabulary/query.ts'
import { openTestState } from '#test/store/database.ts'

const query = (measure: string): Query => querySchema.parse({ domain: 'shop', measures: [{ measure }] })
const [a, b, c] = [query('a'), query('b'), query('c')]

let database: Database
let close: () => Promise<void>
beforeAll(async () => {
  ;({ database, close } = await openTestState())
})
beforeEach(() => database.query('delete from chartroom.turns'))
afterAll(() => close())

const kinds: [string, (settings?: { maxTurns: number }) => Threads][] = [
  ['in memory', createThreads],
  ['in the database', (settings = { maxTurns: 40 }) => storedThreads(database, settings, realEffects)],
]

describe.each(kinds)('conversations %s', (_, make) => {
  test('a conversation remembers its last query; others know nothing of it', async () => {
    const threads = make()
    await threads.remember('x', a)
    await threads.remember('x', b)
    expect(await threads.last('x')).toEqual(b)
    expect(await threads.last('y')).toBeUndefined()
  })

  test('without a conversation nothing is remembered', async () => {
    const threads = make()
    await threads.remember(undefined, a)
    expect(await threads.last(undefined)).toBeUndefined()
    expect(await threads.back(undefined)).toBeUndefined()
  })

  test('back forgets the last query and gives the one before, as long as there is one', async () => {
    const threads = make()
    for (const q of [a, b, c]) await threads.remember('x', q)
    expect(await threads.back('x')).toEqual(b)
    expect(await threads.back('x')).toEqual(a)
    expect(await threads.back('x')).toBeUndefined()
    expect(await threads.last('x')).toEqual(a)
  })

  test('a query that is remembered twice is one turn', async () => {
    const threads = make()
    for (const q of [a, b, b, structuredClone(b)]) await threads.remember('x', q)
    expect(await threads.back('x')).toEqual(a)
  })

  test('only so many turns are kept', async () => {
    const threads = make({ maxTurns: 2 })
    for (const q of [a, b, c]) await threads.remember('x', q)
    expect(await threads.back('x')).toEqual(b)
    expect(await threads.back('x')).toBeUndefined()
  })

  test('names that look like an object’s own are conversations like others', async () => {
    const threads = make()
    expect(await threads.last('__proto__')).toBeUndefined()
    await threads.remember('constructor', a)
    expect(await threads.last('constructor')).toEqual(a)
  })
})

test('in memory, the conversation that was used least recently goes first', async () => {
  const threads = createThreads({ maxThreads: 2 })
  await threads.remember('x', a)
  await threads.remember('y', b)
  await threads.remember('x', c)
  await threads.remember('z', a)
  expect(await Promise.all(['x', 'y', 'z'].map(threads.last))).toEqual([c, undefined, a])
})
