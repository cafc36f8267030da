import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { conditionsOf } from '#src/access/conditions.ts'
import { literal, written } from '#src/access/literal.ts'
import type { Model } from '#src/semantic/model.ts'
import { flights, shop } from './models.ts'
import { rightsFrom } from './worlds.ts'

const tables = (role: Record<string, unknown>, model: Model = shop, dialect: 'duckdb' | 'postgres' = 'duckdb') =>
  Object.fromEntries(conditionsOf(rightsFrom(role, model.domain), model, dialect).map(table => [table.name, table]))

const rows = (set: Record<string, unknown>, model: Model = shop, dialect: 'duckdb' | 'postgres' = 'duckdb') =>
  Object.fromEntries(
    Object.entries(tables({ rows: { [model.domain]: set } }, model, dialect)).map(([name, { condition }]) => [
      name,
      condition?.text,
    ]),
  )

describe('what the guard lets somebody use', () => {
  test('is every table as it is where nothing is said', () => {
    expect(Object.values(tables({}))).toEqual([
      { name: 'orders' },
      { name: 'order_items' },
      { name: 'customers' },
      { name: 'products' },
    ])
  })

  test('is the columns that are left of a table with hidden ones', () => {
    expect(tables({ hide: { ecommerce: ['orders.discount', 'customer_email'] } })).toEqual({
      orders: {
        name: 'orders',
        columns: [
          'order_id',
          'customer_id',
          'ordered_at',
          'status',
          'payment_method',
          'channel',
          'shipping_state',
          'shipping_fee',
        ],
        condition: { text: 'true', reads: [] },
      },
      order_items: { name: 'order_items' },
      customers: {
        name: 'customers',
        columns: ['customer_id', 'name', 'state', 'city', 'segment', 'signup_date'],
        condition: { text: 'true', reads: [] },
      },
      products: { name: 'products' },
    })
  })

  test('is no table that is hidden, or closed because no rule reaches it', () => {
    expect(Object.keys(tables({ hide: { ecommerce: ['customers'] } }))).toEqual(['orders', 'order_items', 'products'])
    expect(Object.keys(tables({ rows: { flights: { carrier: 'LH' } } }, flights))).toEqual([
      'flights',
      'airports',
      'bookings',
    ])
  })

  test('a table whose columns nobody lists has those that the model speaks of', () => {
    const { airports, bookings } = tables({ rows: { flights: { 'airports.city': 'Bonn', crews: 'all' } } }, flights)
    expect(airports?.columns).toEqual(['code', 'city'])
    expect(bookings?.columns).toEqual(['flight', 'seat', 'fare'])
  })

  test('is the rows that rules leave, of the table itself and of all that point to it', () => {
    const {
      orders,
      order_items: items,
      customers,
      products,
    } = tables({ rows: { ecommerce: { segment: ['Corporate', "O'Neil"] } } })
    expect(customers?.condition).toEqual({
      text: `(("row"."segment" in (cast('Corporate' as varchar), cast('O''Neil' as varchar))))`,
      reads: [],
    })
    expect(orders?.condition).toEqual({
      text: `(("row"."customer_id") in (select "row1"."customer_id" from "all customers" as "row1"  where ("row1"."segment" in (cast('Corporate' as varchar), cast('O''Neil' as varchar)))))`,
      reads: ['customers'],
    })
    expect(items?.condition).toEqual({
      text: `(("row"."order_id") in (select "row1"."order_id" from "all orders" as "row1" join "all customers" as "row2" on "row1"."customer_id" = "row2"."customer_id" where ("row2"."segment" in (cast('Corporate' as varchar), cast('O''Neil' as varchar)))))`,
      reads: ['orders', 'customers'],
    })
    expect(products).toEqual({ name: 'products' })
  })

  test('every rule of every set holds', () => {
    const set = { channel: 'web', 'orders.discount': { gte: 1, lt: 20 }, category: { not: ['Books'] } }
    const { orders, order_items: items } = rows(set, shop, 'postgres')
    expect(orders).toBe(
      `(("row"."channel" in ('web'))) and (("row"."discount" >= cast(1 as float8)) and ("row"."discount" < cast(20 as float8)))`,
    )
    expect(items).toContain(`("row1"."category" not in ('Books') or`)
  })

  test('days, patterns, missing values, flags and negative numbers are written as SQL', () => {
    const set = {
      signup_date: { gte: '2023-01-01' },
      'customers.city': { not_like: 'B%' },
      'customers.name': { empty: true },
    }
    expect(rows(set, shop, 'postgres').customers).toBe(
      `(("row"."signup_date" >= cast('2023-01-01' as date))) and ((coalesce(cast("row"."city" as text) not like 'B%', true))) and (("row"."name" is null))`,
    )
    expect(rows({ 'flights.late': true, miles: { between: [-5, 100] }, doubled: 4 }, flights).flights).toBe(
      `(("row"."late" in (cast(true as boolean)))) and (("row"."miles" between cast((-5) as float8) and cast(100 as float8))) and ((("row"."miles" * 2) in (cast(4 as float8))))`,
    )
  })

  test('a time with a zone is compared as a day of the model’s zone', () => {
    expect(rows({ flown_at: { lt: '2024-02-01' } }, flights).flights).toBe(
      `((cast(timezone('Europe/Berlin', "row"."flown_at") as date) < cast('2024-02-01' as date)))`,
    )
  })

  test('a dimension by one of two joins goes that way', () => {
    const { flights: own, bookings, airports } = rows({ origin: 'Bonn', crews: 'all' }, flights, 'postgres')
    expect(own).toBe(
      `(("row"."origin") in (select "row1"."code" from "all airports" as "row1"  where ("row1"."city" in ('Bonn'))))`,
    )
    expect(bookings).toBe(
      `(("row"."flight") in (select "row1"."id" from "all flights" as "row1" join "all airports" as "row2" on "row1"."origin" = "row2"."code" where ("row2"."city" in ('Bonn'))))`,
    )
    expect(airports).toBeUndefined()
  })

  test('rules that do not fit the model show nothing', () => {
    const rights = rightsFrom({ hide: { ecommerce: ['orders.discout', 'revenu'] }, rows: { ecommerce: { segmnt: 1 } } })
    expect(() => conditionsOf(rights, shop, 'duckdb')).toThrow(
      expect.objectContaining({
        code: 'access/rules',
        message:
          'The rules of the role tested do not fit ecommerce, so it shows nothing: ' +
          'hide: 0: unknown column "discout"; did you mean "discount"? (table orders); ' +
          'hide: 1: unknown table.column, table, dimension or measure "revenu"; did you mean "revenue"?; ' +
          'rows: segmnt: unknown dimension or table.column "segmnt"; did you mean "segment"?.',
      }),
    )
    expect(() => conditionsOf(rightsFrom({ hide: { ecommerce: ['order.x'] } }), shop, 'duckdb')).toThrow(
      'unknown table "order"',
    )
  })
})

describe('values in SQL', () => {
  test.each([
    ["O'Neil", "'O''Neil'", "'O''Neil'"],
    ["'; DROP TABLE x; --", "'''; DROP TABLE x; --'", "'''; DROP TABLE x; --'"],
    ["a\\'b\\", "'a\\''b\\'", "E'a\\134''b\\134'"],
    [12.5, '12.5', '12.5'],
    [-1, '(-1)', '(-1)'],
    [false, 'false', 'false'],
  ])('%j', (value, duckdb, postgres) => {
    expect(literal(value, 'duckdb')).toBe(duckdb)
    expect(literal(value, 'postgres')).toBe(postgres)
  })

  test.each([null, undefined, Number.NaN, Number.POSITIVE_INFINITY, 'a\0b', {}])('%j is none', value => {
    expect(() => literal(value, 'duckdb')).toThrow('A value of a rule cannot be written as SQL.')
  })

  test('names and texts that look like a place for a value are left alone', () => {
    const text = sql`${sql.id('a"$1')} = ${'x$2'} and ${sql.lit("it's $1")} = ${'y'}`
    expect(written(text, 'duckdb')).toBe(`"a""$1" = 'x$2' and 'it''s $1' = 'y'`)
  })
})
