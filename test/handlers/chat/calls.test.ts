import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { climbDown, type Rung } from '#handlers/chat/ladder.ts'
import { createLanes } from '#handlers/chat/lanes.ts'
import { type Verdict, withRetries } from '#handlers/chat/retry.ts'
import { fixedEffects } from '#src/effects.ts'

describe('lanes', () => {
  test('works of a key run in the order they came, one at a time; a failure holds up nobody', async () => {
    const lanes = createLanes()
    const seen: string[] = []
    const work = (name: string, ms: number) => async () => {
      seen.push(`${name}+`)
      await wait(ms)
      seen.push(`${name}-`)
      if (name === 'b') throw new Error('b')
      return name
    }
    const results = await Promise.allSettled([
      lanes.run('x', work('a', 20)),
      lanes.run('x', work('b', 0)),
      lanes.run('x', work('c', 0)),
      lanes.run('y', work('d', 0)),
    ])
    expect(seen).toEqual(['a+', 'd+', 'd-', 'a-', 'b+', 'b-', 'c+', 'c-'])
    expect(results.map(r => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
    expect(lanes.waiting()).toBe(0)
  })
})

describe('retries', () => {
  const failing = (times: number) => {
    let calls = 0
    const call = async () => {
      calls += 1
      if (calls <= times) throw new Error(`failure ${calls}`)
      return calls
    }
    return { call, calls: () => calls }
  }
  const again = (): Verdict => ({ retry: true, reason: 'busy' })

  test('a call is repeated until it succeeds, and each repeat is told', async () => {
    const reasons: string[] = []
    const { call } = failing(2)
    const settings = { firstMs: 1, judge: again, onRetry: (reason: string) => void reasons.push(reason) }
    expect(await withRetries(call, settings, fixedEffects())).toBe(3)
    expect(reasons).toEqual(['busy', 'busy'])
  })

  test('after the last try its error is thrown', async () => {
    const { call, calls } = failing(9)
    await expect(withRetries(call, { tries: 3, firstMs: 1, judge: again }, fixedEffects())).rejects.toThrow('failure 3')
    expect(calls()).toBe(3)
  })

  test('what must not be repeated is not', async () => {
    const { call, calls } = failing(9)
    await expect(withRetries(call, { judge: () => ({ retry: false }) }, fixedEffects())).rejects.toThrow('failure 1')
    expect(calls()).toBe(1)
  })

  test('a platform that asks for more time than there is gets no further call', async () => {
    const { call, calls } = failing(9)
    const judge = (): Verdict => ({ retry: true, afterMs: 60_000, reason: 'rate limit' })
    await expect(withRetries(call, { longestMs: 20_000, judge }, fixedEffects())).rejects.toThrow('failure 1')
    expect(calls()).toBe(1)
  })

  test('a wait ends when it is stopped', async () => {
    const { call, calls } = failing(9)
    const abort = new AbortController()
    const waiting = withRetries(call, { firstMs: 60_000, judge: again, signal: abort.signal }, fixedEffects())
    setTimeout(() => abort.abort(), 5)
    await expect(waiting).rejects.toThrow(/abort/i)
    expect(calls()).toBe(1)
  })
})

describe('the ladder', () => {
  const refuse = (...refused: Rung[]) => {
    const tried: Rung[] = []
    const post = async (rung: Rung) => {
      tried.push(rung)
      if (refused.includes(rung)) throw new Error('invalid_blocks')
      return `posted ${rung}`
    }
    return { tried, post }
  }
  const isRefused = (error: unknown) => (error as Error).message === 'invalid_blocks'

  test('the first form that is taken is posted, and only that one', async () => {
    const { tried, post } = refuse('picture', 'native')
    const told: Rung[] = []
    expect(await climbDown('picture', post, { isRefused, onRefused: rung => void told.push(rung) })).toBe(
      'posted table',
    )
    expect([tried, told]).toEqual([
      ['picture', 'native', 'table'],
      ['picture', 'native'],
    ])
  })

  test('it may begin lower', async () => {
    const { tried, post } = refuse()
    await climbDown('table', post, { isRefused })
    expect(tried).toEqual(['table'])
  })

  test('when not even text is taken, that is the error', async () => {
    const { post } = refuse('picture', 'native', 'table', 'text')
    await expect(climbDown('picture', post, { isRefused })).rejects.toThrow('invalid_blocks')
  })

  test('an error of another kind ends it at once', async () => {
    const tried: Rung[] = []
    const post = async (rung: Rung) => {
      tried.push(rung)
      throw new Error('channel_not_found')
    }
    await expect(climbDown('picture', post, { isRefused })).rejects.toThrow('channel_not_found')
    expect(tried).toEqual(['picture'])
  })
})
