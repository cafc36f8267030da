import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, it } from 'vitest'
import { ingestData } from '#src/ingest/ingest.ts'
import { ingestOne, makeFiles, readCsv, rowsOf } from './made-files.ts'

const csv = 'a,b\n1,x\n2,y\n'

describe('a folder of files', () => {
  it('makes a table of each, named after its file', async () => {
    const { folder, home } = makeFiles({
      'Order Details.csv': csv,
      'b.tsv': 'a\tb\n1\t2\n',
      'c.json': '[{"x":1}]',
      'notes.md': '# no',
    })
    const { tables, warnings } = await ingestData({ path: folder, home })
    expect(tables.map(t => [t.name, t.label, t.rows])).toEqual([
      ['order_details', 'Order Details', 2],
      ['b', 'b', 1],
      ['c', 'c', 1],
    ])
    expect(warnings).toEqual([])
  })

  it('gives files of like names different tables', async () => {
    const { folder, home } = makeFiles({ 'my-data.csv': csv, 'my_data.tsv': 'a\tb\n1\t2\n' })
    expect((await ingestData({ path: folder, home })).tables.map(t => t.name)).toEqual(['my_data', 'my_data_2'])
  })

  it('names bad files and reads the others', async () => {
    const { folder, home } = makeFiles({
      'good.csv': csv,
      'bad.json': '{"a": 1,',
      'empty.csv': '',
      'page.csv': '<!DOCTYPE html><html></html>',
      'book.xlsx': 'PK',
      'things.avro': 'x',
    })
    const { tables, warnings } = await ingestData({ path: folder, home })
    expect(tables.map(t => t.name)).toEqual(['good'])
    expect(warnings).toEqual([
      'empty.csv was left out: it is empty.',
      'things.avro was left out: files of this kind are not read; save it as CSV.',
      'bad.json could not be read: it is not valid JSON.',
      'book.xlsx could not be read: it is not an Excel workbook, or it is damaged.',
      'page.csv could not be read: it is a web page or XML.',
    ])
  })

  it('is refused when it holds no data file', async () => {
    const { folder, home } = makeFiles({ 'notes.md': '# no' })
    await expect(ingestData({ path: folder, home })).rejects.toMatchObject({
      code: 'source/unreadable',
      message: expect.stringContaining('holds no CSV, TSV, Excel, JSON or Parquet file'),
    })
  })
})

describe('reuse', () => {
  it('finds the database again while the files are the same, and makes another when one changed', async () => {
    const { folder, home } = makeFiles({ 'a.csv': csv })
    const path = join(folder, 'a.csv')
    const first = await ingestData({ path, home })
    const again = await ingestData({ path, home })
    expect([first.reused, again.reused]).toEqual([false, true])
    expect(again).toEqual({ ...first, reused: true })
    writeFileSync(path, `${csv}3,z\n`)
    utimesSync(path, 1, 1)
    const changed = await ingestData({ path, home })
    expect(changed.database).not.toBe(first.database)
    expect(changed.tables[0]?.rows).toBe(3)
  })

  it('leaves nothing half-made behind', async () => {
    const { folder, home } = makeFiles({ 'a.csv': csv, 'b.json': '{' })
    await ingestData({ path: folder, home })
    await expect(ingestData({ path: join(folder, 'b.json'), home })).rejects.toMatchObject({
      code: 'source/unreadable',
    })
    expect(readdirSync(join(home, 'data')).map(f => f.replace(/^[0-9a-f]{32}/, ''))).toEqual(['.duckdb', '.json'])
  })

  it('makes anew what was kept without its description', async () => {
    const { folder, home } = makeFiles({ 'a.csv': csv })
    const { database } = await ingestData({ path: folder, home })
    renameSync(database.replace(/duckdb$/, 'json'), `${database}.gone`)
    expect((await ingestData({ path: folder, home })).reused).toBe(false)
  })
})

