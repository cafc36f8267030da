import { describe, expect, it } from 'vitest'
import { fixedEffects } from '#src/effects.ts'
import { type CacheOptions, cacheResults } from '#src/engines/cache.ts'
import type { Engine, EngineResult, RunOptions } from '#src/engines/engine.ts'
import { unchecked } from './unchecked.ts'

/** An engine whose statements end when the test says so. */
const handEngine = () => {
  const runs: {
    text: string
    options: RunOptions
    end: (rows: EngineResult['rows']) => void
    fail: (e: Error) => void
  }[] = []
  const state = { version: 'v1' }
  const engine: Engine & { extra: string } = {
    dialect: 'duckdb',
    extra: 'kept',
    version: async () => state.version,
    close: async () => undefined,
    explain: async () => '[]',
    run: ({ text }, options = {}) =>
      new Promise((resolve, reject) => {
        const end = (rows: EngineResult['rows']) =>
          resolve({ columns: [{ name: 'n', type: 'integer' }], rows, truncated: false, ms: 5 })
        runs.push({ text, options, end, fail: reject })
        options.signal?.addEventListener('abort', () => reject(new Error('aborted in the engine')))
      }),
  }
  return { engine, runs, state }
}

const setUp = (options?: CacheOptions) => {
  const hand = handEngine()
  const effects = fixedEffects()
  const cached = cacheResults(hand.engine, options ?? {}, effects)
  /** Asks, and lets the engine answer with these rows if it is asked at all. */
  const ask = async (text: string, rows: EngineResult['rows'] = [[1]], more: RunOptions = {}) => {
    const before = hand.runs.length
    const answer = cached.run(unchecked(text), more)
    await settle()
    hand.runs[before]?.end(rows)
    return answer
  }
  return { ...hand, effects, cached, ask }
}
const settle = () => new Promise(resolve => setTimeout(resolve, 0))

describe('a result that is asked for again', () => {
  it('comes from the cache and says so', async () => {
    const { ask, runs, cached } = setUp()
    const columns = [{ name: 'n', type: 'integer' }]
    expect(await ask('a', [[7]])).toEqual({ columns, rows: [[7]], truncated: false, ms: 5, cached: false })
    expect(await ask('a')).toEqual({ columns, rows: [[7]], truncated: false, ms: 5, cached: true })
    expect(runs).toHaveLength(1)
    expect(cached.stats()).toMatchObject({ hits: 1, misses: 1, entries: 1 })
  })

  it('is another when text, parameters, row cap or whose rows it may show differ', async () => {
    const { ask, runs } = setUp()
    const variants: [string, RunOptions][] = [
      ['a', {}],
      ['b', {}],
      ['a', { params: [1] }],
      ['a', { params: ['1'] }],
      ['a', { params: [null] }],
      ['a', { maxRows: 5 }],
      ['a', { session: { 'app.tenant': 'acme' } }],
      ['a', { session: { 'app.tenant': 'other' } }],
    ]
    for (const [text, more] of variants) await ask(text, [[1]], more)
    expect(runs).toHaveLength(8)
    for (const [text, more] of variants) expect((await ask(text, [[1]], more)).cached).toBe(true)
  })

  it('does not see what others did to their rows', async () => {
    const { ask } = setUp()
    const first = await ask('a', [[7]])
    first.rows[0]![0] = 8
    first.rows.push([9])
    first.columns[0]!.name = 'changed'
    expect(await ask('a')).toMatchObject({ rows: [[7]], columns: [{ name: 'n' }] })
  })

  it('is run anew when the data changed', async () => {
    const { ask, state, cached } = setUp()
    await ask('a', [[1]])
    state.version = 'v2'
    expect(await ask('a', [[2]])).toMatchObject({ rows: [[2]], cached: false })
    expect(cached.stats().entries).toBe(1)
  })

  it('is run anew when it is old', async () => {
    const { ask, effects } = setUp({ seconds: 60 })
    await ask('a', [[1]])
    effects.advance(59_999)
    expect((await ask('a')).cached).toBe(true)
    effects.advance(1)
    expect(await ask('a', [[2]])).toMatchObject({ rows: [[2]], cached: false })
  })

  it('is run anew when nothing is to be kept', async () => {
    const { ask, cached } = setUp({ seconds: 0 })
    await ask('a')
    expect((await ask('a')).cached).toBe(false)
    expect(cached.stats()).toMatchObject({ entries: 0, bytes: 0 })
  })

  it('is not kept when the data changed while it ran', async () => {
    const { cached, runs, state, ask } = setUp()
    const old = cached.run(unchecked('a'))
    await settle()
    state.version = 'v2'
    await ask('b')
    runs[0]?.end([[1]])
    expect((await old).rows).toEqual([[1]])
    expect(cached.stats().entries).toBe(1)
  })

  it('keeps everything else of the engine', () => {
    expect(setUp().cached.extra).toBe('kept')
  })
})

