import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAsk } from '#src/ask.ts'
import { readConfig } from '#src/config.ts'
import type { Domain } from '#src/domain.ts'
import { realEffects } from '#src/effects.ts'
import { openGiven, openSample } from '#src/open.ts'
import { loadSample } from '#src/sample/postgres/load.ts'
import { createThreads } from '#src/threads.ts'
import { urlOf } from '#test/engines/engines.ts'
import { createTestDatabase, type TestDatabase } from '#test/store/database.ts'

const home = mkdtempSync(join(tmpdir(), 'open-given-'))
const config = readConfig({ CHARTROOM_HOME: home, NUM_ORDERS: '600', NUM_CUSTOMERS: '50' })
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await loadSample({ url: urlOf(database.address), settings: config.sample })
})
afterAll(async () => {
  await database.drop()
  rmSync(home, { recursive: true, force: true })
})

const model = 'sql/domains/ecommerce/model.yaml'

const rowsOf = async (domain: Domain, text: string) => {
  const ask = createAsk({
    domain: async () => domain,
    threads: createThreads(),
    warn: () => undefined,
    effects: realEffects,
  })
  const answer = await ask({ text })
  return answer.status === 'answered' ? { rows: answer.table.rows, story: answer.story.headline.text } : answer
}

describe('a PostgreSQL database', () => {
  test.each([
    'revenue by category in 2023',
    'top 3 states by return rate in Q4 2023',
    'revenue by channel in Q4 2023 vs Q3 2023',
  ])('with its semantic model answers “%s” as the files do', async text => {
    const shop = await openSample({ config }, realEffects)
    const server = await openGiven({ data: urlOf(database.address), model }, { config }, realEffects)
    try {
      expect(await rowsOf(server, text)).toEqual(await rowsOf(shop, text))
    } finally {
      await Promise.all([shop.close(), server.close()])
    }
  })

  test('without one is asked by one that is drafted', async () => {
    const domain = await openGiven({ data: urlOf(database.address) }, { config }, realEffects)
    expect(domain.model.drafted).toBe(true)
    expect(Object.keys(domain.model.tables).length).toBeGreaterThan(0)
    await domain.close()
  })
})

describe('files', () => {
  test('are asked by the semantic model that somebody wrote, when there is one', async () => {
    const folder = join(home, 'sales.csv')
    writeFileSync(folder, 'sold_on,shop,takings\n2024-01-01,North,10\n2024-01-02,South,32\n')
    const file = join(home, 'model.yaml')
    writeFileSync(
      file,
      `domain: takings
label: Takings
description: What the shops took.
tables:
  sales: { description: One row a day and shop., time: sold_on }
dimensions:
  sold_on: { column: sales.sold_on, type: date, description: The day. }
  shop: { column: sales.shop, description: The shop. }
measures:
  takings: { table: sales, sum: takings, format: number, description: Money taken. }
`,
    )
    const domain = await openGiven({ data: folder, model: file }, { config }, realEffects)
    try {
      expect(domain.model.drafted).toBeUndefined()
      expect(await rowsOf(domain, 'takings by shop')).toMatchObject({
        rows: [
          ['South', 32],
          ['North', 10],
        ],
      })
    } finally {
      await domain.close()
    }
  })

  test('with a model that is not there are refused by its path', async () => {
    const given = { data: 'test/fixtures/tables/clinic', model: join(home, 'nowhere.yaml') }
    await expect(openGiven(given, { config }, realEffects)).rejects.toMatchObject({ code: 'source/missing' })
  })
})