describe('other kinds of files', () => {
  it('flattens objects one level and keeps lists as text', async () => {
    const { database, tables } = await ingestOne(
      'n.json',
      '[{"a":{"b":1,"c":{"d":2}},"l":[1,2],"m":5},{"a":{"b":2,"c":null},"l":[],"m":"x"}]',
    )
    expect(tables[0]?.columns.map(c => [c.name, c.type])).toEqual([
      ['a_b', 'integer'],
      ['a_c', 'text'],
      ['l', 'text'],
      ['m', 'text'],
    ])
    expect(await rowsOf(database, 'SELECT a_b, l, m FROM n ORDER BY a_b')).toEqual([
      ['1', '[1,2]', '5'],
      ['2', '[]', 'x'],
    ])
  })

  it('reads one object a line, fields in any order', async () => {
    const { rows } = await readCsv('{"a":1}\n{"b":"2020-01-01","a":2}\n', 'n.ndjson')
    expect(rows).toEqual([
      ['1', null],
      ['2', '2020-01-01'],
    ])
  })

  it('finds the records inside an object', async () => {
    expect((await readCsv('{"meta":1,"rows":[{"a":1},{"a":2}]}', 'w.json')).rows).toEqual([['1'], ['2']])
  })

  it('refuses JSON that is no list of records', async () => {
    await expect(ingestOne('s.json', '[1,2,3]')).rejects.toMatchObject({
      message: 's.json could not be read: it is not a list of records.',
    })
  })

  it('unpacks gzip, and stops when it unpacks to too much', async () => {
    expect((await readCsv(gzipSync(csv), 'z.csv.gz')).rows).toEqual([
      ['1', 'x'],
      ['2', 'y'],
    ])
    await expect(ingestOne('bomb.csv.gz', gzipSync(Buffer.alloc(70_000_000, '1,2\n')))).rejects.toMatchObject({
      message: 'bomb.csv.gz could not be read: it unpacks to more than 64 MB.',
    })
    await expect(ingestOne('no.csv.gz', 'a,b\n')).rejects.toMatchObject({
      message: 'no.csv.gz could not be read: it is not a gzip file.',
    })
  })

  it('keeps the types of Parquet, and reads dates that stand there as text', async () => {
    const { folder, home } = makeFiles({})
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    const path = join(folder, 'p.parquet')
    await connection.run(
      `COPY (SELECT 1::SMALLINT AS n, 1.50::DECIMAL(9,2) AS "Unit Price", '007' AS code, '2020-01-05' AS day, {'x': 1} AS s) TO '${path}' (FORMAT parquet)`,
    )
    instance.closeSync()
    const { database, tables } = await ingestData({ path, home })
    expect(tables[0]?.columns.map(c => [c.name, c.type])).toEqual([
      ['n', 'integer'],
      ['unit_price', 'number'],
      ['code', 'text'],
      ['day', 'date'],
      ['x', 'integer'],
    ])
    expect(await rowsOf(database, 'FROM p')).toEqual([['1', 1.5, '007', '2020-01-05', '1']])
  })

  it('uses a DuckDB file as it is', async () => {
    const { folder, home } = makeFiles({})
    const path = join(folder, 'shop.duckdb')
    const instance = await DuckDBInstance.create(path)
    const connection = await instance.connect()
    await connection.run('CREATE TABLE orders AS SELECT 1 AS order_id, 2.5 AS amount')
    connection.closeSync()
    instance.closeSync()
    const digest = () => createHash('sha256').update(readFileSync(path)).digest('hex')
    const before = digest()
    const { database, tables, profile } = await ingestData({ path, home })
    expect(database).toBe(path)
    expect(tables.map(t => [t.name, t.rows])).toEqual([['orders', 1]])
    expect(profile.tables[0]?.columns.map(c => c.name)).toEqual(['order_id', 'amount'])
    expect(digest()).toBe(before)
  })
})

