import { describe, expect, test } from 'vitest'
import { restrictParts } from '#src/access/restrict.ts'
import type { Rights } from '#src/access/rights.ts'
import type { Domain } from '#src/domain.ts'
import { compile, isCompileProblem } from '#src/semantic/compile.ts'
import type { Join } from '#src/semantic/model.ts'
import type { Query } from '#src/vocabulary/query.ts'
import { query, shopTables, worldOf } from './semantic/compile-world.ts'

const asked = async (domain: Domain, q: Query) => {
  const result = await domain.run(q)
  if ('code' in result) throw new Error(result.message)
  return { sql: result.sql, rows: result.table.rows }
}

const unitsBy = (dimension: string) => query({ measures: [{ measure: 'units' }], splits: [{ dimension }] })
const grossByRegion = query({ measures: [{ measure: 'gross' }], splits: [{ dimension: 'region' }] })

describe('where every row has its partner', () => {
  const shop = worldOf('shop', shopTables)

  test('joins are inner ones once that was counted, and give the same', async () => {
    for (const q of [unitsBy('product'), unitsBy('category'), grossByRegion]) {
      const rows = await shop.rows(q)
      await shop.domain.knowledge()
      const { sql, rows: now } = await asked(shop.domain, q)
      expect(sql).toMatch(/inner join/)
      expect(sql).not.toMatch(/left join "(orders|products|customers)"/)
      expect(now).toEqual(rows)
    }
  })

  test('what somebody may not see is counted as not there: what it hides in other tables stays as it was', async () => {
    const rights: Rights = {
      ...{ role: 'home', level: 'analyst', kpis: {}, session: {}, hide: {} },
      rows: { tiny: [{ category: 'Home' }] },
    }
    const narrowed = () => shop.domain.as({ key: String(Math.random()), narrow: parts => restrictParts(parts, rights) })
    for (const q of [unitsBy('product'), unitsBy('channel'), grossByRegion]) {
      const before = await asked(narrowed(), q)
      const domain = narrowed()
      await domain.knowledge()
      expect((await asked(domain, q)).rows).toEqual(before.rows)
    }
  })
})

describe('where some row has none', () => {
  const shop = worldOf('shop', [
    ...shopTables,
    'insert into lines values (99, 1, 10, 7, 700), (1, 3, null, 1, 1)',
    `insert into orders values (7, 42, '2023-03-01 08:00', null, 'done', 'web', 1, false)`,
    'insert into lines values (7, 1, 20, 2, 60)',
  ])

  test('it is not lost: the join stays a left one, also before joins that are complete', async () => {
    await shop.domain.knowledge()
    const { sql, rows } = await asked(shop.domain, grossByRegion)
    expect(sql).toMatch(/left join "orders".* left join "customers"/)
    // North: orders 1, 2, 6 and the line without a product; South: 3 and 5; none: order 4, the unknown customer and the unknown order.
    expect(rows.toSorted((a, b) => Number(a[1]) - Number(b[1]))).toEqual([
      ['North', 86],
      ['South', 230],
      [null, 890],
    ])
  })

  test('a join is left behind one that is', () => {
    const marked = (complete: string[]): Join[] =>
      shop.model.joins.map(join => ({ ...join, complete: complete.includes(`${join.from} ${join.to}`) }))
    const kinds = (complete: string[]) => {
      const compiled = compile(grossByRegion, { ...shop.model, joins: marked(complete) }, 'duckdb')
      return isCompileProblem(compiled) ? [] : compiled.sql.match(/(left|inner) join "(orders|customers)"/g)
    }
    expect(kinds(['orders customers'])).toEqual(['left join "orders"', 'left join "customers"'])
    expect(kinds(['lines orders'])).toEqual(['inner join "orders"', 'left join "customers"'])
    expect(kinds(['lines orders', 'orders customers'])).toEqual(['inner join "orders"', 'inner join "customers"'])
  })
})
