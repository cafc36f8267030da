import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { realEffects } from '#src/effects.ts'
import { openPostgres, type PostgresOptions } from '#src/engines/postgres/postgres.ts'
import { openServer } from '#src/store/server/server.ts'
import { createTestDatabase, type TestDatabase } from '#test/store/database.ts'
import { type Homes, makeHomes } from '#test/store/server/homes.ts'
import { onDatabase, urlOf } from '../engines.ts'
import { unchecked } from '../unchecked.ts'
import { openLine } from './line.ts'

let database: TestDatabase
let role: string
beforeAll(async () => {
  database = await createTestDatabase()
  role = `${database.address.database}_few`
  await onDatabase(database.address, [`CREATE ROLE ${role} LOGIN PASSWORD 'pass' CONNECTION LIMIT 1`])
})
afterAll(async () => {
  await onDatabase(database.address, [`DROP ROLE ${role}`])
  await database.drop()
})

const opened = async (url: string, options: PostgresOptions = {}) => {
  const engine = await openPostgres({ url }, options, realEffects)
  onTestFinished(() => engine.close())
  return engine
}
const failure = (url: string, options: PostgresOptions = {}) =>
  openPostgres({ url }, options, realEffects).then(
    () => [],
    thrown => [String(thrown.code), String(thrown.message)],
  )
const one = unchecked('SELECT 1')
const endless = unchecked('SELECT count(*) FROM generate_series(1, 1000000000) a, generate_series(1, 1000000000) b')

describe('a database that cannot be used', () => {
  it('has no address that can be read, and nothing of it is repeated', async () => {
    const wrong = 'The address of the database cannot be used:'
    expect(await failure('mysql://root:geheim@db/shop')).toEqual([
      'source/address',
      `${wrong} it does not begin with postgres://.`,
    ])
    expect(await failure('postgres://root:geheim@db:port/shop')).toEqual([
      'source/address',
      `${wrong} it is not written right.`,
    ])
    expect(await failure('postgres://root:geheim@db/shop?sslrootcert=/nowhere/ca.pem')).toEqual([
      'source/address',
      `${wrong} it names a file with a certificate that cannot be read.`,
    ])
  })

  it('does not know the user, the password or itself', async () => {
    const { address } = database
    const place = 'on this machine cannot be used:'
    expect(await failure(urlOf({ ...address, password: 'guess' }))).toEqual([
      'source/refused',
      `The database ${address.database} ${place} the user or the password is wrong.`,
    ])
    expect(await failure(urlOf({ ...address, database: 'nowhere' }))).toEqual([
      'source/refused',
      `The database nowhere ${place} there is no database of that name.`,
    ])
    expect(await failure(urlOf(address).replace(/:[^:@]*@/, '@'))).toEqual([
      'source/refused',
      `The database ${address.database} ${place} it asks for a password and the address has none.`,
    ])
    const waiting = `SELECT count(*) FROM pg_stat_activity WHERE state = 'starting' AND backend_type = 'client backend'`
    await expect.poll(() => onDatabase(address, [waiting]), { timeout: 20_000 }).toEqual([['0']])
  })

  it('has no connection left', async () => {
    const url = urlOf({ ...database.address, user: role, password: 'pass' })
    const first = await opened(url)
    await first.run(one)
    expect((await failure(url))[0]).toBe('engine/busy')
  })

  it('is not there', async () => {
    expect(await failure('postgres://a:b@127.0.0.1:1/shop')).toEqual([
      'engine/unreachable',
      'The database cannot be reached just now.',
    ])
  })

  it('does not answer', async () => {
    const line = await openLine(database.address)
    line.hang()
    expect((await failure(line.url, { connectMs: 200 }))[0]).toBe('engine/unreachable')
  })
})

describe('an encrypted connection', () => {
  it.each([
    [true, 'sslmode=no-verify'],
    ['direct', 'sslmode=no-verify&sslnegotiation=direct'],
  ] as const)('runs and cancels statements (%s)', async (encrypted, how) => {
    const line = await openLine(database.address, { encrypted })
    const engine = await opened(`${line.url}?${how}`)
    expect((await engine.run(one)).rows).toEqual([[1]])
    const running =
      "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND datname = current_database() AND pid <> pg_backend_pid()"
    await expect(engine.run(endless, { timeoutMs: 300 })).rejects.toMatchObject({ code: 'engine/timeout' })
    await expect.poll(() => onDatabase(database.address, [running]), { timeout: 20_000 }).toEqual([['0']])
  })

  it('is refused when nobody vouches for the server, and taken when its certificate is named', async () => {
    const line = await openLine(database.address, { encrypted: true })
    expect((await failure(`${line.url}?sslmode=verify-full`))[1]).toContain(
      'does not trust its certificate; add sslrootcert',
    )
    const trusted = await opened(`${line.url}?sslmode=verify-full&sslrootcert=test/fixtures/tls/cert.pem`)
    expect((await trusted.run(one)).rows).toEqual([[1]])
  })

  it('is refused by a server that does not encrypt', async () => {
    const line = await openLine(database.address)
    expect((await failure(`${line.url}?sslmode=verify-full`))[1]).toContain(
      'it does not encrypt connections; take sslmode out',
    )
  })
})

describe('a network that fails', () => {
  it('is waited for no longer than the statement may take, and its place is free again', async () => {
    const line = await openLine(database.address)
    const engine = await opened(line.url, { places: 1, connectMs: 300 })
    await engine.run(one)
    const failure = engine.run(endless, { timeoutMs: 400 })
    setTimeout(line.hang, 200)
    await expect(failure).rejects.toMatchObject({ code: 'engine/timeout' })
    await expect(engine.run(one)).rejects.toMatchObject({ code: 'engine/unreachable' })
  })

  it('that cut a connection while nobody used it costs nothing but a new one', async () => {
    const line = await openLine(database.address)
    const engine = await opened(line.url, { places: 1 })
    await engine.run(one)
    line.break()
    expect((await engine.run(one)).rows).toEqual([[1]])
  })
})

describe('a server that is started again', () => {
  let homes: Homes
  beforeAll(async () => {
    homes = await makeHomes()
  })
  afterAll(() => homes.clear())

  it('is not there meanwhile, and then goes on without anybody doing anything', async () => {
    const folder = homes.used('restarted')
    const server = await openServer({ folder, durable: false }, realEffects)
    const engine = await opened(urlOf(await server.address()), { freshMs: 0 })
    const before = await engine.version()
    await server.close()
    await expect(engine.run(one)).rejects.toMatchObject({ code: 'engine/unreachable', retry: true })
    await expect(engine.version()).rejects.toMatchObject({ code: 'engine/unreachable' })
    const again = await openServer({ folder, durable: false }, realEffects)
    expect((await engine.run(one)).rows).toEqual([[1]])
    expect(await engine.version()).not.toBe(before)
    await engine.close()
    await again.close()
  })

  it('because a process of it was killed: what ran is lost, and then it goes on', async () => {
    const folder = homes.used('killed')
    const server = await openServer({ folder, durable: false }, realEffects)
    const engine = await opened(urlOf(await server.address()))
    const { rows } = await engine.run(unchecked('SELECT pg_backend_pid()'))
    const outcome = engine.run(endless).catch(thrown => thrown.code)
    setTimeout(() => process.kill(Number(rows[0]?.[0]), 'SIGKILL'), 300)
    expect(await outcome).toBe('engine/lost')
    const answer = () =>
      engine.run(one).then(
        found => found.rows,
        () => [],
      )
    await expect.poll(answer, { timeout: 20_000 }).toEqual([[1]])
    await engine.close()
    await server.close()
  })
})
