import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { getCompileCacheDir } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type DuckdbEngine, type DuckdbOptions, openDuckdb } from '#src/engines/duckdb/duckdb.ts'
import { outgrown, type Source } from '#src/engines/duckdb/protocol.ts'
import { createSpare, noSpare } from '#src/engines/duckdb/spare.ts'
import { type Started, startProcess, startWorker, WorkerDied } from '#src/engines/duckdb/worker.ts'
import { unchecked } from '../unchecked.ts'
import { buildFile, temporaryFolder } from './files.ts'

const opened = async (source: Source, options: DuckdbOptions = {}) => {
  const engine = await openDuckdb(source, options)
  onTestFinished(() => engine.close())
  return engine
}

/** Never ends by itself, and stops when interrupted. */
const endless = unchecked('SELECT count(*) FROM range(1000000000) a, range(1000000000) b')
/** Does not listen to interrupts (measured: not within ten seconds). */
const deaf = unchecked(
  'SELECT len(list_transform(range(100000), lambda x: list_sum(list_transform(range(100000), lambda y: y + x))))',
)
/** Takes gigabytes past the memory limit. */
const greedy = unchecked('SELECT sum(len(range(x * 0 + 300000000))) FROM range(4) r(x)')
const one = unchecked('SELECT 1 AS n')

/** The process of an engine with one worker, after it has come up (again). */
const livePid = async (engine: DuckdbEngine) => {
  await engine.run(one)
  return engine.pids()[0]!
}

describe('an engine on a file', () => {
  let engine: DuckdbEngine
  let folder: string
  let path: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chartroom-test-'))
    path = await buildFile(join(folder, 'a.duckdb'), ['CREATE TABLE t AS SELECT i AS id FROM range(20000) r(i)'])
    engine = await openDuckdb({ path }, { maxRows: 5 })
  })
  afterAll(async () => {
    await engine.close()
    rmSync(folder, { recursive: true })
  })

  it('answers with typed columns, rows and the time inside the database', async () => {
    const { ms, ...result } = await engine.run(unchecked('SELECT count(*) AS n, $1 AS word FROM t WHERE id < $2'), {
      params: ['ä', 7],
    })
    expect(result).toEqual({
      columns: [
        { name: 'n', type: 'integer' },
        { name: 'word', type: 'text' },
      ],
      rows: [[7, 'ä']],
      truncated: false,
    })
    expect(ms).toBeGreaterThan(0)
  })

  it('has a row cap of its own, and takes another', async () => {
    const all = unchecked('SELECT id FROM t ORDER BY id')
    expect(await engine.run(all)).toMatchObject({ rows: [[0], [1], [2], [3], [4]], truncated: true })
    expect((await engine.run(all, { maxRows: 20_000 })).truncated).toBe(false)
  })

  it('gives the tree of a SELECT', async () => {
    expect(JSON.parse(await engine.parse('SELECT 1'))).toMatchObject({ error: false, statements: [{}] })
  })

  it('fails without the words of the driver, and keeps them as the cause', async () => {
    const failure = await engine.run(unchecked('SELECT nothing FROM t')).catch(thrown => thrown)
    expect(failure).toMatchObject({ code: 'engine/failed', message: 'The database could not run this question.' })
    expect(failure.cause.message).toMatch(/Binder Error.*nothing/)
  })

  it('times out, and answers the next question', async () => {
    const failure = engine.run(endless, { timeoutMs: 200 })
    await expect(failure).rejects.toMatchObject({
      code: 'engine/timeout',
      message: 'The database did not answer within 0.2 seconds.',
    })
    expect((await engine.run(one)).rows).toEqual([[1]])
  })

  it('stops on abort', async () => {
    const abort = new AbortController()
    const failure = engine.run(endless, { signal: abort.signal })
    setTimeout(() => abort.abort(), 100)
    await expect(failure).rejects.toMatchObject({ code: 'engine/cancelled' })
    expect((await engine.run(one)).rows).toEqual([[1]])
  })

  it('kills a statement that does not listen; those beside it come out right in a new process', async () => {
    const before = await livePid(engine)
    const failure = engine.run(deaf, { timeoutMs: 300 })
    const beside = engine.run(unchecked('SELECT count(*) AS n FROM range(3000000000)'))
    await expect(failure).rejects.toMatchObject({ code: 'engine/timeout' })
    expect((await beside).rows).toEqual([[3_000_000_000]])
    expect(engine.pids()).not.toEqual([before])
  })

  it('survives the end of its process, whoever ends it', async () => {
    const pid = await livePid(engine)
    const failure = engine.run(endless)
    setTimeout(() => process.kill(pid, 'SIGKILL'), 100)
    await expect(failure).rejects.toMatchObject({ code: 'engine/crashed' })
    expect((await engine.run(one)).rows).toEqual([[1]])
  })

  it('says that a process grew too large', async () => {
    const pid = await livePid(engine)
    const failure = engine.run(endless)
    setTimeout(() => process.kill(pid, outgrown), 100)
    await expect(failure).rejects.toMatchObject({ code: 'engine/out-of-memory' })
  })

  it('has a version that changes with the file, and reads the new one', async () => {
    const before = await engine.version()
    expect(await engine.version()).toBe(before)
    renameSync(await buildFile(`${path}.new`, ['CREATE TABLE t AS SELECT 1 AS id']), path)
    expect(await engine.version()).not.toBe(before)
    expect((await engine.run(unchecked('SELECT count(*) FROM t'))).rows).toEqual([[1]])
  })
})

