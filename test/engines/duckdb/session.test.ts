import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { fingerprint } from '#src/engines/duckdb/fingerprint.ts'
import type { SessionSettings, Source } from '#src/engines/duckdb/protocol.ts'
import { openSession } from '#src/engines/duckdb/session.ts'
import type { Param } from '#src/engines/engine.ts'
import { buildFile, temporaryFolder } from './files.ts'

const settings: SessionSettings = { profile: 'untrusted', memoryLimitMb: 256, threads: 1 }
const orders = ["CREATE TABLE orders AS SELECT i AS id, DATE '2024-01-01' + i::INTEGER AS day FROM range(10) r(i)"]

const opened = async (source: Source, more: Partial<SessionSettings> = {}) => {
  const session = await openSession(source, { ...settings, ...more }, () => 0)
  onTestFinished(() => session.close())
  return {
    session,
    read: async (sql: string, params: Param[] = [], maxRows = 100) =>
      (await session.run({ sql, params, maxRows }).result).rows,
  }
}

let path: string
beforeEach(async () => {
  path = await buildFile(join(temporaryFolder(), 'a.duckdb'), orders)
})

describe('a session', () => {
  it('binds numbers, texts, dates, booleans and null to $1, $2 …', async () => {
    const { read } = await opened({ path })
    expect(
      await read('SELECT count(*) FROM orders WHERE day >= $1 AND day < $2', ['2024-01-03', '2024-01-06']),
    ).toEqual([[3]])
    expect(await read('SELECT $1 + 1, $2, $3, $4 IS NULL, $5 * 2', [2, 'x', true, null, 1.5])).toEqual([
      [3, 'x', true, true, 3],
    ])
  })

  it('stops reading at the row cap and says so', async () => {
    const { session } = await opened({ path })
    const run = (maxRows: number) =>
      session.run({ sql: 'SELECT id FROM orders ORDER BY id', params: [], maxRows }).result
    expect(await run(3)).toMatchObject({ rows: [[0], [1], [2]], truncated: true })
    expect((await run(10)).truncated).toBe(false)
    expect((await run(9)).rows).toHaveLength(9)
    expect(await run(0)).toMatchObject({ rows: [], truncated: true })
  })

  it('stops reading texts that are too long together', async () => {
    const { session } = await opened({ path })
    const sql = "SELECT repeat('x', 4000000) FROM range(50)"
    const { rows, truncated } = await session.run({ sql, params: [], maxRows: 100 }).result
    expect([rows.length, truncated]).toEqual([50, true])
    expect((await session.run({ sql: sql.replace('50', '8'), params: [], maxRows: 100 }).result).truncated).toBe(false)
  })

  it('refuses a text that would fill the bot', async () => {
    const { read } = await opened({ path })
    await expect(read("SELECT repeat('x', 4000001)")).rejects.toThrow(
      'Out of Memory Error: a text of 4000001 characters',
    )
  })

  it('keeps names of columns as they are, even twice the same', async () => {
    const { session } = await opened({ path })
    const { columns } = await session.run({ sql: 'SELECT 1 AS a, 2 AS a', params: [], maxRows: 1 }).result
    expect(columns.map(c => c.name)).toEqual(['a', 'a'])
  })

  it('can be used again after a result that was not read to its end', async () => {
    const { read } = await opened({ path })
    expect(await read('SELECT * FROM range(1000000)', [], 1)).toEqual([[0]])
    expect(await read('SELECT 1')).toEqual([[1]])
  })

  it('builds small tables in memory, with every kind of value', async () => {
    const columns = [
      { name: 'day', type: 'DATE' },
      { name: 'the "amount"', type: 'DECIMAL(10,2)' },
    ]
    const { read } = await opened({
      tables: [
        {
          name: 'sales',
          columns,
          rows: [
            ['2024-01-05', 1.25],
            [null, null],
          ],
        },
        { name: 'none', columns, rows: [] },
      ],
    })
    expect(await read('SELECT * FROM sales')).toEqual([
      ['2024-01-05', 1.25],
      [null, null],
    ])
    expect(await read('SELECT * FROM none')).toEqual([])
  })

  it('does not open tables that cannot be built', async () => {
    const broken = { name: 'x', columns: [{ name: 'a', type: 'DATE' }], rows: [['not a date']] }
    await expect(openSession({ tables: [broken] }, settings, () => 0)).rejects.toThrow(/Conversion Error/)
  })
})

describe('cancelling', () => {
  it('interrupts a statement that runs', async () => {
    const { session, read } = await opened({ path })
    const running = session.run({
      sql: 'SELECT count(*) FROM range(100000000) a, range(100000) b',
      params: [],
      maxRows: 1,
    })
    setTimeout(running.cancel, 100)
    await expect(running.result).rejects.toThrow(/INTERRUPT/)
    expect(await read('SELECT 1')).toEqual([[1]])
  })

  it('repeats until a statement listens that is still being prepared', async () => {
    const { session } = await opened({ path })
    const running = session.run({ sql: "SELECT length(lpad('x', 30000000, 'ab'))", params: [], maxRows: 1 })
    setTimeout(running.cancel, 10)
    await expect(running.result).rejects.toThrow(/INTERRUPT/)
  })

  it('does nothing to a statement that is done, nor to the next one', async () => {
    const { session, read } = await opened({ path })
    const running = session.run({ sql: 'SELECT 1', params: [], maxRows: 1 })
    await running.result
    const next = read('SELECT count(*) FROM range(100000000)')
    running.cancel()
    expect(await next).toEqual([[100_000_000]])
  })

  it('stops one that has not begun', async () => {
    const { session } = await opened({ path })
    const running = session.run({ sql: 'SELECT 1', params: [], maxRows: 1 })
    running.cancel()
    await expect(running.result).rejects.toThrow(/INTERRUPT/)
  })
})

