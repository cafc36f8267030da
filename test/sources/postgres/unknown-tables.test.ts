import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '#src/config.ts'
import type { Domain } from '#src/domain.ts'
import { realEffects } from '#src/effects.ts'
import { openGiven } from '#src/open.ts'
import { draftServer, openServer } from '#src/open-postgres.ts'
import type { Model } from '#src/semantic/model.ts'
import type { TableChoice } from '#src/sources/postgres/choose-tables.ts'
import { onDatabase, urlOf } from '#test/engines/engines.ts'
import { createTestDatabase, type TestDatabase } from '#test/store/database.ts'
import { failure, total } from '../world.ts'

const config = readConfig({ CHARTROOM_HOME: 'nowhere', QUERY_TIMEOUT: '20' })
const { limits } = config

let database: TestDatabase
let role: string
beforeAll(async () => {
  database = await createTestDatabase()
  role = `${database.address.database}_reader`
  await onDatabase(database.address, tables)
  await onDatabase(database.address, [
    `CREATE ROLE ${role} LOGIN PASSWORD 'pass'`,
    `GRANT SELECT ON patients, visits TO ${role}`,
    `GRANT SELECT (word) ON oddities TO ${role}`,
  ])
})
afterAll(async () => {
  await onDatabase(database.address, [`DROP OWNED BY ${role}`, `DROP ROLE ${role}`])
  await database.drop()
})

const tables = [
  "CREATE TYPE mood AS ENUM ('fine', 'ill')",
  'CREATE DOMAIN euros AS numeric(10, 2)',
  `CREATE TABLE patients (patient uuid PRIMARY KEY, full_name text, email varchar(80), city char(10), born date, mood mood)`,
  `INSERT INTO patients SELECT md5(i::text)::uuid, 'Person ' || i, 'p' || i || '@example.com',
     (ARRAY['Rome', 'Oslo', 'Bonn'])[1 + i % 3], date '1950-01-01' + i * 100, (ARRAY['fine', 'ill'])[1 + i % 2]::mood
   FROM generate_series(1, 60) i`,
  `CREATE TABLE visits (id bigint PRIMARY KEY, seen_by uuid REFERENCES patients, at timestamptz, fee euros, tip money,
     urgent boolean, notes jsonb, tags text[])`,
  `INSERT INTO visits SELECT i, md5((1 + i % 60)::text)::uuid, timestamptz '2024-01-01 08:00+01' + i * interval '3 hours',
     20 + i % 7, 1.5::numeric::money, i % 9 = 0, '{}', '{a}' FROM generate_series(1, 600) i`,
  "UPDATE visits SET at = 'infinity' WHERE id = 600",
  `CREATE TABLE "Order Details" ("Order ID" int, "Line" int, "Total ""paid""" numeric, PRIMARY KEY ("Order ID", "Line"))`,
  `INSERT INTO "Order Details" SELECT i / 3, i % 3, i FROM generate_series(0, 299) i`,
  `CREATE TABLE oddities (word text, price numeric, weight float8, nothing int)`,
  "INSERT INTO oddities SELECT 'w' || i, 'NaN', 'Infinity', NULL FROM generate_series(1, 30) i",
  'CREATE TABLE empty_one (id int PRIMARY KEY, city text)',
  'CREATE TABLE only_json (body jsonb)',
  'CREATE TABLE secrets (id int, word text)',
  'CREATE VIEW broken AS SELECT 1 / (length(word) - length(word)) AS n, word FROM oddities',
  'CREATE TABLE sales (day date NOT NULL, amount numeric) PARTITION BY RANGE (day)',
  "CREATE TABLE sales_2024 PARTITION OF sales FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
  "INSERT INTO sales SELECT date '2024-01-01' + i % 300, i FROM generate_series(1, 500) i",
  'CREATE SCHEMA other',
  'CREATE TABLE other.visits (id int, colour text)',
  "INSERT INTO other.visits SELECT i, (ARRAY['red', 'blue'])[1 + i % 2] FROM generate_series(1, 50) i",
  'CREATE TABLE big (big_id int PRIMARY KEY, kind text, amount numeric, rare text)',
  `INSERT INTO big SELECT i, (ARRAY['a', 'b', 'c'])[1 + i % 3], i % 50, CASE WHEN i > 120000 THEN 'late' ELSE 'early' END
   FROM generate_series(1, 130000) i`,
  'CREATE TABLE keyless (code_id int, big_id int, kind text)',
  "INSERT INTO keyless SELECT i, 1 + i % 130000, 'k' || i % 4 FROM generate_series(1, 101000) i",
  // So much work for each row that not all rows are looked at in time.
  `CREATE VIEW laborious AS SELECT big_id, kind,
     (SELECT count(*) FROM generate_series(1, 600) g WHERE g % 7 = big_id % 7) AS worked_out FROM big`,
  'ANALYZE',
]

