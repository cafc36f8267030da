import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { realEffects } from '#src/effects.ts'
import { storedClaims } from '#src/store/claims.ts'
import { connectDatabase, type Database } from '#src/store/database.ts'
import { openServer } from '#src/store/server/server.ts'
import { openState, type StateOptions } from '#src/store/state.ts'
import { storedThreads } from '#src/store/turns.ts'
import { querySchema } from '#src/vocabulary/query.ts'
import { createTestDatabase, reachServer, type TestDatabase } from './database.ts'
import { type StateProcess, startProcess } from './processes.ts'
import { killServer, pidOf } from './server/homes.ts'

let shared: TestDatabase
let databaseUrl = ''
const root = mkdtempSync(join(tmpdir(), 'state-'))
beforeAll(async () => {
  shared = await createTestDatabase()
  databaseUrl = urlOf(shared.address)
})
const processes: StateProcess[] = []
const opened: Database[] = []
afterEach(async () => {
  await Promise.all([...processes.splice(0).map(p => p.kill()), ...opened.splice(0).map(d => d.close())])
})
afterAll(async () => {
  await shared.drop()
  await killServer(join(root, 'home', 'state'))
  rmSync(root, { recursive: true, force: true, maxRetries: 5 })
})

const urlOf = ({ host, user, password, database }: TestDatabase['address']) =>
  `postgres://${user}:${password}@/${database}?host=${encodeURIComponent(host)}`

const open = async (options: StateOptions) => {
  const database = await openState(options, realEffects)
  opened.push(database)
  return database
}
const start = async (options: StateOptions) => {
  const started = await startProcess(options)
  processes.push(started)
  return started
}

const home = join(root, 'home')
const patiently = { timeout: 20_000 }
const kinds: [string, () => StateOptions][] = [
  ['with a server of our own', () => ({ home })],
  ['with DATABASE_URL', () => ({ home, databaseUrl })],
]

describe.each(kinds)('two processes, %s', (kind, options) => {
  test('take up each delivery once, also when they hear of it at the same moment', async () => {
    const [one, two] = await Promise.all([start(options()), start(options())])
    const keys = Array.from({ length: 50 }, (_, i) => `${kind} ${i}`)
    const [first, second] = await Promise.all([one.claim(keys), two.claim(keys)])
    expect(first.map((taken, i) => Number(taken) + Number(second[i]))).toEqual(keys.map(() => 1))
  })

  test('what was taken up by one that was killed stays taken up', async () => {
    const one = await start(options())
    expect(await one.claim([`${kind} killed`])).toEqual([true])
    await one.kill()
    const two = await start(options())
    expect(await two.claim([`${kind} killed`])).toEqual([false])
  })

  test('remember conversations for each other, and after a restart', async () => {
    const [one, two] = [await start(options()), await start(options())]
    await one.remember(kind, 'revenue')
    expect(await two.last(kind)).toMatchObject({ measures: [{ measure: 'revenue' }] })
    await two.remember(kind, 'orders')
    await one.leave()
    await two.leave()
    const three = await start(options())
    expect(await three.last(kind)).toMatchObject({ measures: [{ measure: 'orders' }] })
  })
})

const asked = querySchema.parse({ domain: 'shop', measures: [{ measure: 'revenue' }] })

