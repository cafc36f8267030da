import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { realEffects } from '#src/effects.ts'
import { openPostgres, type PostgresEngine } from '#src/engines/postgres/postgres.ts'
import { createTestDatabase, type TestDatabase } from '#test/store/database.ts'
import { onDatabase, urlOf } from '../engines.ts'
import { unchecked } from '../unchecked.ts'

/** What only PostgreSQL has; all else is in `../contract.test.ts`. */
let database: TestDatabase
let engine: PostgresEngine
beforeAll(async () => {
  database = await createTestDatabase()
  await onDatabase(database.address, [
    "CREATE TYPE mood AS ENUM ('calm', 'loud')",
    'CREATE DOMAIN price AS numeric(8, 2)',
    'CREATE TABLE things (code char(6), mood mood, price price, big numeric(20, 0), any_number numeric, amount numeric(30, 2))',
    "INSERT INTO things VALUES ('ab', 'loud', 2.5, 12345678901234567890, 12345678901234567891, 12345678901234567890.12), ('cd', 'calm', 3, 7, 1, 1)",
  ])
  engine = await openPostgres({ url: urlOf(database.address) }, {}, realEffects)
})
afterAll(async () => {
  await engine?.close()
  await database?.drop()
})

const value = async (expression: string, from = '') => {
  const { columns, rows } = await engine.run(unchecked(`SELECT ${expression} AS x ${from}`))
  return { type: columns[0]?.type, cell: rows[0]?.[0] }
}

describe('a value of PostgreSQL as a cell', () => {
  it.each([
    ["'12.5'::money", 'number', 12.5],
    ["'-1234567.89'::money", 'number', -1_234_567.89],
    ["'ab'::char(6)", 'text', 'ab'],
    ['\'a\'::"char"', 'text', 'a'],
    ["'x'::name", 'text', 'x'],
    ['26::oid', 'integer', 26],
    ["'nan'::numeric", 'number', null],
    ["'infinity'::numeric", 'number', null],
    ['12345678901234567890.12::numeric(38,2)', 'number', 12_345_678_901_234_567_000],
    ['1200::numeric(5,-2)', 'integer', 1200],
    ["'0044-03-15 BC'::date", 'date', '0044-03-15 (BC)'],
    ["'0044-03-15 12:00 BC'::timestamp", 'timestamp', '-000043-03-15T12:00:00'],
    ["'0001-01-01 BC'::timestamp", 'timestamp', '0000-01-01T00:00:00'],
    ["'2024-02-29 13:05:09.120+02'::timestamptz", 'timestamp', '2024-02-29T11:05:09.12Z'],
    ["'10:20:30+02'::timetz", 'text', '10:20:30+02'],
    ["'1 year'::interval", 'text', '1 year'],
    ["'-1 years -2 mons +3 days -04:05:06'::interval", 'text', '-1 year -2 months 3 days -04:05:06'],
    ["'0'::interval", 'text', '00:00:00'],
    ["'infinity'::interval", 'text', null],
    ["'\\x41ab0022'::bytea", 'text', 'A\\xAB\\x00\\x22'],
    ["'192.168.0.1/24'::inet", 'text', '192.168.0.1/24'],
    ["'[1,5)'::int4range", 'text', '[1,5)'],
    ['\'{"b": 1, "a": [true, null]}\'::jsonb', 'text', '{"a": [true, null], "b": 1}'],
    ["B'101'", 'text', '101'],
    ["ROW(1, 'a')", 'text', '(1,a)'],
    ["ARRAY['loud'::mood]", 'text', '{loud}'],
    ['ARRAY[1.50, NULL]::numeric[]', 'text', '["1.50",null]'],
    ["ARRAY[0.1, 'nan']::float8[]", 'text', '[0.1,"NaN"]'],
    ["'[0:1]={5,6}'::int[]", 'text', '[5,6]'],
    ["'{}'::text[]", 'text', '[]'],
  ])('%s is %s %s', async (expression, type, cell) => {
    expect(await value(expression)).toEqual({ type, cell })
  })

  it.each([
    ['mood', 'text', 'loud'],
    ['price', 'number', 2.5],
    ['sum(price)', 'number', 5.5],
    // Identifiers of a column are exact, amounts that were worked out are near.
    ['big', 'text', '12345678901234567890'],
    ['any_number', 'text', '12345678901234567891'],
    ['sum(big)', 'integer', 12_345_678_901_234_567_000],
    ['amount', 'number', 12_345_678_901_234_567_000],
    ['avg(big) FILTER (WHERE big < 10)', 'number', 7],
  ])('%s of a table is %s %s', async (expression, type, cell) => {
    const all = expression.includes('(') ? '' : 'ORDER BY big DESC'
    expect(await value(expression, `FROM things ${all}`)).toEqual({ type, cell })
  })
})
