import { afterAll, beforeAll, expect, test } from 'vitest'
import { onDatabase, urlOf } from '#test/engines/engines.ts'
import { createTestDatabase, type TestDatabase } from '#test/store/database.ts'
import { failure, given, total } from '../world.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await onDatabase(database.address, [
    'CREATE TABLE visits (visit_id int PRIMARY KEY, city text, minutes int)',
    "INSERT INTO visits SELECT i, (ARRAY['Rome', 'Oslo'])[1 + i % 2], i FROM generate_series(1, 20) i",
    // A question of three seconds.
    'CREATE VIEW slow AS SELECT 7 AS seven, pg_sleep(3)::text AS slept',
  ])
})
afterAll(() => database.drop())

const yaml = `sources:
  clinic: { postgres: \${CLINIC_URL}, tables: [visits] }
  slow: { postgres: \${CLINIC_URL}, tables: [slow] }
domains:
  clinic: { source: clinic }
  again: { source: clinic, model: again.yaml }
  slow: { source: slow, model: slow.yaml }
`
const withLost = yaml.replace(
  'sources:',
  `sources:
  lost: { postgres: \${LOST_URL} }`,
)
const again = `domain: again
tables: { visits: { columns: { minutes: number } } }
measures: { duration: { table: visits, sum: minutes, description: All minutes } }
`
const slow = `domain: slow
tables: { slow: { columns: { seven: number, slept: text } } }
measures: { slept: { table: slow, count: slept, description: Waits } }
`
const open = () =>
  given(
    { 'chartroom.yaml': yaml, 'again.yaml': again, 'slow.yaml': slow },
    { environment: { CLINIC_URL: urlOf(database.address) }, quietMs: 10 },
  )

const backends = async () => {
  const [[count] = []] = await onDatabase(database.address, [
    "SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'chartroom'",
  ])
  return count
}

test('domains of one database share its connections; a model is drafted where nobody wrote one', async () => {
  const { sources } = await open()
  const [clinic, other] = [await sources.open('clinic'), await sources.open('again')]
  expect([await total(clinic, 'visits'), await total(other, 'duration')]).toEqual([20, 210])
  expect(clinic.model).toMatchObject({ domain: 'clinic', label: 'Clinic', drafted: true })
  expect(await backends()).toBeLessThanOrEqual(3)
  await sources.close()
  await expect.poll(backends).toBe(0)
})

test('a reload drafts anew what has changed on the server, and leaves the rest', async () => {
  const { sources } = await open()
  const [clinic, other] = [await sources.open('clinic'), await sources.open('again')]
  expect(await sources.reload()).toEqual({ status: 'reloaded', added: [], removed: [], changed: [], settings: false })
  expect(await sources.open('clinic')).toBe(clinic)
  await onDatabase(database.address, ['ALTER TABLE visits ADD COLUMN price numeric DEFAULT 2.5'])
  expect(await sources.reload()).toMatchObject({ changed: ['clinic'] })
  expect(clinic.model.measures).not.toHaveProperty('price')
  expect((await sources.open('clinic')).model.measures).toHaveProperty('price')
  expect(await sources.open('again')).toBe(other)
})

test('a question that runs while its source is taken away is answered; its connections end after it', async () => {
  const { sources, write } = await open()
  const domain = await sources.open('slow')
  const asked = total(domain, 'slept')
  await expect.poll(backends).toBeGreaterThan(0)
  write({ 'chartroom.yaml': yaml.replace(/ {2}slow: .*\n/g, '') })
  expect(await sources.reload()).toMatchObject({ status: 'reloaded', removed: ['slow'] })
  expect(await asked).toBe(1)
  await expect.poll(() => failure(domain.version())).toBe('Stopped. Nothing more is running.')
  await expect.poll(backends).toBe(0)
})

test('a database that cannot be reached keeps nobody from the others, and a reload onto it is refused', async () => {
  const { sources, write } = await given(
    {
      'chartroom.yaml': `${withLost}  lost: { source: lost }\n`,
      'again.yaml': again,
      'slow.yaml': slow,
    },
    { environment: { CLINIC_URL: urlOf(database.address), LOST_URL: 'postgres://reader:hush@127.0.0.1:1/shop' } },
  )
  expect(await failure(sources.open('lost'))).toBe('The database cannot be reached just now.')
  expect(await total(await sources.open('clinic'), 'visits')).toBe(20)
  expect(sources.domains().filter(d => !d.available)).toEqual([
    {
      name: 'lost',
      label: 'Lost',
      isDefault: false,
      available: false,
      why: 'The database cannot be reached just now.',
    },
  ])
  write({
    'chartroom.yaml': `${withLost}  found: { source: lost }\n`,
  })
  expect(await sources.reload()).toEqual({
    status: 'kept',
    problems: ['line 2: sources.lost: The database cannot be reached just now.'],
  })
})