describe('data that is published while questions run', () => {
  it('is read whole, one version or the next, and what is asked after it was published sees it', async () => {
    const path = join(temporaryFolder(), 'a.duckdb')
    const publish = async (version: number) => {
      const rows = `CREATE TABLE t AS SELECT ${version} AS version FROM range(${version * 1000})`
      renameSync(await buildFile(`${path}.next`, [rows]), path)
    }
    await publish(1)
    const engine = await opened({ path }, { workers: 2 })
    const whole = unchecked('SELECT min(version), max(version), count(*) FROM t, range(500)')
    let published = 1
    let last = false
    const asker = async () => {
      const seen = new Set<number>()
      while (!last) {
        const before = published
        const [row] = (await engine.run(whole)).rows
        const version = Number(row?.[0])
        expect(row).toEqual([version, version, version * 1000 * 500])
        expect(version).toBeGreaterThanOrEqual(before)
        seen.add(version)
      }
      return seen
    }
    const askers = Promise.all(Array.from({ length: 6 }, asker))
    for (let version = 2; version <= 6; version++) {
      await publish(version)
      published = version
      const [row] = (await engine.run(whole)).rows
      expect(row?.[0]).toBe(version)
    }
    last = true
    const seen = await askers
    expect(seen.some(versions => versions.size > 1)).toBe(true)
  })
})

describe('a process that grows', () => {
  it('ends itself before the machine is full', async () => {
    const engine = await opened({ tables: [] }, { memoryLimitMb: 256, rssLimitMb: 500 })
    await expect(engine.run(greedy)).rejects.toMatchObject({ code: 'engine/out-of-memory' })
    expect((await engine.run(one)).rows).toEqual([[1]])
  })
})

describe('an engine on tables in memory', () => {
  const table = (amount: number) => ({
    name: 'sales',
    columns: [
      { name: 'day', type: 'DATE' },
      { name: 'amount', type: 'DECIMAL(10,2)' },
    ],
    rows: [['2024-01-05', amount]],
  })

  it('has them, also after its process was killed', async () => {
    const engine = await opened({ tables: [table(1.5)] }, { profile: 'untrusted' })
    const select = unchecked('SELECT * FROM sales')
    expect((await engine.run(select)).rows).toEqual([['2024-01-05', 1.5]])
    process.kill(engine.pids()[0]!, 'SIGKILL')
    await expect
      .poll(
        () =>
          engine.run(select).then(
            ({ rows }) => rows,
            () => [],
          ),
        { timeout: 20_000 },
      )
      .toEqual([['2024-01-05', 1.5]])
  })

  it('has a version that depends on what is in them', async () => {
    const versions = await Promise.all(
      [1, 2, 1].map(async amount => (await opened({ tables: [table(amount)] })).version()),
    )
    expect(versions[0]).toBe(versions[2])
    expect(versions[0]).not.toBe(versions[1])
  })
})