describe('a server of our own that is killed', () => {
  test('is started again with all that was committed', async () => {
    const database = await open({ home })
    const threads = storedThreads(database, {}, realEffects)
    await threads.remember('before', asked)
    const pid = await pidOf(join(home, 'state'))
    await killServer(join(home, 'state'))
    await expect.poll(async () => [undefined, pid].includes(await pidOf(join(home, 'state'))), patiently).toBe(false)
    expect(await threads.last('before')).toEqual(asked)
    expect(await storedClaims(database, {}, realEffects).claim('after')).toBe(true)
  })

  test('lets the next question wait until it is back', async () => {
    const server = await openServer({ folder: join(home, 'state') }, realEffects)
    const database = connectDatabase(await server.address(), server.address)
    await killServer(join(home, 'state'))
    expect(await database.query('select 1 as n')).toEqual([{ n: 1 }])
    await database.close()
    await server.close()
  })

  test('fails what was running with a sentence', async () => {
    const database = await open({ home })
    const running = database.query('select pg_sleep(30)')
    const failed = expect(running).rejects.toMatchObject({
      code: 'state/unavailable',
      message: 'What Chartroom remembers cannot be reached just now.',
      retry: true,
    })
    await expect
      .poll(
        async () => (await database.query(`select 1 from pg_stat_activity where query = 'select pg_sleep(30)'`)).length,
      )
      .toBe(1)
    await killServer(join(home, 'state'))
    await failed
  })
})

describe('a transaction', () => {
  test('is done wholly or not at all', async () => {
    const database = await open({ home, databaseUrl })
    const add = `insert into chartroom.claims values ('a', now())`
    await expect(
      database.transaction(async query => {
        await query(add)
        throw new Error('stop')
      }),
    ).rejects.toThrow('stop')
    await expect(
      database.transaction(async query => {
        await query(add)
        await query('select 1 / 0')
      }),
    ).rejects.toMatchObject({ code: 'state/failed' })
    expect(await database.query(`select key from chartroom.claims where key = 'a'`)).toEqual([])
    await database.transaction(query => query(add))
    expect(await database.query(`select key from chartroom.claims where key = 'a'`)).toEqual([{ key: 'a' }])
  })
})

describe('a DATABASE_URL that does not work is told in a sentence without the password', () => {
  const reason = async (url: string) => {
    const failure = await open({ home, databaseUrl: url }).catch(error => error)
    expect(failure).toMatchObject({ code: 'state/unreachable', kind: 'config' })
    expect(failure.message).not.toContain('hunter2')
    return failure.message.replace('The PostgreSQL of DATABASE_URL cannot be used: ', '')
  }
  const changed = (change: Partial<TestDatabase['address']>) => urlOf({ ...shared.address, ...change })

  test('wrong address', async () => {
    expect(await reason('postgres://u:hunter2@127.0.0.1:1/x')).toBe('nobody listens at that address.')
    expect(await reason('postgres://u:hunter2@no.such.host.invalid/x')).toBe('there is no such host.')
    expect(await reason('postgres://u:hunter2@[/x')).toMatch(/^it is not an address like/)
  })

  test('wrong user, password or database', async () => {
    expect(await reason(changed({ password: 'hunter2' }))).toBe('it does not accept that user and password.')
    expect(await reason(changed({ user: 'hunter' }))).toBe('it does not accept that user and password.')
    expect(await reason(changed({ database: 'hunter2' }).replace('/hunter2', '/other'))).toBe(
      'there is no such database.',
    )
  })

  test('a user without the right to make tables', async () => {
    const admin = await open({ home, databaseUrl: urlOf(await reachServer()) })
    const role = `${shared.address.database}_reader`
    await admin.query(`create role ${role} login password 'hunter2'`)
    const empty = await createTestDatabase()
    expect(await reason(urlOf({ ...empty.address, user: role, password: 'hunter2' }))).toBe(
      'its user may not make a schema there.',
    )
    await admin.query(`drop role ${role}`)
    await empty.drop()
  })

  test('something that is no PostgreSQL', async () => {
    const web = createServer(socket => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1')
    await new Promise(resolve => web.once('listening', resolve))
    const address = web.address()
    const port = typeof address === 'object' ? address?.port : 0
    expect(await reason(`postgres://u:hunter2@127.0.0.1:${port}/x`)).not.toBe('')
    web.close()
  })

  test('TLS that the server does not speak', async () => {
    expect(await reason(`${changed({})}&sslmode=verify-full`)).toMatch(/TLS|certificate|let us in/)
  })
})
