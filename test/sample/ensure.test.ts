import { once } from 'node:events'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ensureEcommerceSample } from '#src/sample/ecommerce.ts'
import { reasonOf } from '#src/sample/fault.ts'
import { emptyFolder, filesIn, heldOpen, inAnotherProcess, runOn } from './files.ts'

const small = { numOrders: 200, numCustomers: 20 }
const newPath = () => join(emptyFolder(), 'ecommerce.duckdb')
const ordersIn = async (path: string) => Number((await runOn(path, 'SELECT count(*) AS n FROM orders'))[0]!.n)

describe('making sure of the ecommerce sample', () => {
  it('builds it where there is none, and leaves nothing else behind', async () => {
    const folder = emptyFolder()
    const path = join(folder, 'ecommerce.duckdb')
    expect(await ensureEcommerceSample({ path, settings: small })).toBe('built')
    expect(await ordersIn(path)).toBe(200)
    expect(filesIn(folder)).toEqual(['ecommerce.duckdb'])
  })

  it('tells how far it is', async () => {
    const heard: number[][] = []
    await ensureEcommerceSample({
      path: newPath(),
      settings: { ...small, numOrders: 12_000 },
      onProgress: (done, total) => heard.push([done, total]),
    })
    expect(heard).toEqual([
      [5_000, 12_000],
      [10_000, 12_000],
      [12_000, 12_000],
    ])
  })

  it('keeps the file when the settings are the same', async () => {
    const path = newPath()
    await ensureEcommerceSample({ path, settings: small })
    const before = statSync(path)
    expect(await ensureEcommerceSample({ path, settings: { ...small, numOrders: '200' } })).toBe('reused')
    expect(statSync(path)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs })
  })

  it('keeps the file while another process reads it', async () => {
    const path = newPath()
    await ensureEcommerceSample({ path, settings: small })
    await heldOpen(path, 'READ_ONLY')
    expect(await ensureEcommerceSample({ path, settings: small })).toBe('reused')
  })

  it.each([
    ['the number of orders', { ...small, numOrders: 201 }],
    ['the number of customers', { ...small, numCustomers: 21 }],
    ['a date', { ...small, endDate: '2023-11-30' }],
    ['the seed', { ...small, seed: 'other' }],
  ])('builds it anew when %s changed', async (_, changed) => {
    const path = newPath()
    await ensureEcommerceSample({ path, settings: small })
    expect(await ensureEcommerceSample({ path, settings: changed })).toBe('rebuilt')
    expect(await ensureEcommerceSample({ path, settings: changed })).toBe('reused')
  })

  it('builds it anew while another process reads the old one', async () => {
    const path = newPath()
    await ensureEcommerceSample({ path, settings: small })
    await heldOpen(path, 'READ_ONLY')
    expect(await ensureEcommerceSample({ path, settings: { ...small, numOrders: 300 } })).toBe('rebuilt')
    expect(await ordersIn(path)).toBe(300)
  })

  it('builds it anew when a table of it is gone', async () => {
    const path = newPath()
    await ensureEcommerceSample({ path, settings: small })
    await runOn(path, 'DROP TABLE order_items')
    expect(await ensureEcommerceSample({ path, settings: small })).toBe('rebuilt')
  })

  it('may be asked by several processes at once', async () => {
    const folder = emptyFolder()
    const path = join(folder, 'ecommerce.duckdb')
    const code = `
      import { ensureEcommerceSample } from '#src/sample/ecommerce.ts'
      await ensureEcommerceSample({ path: ${JSON.stringify(path)}, settings: ${JSON.stringify(small)} })`
    const exits = await Promise.all([1, 2, 3].map(() => once(inAnotherProcess(code), 'exit')))
    expect(exits.map(([status]) => status)).toEqual([0, 0, 0])
    expect(await ordersIn(path)).toBe(200)
    expect(filesIn(folder)).toEqual(['ecommerce.duckdb'])
  })
})

describe('a file that is not our sample', () => {
  const refused = (path: string) => expect(ensureEcommerceSample({ path, settings: small })).rejects
  const fault = (message: string) => expect.objectContaining({ message, code: 'config/sample' })
  const advice = 'so it was left alone; move it away or set DUCKDB_PATH to another path.'

  it.each([
    ['a text', 'order,amount\n1,20\n'],
    ['an empty file', ''],
    ['a damaged DuckDB file', `12345678DUCK${'x'.repeat(20_000)}`],
  ])('is left alone: %s', async (_, content) => {
    const folder = emptyFolder()
    const path = join(folder, 'mine')
    writeFileSync(path, content)
    await refused(path).toThrow(fault(`${path} was not made by Chartroom, ${advice}`))
    expect(readFileSync(path, 'utf8')).toBe(content)
    expect(filesIn(folder)).toEqual(['mine'])
  })

  it('is left alone: a DuckDB file of somebody else, even with tables of the same names', async () => {
    const path = newPath()
    await runOn(path, 'CREATE TABLE orders AS SELECT 1 AS order_id')
    await refused(path).toThrow(fault(`${path} was not made by Chartroom, ${advice}`))
    expect(await ordersIn(path)).toBe(1)
  })

  it('is left alone: another sample of Chartroom', async () => {
    const path = newPath()
    await runOn(path, `CREATE TABLE _chartroom_sample AS SELECT 'sample' AS key, 'retail' AS value`)
    await refused(path).toThrow(fault(`${path} holds the retail sample data, ${advice}`))
  })

  it('is left alone: our sample with other settings to which somebody added a table', async () => {
    const path = newPath()
    await ensureEcommerceSample({ path, settings: { ...small, seed: 'old' } })
    await runOn(path, 'CREATE TABLE my_notes AS SELECT 1 AS n')
    await refused(path).toThrow(fault(`${path} also holds my_notes, ${advice}`))
  })

  it('is left alone: our sample while another program writes to it', async () => {
    const path = newPath()
    await ensureEcommerceSample({ path, settings: small })
    await heldOpen(path, 'READ_WRITE')
    await refused(path).toThrow(
      fault(`${path} is open in another program that writes to it; close that program or copy the file.`),
    )
  })

  it('is left alone: a folder', async () => {
    const path = emptyFolder()
    await refused(path).toThrow(fault(`${path} is not a file; set DUCKDB_PATH to the path of a file.`))
  })
})

describe('a place that cannot be written to', () => {
  it('is named when the folder is missing', async () => {
    const folder = join(emptyFolder(), 'missing')
    await expect(ensureEcommerceSample({ path: join(folder, 'x.duckdb') })).rejects.toThrow(
      `There is no folder ${folder} for the sample data; make it or set DUCKDB_PATH to another path.`,
    )
  })

  it('is named when the folder is a file', async () => {
    const folder = join(emptyFolder(), 'file')
    writeFileSync(folder, '')
    await expect(ensureEcommerceSample({ path: join(folder, 'x.duckdb') })).rejects.toThrow(
      `${folder} is not a folder, so no sample data can be written into it.`,
    )
  })

  it.each([
    ['IO Error: Could not write file "x.duckdb": No space left on device', 'the disk is full'],
    ["EACCES: permission denied, open 'x.duckdb'", 'there is no right to do so'],
    ["EROFS: read-only file system, open 'x.duckdb'", 'the disk is read-only'],
    ['Something else.\nand much more of it', 'Something else'],
  ])('is explained in a few words: %s', (message, reason) => {
    expect(reasonOf(new Error(message))).toBe(reason)
  })
})
