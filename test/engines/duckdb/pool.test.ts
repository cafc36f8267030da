import { describe, expect, it } from 'vitest'
import { createPool, type PoolSettings } from '#src/engines/duckdb/pool.ts'
import { type Asked, type Death, type Worker, WorkerDied, WorkerFault } from '#src/engines/duckdb/worker.ts'

/** A worker without a process: statements stay open until the test ends them. */
const handWorker = (pid: number) => {
  const open = new Map<string, { resolve: (value: string) => void; reject: (thrown: unknown) => void }>()
  const log: string[] = []
  let gone: () => void = () => undefined
  const ended = new Promise<void>(resolve => {
    gone = resolve
  })
  const die = (death: Death) => {
    const waiting = [...open.values()]
    for (const { reject } of waiting) reject(new WorkerDied(death, waiting.length))
    open.clear()
    gone()
  }
  const ask = (name: string): Asked<string> => ({
    answer: new Promise((resolve, reject) => {
      open.set(name, { resolve, reject })
    }),
    cancel: () => log.push(`cancel ${name}`),
  })
  const worker = { pid, ask, ended, kill: async () => die('killed') } as unknown as Worker
  const end = (name: string, how: 'resolve' | 'reject', value: unknown) => {
    const found = open.get(name)
    open.delete(name)
    if (how === 'resolve') found?.resolve(value as string)
    else found?.reject(value)
  }
  return { worker, log, die, end, names: () => [...open.keys()] }
}

/** For what only needs its turn, on a machine that has much to do. */
const patiently = { timeout: 20_000 }
const settle = () => new Promise(resolve => setTimeout(resolve, 0))

const setUp = (settings: Partial<PoolSettings> = {}) => {
  const hands: ReturnType<typeof handWorker>[] = []
  const pool = createPool({
    workers: 1,
    perWorker: 2,
    queueLimit: 3,
    start: async nth => {
      const hand = handWorker(nth)
      hands.push(hand)
      return hand.worker
    },
    ...settings,
  })
  const ask = (name: string, { signal, timeoutMs = 60_000 }: { signal?: AbortSignal; timeoutMs?: number } = {}) =>
    pool
      .ask(worker => (worker as unknown as { ask: (name: string) => Asked<string> }).ask(name), { signal, timeoutMs })
      .catch(thrown => (thrown instanceof Error && 'code' in thrown ? thrown.code : String(thrown)))
  return { pool, hands, ask }
}

describe('places', () => {
  it('runs so many at once, and the next when one is done, in order', async () => {
    const { hands, ask } = setUp()
    const answers = ['a', 'b', 'c', 'd'].map(name => ask(name))
    await settle()
    expect(hands[0]?.names()).toEqual(['a', 'b'])
    hands[0]?.end('b', 'resolve', 'B')
    await settle()
    expect(hands[0]?.names()).toEqual(['a', 'c'])
    for (const name of ['a', 'c']) hands[0]?.end(name, 'resolve', name)
    await settle()
    hands[0]?.end('d', 'resolve', 'd')
    expect(await Promise.all(answers)).toEqual(['a', 'B', 'c', 'd'])
  })

  it('takes the emptier worker', async () => {
    const { hands, ask, pool } = setUp({ workers: 2 })
    void Promise.all(['a', 'b', 'c'].map(name => ask(name)))
    await settle()
    expect(hands.map(hand => hand.names())).toEqual([['a', 'c'], ['b']])
    expect(pool.pids()).toEqual([1, 2])
  })

  it('turns away who comes when the queue is full', async () => {
    const { ask } = setUp()
    void Promise.all(['a', 'b', 'c', 'd', 'e'].map(name => ask(name)))
    expect(await ask('f')).toBe('engine/busy')
  })

  it('says busy to who waits too long for a place', async () => {
    const { ask } = setUp({ perWorker: 1 })
    void ask('a')
    expect(await ask('b', { timeoutMs: 20 })).toBe('engine/busy')
  })
})

describe('stopping', () => {
  it('asks softly first, and believes a statement that ends', async () => {
    const { hands, ask } = setUp()
    const answer = ask('a', { timeoutMs: 20 })
    await settle()
    await expect.poll(() => hands[0]?.log, patiently).toEqual(['cancel a'])
    hands[0]?.end('a', 'reject', new Error('interrupted'))
    expect(await answer).toBe('engine/timeout')
    expect(hands).toHaveLength(1)
  })

  it('kills the worker when it does not listen, and runs the others again in a new one', async () => {
    const { hands, ask } = setUp()
    const answer = ask('a', { timeoutMs: 20 })
    const other = ask('b')
    expect(await answer).toBe('engine/timeout')
    await expect.poll(() => hands[1]?.names(), patiently).toEqual(['b'])
    hands[1]?.end('b', 'resolve', 'B')
    expect(await other).toBe('B')
  })

  it('cancels a statement that runs, even one that ends well in that moment', async () => {
    const { hands, ask } = setUp()
    const abort = new AbortController()
    const answer = ask('a', { signal: abort.signal })
    await settle()
    abort.abort()
    hands[0]?.end('a', 'resolve', 'A')
    expect(await answer).toBe('engine/cancelled')
    expect(hands[0]?.log).toEqual(['cancel a'])
  })

  it('cancels one that waits, one whose worker is only starting, and one that never began', async () => {
    const { hands, ask } = setUp({ perWorker: 1 })
    const abort = new AbortController()
    const answers = [ask('a', { signal: abort.signal }), ask('b', { signal: abort.signal })]
    abort.abort()
    expect(await Promise.all(answers)).toEqual(['engine/cancelled', 'engine/cancelled'])
    expect(await ask('c', { signal: abort.signal })).toBe('engine/cancelled')
    expect(hands[0]?.names()).toEqual([])
  })

  it('cancels everything when it closes, and takes nothing after that', async () => {
    const { pool, ask } = setUp({ perWorker: 1 })
    const answers = [ask('a'), ask('b')]
    await settle()
    await pool.close()
    expect(await Promise.all(answers)).toEqual(['engine/cancelled', 'engine/cancelled'])
    expect(await ask('c')).toBe('engine/cancelled')
    expect(pool.pids()).toEqual([])
  })
})

