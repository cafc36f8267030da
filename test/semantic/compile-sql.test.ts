import { beforeAll, describe, expect, test } from 'vitest'
import { compile, isCompileProblem } from '#src/semantic/compile.ts'
import type { Model } from '#src/semantic/model.ts'
import type { Query } from '#src/vocabulary/query.ts'
import { fixture, query, shopTables, span, worldOf } from './compile-world.ts'

const revenue = [{ measure: 'revenue' }]
const year = span('2023-01-01', '2024-01-01')

/** Shapes whose SQL a reader may want to see; `test/golden/sql` holds the text for both engines. */
const shapes: Record<string, { q: Query; model?: Partial<Model>; of?: 'flights' }> = {
  'one number in a period': { q: query({ measures: revenue, period: year }) },
  'by a dimension two joins away': { q: query({ measures: revenue, splits: [{ dimension: 'region' }] }) },
  'orders by category of their lines': {
    q: query({ measures: [{ measure: 'orders' }], splits: [{ dimension: 'category' }] }),
  },
  'a ratio of two tables': {
    q: query({ measures: [{ measure: 'average_order' }], splits: [{ dimension: 'category' }] }),
  },
  'two conditions in one table': {
    q: query({ measures: [{ measure: 'gross' }, { measure: 'revenue' }], splits: [{ dimension: 'channel' }] }),
  },
  'two tables on a spine of months': {
    q: query({ measures: [{ measure: 'orders' }, { measure: 'signups' }], splits: [{ grain: 'month' }] }),
  },
  'a share of the whole': {
    q: query({
      measures: [{ measure: 'revenue', calc: { kind: 'share', of: ['region'] } }],
      filters: [{ op: 'in', dimension: 'region', values: ['South'] }],
    }),
  },
  'a rolling average with its history': {
    q: query({
      measures: [{ measure: 'revenue', calc: { kind: 'rolling', n: 3, average: true } }],
      splits: [{ grain: 'month' }],
      period: year,
    }),
  },
  'months against a year before': {
    q: query({
      measures: revenue,
      splits: [{ grain: 'month' }],
      period: year,
      compare: { period: span('2022-01-01', '2023-01-01'), shift: { n: 1, unit: 'year' } },
    }),
  },
  'customers with at least two orders': {
    q: query({
      measures: [{ measure: 'buyers' }],
      filters: [{ op: 'entity', entity: 'customers', measure: 'orders', compare: 'gte', value: 2 }],
    }),
  },
  'the best three of each category': {
    q: query({
      measures: revenue,
      splits: [{ dimension: 'category' }, { dimension: 'product' }],
      order: [{ by: 'revenue', direction: 'desc' }],
      limit: 3,
      limitPer: ['category'],
    }),
  },
  'weekdays in the order of the week': {
    q: query({ measures: [{ measure: 'orders' }], splits: [{ dimension: 'weekday' }] }),
  },
  'weeks from Sunday and fiscal years from July': {
    q: query({ measures: [{ measure: 'orders' }], splits: [{ grain: 'week' }, { grain: 'year' }] }),
    model: { weekStart: 7, fiscalStart: 7 },
  },
  'two ends of a flight, in a zone': {
    q: query({
      measures: [{ measure: 'delay', aggregation: 'max' }],
      splits: [{ dimension: 'origin_city' }, { dimension: 'destination_city' }, { grain: 'day' }],
    }),
    of: 'flights',
  },
}

const models: Record<string, Model> = {}
beforeAll(async () => {
  for (const name of ['shop', 'flights']) models[name] = await fixture(name)
})

describe('the SQL that people see in a receipt', () => {
  test.each(Object.entries(shapes))('%s', async (title, { q, model, of = 'shop' }) => {
    const texts = (['duckdb', 'postgres'] as const).map(dialect => {
      const compiled = compile(q, { ...(models[of] as Model), ...model }, dialect)
      if (isCompileProblem(compiled)) throw new Error(compiled.message)
      return `-- ${title}, ${dialect}\n${inLines(compiled.sql)}\n-- ${JSON.stringify(compiled.params)}\n`
    })
    await expect(texts.join('\n')).toMatchFileSnapshot(`../golden/sql/${title.replace(/[^a-zA-Z0-9]+/g, '-')}.sql`)
  })
})

