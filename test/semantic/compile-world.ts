import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect } from 'vitest'
import { type Domain, openDomain } from '#src/domain.ts'
import { fixedEffects, realEffects } from '#src/effects.ts'
import { cacheResults } from '#src/engines/cache.ts'
import { openDuckdb } from '#src/engines/duckdb/duckdb.ts'
import type { Engine } from '#src/engines/engine.ts'
import { openPostgres } from '#src/engines/postgres/postgres.ts'
import { duckdbReader } from '#src/guard/duckdb-reader.ts'
import { createGuard } from '#src/guard/guard.ts'
import type { Reader } from '#src/guard/outline.ts'
import { openPostgresReader } from '#src/guard/postgres-reader.ts'
import type { CompileProblem } from '#src/semantic/compile/problem.ts'
import { compile, isCompileProblem } from '#src/semantic/compile.ts'
import { completeModel } from '#src/semantic/complete.ts'
import { readModel } from '#src/semantic/load.ts'
import type { Model } from '#src/semantic/model.ts'
import type { Period } from '#src/vocabulary/period.ts'
import { type Query, querySchema } from '#src/vocabulary/query.ts'
import type { Cell } from '#src/vocabulary/table.ts'
import { buildFile } from '#test/engines/duckdb/files.ts'
import { onDatabase, urlOf } from '#test/engines/engines.ts'
import { unchecked } from '#test/engines/unchecked.ts'
import { createTestDatabase } from '#test/store/database.ts'

/** Revenue (kept orders): order 1 → 50, 2 → 10, 4 → 130, 5 → 200, 6 → 25; order 3 (30) was cancelled. */
export const shopTables = [
  `create table customers (id integer, name varchar, region varchar, signed_on date)`,
  `insert into customers values (1, 'Ann', 'North', '2022-11-05'), (2, 'Ben', 'South', '2023-01-20'), (3, 'Cy', null, '2023-02-11'), (4, 'Dee', 'South', '2023-03-03')`,
  `create table products (id integer, name varchar, category varchar, cost double)`,
  `insert into products values (10, 'Pen', 'Paper', 4), (20, 'Lamp', 'Home', 12), (30, 'Desk', 'Home', 60), (40, 'Sofa', null, 90)`,
  `create table orders (id integer, customer_id integer, ordered_at timestamp, shipped_on date, status varchar, channel varchar, fee double, gift boolean)`,
  `insert into orders values
    (1, 1, '2023-01-01 09:30', '2023-01-03', 'done', 'web', 5, true),
    (2, 1, '2023-01-31 23:59', '2023-02-02', 'done', 'store', 0, false),
    (3, 2, '2023-02-01 00:00', null, 'cancelled', 'web', 5, false),
    (4, 3, '2023-02-15 09:00', '2023-02-20', 'done', null, 7.5, null),
    (5, 2, '2023-04-03 14:00', '2023-04-03', 'done', 'web', 5, true),
    (6, 1, '2022-12-31 12:00', '2023-01-02', 'done', 'store', 3, false)`,
  `create table lines (order_id integer, line_no integer, product_id integer, quantity integer, amount double)`,
  `insert into lines values (1, 1, 10, 2, 20), (1, 2, 20, 1, 30), (2, 1, 10, 1, 10), (3, 1, 20, 1, 30), (4, 1, 10, 3, 30), (4, 2, 30, 1, 100), (5, 1, 30, 2, 200), (6, 1, 20, 1, 25)`,
]

/** Days in New York, five hours behind: 31 January, 29 January, 29 February, 31 January. */
export const flightTables = [
  `create table airports (code varchar, city varchar)`,
  `insert into airports values ('JFK', 'New York'), ('LGA', 'New York'), ('ORD', 'Chicago'), ('AUS', 'Austin')`,
  `create table flights (id integer, origin varchar, destination varchar, left_at timestamptz, delay double)`,
  `insert into flights values (1, 'JFK', 'ORD', '2024-01-31 15:00:00+00', 10), (2, 'ORD', 'LGA', '2024-01-30 03:00:00+00', 30), (3, 'ORD', 'AUS', '2024-02-29 12:00:00+00', -5), (4, 'LGA', 'ORD', '2024-02-01 03:00:00+00', null)`,
]

