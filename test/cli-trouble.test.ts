import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, describe, expect, test } from 'vitest'
import { makeHome } from './cli/program.ts'

const home = makeHome()
afterAll(() => home.clear())

/** One sentence and one next step on stderr, nothing on stdout, exit code 1, and no word of the machinery. */
const expectTrouble = async (run: ReturnType<typeof home.run>, words: string | RegExp) => {
  const { code, out, err } = await run
  expect(err).toMatch(words)
  expect([code, out]).toEqual([1, ''])
  expect(err).not.toMatch(
    / {4}at |node:internal|\.ts:\d|IO Error|Invalid Input Error|ENO[A-Z]+|E[A-Z]+:|incident|undefined/,
  )
  return err
}

describe('what was typed', () => {
  test.each([
    { args: ['ask', 'units', '--jsn'], says: 'There is no option --jsn; did you mean --json? Run `chartroom help`.\n' },
    { args: ['dcotor'], says: 'There is no command "dcotor"; did you mean "doctor"? Run `chartroom help`.\n' },
    {
      args: ['ask', 'x', '--today', '2023-02-29'],
      says: '--today must be a day such as 2024-01-31, not "2023-02-29". Run `chartroom help`.\n',
    },
    {
      args: ['ask', 'orders', '--domain', 'nope'],
      says: 'There is no domain called nope. There is: ecommerce, support. Use one of these.\n',
    },
  ])('$args', async ({ args, says }) => {
    expect(await expectTrouble(home.run(args), /./)).toBe(says)
  })
})

describe('data that cannot be read', () => {
  const file = (name: string, content: string | Uint8Array) => ['ask', 'rows', '--data', home.file(name, content)]

  test('a file that is not there, an empty one, and a folder without data', async () => {
    await expectTrouble(
      home.run(['ask', 'rows', '--data', 'none.csv']),
      /^There is no file or folder at none\.csv\. Check the path\.\n$/,
    )
    await expectTrouble(home.run(file('empty.csv', '')), /empty\.csv could not be read: it is empty\./)
    mkdirSync(join(home.folder, 'bare'))
    await expectTrouble(
      home.run(['ask', 'rows', '--data', 'bare']),
      /bare could not be read: the folder holds no CSV, TSV, Excel, JSON or Parquet file\./,
    )
  })

  test('a CSV that is none', async () => {
    const picture = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0, 1, 2, 3])
    await expectTrouble(home.run(file('picture.csv', picture)), /picture\.csv could not be read: it is a picture\./)
  })

  test('JSON that is broken, a Parquet file and a DuckDB file that are none', async () => {
    await expectTrouble(home.run(file('broken.json', '[{"a": 1}, {"a": ')), /broken\.json could not be read: /)
    await expectTrouble(home.run(file('none.parquet', 'PAR1 but no more')), /none\.parquet could not be read: /)
    await expectTrouble(home.run(file('none.duckdb', 'no database at all')), /none\.duckdb could not be read: /)
  })
})

describe('the sample data', () => {
  const foreign = async (name: string) => {
    const path = join(home.folder, name)
    const instance = await DuckDBInstance.create(path)
    const connection = await instance.connect()
    await connection.run('create table mine as select 1 as a')
    connection.closeSync()
    instance.closeSync()
    return path
  }

  test('a database of somebody else is left alone', async () => {
    const path = await foreign('foreign.duckdb')
    const before = readFileSync(path)
    await expectTrouble(
      home.run(['ask', 'orders'], { settings: { DUCKDB_PATH: path } }),
      /foreign\.duckdb was not made by Chartroom, so it was left alone; move it away or set DUCKDB_PATH to another path\./,
    )
    expect(readFileSync(path).equals(before)).toBe(true)
    const { code, out } = await home.run(['doctor'], { settings: { DUCKDB_PATH: path } })
    expect(code).toBe(1)
    expect(out).toMatch(/✗ Sample data .*foreign\.duckdb was not made by Chartroom\.\n +→ Move it away/)
  })

  test('a file that is no database is left alone', async () => {
    const path = home.file('notes.duckdb', 'my notes\n'.repeat(1000))
    await expectTrouble(
      home.run(['ask', 'orders'], { settings: { DUCKDB_PATH: path } }),
      /notes\.duckdb was not made by Chartroom/,
    )
    expect(readFileSync(path, 'utf8')).toBe('my notes\n'.repeat(1000))
  })

  test('a database that another program writes to', async () => {
    const path = await foreign('locked.duckdb')
    const holder = await DuckDBInstance.create(path)
    await expectTrouble(
      home.run(['ask', 'orders'], { settings: { DUCKDB_PATH: path } }),
      /locked\.duckdb is open in another program that writes to it; close that program or copy the file\./,
    )
    holder.closeSync()
  })

  test('a disk without space, and a home that cannot be a folder', async () => {
    const path = home.file('plain', 'a file')
    await expectTrouble(
      home.run(['ask', 'orders'], { settings: { CHARTROOM_HOME: join(path, 'home') } }),
      /plain\/home cannot be written\. Check the folder and its rights, or set CHARTROOM_HOME\.\n$/,
    )
    if (!existsSync('/dev/full')) return console.warn('left out: there is no /dev/full here to stand for a full disk')
    const { code, err } = await home.run(['ask', 'orders', '--png', '/dev/full'])
    expect([code, err]).toEqual([
      1,
      'There is no space left to write /dev/full. Free some space, or set CHARTROOM_HOME to another disk.\n',
    ])
  })
})

describe('settings', () => {
  test('all that is wrong is told at once', async () => {
    const { code, err } = await home.run(['ask', 'orders'], { settings: { NUM_ORDERS: 'many', LOG_LEVEL: 'loud' } })
    expect([code, err]).toEqual([
      1,
      'The settings are not right:\n' +
        '  NUM_ORDERS must be a whole number from 1 to 5,000,000, not "many"\n' +
        '  LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent, not "loud"\n' +
        'Mend them in .env or the environment; .env.example lists every setting.\n',
    ])
  })

  test('are read from .env in the folder where the program is started', async () => {
    const env = home.file('.env', 'MAX_QUERY_ROWS=0\n')
    await expectTrouble(
      home.run(['ask', 'orders']),
      /MAX_QUERY_ROWS must be a whole number from 1 to 1,000,000, not "0"/,
    )
    rmSync(env)
    mkdirSync(env)
    await expectTrouble(home.run(['ask', 'orders']), /^\.env could not be read: it is not a file that may be read\./)
    rmSync(env, { recursive: true })
  })

  test('a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise(resolve => other.once('listening', resolve))
    const { port } = other.address() as { port: number }
    const { code, err } = await home.run(['serve'], { settings: { PORT: String(port) } })
    other.close()
    expect(code).toBe(1)
    expect(err).toContain(`Port ${port} is already in use. Stop the other program, or set PORT to a free one.\n`)
  })
})
