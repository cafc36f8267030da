import { DuckDBInstance } from '@duckdb/node-api'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kpiNames } from '#src/kpis/support/catalogue.ts'
import { runKpi } from '#src/kpis/support/run.ts'
import type { RunStatement } from '#src/run-sealed.ts'
import type { Cell } from '#src/vocabulary/table.ts'
import { createTestDatabase, type TestDatabase } from '#test/store/database.ts'
import { range, statements, zone } from './hand-made-log.ts'
import { classifyByWords, filtersIn, watched } from './logs.ts'

type Raw = { setZone: (name: string) => Promise<unknown>; run: RunStatement; close: () => Promise<unknown> }

/** Straight to the drivers: what a session of the product sets, its zone above all, is not set here. */
const duckdb = async (): Promise<Raw> => {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  for (const statement of statements) await connection.run(statement)
  return {
    setZone: name => connection.run(`SET TimeZone = '${name}'`),
    run: async ({ sql, params }) => {
      const prepared = await connection.prepare(sql)
      for (const [i, value] of params.entries()) {
        if (value === null) prepared.bindNull(i + 1)
        else prepared.bindVarchar(i + 1, String(value))
      }
      const reader = await prepared.runAndReadAll()
      return resultOf(reader.columnNames(), reader.getRowsJson() as Cell[][])
    },
    close: async () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

const postgres = async ({ address }: TestDatabase): Promise<Raw> => {
  const client = new pg.Client(address)
  await client.connect()
  for (const statement of statements) await client.query(statement)
  return {
    setZone: name => client.query(`SET TIME ZONE '${name}'`),
    run: async ({ sql, params }) => {
      const types = { getTypeParser: () => (text: string) => text }
      const { fields, rows } = await client.query({ text: sql, values: [...params], rowMode: 'array', types })
      return resultOf(
        fields.map(({ name }) => name),
        rows as Cell[][],
      )
    },
    close: () => client.end(),
  }
}

const resultOf = (names: readonly string[], rows: Cell[][]) => ({
  columns: names.map(name => ({ name, type: 'text' as const })),
  rows: rows.map(row => row.map(plain)),
  truncated: false,
  ms: 0,
})

const plain = (cell: Cell): Cell => {
  if (cell === 't' || cell === 'f') return cell === 't'
  return typeof cell === 'string' && /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell
}

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

describe.each([
  ['DuckDB', duckdb],
  ['PostgreSQL', () => postgres(database)],
] as const)('a session of %s in any time zone', (_, open) => {
  test('gives the same JSON', async () => {
    const raw = await open()
    const log = watched(raw.run, zone)
    const filters = filtersIn(zone, range)
    const answers = []
    for (const name of ['UTC', 'Asia/Tokyo', 'America/Los_Angeles', 'Australia/Lord_Howe']) {
      await raw.setZone(name)
      const results = []
      for (const kpi of kpiNames)
        results.push(await runKpi(kpi, filters, { log, classify: classifyByWords, maySeeUsers: true }))
      answers.push(JSON.stringify(results))
    }
    expect(new Set(answers).size).toBe(1)
    // The 24th is the peak with 14 sessions, worked out by hand beside the log.
    expect(answers[0]).toContain('"peak_day":{"date":"2023-03-24","sessions":14}')
    await raw.close()
  })
})