describe('a replaced file', () => {
  it('is opened by itself, also when many ask at once', async () => {
    const { read } = await opened({ path })
    expect(await read('SELECT count(*) FROM orders')).toEqual([[10]])
    const next = await buildFile(join(temporaryFolder(), 'b.duckdb'), [
      'CREATE TABLE orders AS SELECT * FROM range(25)',
    ])
    renameSync(next, path)
    const counts = await Promise.all(Array.from({ length: 8 }, () => read('SELECT count(*) FROM orders')))
    expect(counts).toEqual(Array(8).fill([[25]]))
  })

  it('leaves statements that run on the old one alone', async () => {
    const { session, read } = await opened({ path })
    const slow = session.run({ sql: 'SELECT count(*) FROM orders, range(30000000)', params: [], maxRows: 1 }).result
    await new Promise(resolve => setTimeout(resolve, 50))
    renameSync(await buildFile(join(temporaryFolder(), 'b.duckdb'), ['CREATE TABLE orders AS SELECT 1']), path)
    expect(await read('SELECT count(*) FROM orders')).toEqual([[1]])
    expect((await slow).rows).toEqual([[300_000_000]])
  })

  it('has another fingerprint', async () => {
    const before = await fingerprint(path)
    expect(await fingerprint(path)).toBe(before)
    renameSync(await buildFile(join(temporaryFolder(), 'b.duckdb'), orders), path)
    expect(await fingerprint(path)).not.toBe(before)
  })

  it('is no file when it is a folder', async () => {
    await expect(fingerprint(temporaryFolder())).rejects.toThrow('EISDIR: not a file')
  })

  it('is an error when it is gone, and no old answer', async () => {
    const { read } = await opened({ path })
    rmSync(path)
    await expect(read('SELECT 1')).rejects.toThrow(/ENOENT/)
  })

  it('is an error when it is something else, until it is whole again', async () => {
    const { read } = await opened({ path })
    rmSync(path)
    writeFileSync(path, 'id,name\n1,a\n'.repeat(1000))
    await expect(read('SELECT 1')).rejects.toThrow(/not a valid DuckDB database/)
    rmSync(path)
    await buildFile(path, orders)
    expect(await read('SELECT count(*) FROM orders')).toEqual([[10]])
  })
})

describe('a locked session', () => {
  it.each(['certified', 'untrusted'] as const)('runs nothing but SELECTs, %s', async profile => {
    const { read } = await opened({ path }, { profile })
    for (const sql of [
      'CREATE TEMP TABLE x (a INT)',
      'SET threads = 4',
      'PRAGMA enable_profiling',
      "COPY orders TO 'x.csv'",
      "ATTACH ':memory:' AS m",
    ])
      await expect(read(sql)).rejects.toThrow()
  })

  it.each(['certified', 'untrusted'] as const)('cannot write to its file, %s', async profile => {
    const { read } = await opened({ path }, { profile })
    await expect(read('INSERT INTO orders VALUES (1, NULL)')).rejects.toThrow()
    expect(await read('SELECT count(*) FROM orders')).toEqual([[10]])
  })

  it('reads no other file, and untrusted not even its own', async () => {
    const other = await buildFile(join(temporaryFolder(), 'other.duckdb'), orders)
    const certified = await opened({ path }, { profile: 'certified' })
    const untrusted = await opened({ path })
    await expect(certified.read(`SELECT size FROM read_blob('${other}')`)).rejects.toThrow(/Permission Error/)
    await expect(untrusted.read(`SELECT size FROM read_blob('${path}')`)).rejects.toThrow(/Permission Error/)
  })

  const hungry = 'SELECT count(*) FROM (SELECT i, count(*) FROM range(9000000) r(i) GROUP BY i)'

  it('spills a large statement when certified', async () => {
    const { read } = await opened(
      { path },
      { profile: 'certified', memoryLimitMb: 100, spillDirectory: temporaryFolder() },
    )
    expect(await read(hungry)).toEqual([[9_000_000]])
  })

  it('ends a large statement for want of memory when untrusted', async () => {
    const { read } = await opened({ path }, { memoryLimitMb: 100 })
    await expect(read(hungry)).rejects.toThrow(/Out of Memory/)
  })

  it('reads times in UTC, whatever the machine is set to', async () => {
    const { read } = await opened({ path })
    const sql = "SELECT current_setting('TimeZone') IN ('UTC', 'Etc/UTC'), TIMESTAMPTZ '2024-07-01 00:30:00+00'::DATE"
    expect(await read(sql)).toEqual([[true, '2024-07-01']])
  })
})
