import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '#src/config.ts'
import { realEffects } from '#src/effects.ts'
import { ingestData } from '#src/ingest/ingest.ts'
import { openServerDomain } from '#src/open-postgres.ts'
import { ensureEcommerceSample } from '#src/sample/ecommerce.ts'
import { loadSample } from '#src/sample/postgres/load.ts'
import { completeModel } from '#src/semantic/complete.ts'
import { loadDraftWords } from '#src/semantic/draft/load-words.ts'
import { draftModel } from '#src/semantic/draft.ts'
import { urlOf } from '#test/engines/engines.ts'
import { emptyFolder } from '#test/sample/files.ts'
import { createTestDatabase, type TestDatabase } from '#test/store/database.ts'

const { limits } = readConfig({})

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

describe('the sample shop', () => {
  test('gets the same model from PostgreSQL as from a DuckDB file', async () => {
    const settings = { numOrders: 2000, numCustomers: 120 }
    const url = urlOf(database.address)
    await loadSample({ url, settings })
    const path = join(emptyFolder(), 'shop.duckdb')
    await ensureEcommerceSample({ path, settings })
    const { profile } = await ingestData({ path, home: emptyFolder() })
    const tables = profile.tables.filter(t => !t.name.startsWith('_'))
    const links = profile.links.filter(l => !`${l.from.table}${l.to.table}`.includes('_chartroom'))
    const there = draftModel({ tables, links }, { name: 'shop', words: await loadDraftWords() })
    const domain = await openServerDomain({ url, source: 'a server', limits }, realEffects)
    await domain.close()
    const { domain: name, label, ...model } = domain.model
    const { domain: _, label: __, ...drafted } = completeModel({ ...there, drafted: true })
    expect(model).toEqual(drafted)
    expect(Object.keys(model.joins)).toHaveLength(3)
    expect([name, label.startsWith('Test')]).toEqual([database.address.database, true])
  })
})
