import { EventEmitter } from 'node:events'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { outgrown, type Reply, type Request } from '#src/engines/duckdb/protocol.ts'
import { serve } from '#src/engines/duckdb/serve.ts'

const worker = (rss = () => 0) => {
  const replies: Reply[] = []
  const deaths: string[] = []
  let ticks = 0
  const take = serve({ send: reply => replies.push(reply), rss, die: () => deaths.push('died'), clock: () => ++ticks })
  return { take, replies, deaths }
}

const open = (source: object = { tables: [] }): Request => ({
  kind: 'open',
  source: source as { path: string },
  settings: { profile: 'untrusted', memoryLimitMb: 256, threads: 1 },
  rssLimitMb: 1,
})
const run = (id: number, sql: string): Request => ({ kind: 'run', id, sql, params: [], maxRows: 10 })

describe('the worker', () => {
  it('opens, and answers with the rows and the time they took', async () => {
    const { take, replies } = worker()
    await take(open())
    await take(run(1, 'SELECT 7 AS n'))
    const result = { columns: [{ name: 'n', type: 'integer' }], rows: [[7]], truncated: false, ms: 1 }
    expect(replies).toEqual([{ kind: 'opened' }, { kind: 'result', id: 1, result }])
  })

  it('says why a source cannot be opened', async () => {
    const { take, replies } = worker()
    await take(open({ path: '/nowhere/a.duckdb' }))
    expect(replies).toMatchObject([{ kind: 'unopened', fault: { reason: 'missing' } }])
  })

  it('says why a statement cannot be run', async () => {
    const { take, replies } = worker()
    await take(run(1, 'SELECT 1'))
    await take(open())
    await take(run(2, 'SELECT nothing'))
    expect(replies).toMatchObject([
      { kind: 'fault', id: 1, fault: { reason: 'failed', detail: 'Nothing is open' } },
      { kind: 'opened' },
      { kind: 'fault', id: 2, fault: { reason: 'failed' } },
    ])
  })

  it('cancels a statement, and ignores a cancel that comes too late', async () => {
    const { take, replies } = worker()
    await take(open())
    const running = take(run(1, 'SELECT count(*) FROM range(100000000) a, range(100000) b'))
    await take({ kind: 'cancel', id: 1 })
    await running
    await take({ kind: 'cancel', id: 1 })
    expect(replies[1]).toMatchObject({ kind: 'fault', id: 1, fault: { reason: 'cancelled' } })
  })

  it('gives trees', async () => {
    const { take, replies } = worker()
    await take({ kind: 'parse', id: 1, sql: 'SELECT 1' })
    expect(replies[0]).toMatchObject({ kind: 'tree', id: 1 })
    expect(JSON.parse((replies[0] as { json: string }).json)).toMatchObject({ error: false, statements: [{}] })
  })

  it('reports what its parser throws', async () => {
    const { take, replies } = worker()
    await take({ kind: 'parse', id: 1, sql: Symbol('no text') as unknown as string })
    expect(replies).toMatchObject([{ kind: 'fault', id: 1, fault: { reason: 'failed' } }])
  })

  it('dies when it grows past its limit while a statement runs', async () => {
    const { take, deaths } = worker(() => 2 * 1024 * 1024)
    await take(open())
    await take(run(1, 'SELECT count(*) FROM range(400000000)'))
    expect(deaths).toEqual(['died'])
  })

  it('lives on below its limit', async () => {
    const { take, deaths } = worker(() => 1024 * 1024 - 1)
    await take(open())
    await Promise.all([take(run(1, 'SELECT count(*) FROM range(400000000)')), take(run(2, 'SELECT 1'))])
    expect(deaths).toEqual([])
  })
})

describe('the process around it', () => {
  /** Stands in for `process` while the entry of the child is loaded, so that the real one is left alone. */
  const loadChild = async () => {
    const sent: Reply[] = []
    const killed: unknown[] = []
    const stand = Object.assign(new EventEmitter(), {
      pid: 4711,
      send: (reply: Reply) => sent.push(reply),
      memoryUsage: { rss: () => 5 * 1024 * 1024 },
      kill: (pid: number, signal: string) => killed.push([pid, signal]),
    })
    vi.stubGlobal('process', stand)
    onTestFinished(() => {
      vi.unstubAllGlobals()
    })
    await import('#src/engines/duckdb/child.ts')
    return { stand, sent, killed }
  }

  it('hands messages over, ends itself when too large, and ends with the bot', async () => {
    const { stand, sent, killed } = await loadChild()
    const replied = (n: number) => vi.waitFor(() => expect(sent).toHaveLength(n), { timeout: 20_000 })
    stand.emit('message', open())
    await replied(1)
    stand.emit('message', run(1, 'SELECT count(*) FROM range(400000000)'))
    await replied(2)
    expect(sent).toMatchObject([{ kind: 'opened' }, { kind: 'result', result: { rows: [[400_000_000]] } }])
    expect(killed).toEqual([[4711, outgrown]])
    stand.emit('disconnect')
    expect(killed[1]).toEqual([4711, 'SIGKILL'])
  })
})
