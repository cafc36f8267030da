import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { realEffects } from '#src/effects.ts'
import { serverOwner } from '#src/store/server/owner.ts'
import type { Address } from '#src/store/server/seat.ts'
import { openServer, type PrivateServer, type ServerOptions } from '#src/store/server/server.ts'
import { killBots, startBot } from './bots.ts'
import { type Homes, killServer, makeHomes, pidOf } from './homes.ts'

let homes: Homes
beforeAll(async () => {
  homes = await makeHomes()
})
const opened: PrivateServer[] = []
afterEach(async () => {
  killBots()
  await Promise.all(opened.splice(0).map(server => server.close()))
})
afterAll(() => homes.clear())

const open = async (folder: string, more: Partial<ServerOptions> = {}, effects = realEffects) => {
  const server = await openServer({ folder, durable: false, ...more }, effects)
  opened.push(server)
  return server
}

const ask = async (address: Address, sql: string): Promise<unknown[][]> => {
  const client = new pg.Client(address)
  await client.connect()
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows
  } finally {
    await client.end()
  }
}

const patiently = { timeout: 20_000 }

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)

describe('a server with no settings', () => {
  test('is made on first use, and only its owner may look inside', async () => {
    const folder = homes.empty('new')
    const server = await open(folder)
    expect(await ask(await server.address(), 'select 1 + 1')).toEqual([[2]])
    expect([mode(folder), mode(join(folder, 'data')), mode(join(folder, 'password'))]).toEqual(['700', '700', '600'])
  })

  test('listens at a socket in its folder, and takes nobody without the password', async () => {
    const server = await open(homes.used('socket'))
    const address = await server.address()
    expect(await ask(address, `select current_setting('listen_addresses')`)).toEqual([['']])
    await expect(ask({ ...address, password: 'guess' }, 'select 1')).rejects.toMatchObject({ code: '28P01' })
  })

  test('is careful with what was committed, unless told otherwise', async () => {
    const settings = `select current_setting('fsync'), current_setting('synchronous_commit')`
    const careful = await open(homes.used('careful'), { durable: true })
    expect(await ask(await careful.address(), settings)).toEqual([['on', 'on']])
    const quick = await open(homes.used('quick'))
    expect(await ask(await quick.address(), settings)).toEqual([['off', 'off']])
  })

  test.runIf(process.platform === 'linux')('never runs as root', async () => {
    const folder = homes.used('rights')
    await open(folder)
    expect(statSync(`/proc/${await pidOf(folder)}`).uid).toBe((await serverOwner(folder))?.uid ?? process.getuid?.())
    expect(statSync(`/proc/${await pidOf(folder)}`).uid).not.toBe(0)
  })

  test.each([
    ['open to all', 0o755],
    ['open to their owner alone', 0o700],
  ])('works below folders that are %s', async (name, rights) => {
    const folder = homes.used(name)
    chmodSync(dirname(folder), rights)
    const server = await open(folder)
    expect(await ask(await server.address(), 'select 1')).toEqual([[1]])
  })

  test('ends with the bot and keeps what it was told', async () => {
    const folder = homes.used('again')
    const first = await open(folder)
    await ask(await first.address(), 'create table kept as select 7 as n')
    await first.close()
    expect(await pidOf(folder)).toBeUndefined()
    const second = await open(folder)
    expect(await ask(await second.address(), 'select n from kept')).toEqual([[7]])
  })

  test('takes a port of 127.0.0.1 where the path is too long for a socket, and keeps it', async () => {
    const folder = homes.used('long'.repeat(30))
    const server = await open(folder)
    const address = await server.address()
    expect(address.host).toBe('127.0.0.1')
    expect(await ask(address, `select current_setting('listen_addresses'), current_setting('port')::int`)).toEqual([
      ['127.0.0.1', address.port],
    ])
    const pid = await pidOf(folder)
    await killServer(folder)
    await expect.poll(async () => [undefined, pid].includes(await pidOf(folder)), patiently).toBe(false)
    expect((await server.address()).port).toBe(address.port)
  })
})

const seats = `select count(*)::int from pg_stat_activity where application_name = 'chartroom seat'`

describe('two bots of one folder', () => {
  test('share a server, also when both find nothing; it ends with the last of them', async () => {
    const folder = homes.empty('shared')
    const [one, two] = await Promise.all([startBot(folder), startBot(folder)])
    const pid = await pidOf(folder)
    await one.sql('create table seen as select 1 as n')
    expect(await two.sql('select n from seen')).toEqual([[1]])
    await one.leave()
    expect(await two.sql('select n from seen')).toEqual([[1]])
    expect(await pidOf(folder)).toBe(pid)
    await two.leave()
    expect(await pidOf(folder)).toBeUndefined()
  })

  test('one that was killed does not count', async () => {
    const folder = homes.used('killed one')
    const [one, two] = [await startBot(folder), await startBot(folder)]
    await one.kill()
    await expect.poll(() => two.sql(seats), patiently).toEqual([[1]])
    await two.leave()
    expect(await pidOf(folder)).toBeUndefined()
  })
})