describe('a worker that ends by itself', () => {
  it('costs the one statement that ran in it, and nobody else', async () => {
    const { hands, ask } = setUp()
    const answer = ask('a')
    await settle()
    hands[0]?.die('outgrown')
    expect(await answer).toMatch(/outgrown/)
    void ask('b')
    await expect.poll(() => hands[1]?.names(), patiently).toEqual(['b'])
  })

  it('is found out when several ran: each runs once more, alone', async () => {
    const { hands, ask } = setUp()
    const answers = [ask('good'), ask('bad')]
    await settle()
    hands[0]?.die('crashed')
    await expect.poll(() => hands[1]?.names(), patiently).toHaveLength(1)
    const [first] = hands[1]!.names()
    if (first === 'good') hands[1]?.end('good', 'resolve', 'fine')
    else hands[1]?.die('crashed')
    const last = first === 'good' ? 1 : 2
    await expect.poll(() => hands[last]?.names(), patiently).toHaveLength(1)
    if (first === 'good') hands[last]?.die('crashed')
    else hands[last]?.end('good', 'resolve', 'fine')
    expect(await Promise.all(answers)).toEqual(['fine', expect.stringMatching(/crashed/)])
  })

  it('waits for the place to be empty before it runs one alone', async () => {
    const { hands, ask } = setUp()
    const answers = [ask('a'), ask('b')]
    await settle()
    hands[0]?.die('crashed')
    await expect.poll(() => hands[1]?.names(), patiently).toHaveLength(1)
    await settle()
    expect(hands[1]?.names()).toHaveLength(1)
    const late = ask('c')
    await settle()
    expect(hands[1]?.names()).toHaveLength(1)
    for (const name of [...hands[1]!.names()]) hands[1]?.end(name, 'resolve', 'ok')
    await expect.poll(() => hands[1]?.names(), patiently).toHaveLength(1)
    for (const name of [...hands[1]!.names()]) hands[1]?.end(name, 'resolve', 'ok')
    await expect.poll(() => hands[1]?.names(), patiently).toEqual(['c'])
    hands[1]?.end('c', 'resolve', 'C')
    expect(await Promise.all([...answers, late])).toEqual(['ok', 'ok', 'C'])
  })

  it('is replaced when DuckDB reports that it broke', async () => {
    const { hands, ask } = setUp()
    const answer = ask('a')
    await settle()
    hands[0]?.end('a', 'reject', new WorkerFault({ reason: 'broken', detail: 'INTERNAL Error' }))
    expect(await answer).toBe('Error: INTERNAL Error')
    await expect.poll(() => hands, patiently).toHaveLength(2)
  })

  it('is not started again and again when nothing was ever asked of it', async () => {
    const { pool, hands } = setUp()
    await pool.start()
    hands[0]?.die('crashed')
    await settle()
    expect(hands).toHaveLength(1)
  })
})

describe('a worker that is of use', () => {
  it('is told of once, after a statement that came to a good end', async () => {
    let proven = 0
    const { hands, ask } = setUp({ onProven: () => void proven++ })
    const refused = ask('a')
    await settle()
    hands[0]?.end('a', 'reject', new Error('no such table'))
    expect(await refused).toBe('Error: no such table')
    expect(proven).toBe(0)
    for (const [hand, name] of [
      [0, 'b'],
      [0, 'c'],
      [1, 'd'],
    ] as const) {
      const answer = ask(name)
      await expect.poll(() => hands[hand]?.names(), patiently).toEqual([name])
      hands[hand]?.end(name, 'resolve', name)
      expect(await answer).toBe(name)
      expect(proven).toBe(hand + 1)
      if (name === 'c') hands[0]?.die('crashed')
      await settle()
    }
  })
})

describe('a worker that cannot start', () => {
  it('fails the statement that needed it, and is tried again by the next', async () => {
    let tries = 0
    const { ask, pool } = setUp({
      start: async () => {
        throw new Error(`no start ${++tries}`)
      },
    })
    expect(await ask('a')).toBe('Error: no start 1')
    expect(await ask('b')).toBe('Error: no start 2')
    await pool.close()
  })

  it('does not take the program along when nobody waits for it', async () => {
    const first = handWorker(1)
    let started = 0
    const { ask, pool } = setUp({
      start: async () => {
        started += 1
        if (started > 1) throw new Error('no second')
        return first.worker
      },
    })
    const answer = ask('a')
    await settle()
    first.die('crashed')
    expect(await answer).toMatch(/crashed/)
    expect(await ask('b')).toBe('Error: no second')
    await pool.close()
  })

  it('does not keep the pool from closing', async () => {
    let giveUp: (thrown: Error) => void = () => undefined
    const { ask, pool } = setUp({
      start: () =>
        new Promise((_, reject) => {
          giveUp = reject
        }),
    })
    const answer = ask('a')
    const closed = pool.close()
    giveUp(new Error('too late'))
    await closed
    expect(await answer).toBe('engine/cancelled')
  })
})