const without = ['broken', 'big', 'keyless', 'laborious']

type Choice = TableChoice & { schemas?: string[]; url?: string; timeoutSeconds?: number }

const draft = async ({ timeoutSeconds = 10, ...choice }: Choice = { without }) => {
  const source = { url: urlOf(database.address), ...choice }
  const ground = await openServer({ ...source, limits: { ...limits, timeoutSeconds } }, realEffects)
  try {
    return await draftServer(ground, source)
  } finally {
    await ground.engine.close()
  }
}

const typesOf = ({ dimensions }: Model, table: string) =>
  Object.fromEntries(
    Object.values(dimensions)
      .filter(d => d.table === table)
      .map(d => [
        d.name,
        `${d.type}${d.zoned ? ' zoned' : ''}${d.personal ? ' personal' : ''}${d.hidden ? ' hidden' : ''}`,
      ]),
  )

describe('tables that nobody described', () => {
  let model: Model
  let warnings: readonly string[]
  beforeAll(async () => {
    ;({ model, warnings } = await draft())
  })

  test('are joined by the keys that the database declares, whatever their columns are called', () => {
    expect(model.joins).toMatchObject([
      { from: 'visits', fromColumns: ['seen_by'], to: 'patients', toColumns: ['patient'] },
    ])
    expect(model.tables.visits?.primaryKey).toEqual(['id'])
    expect(model.tables['Order Details']?.primaryKey).toEqual(['Order ID', 'Line'])
  })

  test('show no personal column', () => {
    expect(typesOf(model, 'patients')).toMatchObject({
      city: 'text',
      mood: 'text',
      full_name: 'text personal hidden',
      email: 'text personal hidden',
    })
    expect(Object.keys(model.tables.patients?.columns ?? {})).not.toContain('email')
  })

  test('have the types that questions know; what these cannot use is left out', () => {
    expect(typesOf(model, 'visits')).toMatchObject({ at: 'timestamp zoned', urgent: 'boolean' })
    expect(Object.keys(model.tables.visits?.columns ?? {})).toEqual(['id', 'seen_by', 'at', 'fee', 'tip', 'urgent'])
    expect(model.measures).toMatchObject({ fee: { format: { kind: 'currency' } } })
    expect(warnings).toEqual(['only_json was left out: questions can use none of its columns.'])
  })

  test('are drafted as a whole when they are empty, or hold no number that is one', () => {
    expect(model.tables).toHaveProperty('empty_one')
    expect(model.tables).toHaveProperty('oddities')
  })

  test('partitions are read through their whole', () => {
    expect(Object.keys(model.tables)).toContain('sales')
    expect(Object.keys(model.tables)).not.toContain('sales_2024')
  })
})

