import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createQueue, type Queue } from '#handlers/chat/queue.ts'
import { createRunning, type Running } from '#handlers/chat/running.ts'
import { type AtWork, storedAtWork } from '#src/store/at-work.ts'
import { connectDatabase, type Database } from '#src/store/database.ts'
import { createAtWork } from '#test/fakes/memory-store.ts'
import { openTestState } from '#test/store/database.ts'

let database: Database
let other: Database
let close: () => Promise<void>
beforeAll(async () => {
  const state = await openTestState()
  database = state.database
  other = connectDatabase(state.address)
  close = state.close
})
afterAll(async () => {
  await other.close()
  await close()
})

type Process = { queue: Queue; running: Running; warned: unknown[] }

const processOf = (atWork: AtWork): Process => {
  const [running, warned] = [createRunning(), [] as unknown[]]
  return { running, warned, queue: createQueue({ atWork, running, warn: (_, error) => void warned.push(error) }) }
}

const ann = { platform: 'slack', tenant: 'T1', user: 'ann' } as const
const bob = { ...ann, user: 'bob' }

type Turn = { thread?: string; run: string }

/** One turn; it is worked on until `finish`. */
const begin = ({ queue, running }: Process, { thread = 't', run }: Turn, seen: string[]) => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const over = running.run({ id: run, thread, who: ann.user }, signal =>
    queue.arrive({ run, thread, owner: ann }).run(signal, async () => {
      signal.throwIfAborted()
      seen.push(run)
      await Promise.race([
        promise,
        new Promise((_, stop) => signal.addEventListener('abort', () => stop(signal.reason))),
      ])
      return run
    }),
  )
  over.catch(() => undefined)
  return { over, finish: resolve }
}

/** Until a turn has come to the store: those that come after it stand behind it. */
const arrived = (a: AtWork) => {
  let entered = 0
  const atWork: AtWork = {
    ...a,
    enter: async entry => {
      const standing = await a.enter(entry)
      entered += 1
      return standing
    },
  }
  return { atWork, count: (n: number) => vi.waitFor(() => expect(entered).toBe(n), { timeout: 5000 }) }
}

describe.each([
  ['in memory', () => createAtWork()],
  ['in the database', () => (process: string) => storedAtWork(process === 'a' ? database : other, process)],
] as const)('turns of a conversation, %s', (_, make) => {
  const open = () => {
    const store = make()
    const [a, b] = [arrived(store('a')), arrived(store('b'))]
    return { a: processOf(a.atWork), b: processOf(b.atWork), inA: a.count, inB: b.count }
  }

  test('are worked on one after the other by two processes, in the order in which they came', async () => {
    const { a, b, inA, inB } = open()
    const seen: string[] = []
    const one = begin(a, { run: '1' }, seen)
    await inA(1)
    const two = begin(b, { run: '2' }, seen)
    await inB(1)
    const three = begin(a, { run: '3' }, seen)
    await inA(2)
    const four = begin(b, { run: '4' }, seen)
    await inB(2)
    for (const turn of [four, three, two]) turn.finish()
    await wait(300)
    expect(seen).toEqual(['1'])
    one.finish()
    expect(await Promise.all([one, two, three, four].map(({ over }) => over))).toEqual(['1', '2', '3', '4'])
    expect(seen).toEqual(['1', '2', '3', '4'])
    expect([...a.warned, ...b.warned]).toEqual([])
  })

  test('of another conversation wait for nobody', async () => {
    const { a, b, inA } = open()
    const seen: string[] = []
    const one = begin(a, { run: '1' }, seen)
    await inA(1)
    const two = begin(b, { run: '2', thread: 'u' }, seen)
    two.finish()
    expect(await two.over).toBe('2')
    one.finish()
    await one.over
  })

  test('that come to two processes at the same moment are never worked on side by side', async () => {
    const { a, b } = open()
    let [now, most] = [0, 0]
    const work = async () => {
      most = Math.max(most, ++now)
      await wait(2)
      now -= 1
    }
    const { signal } = new AbortController()
    const turns = Array.from({ length: 24 }, (_, i) =>
      (i % 2 ? a : b).queue.arrive({ run: `${i}`, thread: 't', owner: ann }).run(signal, work),
    )
    await Promise.all(turns)
    expect(most).toBe(1)
  }, 30_000)

  test('keep the place that they took before it was known whether they are worked on', async () => {
    const { a, b, inA } = open()
    const seen: string[] = []
    const [refused, late] = ['1', '2'].map(run => a.queue.arrive({ run, thread: 't', owner: ann }))
    await inA(2)
    const three = begin(b, { run: '3' }, seen)
    three.finish()
    refused?.leave()
    await wait(300)
    expect(seen).toEqual([])
    await late?.run(new AbortController().signal, async () => void seen.push('2'))
    late?.leave()
    await three.over
    expect(seen).toEqual(['2', '3'])
  })

  test('one that fails holds up nobody', async () => {
    const { a, b, inA } = open()
    const { signal } = new AbortController()
    const failing = a.queue
      .arrive({ run: '1', thread: 't', owner: ann })
      .run(signal, () => Promise.reject(new Error('no')))
    failing.catch(() => undefined)
    await inA(1)
    const two = begin(b, { run: '2' }, [])
    two.finish()
    expect(await two.over).toBe('2')
    await expect(failing).rejects.toThrow('no')
  })

  test('are stopped from the other process, by the one who asked and nobody else', async () => {
    const { a, b, inA, inB } = open()
    const seen: string[] = []
    const one = begin(a, { run: 'one' }, seen)
    await inA(1)
    const two = begin(b, { run: 'two' }, seen)
    await inB(1)
    expect([await b.queue.stop('one', bob), await b.queue.stop('none', ann)]).toEqual(['nothing', 'nothing'])
    expect(await a.queue.stop('two', ann)).toBe('stopping')
    await expect(two.over).rejects.toMatchObject({ name: 'AbortError' })
    expect(seen).toEqual(['one'])
    expect(await b.queue.stop('one', ann)).toBe('stopping')
    await expect(one.over).rejects.toMatchObject({ name: 'AbortError' })
    expect(await b.queue.stop('one', ann)).toBe('nothing')
  }, 30_000)

  test('are stopped from the other process by their conversation', async () => {
    const { a, b, inA } = open()
    const one = begin(a, { run: 'one' }, [])
    await inA(1)
    await b.queue.stopThread('t')
    await expect(one.over).rejects.toMatchObject({ name: 'AbortError' })
  }, 30_000)
})

