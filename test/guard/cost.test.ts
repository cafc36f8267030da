import { DuckDBInstance } from '@duckdb/node-api'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CheckedSql } from '#src/guard/checked-sql.ts'
import { costViolation, estimateOf } from '#src/guard/cost.ts'
import { explaining } from '#src/guard/guard.ts'
import { createTestDatabase, type TestDatabase } from '../store/database.ts'
import { guard, postgresGuard } from './reading.ts'

const table =
  'CREATE TABLE orders AS SELECT i AS id, i % 50 AS state, i * 1.5 AS amount FROM generate_series(1, 100000) r(i)'
const allowed = { tables: ['orders'], budget: Number.POSITIVE_INFINITY }
const checked = async (sql: string, dialect: 'duckdb' | 'postgres') => {
  const verdict = await (dialect === 'duckdb' ? guard : postgresGuard).check(sql, allowed)
  if (Array.isArray(verdict)) throw new Error(JSON.stringify(verdict))
  return verdict
}

let database: TestDatabase
let client: pg.Client
let duckdb: Awaited<ReturnType<DuckDBInstance['connect']>>
beforeAll(async () => {
  duckdb = await (await DuckDBInstance.create(':memory:')).connect()
  await duckdb.run(table)
  database = await createTestDatabase()
  client = new pg.Client(database.address)
  await client.connect()
  await client.query(table)
  await client.query('ANALYZE orders')
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

const plans = {
  duckdb: async (sql: CheckedSql) => String((await (await duckdb.run(sql.text)).getRowsJson())[0]?.at(-1)),
  postgres: async (sql: CheckedSql) => JSON.stringify(Object.values((await client.query(sql.text)).rows[0])[0]),
}

describe.each(['duckdb', 'postgres'] as const)('the plan of %s', dialect => {
  const violation = async (sql: string, ceiling?: number) =>
    costViolation(estimateOf(dialect, await plans[dialect](explaining(await checked(sql, dialect)))), ceiling)

  it.each([
    'SELECT state, sum(amount) FROM orders GROUP BY state ORDER BY 2 DESC',
    'SELECT 1',
    'SELECT a.id FROM orders a JOIN orders b ON a.id = b.id',
    'SELECT id, sum(amount) OVER (PARTITION BY state ORDER BY id) FROM orders',
    'SELECT o.id, (SELECT count(*) FROM generate_series(1, 5)) FROM orders o',
  ])('lets pass: %s', async sql => {
    expect(await violation(sql)).toBeUndefined()
  })

  it.each([
    'SELECT a.id FROM orders a JOIN orders b ON a.id <> b.id',
    'SELECT count(*) FROM orders a, orders b',
    'SELECT count(*) FROM orders a, orders b, generate_series(1, 1000000) c',
    'SELECT a.id FROM orders a JOIN orders b ON a.id + b.id = 7 OR a.state = 9',
  ])('is too dear: %s', async sql => {
    expect(await violation(sql)).toMatchObject({ rule: 'cost', advice: [{ code: 'add-period' }] })
  })

  it('has a ceiling that can be chosen', async () => {
    expect(await violation('SELECT count(*) FROM orders', 10)).toMatchObject({ rule: 'cost' })
    expect(await violation('SELECT 1', 10)).toBeUndefined()
  })
})

describe('what is said', () => {
  it('counts in the unit of the database', () => {
    expect(costViolation({ dialect: 'duckdb', cost: 3_000_000_000.4 })?.message).toBe(
      'it would handle about 3,000,000,000 rows; 2,000,000,000 is the most',
    )
    expect(costViolation({ dialect: 'postgres', cost: 10_000_001 })?.message).toBe(
      'it would cost about 10,000,001 units of work; 10,000,000 is the most',
    )
  })

  it.each(['duckdb', 'postgres'] as const)('a plan of %s that is none is a bug', dialect => {
    expect(() => estimateOf(dialect, '[]')).toThrow()
    expect(() => estimateOf(dialect, 'nonsense')).toThrow()
  })
})