describe('asked without a model', () => {
  let domain: Domain
  beforeAll(async () => {
    domain = await openGiven({ data: urlOf(database.address) }, { config }, realEffects)
  })
  afterAll(() => domain.close())

  test('a database answers', async () => {
    expect(domain.model.drafted).toBe(true)
    expect(await total(domain, 'visits')).toBe(600)
    expect(await total(domain, 'order_details')).toBe(300)
    const knowledge = await domain.knowledge()
    expect(knowledge.values('mood').toSorted()).toEqual(['fine', 'ill'])
    expect(knowledge.values('email')).toEqual([])
    expect(knowledge.range(domain.model.tables.sales?.time ?? '')).toEqual({ first: '2024-01-01', last: '2024-10-26' })
  })

  test('and says what was left out', () => {
    expect(domain.warnings).toEqual([
      'broken was left out: The database could not run this question.',
      'only_json was left out: questions can use none of its columns.',
    ])
  })
})

describe('large tables', () => {
  test('are known by their first rows, the server’s estimates and the keys it declares', async () => {
    const { model } = await draft({ tables: ['big', 'keyless'] })
    expect(model.tables.big).toMatchObject({
      primaryKey: ['big_id'],
      description: expect.stringMatching(/13\d,\d{3} rows/),
    })
    expect(model.tables.keyless?.primaryKey).toEqual(['code_id'])
    expect(model.joins).toMatchObject([{ from: 'keyless', fromColumns: ['big_id'], to: 'big' }])
    expect(typesOf(model, 'big')).toMatchObject({ big_kind: 'text', rare: 'text' })
  })
})

describe('what takes too long', () => {
  test('is looked at in fewer rows', async () => {
    const { model, warnings } = await draft({ tables: ['laborious'], timeoutSeconds: 3 })
    expect(warnings).toEqual([])
    expect(model.tables.laborious?.columns).toMatchObject({ kind: { type: 'text' }, worked_out: { type: 'number' } })
  })

  test('even so is left out', async () => {
    await onDatabase(database.address, [
      'CREATE VIEW sleepy_too AS SELECT word, pg_sleep(60)::text AS slept FROM oddities',
    ])
    const { warnings } = await draft({ tables: ['oddities', 'sleepy_too'], timeoutSeconds: 1 })
    await onDatabase(database.address, ['DROP VIEW sleepy_too'])
    expect(warnings).toEqual(['sleepy_too was left out: The database did not answer within 1 seconds.'])
  })
})

describe('which tables', () => {
  test('are chosen by name or pattern; a name that fits none is told with what is near', async () => {
    const { model, warnings } = await draft({ tables: ['visit*', 'patints', 'PATIENTS'], without: ['x*'] })
    expect(Object.keys(model.tables)).toEqual(['patients', 'visits'])
    expect(warnings).toEqual(['Unknown table "patints"; did you mean "patients".', 'Unknown table "x*".'])
  })

  test('are looked for in the schemas that are named, the first before the others', async () => {
    const { model, warnings } = await draft({ schemas: ['other', 'public'], tables: ['visits'] })
    expect(model.tables.visits?.description).toBe('Visits: 50 rows.')
    expect(warnings).toEqual(['A second table visits was left out: one in an earlier schema has its name.'])
  })

  test('are only those that the user may read, by the columns it may read', async () => {
    const { model } = await draft({ url: urlOf({ ...database.address, user: role, password: 'pass' }) })
    expect(Object.keys(model.tables)).toEqual(['oddities', 'patients', 'visits'])
    expect(Object.keys(model.tables.oddities?.columns ?? {})).toEqual(['word'])
  })

  test('none is an error that names the database, and too many are too', async () => {
    const place = `The database ${database.address.database} on this machine cannot be used`
    expect(await failure(draft({ schemas: ['nowhere'] }))).toContain(`${place}: it has no tables that can be read`)
    const many = Array.from({ length: 201 }, (_, i) => `CREATE TABLE many.t${i} (a int)`)
    await onDatabase(database.address, ['CREATE SCHEMA many', ...many])
    expect(await failure(draft({ schemas: ['many'] }))).toContain(`${place}: it has 201 tables, and 200 is the most`)
    expect(await failure(draft({ url: 'postgres://a:b@127.0.0.1:1/x' }))).toBe(
      'The database cannot be reached just now.',
    )
  })
})