describe('after kill -9', () => {
  test('of the bot, the next one goes on with its server', async () => {
    const folder = homes.used('orphan')
    const bot = await startBot(folder)
    await bot.sql('create table seen as select 1 as n')
    await bot.kill()
    const pid = await pidOf(folder)
    expect(pid).toBeDefined()
    const server = await open(folder)
    expect(await pidOf(folder)).toBe(pid)
    expect(await ask(await server.address(), 'select n from seen')).toEqual([[1]])
    await server.close()
    expect(await pidOf(folder)).toBeUndefined()
  })

  test('of the server, it is started again by itself, with all that was committed', async () => {
    const folder = homes.used('dead')
    const told: string[] = []
    const server = await open(folder, { durable: true, warn: event => void told.push(event) })
    await ask(await server.address(), 'create table seen as select 1 as n')
    await ask(await server.address(), 'insert into seen values (2)')
    const pid = await pidOf(folder)
    await killServer(folder)
    await expect.poll(async () => [undefined, pid].includes(await pidOf(folder)), patiently).toBe(false)
    expect(await ask(await server.address(), 'select n from seen order by n')).toEqual([[1], [2]])
    expect(told).toEqual(['state/lost'])
  })

  test('of one that cannot start any more is told once; it is tried again only when somebody asks', async () => {
    const folder = homes.used('dead for good')
    const told: string[] = []
    const server = await open(folder, { warn: event => void told.push(event) })
    rmSync(join(folder, 'data', 'global', 'pg_control'))
    const tries = () =>
      readFileSync(join(folder, 'server.log'), 'utf8').split('could not find the database system').length - 1
    await killServer(folder)
    await expect.poll(() => told, patiently).toEqual(['state/lost', 'state/not-back'])
    await sleep(1000)
    expect(tries()).toBe(1)
    await expect(server.address()).rejects.toMatchObject({ code: 'state/not-started' })
    expect(tries()).toBe(2)
    expect(told).toEqual(['state/lost', 'state/not-back'])
  })

  test('of both, the next one starts it', async () => {
    const folder = homes.used('both dead')
    const bot = await startBot(folder)
    await bot.sql('create table seen as select 1 as n')
    await Promise.all([killServer(folder), bot.kill()])
    const server = await open(folder)
    expect(await ask(await server.address(), 'select n from seen')).toEqual([[1]])
  })

  test.runIf(process.platform === 'linux')('an orphan that hangs is ended and started again', async () => {
    const folder = homes.used('hung')
    const bot = await startBot(folder)
    const pid = await pidOf(folder)
    await bot.kill()
    process.kill(pid ?? 0, 'SIGSTOP')
    const hurried = { ...realEffects, ticks: () => performance.now() * 5 }
    const server = await open(folder, {}, hurried)
    expect(await ask(await server.address(), 'select 1')).toEqual([[1]])
    expect(await pidOf(folder)).not.toBe(pid)
  })
})

describe('what a crash of the machine leaves', () => {
  test('a lock file whose number belongs to another program by now is taken away', async () => {
    const folder = homes.used('reused')
    const owner = await serverOwner(folder)
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { cwd: '/', env: {}, ...owner })
    try {
      writeFileSync(
        join(folder, 'data', 'postmaster.pid'),
        `${other.pid}\n${folder}/data\n1700000000\n5432\n${folder}\n\n 0 0\nready   \n`,
      )
      const server = await open(folder)
      expect(await ask(await server.address(), 'select 1')).toEqual([[1]])
      expect(other.exitCode).toBeNull()
    } finally {
      other.kill()
    }
  })

  test('an empty lock file is taken away', async () => {
    const folder = homes.used('empty lock')
    const file = join(folder, 'data', 'postmaster.pid')
    writeFileSync(file, '')
    utimesSync(file, 1_700_000_000, 1_700_000_000)
    const server = await open(folder)
    expect(await ask(await server.address(), 'select 1')).toEqual([[1]])
  })

  test('half-made folders are swept away once they are an hour old', async () => {
    const folder = homes.empty('drafts')
    const [old, young] = [`${folder}.new-old`, `${folder}.new-young`]
    for (const draft of [old, young]) mkdirSync(join(draft, 'data'), { recursive: true })
    utimesSync(old, 1_700_000_000, 1_700_000_000)
    await open(folder)
    expect(() => statSync(old)).toThrow('ENOENT')
    expect(statSync(young).isDirectory()).toBe(true)
  })
})

test('the log is begun anew when it is long, and holds no statement', async () => {
  const folder = homes.used('log')
  writeFileSync(join(folder, 'server.log'), 'x'.repeat(1_000_001))
  const server = await open(folder)
  await expect(ask(await server.address(), `select 'secret' || 1 / 0`)).rejects.toMatchObject({ code: '22012' })
  expect(statSync(join(folder, 'server.log.before')).size).toBe(1_000_001)
  const said = readFileSync(join(folder, 'server.log'), 'utf8')
  expect(said).toContain('ready to accept connections')
  expect(said).not.toMatch(/secret|division/)
})
