import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { realEffects } from '#src/effects.ts'
import { reasonIn } from '#src/store/server/initialise.ts'
import { findPackaged } from '#src/store/server/packaged.ts'
import { openServer } from '#src/store/server/server.ts'
import { startBot } from './bots.ts'
import { type Homes, makeHomes } from './homes.ts'

let homes: Homes
beforeAll(async () => {
  homes = await makeHomes()
})
afterAll(() => homes.clear())

const open = (folder: string) => openServer({ folder, durable: false }, realEffects)

/** Every file with its size, but for the log and what PostgreSQL makes anew at each start. */
const listing = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => !/server\.log|postmaster\.opts|pg_internal\.init|pgstat\.stat|pg_wal/.test(name))
    .map(name => `${name} ${statSync(join(folder, name)).isFile() ? statSync(join(folder, name)).size : ''}`)
    .toSorted()

type Breach = [title: string, code: string, sentence: RegExp, breach: (folder: string) => void]

const put = (name: string, content: string | Uint8Array) => (folder: string) =>
  writeFileSync(join(folder, name), content)
const remove = (name: string) => (folder: string) => rmSync(join(folder, name), { recursive: true })

const breaches: Breach[] = [
  ['without data', 'state/broken', /cannot be opened: it holds no data of a PostgreSQL server\./, remove('data')],
  [
    'whose version cannot be read',
    'state/broken',
    /: its file data\/PG_VERSION is damaged\./,
    put('data/PG_VERSION', '\0'),
  ],
  [
    'of an older PostgreSQL',
    'state/other-version',
    /was written by PostgreSQL 17; this Chartroom brings PostgreSQL 18\./,
    put('data/PG_VERSION', '17\n'),
  ],
  [
    'of a newer PostgreSQL',
    'state/other-version',
    /was written by PostgreSQL 19; this Chartroom brings PostgreSQL 18\./,
    put('data/PG_VERSION', '19\n'),
  ],
  ['without its password', 'state/broken', /: its file password is missing\./, remove('password')],
  [
    'with another password',
    'state/broken',
    /: its file password is not that of the server\./,
    put('password', 'another'),
  ],
  [
    'whose control file is damaged',
    'state/not-started',
    /did not start: its files are damaged\./,
    put('data/global/pg_control', new Uint8Array(8192)),
  ],
  [
    'whose control file is missing',
    'state/not-started',
    /did not start: its file data\/global\/pg_control is missing or cannot be read\./,
    remove('data/global/pg_control'),
  ],
  [
    'whose settings are damaged',
    'state/not-started',
    /did not start: configuration file ".*postgresql\.conf" contains errors\./,
    put('data/postgresql.conf', 'port = = 3\n'),
  ],
]

describe('a folder that cannot be used is named, and nothing in it is deleted', () => {
  test.each(breaches)('%s', async (title, code, sentence, breach) => {
    const folder =
      code === 'state/not-started' || title.endsWith('another password') ? homes.used(title) : homes.sketched(title)
    breach(folder)
    const before = listing(folder)
    const failure = await open(folder).catch(error => error)
    expect(failure).toMatchObject({ code, kind: 'config', message: expect.stringMatching(sentence) })
    expect(failure.message).toContain(folder)
    expect(failure.next).toMatch(/^Nothing was deleted\./)
    expect(listing(folder)).toEqual(expect.arrayContaining(before))
  })

  test('with files of somebody else', async () => {
    const folder = homes.empty('foreign')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'letters.txt'), 'Dear Sir')
    await expect(open(folder)).rejects.toMatchObject({ code: 'state/broken' })
    expect(readdirSync(folder)).toEqual(['letters.txt'])
    expect(readFileSync(join(folder, 'letters.txt'), 'utf8')).toBe('Dear Sir')
  })

  test('that is a file, or lies below one', async () => {
    const folder = homes.empty('a file')
    mkdirSync(dirname(folder), { recursive: true })
    writeFileSync(folder, 'x')
    for (const path of [folder, join(folder, 'state')])
      await expect(open(path)).rejects.toMatchObject({
        code: 'state/broken',
        message: expect.stringMatching(/: a file is where a folder should be\.$/),
      })
  })

  test.runIf(process.getuid?.() !== 0)('that may not be written to', async () => {
    const folder = homes.empty('read only')
    mkdirSync(dirname(folder), { recursive: true })
    chmodSync(dirname(folder), 0o500)
    await expect(open(folder)).rejects.toMatchObject({
      code: 'state/broken',
      message: expect.stringMatching(/: it belongs to another user\.$/),
    })
  })
})

test('an empty folder is no broken one', async () => {
  const folder = homes.empty('bare')
  mkdirSync(folder, { recursive: true })
  const bot = await startBot(folder)
  expect(await bot.sql('select 1')).toEqual([[1]])
  await bot.leave()
})

test('what initdb says becomes a reason', () => {
  expect(reasonIn('initdb: could not look up effective user ID 4242: user does not exist\n')).toBe(
    'the user with the number 4242 has no name in /etc/passwd, and PostgreSQL wants one',
  )
  expect(reasonIn('initdb: error: could not create directory "data": No space left on device\n')).toBe(
    'could not create directory "data": No space left on device',
  )
  expect(reasonIn('')).toBe('its programs cannot be run here')
})

test('a machine that no package is for is told what to do', async () => {
  await expect(findPackaged('sunos', 'sparc')).rejects.toMatchObject({
    code: 'state/no-server',
    message: 'No PostgreSQL for sunos-sparc came with npm.',
    next: expect.stringContaining('DATABASE_URL'),
  })
})
