import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { createLanes } from '#handlers/chat/lanes.ts'
import { fixedEffects, realEffects } from '#src/effects.ts'
import { type Accounting, createComplete } from '#src/nl2sql/client/accounted.ts'
import { type Budgets, createBudgets, type Warning } from '#src/nl2sql/client/budgets.ts'
import { type Attempt, openModel } from '#src/nl2sql/client/openai.ts'
import { costOf, loadPrices } from '#src/nl2sql/client/prices.ts'
import type { Owner } from '#src/store/answers.ts'
import { storedCalls } from '#src/store/calls.ts'
import type { Database } from '#src/store/database.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { openFakeOpenAi } from '#test/fakes/openai.ts'
import { openTestState } from '#test/store/database.ts'

let database: Database
let close: () => Promise<void>
beforeAll(async () => {
  const state = await openTestState()
  database = state.database
  close = state.close
})
afterAll(() => close())
beforeEach(() => database.query('truncate chartroom.calls'))

const [ann, bob]: Owner[] = [
  { platform: 'slack', tenant: 'T1', user: 'U1' },
  { platform: 'slack', tenant: 'T1', user: 'U2' },
]

const request = (owner?: Owner, domain = 'shop') => ({
  step: 'plan',
  prompt: { name: 'plan', version: 3 },
  system: '',
  messages: [],
  schema: z.object({}),
  question: 'q1',
  owner,
  domain,
})

/** A million tokens in and none out cost two dollars. */
const prices = [{ model: 'big', input: 2, cached: 1, output: 10 }]
const aDollar = { model: 'big-1', input: 500_000, cached: 0, output: 0, ms: 7 }

const world = (
  budgets: Partial<Budgets>,
  reply?: Awaited<ReturnType<Attempt>> | ChartroomError | Attempt,
  outside?: Accounting['outside'],
) => {
  const effects = fixedEffects('2024-05-31T22:00:00Z')
  const calls = storedCalls(database, effects)
  const warned: Warning[] = []
  let attempts = 0
  const attempt = (async (...asked: Parameters<Attempt>) => {
    attempts += 1
    if (typeof reply === 'function') return reply(...asked)
    if (reply instanceof ChartroomError) throw reply
    return reply ?? { value: {}, use: aDollar }
  }) as Attempt
  const complete = createComplete(attempt, {
    calls,
    prices,
    outside,
    budgets: createBudgets({ person: {}, workspace: {}, domain: {}, ...budgets }, calls, effects),
    onWarning: warnings => warned.push(...warnings),
    warn: (event, error) => expect.fail(`${event}: ${error}`),
  })
  return { complete, calls, warned, effects, attempts: () => attempts }
}

describe('a call', () => {
  test('is noted with its step, its text, what it used and what that cost', async () => {
    const { complete, calls } = world({})
    expect((await complete(request(ann))).use).toEqual({ ...aDollar, cost: 1 })
    const [row] = await database.query<Record<string, unknown>>('select * from chartroom.calls')
    expect(row).toMatchObject({
      ...{ person: 'U1', tenant: 'T1', domain: 'shop', question: 'q1', step: 'plan', prompt: 'plan', version: 3 },
      ...{ model: 'big-1', outcome: 'read', input: 500_000, output: 0, cost: 1, ms: 7 },
    })
    expect(await calls.use({}, 0)).toEqual([
      { day: '2024-05-31', step: 'plan', model: 'big-1', calls: 1, tokens: 500_000, cost: 1 },
    ])
  })

  test('that brought nothing to read is paid for all the same', async () => {
    const problem = ChartroomError.of('language/unreadable')
    const { complete, calls } = world({}, { problem, use: aDollar })
    await expect(complete(request(ann))).rejects.toBe(problem)
    expect(await calls.spent({}, 0)).toBe(1)
  })

  test('that failed is noted with why', async () => {
    const { complete } = world({}, ChartroomError.of('language/busy'))
    await expect(complete(request(ann))).rejects.toMatchObject({ code: 'language/busy' })
    expect(await database.query('select outcome, cost, input from chartroom.calls')).toEqual([
      { outcome: 'language/busy', cost: null, input: 0 },
    ])
  })
})

/** A model over real HTTP that begins to reply and then waits for ever. */
const beginning = async (bits: string[]) => {
  const server = await openFakeOpenAi(() => ({ bits: [...bits, new Promise<never>(() => undefined)] }))
  onTestFinished(() => server.close())
  return openModel({ baseUrl: server.url, model: 'big-1', limits: { retries: 0 } }, realEffects)
}