describe('a process that was killed', () => {
  const fifteen = "update chartroom.at_work set at = at - interval '16 seconds' where process = 'killed'"
  const entry = { run: 'k', thread: 'k', owner: ann }

  test('holds up nobody for long, and what it worked on is found cut off by the one who asked', async () => {
    await storedAtWork(other, 'killed').enter(entry)
    const { queue, running } = processOf(storedAtWork(database, 'a'))
    const seen: string[] = []
    const next = begin({ queue, running, warned: [] }, { thread: 'k', run: 'next' }, seen)
    next.finish()
    const stopping = queue.stop('k', ann)
    await wait(400)
    expect(seen).toEqual([])
    await database.query(fifteen)
    expect(await next.over).toBe('next')
    expect(await stopping).toBe('cut-off')
    expect(await queue.stop('k', bob)).toBe('nothing')
  }, 30_000)

  test('seems dead after 15 seconds without a sign, and one that gives signs does not', async () => {
    const [dead, alive] = [storedAtWork(other, 'killed'), storedAtWork(database, 'alive')]
    await dead.enter({ ...entry, thread: 'l' })
    const { nth } = await dead.enter({ ...entry, thread: 'm' })
    await database.query(fifteen)
    expect(await alive.enter({ ...entry, thread: 'l' })).toMatchObject({ isFirst: true })
    expect(await dead.signal([nth])).toEqual([])
    expect(await alive.enter({ ...entry, thread: 'm' })).toMatchObject({ isFirst: false })
  })
})

test('nothing is left behind in the database', async () => {
  const a = processOf(storedAtWork(database, 'tidy'))
  const turns = ['1', '2'].map(run => begin(a, { run, thread: 'tidy' }, []))
  for (const { finish } of turns) finish()
  await Promise.all(turns.map(({ over }) => over))
  await a.running.drain(0)
  expect(await database.query(`select run from chartroom.at_work where process = 'tidy'`)).toEqual([])
})

test('costs one statement to begin and one to end when nobody is before', async () => {
  const asked: string[] = []
  const query: Database['query'] = (sql, values) => {
    asked.push(sql)
    return database.query(sql, values)
  }
  const a = processOf(storedAtWork({ ...database, query }, 'counted'))
  const turns = ['1', '2'].map(run => begin(a, { run, thread: 'counted' }, []))
  for (const { finish } of turns) finish()
  await Promise.all(turns.map(({ over }) => over))
  await a.running.drain(0)
  expect(asked.filter(sql => !sql.includes('stopped'))).toHaveLength(4)
})

test('without the database the turns of a process wait for each other, and it is told of', async () => {
  const fail = () => Promise.reject(new Error('gone'))
  const atWork = { enter: fail, isFirst: fail, leave: fail, signal: fail, stop: fail, stopThread: fail }
  const a = processOf(atWork)
  const seen: string[] = []
  const turns = ['1', '2'].map(run => begin(a, { run }, seen))
  await vi.waitFor(() => expect(seen).toEqual(['1']))
  for (const { finish } of turns) finish()
  await Promise.all(turns.map(({ over }) => over))
  expect(seen).toEqual(['1', '2'])
  expect(a.warned).toHaveLength(2)
  expect(await a.queue.stop('1', ann)).toBe('nothing')
})