describe('many at once', () => {
  it('all get their own answer from two processes', async () => {
    const engine = await opened({ tables: [] }, { workers: 2, perWorker: 2 })
    const numbers = Array.from({ length: 60 }, (_, i) => i)
    const answers = await Promise.all(numbers.map(n => engine.run(unchecked('SELECT $1 AS n'), { params: [n] })))
    expect(answers.map(({ rows }) => rows[0]?.[0])).toEqual(numbers)
    expect(engine.pids()).toHaveLength(2)
  })

  it('turns away what the queue cannot hold', async () => {
    const engine = await opened({ tables: [] }, { perWorker: 1, queueLimit: 1 })
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => engine.run(one)))
    expect(outcomes.map(o => (o.status === 'rejected' ? o.reason.code : 'ok'))).toEqual(['ok', 'ok', 'engine/busy'])
  })
})

describe('closing', () => {
  it('ends what runs and every process, and removes what was spilled', async () => {
    const spillDirectory = temporaryFolder()
    const engine = await opened({ tables: [] }, { spillDirectory, memoryLimitMb: 100 })
    const [pid] = engine.pids()
    const spilled = join(spillDirectory, `chartroom-spill-${process.pid}-1`)
    const running = engine.run(
      unchecked('SELECT count(*) FROM (SELECT i, count(*) FROM range(900000000) r(i) GROUP BY i)'),
    )
    await Promise.all([
      expect(running).rejects.toMatchObject({ code: 'engine/cancelled' }),
      expect
        .poll(() => existsSync(spilled), { timeout: 20_000 })
        .toBe(true)
        .then(engine.close),
    ])
    expect(existsSync(spilled)).toBe(false)
    expect(() => process.kill(pid!, 0)).toThrow(/ESRCH/)
    await expect(engine.run(one)).rejects.toMatchObject({ code: 'engine/cancelled' })
  })
})

describe('a source that cannot be opened', () => {
  const failure = async (path: string) => openDuckdb({ path }).catch(thrown => [thrown.code, thrown.message])

  it('is missing', async () => {
    expect(await failure('/nowhere/a.duckdb')).toEqual([
      'source/missing',
      'There is no file or folder at /nowhere/a.duckdb.',
    ])
  })

  it('is a folder', async () => {
    const folder = temporaryFolder()
    expect(await failure(folder)).toEqual([
      'source/unreadable',
      `${folder} could not be read: it is a folder, not a DuckDB file.`,
    ])
  })

  it('is something else', async () => {
    const path = join(temporaryFolder(), 'a.duckdb')
    writeFileSync(path, 'id,name\n1,a\n'.repeat(1000))
    expect(await failure(path)).toEqual(['source/unreadable', `${path} could not be read: it is not a DuckDB file.`])
  })

  it('is empty', async () => {
    const path = join(temporaryFolder(), 'a.duckdb')
    writeFileSync(path, '')
    expect((await failure(path)) as unknown).toEqual([
      'source/unreadable',
      `${path} could not be read: it is not a DuckDB file.`,
    ])
  })

  it('is open in a program that writes to it', async () => {
    const path = join(temporaryFolder(), 'a.duckdb')
    const writer = await DuckDBInstance.create(path)
    await (await writer.connect()).run('CREATE TABLE t (a INT)')
    expect(await failure(path)).toEqual(['source/locked', `${path} is open in another program that writes to it.`])
    writer.closeSync()
  })

  it('went away after it was opened', async () => {
    const path = await buildFile(join(temporaryFolder(), 'a.duckdb'), ['CREATE TABLE t (a INT)'])
    const engine = await opened({ path })
    rmSync(path)
    await expect(engine.run(one)).rejects.toMatchObject({ code: 'source/missing' })
    await expect(engine.version()).rejects.toMatchObject({ code: 'source/missing' })
  })
})

describe('a process that does not come up', () => {
  it('is given up after a while', async () => {
    await expect(openDuckdb({ tables: [] }, { startTimeoutMs: 1 })).rejects.toMatchObject({ code: 'engine/crashed' })
  })

  it('cannot even be started', async () => {
    const { execPath } = process
    onTestFinished(() => {
      process.execPath = execPath
    })
    process.execPath = '/nowhere/node'
    await expect(openDuckdb({ tables: [] })).rejects.toMatchObject({ code: 'engine/crashed' })
  })

  it('refuses to be asked once it has ended', async () => {
    const settings = { profile: 'untrusted', memoryLimitMb: 128, threads: 1 } as const
    const worker = await startWorker({ kind: 'open', source: { tables: [] }, settings, rssLimitMb: 1000 }, 20_000)
    const asked = worker.run({ sql: endless.text, params: [], maxRows: 1 })
    const died = expect(asked.answer).rejects.toMatchObject({ death: 'killed', together: 1 })
    await worker.kill()
    await died
    asked.cancel()
    await expect(worker.parse('SELECT 1').answer).rejects.toBeInstanceOf(WorkerDied)
  })
})