describe('what cannot be read', () => {
  const cases: [string, string | Buffer, string][] = [
    ['empty.csv', '', 'it is empty'],
    ['blank.csv', '\n\n  \n', 'it is empty'],
    ['head.csv', 'a,b\n', 'it has a header but no rows'],
    ['book.csv', Buffer.from('504b030414000000', 'hex'), 'it is not an Excel workbook, or it is damaged'],
    ['page.csv', '<!doctype html><html>', 'it is a web page or XML'],
    ['bytes.csv', Buffer.from([1, 0, 0, 2, 0, 0, 0, 3, 9, 9, 0, 1]), 'it is not a text file'],
    ['prose.txt', 'Hello world.\nThis is text.\n', 'it is plain text, not a table'],
    [
      'wide.csv',
      `${Array.from({ length: 1001 }, (_, i) => `c${i}`).join(',')}\n${'1,'.repeat(1000)}1\n`,
      'it has 1,001 columns, and 1,000 is the most that is read',
    ],
    ['fake.parquet', 'hello', 'it is not a Parquet file'],
    ['fake.duckdb', 'hello this is no database', 'it is not a DuckDB file that this version reads'],
    ['bad.json', '{"a": 1,', 'it is not valid JSON'],
    ['photo.png', 'x', 'files of this kind are not read'],
  ]
  for (const [name, content, reason] of cases) {
    it(`says so of ${name}: ${reason}`, async () => {
      await expect(ingestOne(name, content)).rejects.toMatchObject({
        code: 'source/unreadable',
        message: expect.stringMatching(new RegExp(`${reason}\\.$`)),
      })
    })
  }

  it('says that a file is missing', async () => {
    const { home } = makeFiles({})
    await expect(ingestData({ path: '/nowhere/x.csv', home })).rejects.toMatchObject({ code: 'source/missing' })
  })

  it('says that a database is open elsewhere', async () => {
    const { folder, home } = makeFiles({})
    const path = join(folder, 'busy.duckdb')
    const instance = await DuckDBInstance.create(path)
    const connection = await instance.connect()
    await connection.run('CREATE TABLE t AS SELECT 1 AS a')
    await expect(ingestData({ path, home })).rejects.toMatchObject({ code: 'source/locked' })
    connection.closeSync()
    instance.closeSync()
  })

  it('says that its own folder cannot be written', async () => {
    const { folder } = makeFiles({ 'a.csv': csv })
    await expect(ingestData({ path: folder, home: join(folder, 'a.csv') })).rejects.toMatchObject({
      code: 'source/not-writable',
    })
  })

  it('stops when asked to, and leaves nothing behind', async () => {
    const { folder, home } = makeFiles({ 'a.csv': csv })
    const stop = new AbortController()
    const running = ingestData({ path: folder, home, signal: stop.signal, onProgress: () => stop.abort() })
    await expect(running).rejects.toMatchObject({ code: 'engine/cancelled' })
    expect(readdirSync(join(home, 'data'))).toEqual([])
  })
})

describe('the cage', () => {
  it('follows a link given by its own path, and reads nothing that a file names', async () => {
    const { folder, home } = makeFiles({ 'a.csv': csv, 'secret.csv': 'k\nv\n' })
    const link = join(folder, 'link.csv')
    symlinkSync(join(folder, 'a.csv'), link)
    expect((await ingestData({ path: link, home })).tables[0]).toMatchObject({ name: 'link', rows: 2 })
    const hostile = `a'); COPY (SELECT 1) TO '${join(folder, 'made.csv')}'; --`
    const { tables } = await ingestOne('x.csv', `"${hostile}",b\n1,2\n`)
    expect(tables[0]?.columns[0]?.label).toBe(hostile)
    expect(existsSync(join(folder, 'made.csv'))).toBe(false)
  })

  it('refuses files that were not named', async () => {
    const { openCage } = await import('#src/ingest/cage.ts')
    const { folder } = makeFiles({ 'a.csv': csv, 'b.csv': csv })
    const cage = await openCage({
      database: ':memory:',
      readOnly: false,
      memoryMb: 256,
      files: [join(folder, 'a.csv')],
      staging: folder.replace(/data$/, 'staging'),
    })
    expect(await cage.run(`SELECT count(*) FROM read_csv('${join(folder, 'a.csv')}')`)).toEqual([['2']])
    await expect(cage.run(`SELECT count(*) FROM read_csv('${join(folder, 'b.csv')}')`)).rejects.toThrow(/Permission/)
    await expect(cage.run(`COPY (SELECT 1) TO '${join(folder, 'c.csv')}'`)).rejects.toThrow(/Permission/)
    await expect(cage.run("SET memory_limit = '9GB'")).rejects.toThrow(/locked/)
    cage.close()
  })
})
