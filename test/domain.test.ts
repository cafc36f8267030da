import { describe, expect, test } from 'vitest'
import { openDomain } from '#src/domain.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { query, shopTables, worldOf } from './semantic/compile-world.ts'

const shop = worldOf('shop', shopTables)

const domainOn = (engine: object) =>
  openDomain({
    model: shop.model,
    source: 'a test',
    engine: engine as never,
    guard: { seal: async (text: string) => ({ text }) } as never,
    english: { same: [], hints: {} },
    limits: { maxRows: 10, timeoutMs: 1000 },
  })

describe('what the data itself says', () => {
  test('the values of text dimensions, without empty ones', async () => {
    const knowledge = await shop.domain.knowledge()
    expect(knowledge.values('product').toSorted()).toEqual(['Desk', 'Lamp', 'Pen', 'Sofa'])
    expect(knowledge.values('channel').toSorted()).toEqual(['store', 'web'])
  })

  test('personal data gives none, and no question can find it', async () => {
    const knowledge = await shop.domain.knowledge()
    expect(knowledge.values('customer_name')).toEqual([])
    expect(knowledge.lexicon.starting('ann')).toEqual([])
    expect(knowledge.lexicon.starting('lamp').map(e => e.meaning)).toContainEqual({
      kind: 'value',
      dimension: 'product',
      value: 'Lamp',
    })
  })

  test('the first and the last day of every date', async () => {
    const knowledge = await shop.domain.knowledge()
    expect(knowledge.range('ordered_at')).toEqual({ first: '2022-12-31', last: '2023-04-03' })
    expect(knowledge.range('signed_on')).toEqual({ first: '2022-11-05', last: '2023-03-03' })
    expect(knowledge.range('shipped_on')).toEqual({ first: '2023-01-02', last: '2023-04-03' })
    expect(knowledge.range('region')).toBeUndefined()
  })

  test('is learnt once, and anew when the data changes', async () => {
    let version = 'one'
    let runs = 0
    const engine = {
      dialect: 'duckdb',
      version: async () => version,
      run: async () => {
        runs += 1
        return { columns: [], rows: [], truncated: false, ms: 0, cached: false }
      },
      close: async () => undefined,
    }
    const domain = domainOn(engine)
    await Promise.all([domain.knowledge(), domain.knowledge()])
    const once = runs
    await domain.knowledge()
    expect(runs).toBe(once)
    version = 'two'
    await domain.knowledge()
    expect(runs).toBe(2 * once)
  })

  test('on a server is learnt beside the questions, once at a time, and nobody waits', async () => {
    const learning: (() => void)[] = []
    let [version, rows, isHeld] = ['one', [['North', 1]], false]
    const engine = {
      dialect: 'postgres',
      version: async () => version,
      run: async () => {
        const answer = { columns: [], rows, truncated: false, ms: 0, cached: false }
        if (isHeld) await new Promise<void>(resolve => learning.push(resolve))
        return answer
      },
      close: async () => undefined,
    }
    const domain = domainOn(engine)
    const regions = async () => (await domain.knowledge()).values('region')
    expect(await regions()).toEqual(['North'])
    ;[version, rows, isHeld] = ['two', [['South', 1]], true]
    expect([await regions(), await regions()]).toEqual([['North'], ['North']])
    expect(learning).toHaveLength(1)
    isHeld = false
    learning[0]?.()
    await expect.poll(regions).toEqual(['South'])
  })

  test('that takes too long is left out; other trouble is told', async () => {
    let trouble = ChartroomError.of('engine/timeout', { seconds: 10 })
    const engine = {
      dialect: 'postgres',
      version: async () => 'one',
      run: async ({ text }: { text: string }) => {
        if (text.includes('"region"')) throw trouble
        return { columns: [], rows: [['a', 1]], truncated: false, ms: 0, cached: false }
      },
      close: async () => undefined,
    }
    const { values } = await domainOn(engine).knowledge()
    expect([values('region'), values('category')]).toEqual([[], ['a']])
    trouble = ChartroomError.of('engine/unreachable')
    await expect(domainOn(engine).knowledge()).rejects.toThrow('cannot be reached')
  })

  test('a failure is not kept', async () => {
    let fails = true
    const engine = {
      dialect: 'duckdb',
      version: async () => 'one',
      run: async () => {
        if (fails) throw new Error('gone')
        return { columns: [], rows: [], truncated: false, ms: 0, cached: false }
      },
      close: async () => undefined,
    }
    const domain = domainOn(engine)
    await expect(domain.knowledge()).rejects.toThrow('gone')
    fails = false
    expect((await domain.knowledge()).values('region')).toEqual([])
  })
})

describe('running a query', () => {
  test('gives an amount as a number, also where the engine took it for a name', async () => {
    const engine = {
      dialect: 'postgres',
      version: async () => 'one',
      run: async () => ({
        columns: [
          { name: 'region', type: 'text' },
          { name: 'orders', type: 'text' },
        ],
        rows: [['12', '9007199254740993']],
        truncated: false,
        ms: 0,
        cached: false,
      }),
      close: async () => undefined,
    }
    const asked = query({ measures: [{ measure: 'orders' }], splits: [{ dimension: 'region' }] })
    expect(await domainOn(engine).run(asked)).toMatchObject({ table: { rows: [['12', 9_007_199_254_740_992]] } })
  })

  test('gives the rows, the columns, the statement and what was bound', async () => {
    const result = await shop.domain.run(
      query({
        measures: [{ measure: 'orders' }],
        splits: [{ grain: 'year' }],
        filters: [{ op: 'in', dimension: 'channel', values: ['web'] }],
      }),
    )
    expect(result).toMatchObject({
      table: {
        columns: [
          { name: 'year', role: 'time', type: 'date', label: 'Year' },
          { name: 'orders', role: 'measure', type: 'integer', additive: true },
        ],
        rows: [['2023-01-01', 3]],
        truncated: false,
      },
      params: ['web'],
    })
  })

  test('one that makes no sense is a problem, not an error', async () => {
    expect(await shop.domain.run(query({ measures: [{ measure: 'nonsense' }] }))).toMatchObject({
      code: 'query/unknown-name',
    })
  })

  test('whether parts add up is said of each column', async () => {
    const additive = async (measure: string, dimension: string) => {
      const result = await shop.domain.run(query({ measures: [{ measure }], splits: [{ dimension }] }))
      return 'table' in result && result.table.columns.at(-1)?.additive
    }
    expect(await additive('revenue', 'category')).toBe(true)
    expect(await additive('margin', 'category')).toBe(true)
    expect(await additive('orders', 'channel')).toBe(true)
    expect(await additive('orders', 'category')).toBe(false)
    expect(await additive('buyers', 'channel')).toBe(false)
    expect(await additive('average_order', 'channel')).toBe(false)
    expect(await additive('order_rows', 'category')).toBe(false)
  })
})

test('rows of a table are counted, whatever its name', async () => {
  expect(await shop.domain.rowCount('orders')).toBe(6)
})
