import { describe, expect, test } from 'vitest'
import { readGiven } from '#src/doctor/given.ts'

const url = 'postgres://reader@host/shop'

describe('the database that the doctor is given', () => {
  test('is none without arguments', async () => {
    expect(await readGiven([])).toBeUndefined()
  })

  test('comes with the tables of its semantic model, when there is one', async () => {
    expect(await readGiven(['--data', url])).toEqual({ name: 'Database', url, tables: [] })
    const found = await readGiven(['--data', url, '--model', 'sql/domains/ecommerce/model.yaml'])
    expect(found?.tables.toSorted()).toEqual(['customers', 'order_items', 'orders', 'products'])
  })

  test.each([
    [['--data', 'folder'], '`chartroom doctor` looks at a database by --data postgres://…'],
    [['--model', 'x.yaml'], '`chartroom doctor` looks at a database by --data postgres://…'],
    [['--dat', url], '`chartroom doctor` takes --data and --model, and nothing else.'],
    [[url], '`chartroom doctor` takes --data and --model, and nothing else.'],
  ])('%j is refused with a sentence', async (args, message) => {
    await expect(readGiven(args)).rejects.toMatchObject({ code: 'command/usage', message })
  })
})
