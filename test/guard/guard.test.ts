import { describe, expect, it } from 'vitest'
import { duckdbReader } from '#src/guard/duckdb-reader.ts'
import { createGuard, explaining, isRefused } from '#src/guard/guard.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { guard, objections, read, shop } from './reading.ts'

describe('a violation', () => {
  it('says which rule, why, and where in characters', async () => {
    expect(await guard.check("SELECT 'äöü', x.a FROM orders o, secret x", shop)).toEqual([
      {
        rule: 'tables',
        message: 'there is no table secret here',
        ...{ position: 33, line: 1, column: 34, found: 'secret x' },
      },
    ])
  })

  it('tells line and column', async () => {
    expect(await guard.check('SELECT 1\r\n, 2\nFROM\n  secret', shop)).toMatchObject([{ line: 4, column: 3 }])
  })

  it('comes with all others', async () => {
    const rules = (await objections('SELECT now(), $1, current_user FROM secret')).map(o => o.split(':')[0])
    expect(rules.sort()).toEqual(['functions', 'params', 'session-words', 'tables'])
  })

  it('of a text that cannot be read has a place when the parser tells', async () => {
    expect(await guard.check('SELECT 1 FROM FROM', shop)).toEqual([
      {
        rule: 'syntax',
        message: 'syntax error at or near "FROM"',
        ...{ position: 14, line: 1, column: 15, found: 'FROM' },
      },
    ])
  })
})

describe('the row limit', () => {
  const text = async (sql: string, limit = 101) => {
    const verdict = await guard.check(sql, { ...shop, limit })
    return isRefused(verdict) ? verdict : verdict.text
  }

  it('is added to a query that has none', async () => {
    expect(await text('SELECT id FROM orders ORDER BY id;')).toBe('SELECT id FROM orders ORDER BY id\nLIMIT 101')
    expect(await text('SELECT 1 UNION SELECT 2 -- all')).toBe('SELECT 1 UNION SELECT 2 -- all\nLIMIT 101')
    expect(await text('SELECT * FROM (SELECT 1 LIMIT 1)', 5.7)).toBe('SELECT * FROM (SELECT 1 LIMIT 1)\nLIMIT 5')
  })

  it('leaves a query alone that has one', async () => {
    expect(await text('SELECT 1 LIMIT 3')).toBe('SELECT 1 LIMIT 3')
    expect(await text('SELECT 1 LIMIT 3 OFFSET 1')).toBe('SELECT 1 LIMIT 3 OFFSET 1')
  })

  it('takes the place of none and of a larger one', async () => {
    expect(await text('SELECT 1 OFFSET 1')).toBe('SELECT 1 OFFSET 1\nLIMIT 101')
    expect(await text("SELECT 'ä' LIMIT 500 OFFSET 1")).toBe("SELECT 'ä' LIMIT 101 OFFSET 1")
    expect(await text('SELECT 1 LIMIT NULL')).toBe('SELECT 1 LIMIT 101')
    expect(await text('SELECT 1 LIMIT ALL')).toBe('SELECT 1 LIMIT 101')
    expect(await text('SELECT 1 LIMIT 101')).toBe('SELECT 1 LIMIT 101')
  })

  it('is part of the one reading of a query that has none', async () => {
    const texts: string[] = []
    const counting = createGuard({
      read: sql => {
        texts.push(sql)
        return read(sql)
      },
    })
    await counting.check('SELECT id FROM orders', { ...shop, limit: 7 })
    expect(texts).toEqual(['SELECT id FROM orders\nLIMIT 7'])
    expect(await text('SELECT id AS limits FROM orders')).toBe('SELECT id AS limits FROM orders\nLIMIT 101')
    expect(await text('SELECT id AS "limit" FROM orders')).toBe('SELECT id AS "limit" FROM orders\nLIMIT 101')
  })

  it('does not change what is said about a text that is refused', async () => {
    expect(await guard.check('SELECT 1 FROM', { ...shop, limit: 7 })).toMatchObject([
      { message: 'syntax error at end of input' },
    ])
  })

  it('is left to the engine where it cannot be written', async () => {
    expect(await text('SELECT 1; -- done')).toBe('SELECT 1; -- done')
    expect(await text('SELECT 1 LIMIT 10 * 100')).toBe('SELECT 1 LIMIT 10 * 100')
    expect(await text('SELECT 1 LIMIT 1e9')).toBe('SELECT 1 LIMIT 1e9')
  })
})

describe('a verdict', () => {
  it('is kept by text and by what is allowed', async () => {
    let reads = 0
    const counting = createGuard({
      read: sql => {
        reads += 1
        return read(sql)
      },
      remember: 2,
    })
    const [first, again] = await Promise.all([counting.check('SELECT 1', shop), counting.check('SELECT 1', shop)])
    expect(first).toBe(again)
    expect(reads).toBe(1)
    await counting.check('SELECT 1', { tables: [] })
    await counting.check('SELECT 1', shop)
    expect(reads).toBe(2)
    await counting.check('SELECT 2', shop)
    await counting.check('SELECT 1', shop)
    expect(reads).toBe(3)
    await counting.check('SELECT 1', { tables: [] })
    expect(reads).toBe(4)
  })

  it('is not kept when the parser failed', async () => {
    let fails = true
    const shaky = createGuard({
      read: sql => (fails ? Promise.reject(ChartroomError.of('engine/crashed')) : read(sql)),
    })
    await expect(shaky.check('SELECT 1', shop)).rejects.toMatchObject({ code: 'engine/crashed' })
    fails = false
    expect(isRefused(await shaky.check('SELECT 1', shop))).toBe(false)
  })
})

describe('asking for a plan', () => {
  it('wraps what was checked', async () => {
    const checked = await guard.seal('SELECT 1 FROM orders;', shop)
    expect(explaining(checked).text).toBe('EXPLAIN (FORMAT JSON) SELECT 1 FROM orders')
  })
})

describe('sealing what the compiler made', () => {
  it('throws what the guard objects to, with the SQL', async () => {
    await expect(guard.seal('SELECT $1 FROM secret', shop)).rejects.toThrow(
      'The compiler made SQL that the guard refuses: tables: there is no table secret here\nSELECT $1 FROM secret',
    )
  })
})

describe('reading with the parser of DuckDB', () => {
  it('takes a statement that the parser gives up on as no SQL', async () => {
    const gaveUp = duckdbReader(() => Promise.reject(ChartroomError.of('engine/failed')))
    expect(await gaveUp('SELECT 1')).toEqual({ problem: 'syntax', message: 'the statement is too deeply nested' })
  })

  it('passes on that the process of the parser failed', async () => {
    const crashed = duckdbReader(() => Promise.reject(ChartroomError.of('engine/crashed')))
    await expect(crashed('SELECT 1')).rejects.toMatchObject({ code: 'engine/crashed' })
  })
})
