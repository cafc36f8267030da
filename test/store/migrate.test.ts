import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedEffects } from '#src/effects.ts'
import { connectDatabase, type Database } from '#src/store/database.ts'
import { migrate } from '#src/store/migrate.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

let made: TestDatabase
let database: Database
let folder = ''
beforeEach(async () => {
  made = await createTestDatabase()
  database = connectDatabase(made.address)
  folder = mkdtempSync(join(tmpdir(), 'steps-'))
})
afterEach(async () => {
  await database.close()
  await made.drop()
  rmSync(folder, { recursive: true })
})

const effects = fixedEffects('2024-03-01T10:00:00Z')
const step = (name: string, sql: string) => writeFileSync(join(folder, name), sql)
const bring = (to: Database = database) => migrate(to, effects, pathToFileURL(`${folder}/`))
const steps = () => database.query('select number, name, at from chartroom.steps order by number')
const tables = async () =>
  (
    await database.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'chartroom' order by 1`,
    )
  ).map(({ name }) => name)

describe('steps of the tables', () => {
  test('are taken in order, once', async () => {
    step('0002-more.sql', 'alter table chartroom.things add size int')
    step('0001-begin.sql', 'create table chartroom.things (n int); insert into chartroom.things values (1)')
    await bring()
    await bring()
    expect(await database.query('select * from chartroom.things')).toEqual([{ n: 1, size: null }])
    const at = new Date('2024-03-01T10:00:00Z')
    expect(await steps()).toEqual([
      { number: 1, name: '0001-begin.sql', at },
      { number: 2, name: '0002-more.sql', at },
    ])
  })

  test('are taken once by processes that start at the same time', async () => {
    step('0001-begin.sql', 'create table chartroom.things (n int); insert into chartroom.things values (1)')
    const others = Array.from({ length: 4 }, () => connectDatabase(made.address))
    await Promise.all([database, ...others].map(bring))
    expect(await database.query('select n from chartroom.things')).toEqual([{ n: 1 }])
    await Promise.all(others.map(other => other.close()))
  })

  test('all of them, or none when one fails', async () => {
    step('0001-begin.sql', 'create table chartroom.things (n int)')
    step('0002-wrong.sql', 'create table chartroom.more (n int); alter table chartroom.nothing add m int')
    await expect(bring()).rejects.toMatchObject({ code: 'state/failed' })
    expect(await tables()).toEqual([])
  })

  test('a file that was changed after it was applied is refused; line ends do not count', async () => {
    step('0001-begin.sql', 'create table chartroom.things (\n n int)')
    await bring()
    step('0001-begin.sql', 'create table chartroom.things (\r\n n int)')
    await bring()
    step('0001-begin.sql', 'create table chartroom.things (\n n bigint)')
    step('0002-more.sql', 'create table chartroom.more (n int)')
    await expect(bring()).rejects.toMatchObject({
      code: 'state/step-changed',
      message: 'The file sql/store/0001-begin.sql is not what was applied to the database.',
    })
    expect(await tables()).toEqual(['steps', 'things'])
  })

  test('a file that is missing, or comes late between those that were applied, is refused', async () => {
    step('0001-begin.sql', 'create table chartroom.a (n int)')
    step('0003-third.sql', 'create table chartroom.c (n int)')
    await bring()
    step('0002-second.sql', 'create table chartroom.b (n int)')
    await expect(bring()).rejects.toMatchObject({ message: expect.stringContaining('0002-second.sql') })
    rmSync(join(folder, '0002-second.sql'))
    rmSync(join(folder, '0001-begin.sql'))
    await expect(bring()).rejects.toMatchObject({ message: expect.stringContaining('0001-begin.sql') })
  })

  test('a database that a newer program brought further is refused', async () => {
    step('0001-begin.sql', 'create table chartroom.things (n int)')
    step('0002-more.sql', 'create table chartroom.more (n int)')
    await bring()
    rmSync(join(folder, '0002-more.sql'))
    await expect(bring()).rejects.toMatchObject({
      code: 'state/newer',
      message: 'The database was brought to step 2 by a newer Chartroom; this one knows 1.',
    })
  })

  test('a user who may make no schema can use one that was made for it', async () => {
    const role = `${made.address.database}_user`
    await database.query(`create role ${role} login password 'secret'`)
    await database.query(`create schema chartroom authorization ${role}`)
    const theirs = connectDatabase({ ...made.address, user: role, password: 'secret' })
    try {
      step('0001-begin.sql', 'create table chartroom.things (n int)')
      await bring(theirs)
      expect(await tables()).toEqual(['steps', 'things'])
    } finally {
      await theirs.close()
      await database.query(`drop owned by ${role}`)
      await database.query(`drop role ${role}`)
    }
  })
})

describe('the steps that are shipped', () => {
  const shipped = readdirSync('sql/store').toSorted()

  test('are numbered without a gap and say what they do', () => {
    expect(shipped.map(name => Number.parseInt(name, 10))).toEqual(shipped.map((_, i) => i + 1))
    for (const name of shipped) expect(name).toMatch(/^\d{4}-[a-z][a-z-]*\.sql$/)
  })

  test('can be taken from each state before', async () => {
    for (const name of shipped) {
      copyFileSync(join('sql/store', name), join(folder, name))
      await bring()
    }
    expect(await tables()).toContain('audit')
    expect(await steps()).toHaveLength(shipped.length)
  })

  test('make nothing outside their own schema', async () => {
    for (const name of shipped) copyFileSync(join('sql/store', name), join(folder, name))
    await bring()
    const elsewhere = await database.query(
      `select relname from pg_class where relnamespace::regnamespace::text !~ '^(chartroom|pg_.*|information_schema)$'`,
    )
    expect(elsewhere).toEqual([])
  })
})
