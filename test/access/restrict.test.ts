import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { restrictParts } from '#src/access/restrict.ts'
import { hardenStatements } from '#src/harden/statements.ts'
import type { Address } from '#src/store/server/seat.ts'
import { urlOf } from '#test/engines/engines.ts'
import { createTestDatabase, type TestDatabase } from '#test/store/database.ts'
import { modelFrom } from './models.ts'
import { postgresParts, restrictedDomain, rightsFrom } from './worlds.ts'

const model = modelFrom(`
domain: desk
tables: { tickets: { key: id, columns: { id: number, tenant: text, hours: number } } }
measures: { tickets: { table: tickets, count: id, description: Tickets. }, hours: { table: tickets, sum: hours, description: Work. } }
`)

describe('a domain as somebody may see it, on a PostgreSQL that was hardened', () => {
  let database: TestDatabase
  let reader: Address
  beforeAll(async () => {
    database = await createTestDatabase()
    const role = `${database.address.database}_reader`
    const client = new pg.Client(database.address)
    await client.connect()
    await client.query(
      `CREATE TABLE tickets AS SELECT i AS id, CASE WHEN i % 2 = 0 THEN 'acme' ELSE 'globex' END AS tenant, i AS hours FROM generate_series(1, 9) g(i)`,
    )
    const relations = [{ schema: 'public', name: 'tickets', columns: ['id', 'tenant', 'hours'] }]
    await client.query(hardenStatements({ database: database.address.database, role, relations, tenant: 'tenant' }))
    await client.query(`ALTER ROLE ${role} PASSWORD 'reader'`)
    await client.end()
    reader = { ...database.address, user: role, password: 'reader' }
  })
  afterAll(() => database.drop())

  const rowsSeen = async (role: Record<string, unknown>) => {
    const parts = await postgresParts(urlOf(reader), 'public', model)
    const domain = restrictedDomain(parts, rightsFrom(role, 'desk'))
    const rows = await domain.rowCount('tickets')
    await domain.close()
    return rows
  }

  test('the settings of a role reach row level security, and rules for rows hold besides', async () => {
    expect(await rowsSeen({}), 'without a tenant there is nothing to see').toBe(0)
    expect(await rowsSeen({ session: { 'app.tenant': 'acme' } })).toBe(4)
    expect(await rowsSeen({ session: { 'app.tenant': 'globex' } })).toBe(5)
    expect(await rowsSeen({ session: { 'app.tenant': 'globex' }, rows: { desk: { 'tickets.id': { gt: 4 } } } })).toBe(3)
    expect(await rowsSeen({ session: { 'app.tenant': 'globex' }, rows: { desk: { 'tickets.tenant': 'acme' } } })).toBe(
      0,
    )
  })

  test('SQL of others sees the same, and its plan is made under the same settings', async () => {
    const parts = await postgresParts(urlOf(reader), 'public', model)
    const domain = restrictedDomain(
      parts,
      rightsFrom({ session: { 'app.tenant': 'acme' }, hide: { desk: ['hours'] } }, 'desk'),
    )
    const result = await domain.runText('SELECT * FROM tickets ORDER BY id')
    await domain.close()
    expect(result).toMatchObject({
      columns: [{ name: 'id' }, { name: 'tenant' }],
      rows: [
        [2, 'acme'],
        [4, 'acme'],
        [6, 'acme'],
        [8, 'acme'],
      ],
    })
  })

  test('an answer says which rows are left out; what was narrowed before stays so', async () => {
    const parts = await postgresParts(urlOf(reader), 'public', model)
    const first = restrictParts(
      parts,
      rightsFrom({ session: { 'app.tenant': 'acme' }, rows: { desk: { 'tickets.id': { gt: 2 } } } }, 'desk'),
    )
    const second = restrictParts(
      first,
      rightsFrom({ rows: { desk: { 'tickets.hours': { lt: 8 } } }, hide: { desk: ['tickets.tenant'] } }, 'desk'),
    )
    const untouched = restrictParts(first, rightsFrom({}, 'desk'))
    await parts.engine.close()
    expect(first.notes).toEqual(['Only rows with tickets.id over 2 are counted: more may not be seen.'])
    expect(second.notes).toHaveLength(2)
    expect(second.session).toEqual({ 'app.tenant': 'acme' })
    expect(second.tables).toEqual([
      {
        name: 'tickets',
        columns: ['id', 'hours'],
        condition: {
          text: '((("row"."id" > cast(2 as float8)))) and ((("row"."hours" < cast(8 as float8))))',
          reads: [],
        },
      },
    ])
    expect(untouched.tables).toEqual(first.tables)
  })
})