describe('a spare process', () => {
  const spares = () => {
    const started: Started[] = []
    const spare = createSpare(() => {
      started.push(startProcess())
      return started.at(-1)!
    })
    onTestFinished(spare.close)
    return { spare, started }
  }

  it('is started after the first answer and takes the place of a process that ends; then there is another', async () => {
    const { spare, started } = spares()
    const placed: boolean[] = []
    const engine = await opened({ tables: [] }, { spare, onStart: again => void placed.push(again) })
    expect(started).toEqual([])
    const pid = await livePid(engine)
    expect(started).toHaveLength(1)
    const failure = engine.run(endless)
    process.kill(pid, 'SIGKILL')
    await expect(failure).rejects.toMatchObject({ code: 'engine/crashed' })
    expect(await livePid(engine)).toBe(started[0]?.pid)
    expect(started).toHaveLength(2)
    expect(placed).toEqual([false, true])
  })

  it('is shared by engines on different data', async () => {
    const { spare, started } = spares()
    const table = (n: number) => ({ name: 't', columns: [{ name: 'n', type: 'INTEGER' }], rows: [[n]] })
    const engines = await Promise.all([1, 2].map(n => opened({ tables: [table(n)] }, { spare })))
    const ask = () => Promise.all(engines.map(async engine => (await engine.run(unchecked('SELECT n FROM t'))).rows))
    expect(await ask()).toEqual([[[1]], [[2]]])
    expect(started).toHaveLength(1)
    process.kill(engines[1]!.pids()[0]!, 'SIGKILL')
    await expect.poll(() => engines[1]!.pids()[0], { timeout: 20_000 }).toBe(started[0]?.pid)
    expect(await ask()).toEqual([[[1]], [[2]]])
  })

  it('that is gone itself is no loss: one is started', async () => {
    const gone = startProcess()
    await gone.kill()
    const engine = await opened({ tables: [] }, { spare: { ...noSpare, take: () => gone } })
    expect(await livePid(engine)).not.toBe(gone.pid)
  })

  it('tells what is wrong with the source as any other', async () => {
    const { spare } = spares()
    spare.keep()
    const failure = openDuckdb({ path: '/nowhere/a.duckdb' }, { spare })
    await expect(failure).rejects.toMatchObject({ code: 'source/missing' })
  })

  it('ends when it is closed, and there is no other', async () => {
    const { spare, started } = spares()
    spare.keep()
    await spare.close()
    expect(() => process.kill(started[0]!.pid!, 0)).toThrow(/ESRCH/)
    spare.keep()
    expect(spare.take()).toBeUndefined()
  })

  it('is not started again and again where none can live', async () => {
    const { execPath } = process
    const { spare, started } = spares()
    const engine = await opened({ tables: [] }, { spare })
    process.execPath = '/nowhere/node'
    onTestFinished(() => {
      process.execPath = execPath
    })
    for (let i = 0; i < 10; i++) await engine.run(one)
    await started[0]?.ended
    for (let i = 0; i < 10; i++) await engine.run(one)
    expect(started).toHaveLength(1)
    expect(spare.take()).toBeUndefined()
  })
})

describe('the environment of the process', () => {
  it.runIf(process.platform === 'linux')('holds nothing of ours (read from /proc)', async () => {
    process.env.CHARTROOM_TEST_TOKEN = 'xoxb-secret'
    onTestFinished(() => {
      delete process.env.CHARTROOM_TEST_TOKEN
    })
    const engine = await opened({ tables: [] })
    const names = readFileSync(`/proc/${engine.pids()[0]}/environ`, 'utf8')
      .split('\0')
      .map(line => line.split('=')[0])
    expect(names.filter(Boolean).sort()).toEqual([
      'NODE_CHANNEL_FD',
      'NODE_CHANNEL_SERIALIZATION_MODE',
      ...(getCompileCacheDir() === undefined ? [] : ['NODE_COMPILE_CACHE']),
      'TZ',
      'UV_THREADPOOL_SIZE',
    ])
  })
})