describe('a call that is stopped', () => {
  test('while the reply comes is paid for with what was sent and received, four letters a token', async () => {
    const bits = ['{"a": "', 'x'.repeat(33)]
    const { complete, calls } = world({ person: { day: 0.000_5 } }, await beginning(bits))
    const stop = new AbortController()
    const onText = (soFar: string) => soFar.length === 40 && stop.abort()
    const asked = { ...request(ann), system: 'y'.repeat(4000) }
    await expect(complete(asked, { signal: stop.signal, onText })).rejects.toMatchObject({ code: 'engine/cancelled' })
    const [row] = await database.query<{ input: number }>('select outcome, model, input, output from chartroom.calls')
    expect(row).toMatchObject({ outcome: 'engine/cancelled', model: 'big-1', output: 10 })
    expect(row?.input).toBeGreaterThan(1000)
    expect(row?.input).toBeLessThan(1200)
    expect(await calls.spent(ann as Owner, 0)).toBeCloseTo(((row?.input ?? 0) * 2 + 10 * 10) / 1_000_000, 9)
    await expect(complete(asked)).rejects.toMatchObject({ code: 'language/budget' })
  })

  test('before it was sent costs nothing', async () => {
    const { complete, calls } = world({}, await beginning([]))
    await expect(complete(request(ann), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'engine/cancelled',
    })
    expect(await calls.spent({}, 0)).toBe(0)
  })
})

describe('a budget', () => {
  test('of a person for a day is warned of from four fifths on, and at its end nothing is sent any more', async () => {
    const { complete, warned, attempts } = world({ person: { day: 5 } })
    for (let i = 0; i < 4; i++) await complete(request(ann))
    expect(warned).toEqual([])
    expect((await complete(request(ann))).warnings).toEqual([
      '$4.00 of $5 are spent: the daily budget for the language model of you.',
    ])
    expect(warned).toEqual([{ whose: 'you', period: 'daily', spent: 4, limit: 5 }])
    await expect(complete(request(ann))).rejects.toThrow(
      'The daily budget for the language model of you ($5) is spent.',
    )
    expect(attempts()).toBe(5)
    await complete(request(bob))
    expect(attempts()).toBe(6)
  })

  test('of a workspace counts everybody in it, and not the local machine', async () => {
    const { complete } = world({ workspace: { month: 2 } })
    await complete(request(ann))
    await complete(request(bob))
    await expect(complete(request(ann))).rejects.toThrow('The monthly budget')
    await complete(request(undefined))
    await complete(request({ ...(ann as Owner), tenant: 'T2' }))
  })

  test('of a domain counts whoever asks it', async () => {
    const { complete } = world({ domain: { day: 1 } })
    await complete(request(undefined))
    await expect(complete(request(ann))).rejects.toThrow('of shop ($1)')
    await complete(request(ann, 'wines'))
  })

  test('is looked at when a call begins, not when it begins to wait for its turn', async () => {
    const lanes = createLanes()
    const { complete, attempts } = world({ person: { day: 1 } }, undefined, call => lanes.run('one', call))
    const [first, second] = await Promise.allSettled([complete(request(ann)), complete(request(ann))])
    expect([first?.status, second?.status, attempts()]).toEqual(['fulfilled', 'rejected', 1])
  })

  test('begins anew with the day and with the month', async () => {
    const { complete, effects } = world({ person: { day: 1, month: 2 } })
    await complete(request(ann))
    await expect(complete(request(ann))).rejects.toThrow('daily')
    effects.advance(3 * 3_600_000)
    await complete(request(ann))
  })
})

describe('what a call costs', () => {
  test('is by the longest name that fits; what was cached is cheaper', async () => {
    const known = await loadPrices()
    const use = { input: 1_000_000, cached: 400_000, output: 100_000, ms: 0 }
    expect(costOf({ ...use, model: 'gpt-4o-mini-2024-07-18' }, known)).toBeCloseTo(0.6 * 0.15 + 0.4 * 0.075 + 0.06)
    expect(costOf({ ...use, model: 'gpt-4o-2024-08-06' }, known)).toBeCloseTo(0.6 * 2.5 + 0.4 * 1.25 + 1)
  })

  test('is not known of a model that is not listed', async () => {
    expect(costOf({ model: 'llama3', input: 1, cached: 0, output: 1, ms: 0 }, await loadPrices())).toBeUndefined()
  })
})