/** The one line of the compiler, broken where a reader takes breath. */
const inLines = (sql: string) =>
  sql
    .replace(/(?<!distinct) (from|left join|where|group by|order by|limit|, "(?:part|result)_?\d*" as) /g, '\n  $1 ')
    .replace(/\), "/g, '),\n"')
    .replace(/\) select /g, ')\nselect ')

describe('names and values from outside', () => {
  const world = worldOf('shop', shopTables)
  const attack = `x'); drop table orders; --`

  test('a value is bound, whatever it says', async () => {
    const q = query({
      measures: [{ measure: 'orders' }],
      filters: [{ op: 'in', dimension: 'channel', values: [attack] }],
    })
    const compiled = compile(q, world.model, 'duckdb')
    if (isCompileProblem(compiled)) throw new Error(compiled.message)
    expect(compiled.sql).not.toContain('drop')
    expect(compiled.params).toEqual([attack])
    expect(await world.rows(q)).toEqual([[0]])
    expect(await world.check('select count(*) from orders')).toEqual([[6]])
  })

  test.each<[string, Query['filters'][number]]>([
    ['a pattern', { op: 'like', dimension: 'channel', pattern: attack }],
    ['a date', { op: 'gt', dimension: 'channel', value: attack }],
    ['a negation', { op: 'not_in', dimension: 'channel', values: [attack] }],
  ])('%s is bound too', (_, filter) => {
    const compiled = compile(query({ measures: [{ measure: 'orders' }], filters: [filter] }), world.model, 'duckdb')
    expect(compiled).not.toHaveProperty('code')
    expect('sql' in compiled && compiled.sql).not.toContain('drop')
  })

  test('the dates of a period are bound', () => {
    const compiled = compile(
      query({ measures: revenue, period: { start: '2023-01-01', end: '2023-02-01', label: attack } }),
      world.model,
      'duckdb',
    )
    expect('params' in compiled && compiled.params).toEqual(['cancelled', '2023-01-01', '2023-02-01'])
    expect('sql' in compiled && compiled.sql).not.toContain('drop')
  })

  test('a direction that is not one of two sorts downwards, and is not written out', () => {
    const q = query({ measures: revenue, splits: [{ dimension: 'region' }] })
    const bad = { ...q, order: [{ by: 'revenue', direction: attack as 'asc' }] }
    const compiled = compile(bad, world.model, 'duckdb')
    expect('sql' in compiled && compiled.sql).toMatch(/order by "revenue" desc/)
  })

  test('names of tables and columns are quoted, quotes in them doubled', () => {
    const odd = 'we"ird; drop'
    const model: Model = {
      ...world.model,
      tables: { [odd]: { name: odd, label: 'thing', synonyms: [], primaryKey: ['id'] } },
      joins: [],
      dimensions: {
        colour: {
          ...(world.model.dimensions.channel as Model['dimensions'][string]),
          name: 'colour',
          table: odd,
          expression: { kind: 'name', table: odd, name: 'co"l' },
        },
      },
      measures: {
        things: {
          ...(world.model.measures.order_rows as Model['measures'][string]),
          name: 'things',
          table: odd,
        } as Model['measures'][string],
      },
    }
    const compiled = compile(
      query({ measures: [{ measure: 'things' }], splits: [{ dimension: 'colour' }] }),
      model,
      'duckdb',
    )
    expect('sql' in compiled && compiled.sql).toContain(
      'select "we""ird; drop"."co""l" as "colour", count(*) as "v1" from "we""ird; drop"',
    )
  })

  test('a name that only looks like one of the language’s own objects is unknown', () => {
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(world.problem(query({ measures: [{ measure: name }] })).code).toBe('query/unknown-name')
      expect(world.problem(query({ measures: revenue, splits: [{ dimension: name }] })).code).toBe('query/unknown-name')
      expect(world.problem(query({ measures: revenue, filters: [{ op: 'named', filter: name }] })).code).toBe(
        'query/unknown-name',
      )
    }
  })
})