describe('bounds', () => {
  it('lets go of what was not used for longest', async () => {
    const { ask } = setUp({ maxEntries: 2 })
    await ask('a')
    await ask('b')
    await ask('a')
    await ask('c')
    expect((await ask('a')).cached).toBe(true)
    expect((await ask('b')).cached).toBe(false)
  })

  it('counts bytes: 200 a result, 100 a column, 16 a number, 24 and 2 a character of text', async () => {
    const { ask, cached } = setUp()
    await ask('a', [
      [1, null],
      ['abc', true],
    ])
    expect(cached.stats().bytes).toBe(200 + 100 + 16 * 3 + 24 + 6)
  })

  it('lets go when there are too many bytes, and does not keep what is larger than all', async () => {
    const { ask, cached } = setUp({ maxBytes: 700 })
    await ask('a')
    await ask('b')
    expect(cached.stats()).toMatchObject({ entries: 2, bytes: 632 })
    await ask('c')
    expect(cached.stats()).toMatchObject({ entries: 2, bytes: 632 })
    await ask('large', Array(100).fill([1]))
    expect(cached.stats()).toMatchObject({ entries: 2, bytes: 632 })
    expect((await ask('large')).cached).toBe(false)
  })
})

describe('the same question at once', () => {
  it('runs once, and each gets rows of its own', async () => {
    const { cached, runs } = setUp()
    const answers = [1, 2, 3].map(() => cached.run(unchecked('a')))
    await settle()
    expect(runs).toHaveLength(1)
    runs[0]?.end([[7]])
    const results = await Promise.all(answers)
    expect(results.map(r => r.cached)).toEqual([false, true, true])
    results[0]!.rows[0]![0] = 0
    expect(results[1]?.rows).toEqual([[7]])
    expect(cached.stats()).toMatchObject({ hits: 2, misses: 1 })
  })

  it('goes on when one leaves, and stops when all have left', async () => {
    const { cached, runs } = setUp()
    const [first, second] = [new AbortController(), new AbortController()]
    const a = cached.run(unchecked('a'), { signal: first.signal })
    const b = cached.run(unchecked('a'), { signal: second.signal })
    await settle()
    first.abort()
    await expect(a).rejects.toMatchObject({ code: 'engine/cancelled' })
    expect(runs[0]?.options.signal?.aborted).toBe(false)
    second.abort()
    await expect(b).rejects.toThrow('aborted in the engine')
    expect(runs[0]?.options.signal?.aborted).toBe(true)
  })

  it('still answers the others after one has left', async () => {
    const { cached, runs } = setUp()
    const leaver = new AbortController()
    const a = cached.run(unchecked('a'), { signal: leaver.signal })
    const b = cached.run(unchecked('a'))
    await settle()
    leaver.abort()
    await expect(a).rejects.toMatchObject({ code: 'engine/cancelled' })
    runs[0]?.end([[7]])
    expect((await b).rows).toEqual([[7]])
  })

  it('does not stop for one who could have left but did not', async () => {
    const { cached, runs } = setUp()
    const stayer = new AbortController()
    const answer = cached.run(unchecked('a'), { signal: stayer.signal })
    await settle()
    runs[0]?.end([[7]])
    expect((await answer).rows).toEqual([[7]])
    stayer.abort()
    expect(runs[0]?.options.signal?.aborted).toBe(false)
  })

  it('cancels who had left before asking', async () => {
    const { cached, runs } = setUp()
    await expect(cached.run(unchecked('a'), { signal: AbortSignal.abort() })).rejects.toThrow('aborted in the engine')
    expect(runs).toHaveLength(1)
  })

  it('starts anew for who comes after all have left, and keeps only that answer', async () => {
    const hand = handEngine()
    const stubborn: Engine = {
      ...hand.engine,
      run: (sql, options) => hand.engine.run(sql, { ...options, signal: undefined }),
    }
    const cached = cacheResults(stubborn, {}, fixedEffects())
    const leaver = new AbortController()
    const left = cached.run(unchecked('a'), { signal: leaver.signal })
    await settle()
    leaver.abort()
    const next = cached.run(unchecked('a'))
    await settle()
    hand.runs[0]?.end([[1]])
    expect((await left).rows).toEqual([[1]])
    hand.runs[1]?.end([[2]])
    expect((await next).rows).toEqual([[2]])
    expect(await cached.run(unchecked('a'))).toMatchObject({ rows: [[2]], cached: true })
  })

  it('fails for all of them, and is tried again by the next', async () => {
    const { cached, runs, ask } = setUp()
    const answers = [cached.run(unchecked('a')), cached.run(unchecked('a'))]
    await settle()
    runs[0]?.fail(new Error('no luck'))
    for (const answer of answers) await expect(answer).rejects.toThrow('no luck')
    expect(await ask('a', [[5]])).toMatchObject({ rows: [[5]], cached: false })
  })
})
