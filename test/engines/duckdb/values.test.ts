import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { realEffects } from '#src/effects.ts'
import { openSession, type Session } from '#src/engines/duckdb/session.ts'

let session: Session
beforeAll(async () => {
  session = await openSession(
    { tables: [] },
    { profile: 'untrusted', memoryLimitMb: 256, threads: 1 },
    realEffects.ticks,
  )
})
afterAll(() => session.close())

const value = async (expression: string) => {
  const { columns, rows } = await session.run({ sql: `SELECT ${expression} AS x`, params: [], maxRows: 10 }).result
  return { type: columns[0]?.type, cell: rows[0]?.[0] }
}

describe('a value of DuckDB as a cell', () => {
  it.each([
    ['true', 'boolean', true],
    ['1::TINYINT', 'integer', 1],
    ['2::USMALLINT', 'integer', 2],
    ['42', 'integer', 42],
    ['9007199254740991::BIGINT', 'integer', 9_007_199_254_740_991],
    ['170141183460469231731687303715884105727::HUGEINT', 'integer', 1.7014118346046923e38],
    ['123::BIGNUM', 'integer', 123],
    ['12.5::DECIMAL(10,2)', 'number', 12.5],
    ['-0.07::DECIMAL(10,2)', 'number', -0.07],
    ['7::DECIMAL(10,0)', 'integer', 7],
    ['12345678901234567890.12::DECIMAL(38,2)', 'number', 12_345_678_901_234_567_000],
    ['0.1::DOUBLE', 'number', 0.1],
    ['0.1::FLOAT', 'number', 0.1],
    ['(1/3)::FLOAT', 'number', 0.33333334],
    ['1.17549435e-38::FLOAT', 'number', 1.1754944e-38],
    ['123456.789::FLOAT', 'number', 123456.79],
    ['0.1146756261587143::FLOAT', 'number', 0.114675626],
    ['16777.217::FLOAT', 'number', 16777.217],
    ['0.00012345679::FLOAT', 'number', 0.00012345679],
    ["'nan'::DOUBLE", 'number', null],
    ["'infinity'::DOUBLE", 'number', null],
    ["'-infinity'::FLOAT", 'number', null],
    ['NULL', 'integer', null],
    ['NULL::VARCHAR', 'text', null],
    ["'ä 😀'", 'text', 'ä 😀'],
  ])('%s is %s %s', async (expression, type, cell) => {
    expect(await value(expression)).toEqual({ type, cell })
  })

  it.each([
    ["DATE '2024-02-29'", 'date', '2024-02-29'],
    ["DATE 'infinity'", 'date', null],
    ["TIMESTAMP '2024-02-29 13:05:09'", 'timestamp', '2024-02-29T13:05:09'],
    ["TIMESTAMP '2024-02-29 13:05:09.5'", 'timestamp', '2024-02-29T13:05:09.5'],
    ["TIMESTAMP '2024-02-29 13:05:09.000001'", 'timestamp', '2024-02-29T13:05:09.000001'],
    ["TIMESTAMP '1969-12-31 23:59:59.999999'", 'timestamp', '1969-12-31T23:59:59.999999'],
    ["TIMESTAMP '1900-01-01 00:00:00'", 'timestamp', '1900-01-01T00:00:00'],
    ["'2024-02-29 13:05:09'::TIMESTAMP_S", 'timestamp', '2024-02-29T13:05:09'],
    ["'2024-02-29 13:05:09.123'::TIMESTAMP_MS", 'timestamp', '2024-02-29T13:05:09.123'],
    ["'2024-02-29 13:05:09.123456789'::TIMESTAMP_NS", 'timestamp', '2024-02-29T13:05:09.123456'],
    ["'2024-02-29 13:05:09+02'::TIMESTAMPTZ", 'timestamp', '2024-02-29T11:05:09Z'],
    ["TIMESTAMP 'infinity'", 'timestamp', null],
    ["TIMESTAMPTZ '-infinity'", 'timestamp', null],
    ["'infinity'::TIMESTAMP_S", 'timestamp', null],
    ["'infinity'::TIMESTAMP_MS", 'timestamp', null],
    ["'infinity'::TIMESTAMP_NS", 'timestamp', null],
    ["TIMESTAMP '290000-01-01 00:00:00'", 'timestamp', '290000-01-01 00:00:00'],
    ["TIMESTAMP '290000-01-01 (BC) 00:00:00'", 'timestamp', '290000-01-01 (BC) 00:00:00'],
  ])('%s is %s %s', async (expression, type, cell) => {
    expect(await value(expression)).toEqual({ type, cell })
  })

  it.each([
    ["TIME '10:20:30'", '10:20:30'],
    ["INTERVAL '1 month 3 days'", '1 month 3 days'],
    ["'0190ecb0-1f5c-7000-8000-000000000000'::UUID", '0190ecb0-1f5c-7000-8000-000000000000'],
    ["'b'::ENUM('a', 'b')", 'b'],
    ['[1, 2, NULL]', '[1,2,null]'],
    ["{'a': 1, 'b': 'x'}", '{"a":1,"b":"x"}'],
    ["MAP {'k': 1}", '[{"key":"k","value":1}]'],
    ['\'{"a": [1]}\'::JSON', '{"a": [1]}'],
    ["'\\xAB'::BLOB", '\\xAB'],
    ['[1, 2]::INTEGER[2]', '[1,2]'],
  ])('%s is the text %s', async (expression, cell) => {
    expect(await value(expression)).toEqual({ type: 'text', cell })
  })
})

describe('integers that a number cannot hold', () => {
  const rows = async (sql: string) => (await session.run({ sql, params: [], maxRows: 10 }).result) satisfies object

  it('make their whole column exact text', async () => {
    const result = await rows(
      'SELECT * FROM (VALUES (5, 1), (9007199254740993, 2), (NULL, 3), (-9007199254740993, 4)) v(id, n)',
    )
    expect(result.columns).toEqual([
      { name: 'id', type: 'text' },
      { name: 'n', type: 'integer' },
    ])
    expect(result.rows).toEqual([
      ['5', 1],
      ['9007199254740993', 2],
      [null, 3],
      ['-9007199254740993', 4],
    ])
  })

  it('are rounded in sums, which are measures and no identifiers', async () => {
    const result = await rows('SELECT sum(x) AS total FROM (VALUES (9007199254740993), (2)) v(x)')
    expect(result.columns).toEqual([{ name: 'total', type: 'integer' }])
    expect(result.rows).toEqual([[9_007_199_254_740_996]])
  })
})
