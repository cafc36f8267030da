import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Engine } from '#src/engines/engine.ts'
import { estimateOf } from '#src/guard/cost.ts'
import { type Base, type EngineOptions, kinds } from './engines.ts'
import { unchecked } from './unchecked.ts'

/** What every engine does the same way: `src/engines/engine.ts`, held for each kind. */
const tables = [
  'CREATE TABLE sales (id BIGINT, day DATE, sold TIMESTAMP, moment TIMESTAMP WITH TIME ZONE, amount DECIMAL(12, 2), share DOUBLE PRECISION, paid BOOLEAN, note VARCHAR)',
  `INSERT INTO sales VALUES
    (1, '2024-02-29', '2024-02-29 23:30:00', '2024-02-29 23:30:00-05', 12.50, 0.1, true, 'ä 😀'),
    (2, '2023-12-31', '2023-12-31 00:00:00.25', '2023-07-01 00:00:00+02', -0.07, 0.2, false, ''),
    (9007199254740993, NULL, NULL, NULL, NULL, NULL, NULL, NULL)`,
]

const one = unchecked('SELECT 1 AS n')

describe.each(kinds)('$name', kind => {
  let base: Base
  let engine: Engine
  beforeAll(async () => {
    base = await kind.create(tables)
    engine = await base.open({ maxRows: 5 })
  })
  afterAll(async () => {
    await engine?.close()
    await base?.drop()
  })

  const opened = async (options?: EngineOptions) => {
    const another = await base.open(options)
    onTestFinished(() => another.close())
    return another
  }
  const rows = async (sql: string, on = engine) => (await on.run(unchecked(sql))).rows
  const value = async (expression: string) => {
    const { columns, rows } = await engine.run(unchecked(`SELECT ${expression} AS x`))
    return { type: columns[0]?.type, cell: rows[0]?.[0] }
  }

  describe('a result', () => {
    it('has typed columns, rows and the time inside the database', async () => {
      const { ms, ...result } = await engine.run(
        unchecked('SELECT day, sold, moment, amount, share, paid, note FROM sales WHERE id < $1 ORDER BY id'),
        { params: [3] },
      )
      expect(result).toEqual({
        columns: [
          { name: 'day', type: 'date' },
          { name: 'sold', type: 'timestamp' },
          { name: 'moment', type: 'timestamp' },
          { name: 'amount', type: 'number' },
          { name: 'share', type: 'number' },
          { name: 'paid', type: 'boolean' },
          { name: 'note', type: 'text' },
        ],
        rows: [
          ['2024-02-29', '2024-02-29T23:30:00', '2024-03-01T04:30:00Z', 12.5, 0.1, true, 'ä 😀'],
          ['2023-12-31', '2023-12-31T00:00:00.25', '2023-06-30T22:00:00Z', -0.07, 0.2, false, ''],
        ],
        truncated: false,
      })
      expect(ms).toBeGreaterThan(0)
    })

    it('may have no rows, and still has columns', async () => {
      expect(await engine.run(unchecked('SELECT id, note FROM sales WHERE id < 0'))).toMatchObject({
        columns: [
          { name: 'id', type: 'integer' },
          { name: 'note', type: 'text' },
        ],
        rows: [],
        truncated: false,
      })
    })

    it('keeps names of columns as they are, even twice the same', async () => {
      const { columns } = await engine.run(unchecked('SELECT 1 AS "the ""A""", 2 AS a, 3 AS a'))
      expect(columns.map(c => c.name)).toEqual(['the "A"', 'a', 'a'])
    })

    it('has nothing but nulls for what is not there', async () => {
      expect(await rows('SELECT * FROM sales WHERE id > 2')).toEqual([
        ['9007199254740993', null, null, null, null, null, null, null],
      ])
    })
  })

  describe('a value', () => {
    it.each([
      ['true', 'boolean', true],
      ['CAST(2 AS SMALLINT)', 'integer', 2],
      ['42', 'integer', 42],
      ['CAST(9007199254740991 AS BIGINT)', 'integer', 9_007_199_254_740_991],
      ['CAST(12.5 AS DECIMAL(10, 2))', 'number', 12.5],
      ['CAST(7 AS DECIMAL(10, 0))', 'integer', 7],
      ['CAST(0.1 AS REAL)', 'number', 0.1],
      ['CAST(1 AS REAL) / CAST(3 AS REAL)', 'number', 0.33333334],
      ['CAST(0.1 AS DOUBLE PRECISION) + 0.2', 'number', 0.30000000000000004],
      ["CAST('nan' AS DOUBLE PRECISION)", 'number', null],
      ["CAST('-infinity' AS DOUBLE PRECISION)", 'number', null],
      ["DATE '2024-02-29'", 'date', '2024-02-29'],
      ["CAST('infinity' AS DATE)", 'date', null],
      ["TIMESTAMP '2024-02-29 13:05:09'", 'timestamp', '2024-02-29T13:05:09'],
      ["TIMESTAMP '1969-12-31 23:59:59.999999'", 'timestamp', '1969-12-31T23:59:59.999999'],
      ["TIMESTAMP '10000-01-01 00:00:00'", 'timestamp', '+010000-01-01T00:00:00'],
      ["TIMESTAMP '290000-01-01 00:00:00'", 'timestamp', '290000-01-01 00:00:00'],
      ["CAST('-infinity' AS TIMESTAMP)", 'timestamp', null],
      ["TIMESTAMP WITH TIME ZONE '2024-02-29 13:05:09+02'", 'timestamp', '2024-02-29T11:05:09Z'],
      ["CAST('infinity' AS TIMESTAMP WITH TIME ZONE)", 'timestamp', null],
      [
        "timezone('America/New_York', TIMESTAMP WITH TIME ZONE '2024-07-01 02:00:00+00')",
        'timestamp',
        '2024-06-30T22:00:00',
      ],
      ["CAST('10:20:30' AS TIME)", 'text', '10:20:30'],
      ["INTERVAL '14 months 3 days'", 'text', '1 year 2 months 3 days'],
      ["INTERVAL '1 day' - INTERVAL '1 month' + INTERVAL '90 minutes'", 'text', '-1 month 1 day 01:30:00'],
      ["CAST('0190ecb0-1f5c-7000-8000-000000000000' AS UUID)", 'text', '0190ecb0-1f5c-7000-8000-000000000000'],
      [`CAST('{"a": [1]}' AS JSON)`, 'text', '{"a": [1]}'],
      ['ARRAY[1, 2, NULL]', 'text', '[1,2,null]'],
      ["ARRAY['a \"b\"', NULL, '{}']", 'text', '["a \\"b\\"",null,"{}"]'],
      ['ARRAY[CAST(1 AS BIGINT)]', 'text', '["1"]'],
      ['ARRAY[true, false]', 'text', '[true,false]'],
      ['ARRAY[[1, 2], [3, 4]]', 'text', '[[1,2],[3,4]]'],
      ["ARRAY[DATE '2024-02-29']", 'text', '["2024-02-29"]'],
    ])('%s is %s %s', async (expression, type, cell) => {
      expect(await value(expression)).toEqual({ type, cell })
    })

    it.each([
      ['count(*)', 'integer', 3],
      ['sum(amount)', 'number', 12.43],
      ['avg(amount)', 'number', 6.215],
      ['sum(CAST(1 AS INTEGER))', 'integer', 3],
      ['sum(id)', 'integer', 9_007_199_254_740_996],
      ['min(day)', 'date', '2023-12-31'],
      ['count(DISTINCT paid)', 'integer', 2],
    ])('%s is %s %s', async (expression, type, cell) => {
      const { columns, rows } = await engine.run(unchecked(`SELECT ${expression} AS x FROM sales`))
      expect({ type: columns[0]?.type, cell: rows[0]?.[0] }).toEqual({ type, cell })
    })

    it('that is an integer beyond a number makes its whole column exact text', async () => {
      const { columns, rows } = await engine.run(unchecked('SELECT id FROM sales ORDER BY id'))
      expect([columns, rows]).toEqual([[{ name: 'id', type: 'text' }], [['1'], ['2'], ['9007199254740993']]])
    })
  })

  describe('a plan', () => {
    it('is given without running the statement', async () => {
      const plan = await engine.explain(kind.endless)
      expect(estimateOf(engine.dialect, plan).cost).toBeGreaterThan(1e12)
    })

    it('is made for one SELECT and nothing else', async () => {
      await expect(engine.explain(unchecked('SELECT 1; SELECT 2'))).rejects.toMatchObject({ code: 'engine/failed' })
      await expect(engine.explain(unchecked('DROP TABLE nothing'))).rejects.toMatchObject({ code: 'engine/failed' })
    })

    it('knows the values that are bound', async () => {
      const plan = await engine.explain(unchecked('SELECT 1 WHERE $1 = 2'), { params: [2] })
      expect(estimateOf(engine.dialect, plan).cost).toBeLessThan(100)
    })
  })

  describe('parameters', () => {
    it('are bound, whatever they say', async () => {
      const sql = unchecked(
        'SELECT count(*) FROM sales WHERE note = $1 OR day >= CAST($2 AS DATE) OR amount > CAST($3 AS DOUBLE PRECISION) OR paid = $4',
      )
      const count = async (...params: (string | number | boolean | null)[]) =>
        (await engine.run(sql, { params })).rows[0]?.[0]
      expect(await count("x'; DROP TABLE sales; --", null, null, null)).toBe(0)
      expect(await count('ä 😀', null, null, null)).toBe(1)
      expect(await count(null, '2024-01-01', null, null)).toBe(1)
      expect(await count(null, null, 12.25, null)).toBe(1)
      expect(await count(null, null, null, false)).toBe(1)
      expect(await count('a\0b', null, null, null)).toBe(0)
    })
  })

  it('takes settings for row level security, or refuses; they are never passed over', async () => {
    const outcome = engine.run(one, { session: { 'app.tenant': 'acme' } })
    if (engine.dialect === 'postgres') expect((await outcome).rows).toEqual([[1]])
    else await expect(outcome).rejects.toThrow('DuckDB has no row level security')
  })

  describe('the row cap', () => {
    const all = unchecked(`SELECT i FROM ${kind.series(20_000)} ORDER BY i`)

    it('stops reading and says so', async () => {
      expect(await engine.run(all)).toMatchObject({ rows: [[1], [2], [3], [4], [5]], truncated: true })
      expect(await engine.run(all, { maxRows: 0 })).toMatchObject({ rows: [], truncated: true })
    })

    it('does not say so when the last row is the last one wanted', async () => {
      const result = await engine.run(all, { maxRows: 20_000 })
      expect([result.rows.length, result.truncated]).toEqual([20_000, false])
    })

    it('holds for a statement without an end, and the next one is answered', async () => {
      const endless = unchecked(
        `SELECT 'x' FROM ${kind.series(10_000)}, (SELECT * FROM ${kind.series(1_000_000)}) s(j)`,
      )
      expect(await engine.run(endless)).toMatchObject({ rows: [['x'], ['x'], ['x'], ['x'], ['x']], truncated: true })
      expect(await rows('SELECT 1')).toEqual([[1]])
    })

    it('has one for text too', async () => {
      const long = (times: number, n: number) =>
        engine.run(unchecked(`SELECT repeat('x', ${times}) FROM ${kind.series(n)}`), { maxRows: 100 })
      expect((await long(4_000_000, 8)).truncated).toBe(false)
      expect((await long(4_000_000, 60)).truncated).toBe(true)
      await expect(long(4_000_001, 1)).rejects.toMatchObject({ code: 'engine/out-of-memory' })
      expect(await rows('SELECT 1')).toEqual([[1]])
    })
  })

  describe('stopping', () => {
    it('by its time', async () => {
      await expect(engine.run(kind.endless, { timeoutMs: 200 })).rejects.toMatchObject({
        code: 'engine/timeout',
        message: 'The database did not answer within 0.2 seconds.',
      })
      expect(await rows('SELECT 1')).toEqual([[1]])
    })

    it('by whoever asked', async () => {
      const abort = new AbortController()
      const failure = engine.run(kind.endless, { signal: abort.signal })
      setTimeout(() => abort.abort(), 100)
      await expect(failure).rejects.toMatchObject({ code: 'engine/cancelled' })
      expect(await rows('SELECT 1')).toEqual([[1]])
    })

    it('before it has begun', async () => {
      await expect(engine.run(one, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'engine/cancelled' })
    })

    it('does nothing to those beside it', async () => {
      const another = await opened({ places: 4 })
      const beside = another.run(unchecked(`SELECT count(*) FROM ${kind.series(5_000_000)}`))
      await expect(another.run(kind.endless, { timeoutMs: 100 })).rejects.toMatchObject({ code: 'engine/timeout' })
      expect((await beside).rows).toEqual([[5_000_000]])
    })
  })

  describe('failing', () => {
    it('says nothing of the driver, and keeps its words as the cause', async () => {
      const failure = await engine
        .run(unchecked("SELECT CAST(note AS INTEGER) FROM sales WHERE note LIKE 'ä%'"))
        .catch(e => e)
      expect(failure).toMatchObject({ code: 'engine/failed', message: 'The database could not run this question.' })
      expect(String(failure.cause.message)).toContain('ä')
      expect(JSON.stringify(failure)).not.toContain('ä')
    })

    it.each([
      'SELECT nothing FROM sales',
      'SELECT * FROM nowhere',
      'SELECT 1; SELECT 2',
      'DELETE FROM sales',
      'CREATE TABLE other (a INTEGER)',
      'CREATE TEMP TABLE other (a INTEGER)',
      'UPDATE sales SET id = 0',
      "SET TimeZone = 'UTC'",
      'BEGIN',
      'SELEC 1',
      '',
    ])('%s', async sql => {
      await expect(engine.run(unchecked(sql))).rejects.toMatchObject({ code: 'engine/failed' })
      expect(await rows('SELECT count(*), min(id) FROM sales')).toEqual([[3, 1]])
    })
  })

  describe('many at once', () => {
    it('each get their own answer', async () => {
      const numbers = Array.from({ length: 60 }, (_, i) => i)
      const sql = unchecked('SELECT CAST($1 AS INTEGER) AS n')
      const answers = await Promise.all(numbers.map(n => engine.run(sql, { params: [n] })))
      expect(answers.map(answer => answer.rows[0]?.[0])).toEqual(numbers)
    })

    it('are turned away when too many wait', async () => {
      const another = await opened({ places: 1, queueLimit: 1 })
      const outcomes = await Promise.allSettled([1, 2, 3].map(() => another.run(one)))
      expect(outcomes.map(o => (o.status === 'rejected' ? o.reason.code : 'ok'))).toEqual(['ok', 'ok', 'engine/busy'])
    })

    it('wait no longer than they may, and leave the queue when they are stopped', async () => {
      const another = await opened({ places: 1 })
      const abort = new AbortController()
      const first = another.run(kind.endless, { signal: abort.signal })
      const stopped = new AbortController()
      const waiting = another.run(one, { signal: stopped.signal })
      stopped.abort()
      await expect(waiting).rejects.toMatchObject({ code: 'engine/cancelled' })
      await expect(another.run(one, { timeoutMs: 50 })).rejects.toMatchObject({ code: 'engine/busy' })
      const last = another.run(one)
      abort.abort()
      await expect(first).rejects.toMatchObject({ code: 'engine/cancelled' })
      expect((await last).rows).toEqual([[1]])
    })
  })

  describe('losing what works for it', () => {
    it('is told, and the next statement is answered', async () => {
      const another = await opened()
      await another.run(one)
      const failure = another.run(kind.endless)
      setTimeout(() => base.ruin(another), 200)
      await expect(failure).rejects.toMatchObject({
        code: expect.stringMatching(/^engine\/(crashed|lost)$/),
        retry: true,
      })
      expect(await rows('SELECT 1', another)).toEqual([[1]])
    })

    it('between two statements is not noticed by anybody', async () => {
      const another = await opened()
      await another.run(one)
      await base.ruin(another)
      await expect.poll(() => rows('SELECT 1', another).catch(() => []), { timeout: 20_000 }).toEqual([[1]])
    })
  })

  describe('the version', () => {
    it('changes with the data, and the new data is read', async () => {
      const mine = await kind.create(['CREATE TABLE t AS SELECT 1 AS a'])
      onTestFinished(mine.drop)
      const another = await mine.open()
      onTestFinished(() => another.close())
      const before = await another.version()
      expect(await rows('SELECT count(*) FROM t', another)).toEqual([[1]])
      expect(await another.version()).toBe(before)
      await mine.replace(['CREATE TABLE t AS SELECT 1 AS a UNION ALL SELECT 2'])
      await expect.poll(() => another.version(), { timeout: 20_000 }).not.toBe(before)
      expect(await rows('SELECT count(*) FROM t', another)).toEqual([[2]])
    })
  })

  describe('closing', () => {
    it('ends what runs and what waits, and takes nothing more', async () => {
      const another = await base.open({ places: 1 })
      const outcomes = [kind.endless, one].map(sql => another.run(sql).catch(e => e.code))
      await new Promise(resolve => setTimeout(resolve, 50))
      await Promise.all([another.close(), another.close()])
      expect(await Promise.all(outcomes)).toEqual(['engine/cancelled', 'engine/cancelled'])
      await expect(another.run(one)).rejects.toMatchObject({ code: 'engine/cancelled' })
    })
  })
})