export const fixture = async (name: string): Promise<Model> =>
  completeModel(await readModel(fileURLToPath(new URL(`../fixtures/models/compile-${name}.yaml`, import.meta.url))))

/** A query of the tiny shop, with everything left out that is not said. */
export const query = (part: Partial<Query> & Pick<Query, 'measures'>): Query =>
  querySchema.parse({ domain: 'tiny', ...part })

export const span = (start: string, end: string, more: Partial<Period> = {}): Period => ({
  start,
  end,
  label: `${start} to ${end}`,
  ...more,
})

export type World = {
  domain: Domain
  model: Model
  rows: (query: Query, model?: Partial<Model>) => Promise<Cell[][]>
  problem: (query: Query, model?: Partial<Model>) => CompileProblem
  /** A hand-written query on the same rows. */
  check: (sql: string) => Promise<Cell[][]>
}

/**
 * The same tables in a DuckDB file and on PostgreSQL, asked through compiler, guard and engine; a variant of the model may be given per question.
 * `rows` are DuckDB's, and those of PostgreSQL are the same.
 */
export const worldOf = (name: string, tables: string[], onServer = tables.map(asPostgres)): World => {
  const world = {} as World
  const folder = mkdtempSync(join(tmpdir(), 'compile-'))
  const closing: (() => Promise<void>)[] = []
  beforeAll(async () => {
    const path = await buildFile(join(folder, 'tiny.duckdb'), tables)
    const engine = await openDuckdb({ path }, { maxRows: 1000, timeoutMs: 20_000, spillDirectory: folder })
    const model = await fixture(name)
    const server = await serverWith(onServer)
    const open = (changed: Model, on: Engine = engine, read: Reader = duckdbReader(engine.parse)) =>
      openDomain({
        model: changed,
        source: 'a test',
        engine: cacheResults(on, {}, fixedEffects()),
        guard: createGuard({ read }),
        english: { same: [], hints: {} },
        limits: { maxRows: 1000, timeoutMs: 20_000 },
      })
    const domain = open(model)
    const reader = await openPostgresReader()
    closing.push(() => engine.close(), server.close)
    Object.assign(world, {
      domain,
      model,
      rows: async (q: Query, changed?: Partial<Model>) => {
        const asked = { ...model, ...changed }
        const here = rowsIn(await (changed ? open(asked) : domain).run(q))
        const there = rowsIn(await open(asked, server.engine, reader).run(q))
        expect(there.map(rounded)).toEqual(here.map(rounded))
        return here
      },
      problem: (q: Query, changed?: Partial<Model>) => {
        const compiled = compile(q, { ...model, ...changed }, 'duckdb')
        if (!isCompileProblem(compiled)) throw new Error(`compiled: ${compiled.sql}`)
        return compiled
      },
      check: async (sql: string) => (await engine.run(unchecked(sql))).rows,
    } satisfies World)
  })
  afterAll(async () => {
    for (const close of closing) await close()
    rmSync(folder, { recursive: true, force: true })
  })
  return world
}

const rowsIn = (result: Awaited<ReturnType<Domain['run']>>): Cell[][] => {
  if ('code' in result) throw new Error(`${result.code}: ${result.message}`)
  return result.table.rows
}

const asPostgres = (sql: string) => sql.replaceAll(/ double(?=[,)])/g, ' double precision')

const serverWith = async (tables: string[]): Promise<{ engine: Engine; close: () => Promise<void> }> => {
  const { address, drop } = await createTestDatabase()
  await onDatabase(address, tables)
  const engine = await openPostgres({ url: urlOf(address) }, { maxRows: 1000 }, realEffects)
  return { engine, close: () => engine.close().then(drop) }
}

/** The rows of a query are those of a check query written by hand, and those worked out by hand. */
export const expectRows = async (
  world: World,
  q: Query,
  { sql, rows }: { sql: string; rows: Cell[][] },
): Promise<void> => {
  const got = (await world.rows(q)).map(rounded)
  expect(got).toEqual(rows.map(rounded))
  expect((await world.check(sql)).map(rounded)).toEqual(rows.map(rounded))
}

export const rounded = (row: Cell[]): Cell[] => row.map(v => (typeof v === 'number' ? Number(v.toPrecision(12)) : v))
