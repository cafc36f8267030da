import { addUnits } from '#src/semantic/calendar.ts'
import type { Expression } from '#src/semantic/expression.ts'
import { parseExpression } from '#src/semantic/expression.ts'
import type { BaseMeasure, Dimension, FormulaMeasure, Model } from '#src/semantic/model.ts'
import type { Format } from '#src/vocabulary/format.ts'
import type { Grain, Period } from '#src/vocabulary/period.ts'
import { measureColumn, type Query, querySchema } from '#src/vocabulary/query.ts'
import type { Cell, Column, Table } from '#src/vocabulary/table.ts'

/** An order of a made-up shop: the whole year 2023, always the same, with events planted in it. */
export type Order = {
  day: string
  state: string
  payment: string
  channel: string
  category: string
  customer: string
  amount: number
  returned: boolean
}

const states: [string, number][] = [
  ['California', 22],
  ['Texas', 18],
  ['New York', 14],
  ['Florida', 11],
  ['Illinois', 8],
  ['Ohio', 7],
  ['Georgia', 6],
  ['Utah', 3],
  ['Maine', 2],
  ['Vermont', 1],
]
const payments: [string, number][] = [
  ['Credit Card', 45],
  ['PayPal', 25],
  ['Debit Card', 20],
  ['Gift Card', 10],
]
const channels: [string, number][] = [
  ['web', 55],
  ['mobile', 30],
  ['store', 15],
]
const categories: [string, number][] = [
  ['Electronics', 25],
  ['Clothing', 25],
  ['Books', 20],
  ['Toys & Games', 15],
  ['Beauty', 15],
]

/**
 * 24 orders a day. Planted: no PayPal orders on 12–18 June; Electronics doubles in the second half of November; returns of Clothing are three
 * times as many in January; one order of $25,000 on 15 August.
 */
export const orders: Order[] = (() => {
  const random = generator(7)
  const made: Order[] = []
  for (let day = '2023-01-01'; day < '2024-01-01'; day = addUnits(day, 1, 'day')) {
    const busy = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) ? 18 : 26
    for (let n = 0; n < busy + Math.floor(random() * 4); n++) made.push(...order(day, random))
    if (day === '2023-08-15') made.push({ ...(order(day, random)[0] as Order), amount: 25_000, payment: 'Credit Card' })
  }
  return made
})()

function order(day: string, random: () => number): Order[] {
  const category = pick(categories, random)
  const payment = pick(payments, random)
  const base = { day, state: pick(states, random), payment, channel: pick(channels, random), category }
  const amount = Math.round(2000 + random() * (category === 'Electronics' ? 30_000 : 8000)) / 100
  const often = category === 'Clothing' && day < '2023-02-01' ? 0.24 : 0.08
  const made = { ...base, customer: `c${Math.floor(random() * 500)}`, amount, returned: random() < often }
  if (payment === 'PayPal' && day >= '2023-06-12' && day <= '2023-06-18') return []
  return category === 'Electronics' && day >= '2023-11-16' && day <= '2023-11-30' ? [made, made] : [made]
}

function pick(choices: [string, number][], random: () => number): string {
  let left = random() * choices.reduce((a, [, w]) => a + w, 0)
  for (const [name, weight] of choices) {
    left -= weight
    if (left <= 0) return name
  }
  return ''
}

function generator(seed: number) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const usd: Format = { kind: 'currency', currency: 'USD' }
const integer: Format = { kind: 'integer' }
const percent: Format = { kind: 'percent' }

const base = (name: string, label: string, more: Partial<BaseMeasure>): BaseMeasure => ({
  kind: 'base',
  name,
  label,
  synonyms: [],
  description: label,
  format: integer,
  hidden: false,
  table: 'orders',
  aggregation: 'count',
  aggregations: ['count'],
  where: [],
  ...more,
})
const formula = (name: string, label: string, text: string, more: Partial<FormulaMeasure>): FormulaMeasure => ({
  kind: 'formula',
  name,
  label,
  synonyms: [],
  description: label,
  format: usd,
  hidden: false,
  formula: parseExpression(text) as Expression,
  ...more,
})
const dimension = (name: string, label: string, more: Partial<Dimension> = {}): Dimension => ({
  name,
  label,
  synonyms: [],
  type: 'text',
  table: 'orders',
  expression: { kind: 'name', name },
  personal: false,
  hidden: false,
  valueSynonyms: {},
  comparable: false,
  ...more,
})

/** The model of the shop. */
export const model: Model = {
  domain: 'shop',
  label: 'Shop',
  description: 'A made-up shop',
  zone: 'UTC',
  weekStart: 1,
  fiscalStart: 1,
  currency: 'USD',
  tables: { orders: { name: 'orders', label: 'order', synonyms: [], primaryKey: ['order_id'], time: 'day' } },
  joins: [],
  dimensions: {
    day: dimension('day', 'Day', { type: 'date' }),
    state: dimension('state', 'State', { geo: 'us-state' }),
    payment: dimension('payment', 'Payment method'),
    channel: dimension('channel', 'Channel'),
    category: dimension('category', 'Category'),
    customer: dimension('customer', 'Customer', { personal: true }),
  },
  measures: {
    revenue: base('revenue', 'Revenue', { aggregation: 'sum', format: usd, good: 'up' }),
    orders: base('orders', 'Orders', { good: 'up' }),
    customers: base('customers', 'Customers', { aggregation: 'count_distinct', good: 'up' }),
    returned_orders: base('returned_orders', 'Returned orders', { good: 'down' }),
    return_rate: formula('return_rate', 'Return rate', 'returned_orders / orders', { format: percent, good: 'down' }),
    average_order_value: formula('average_order_value', 'Average order value', 'revenue / orders', { good: 'up' }),
  },
  filters: {},
  phrases: [],
  kpis: {
    revenue: {
      label: 'Revenue',
      measure: 'revenue',
      description: 'Sales',
      owner: 'Sales',
      period: 'last month',
      synonyms: [],
      target: { value: 80_000, per: 'month' },
    },
  },
  examples: [],
  confessions: {},
}

/** What the shop's measures are of some orders; null of none, but for counts. */
const compute: Record<string, (rows: Order[]) => number | null> = {
  revenue: rows => (rows.length ? Math.round(rows.reduce((a, o) => a + o.amount * 100, 0)) / 100 : null),
  orders: rows => rows.length,
  customers: rows => new Set(rows.map(o => o.customer)).size,
  returned_orders: rows => rows.filter(o => o.returned).length,
  return_rate: rows => (rows.length ? rows.filter(o => o.returned).length / rows.length : null),
  average_order_value: rows => (rows.length ? rows.reduce((a, o) => a + o.amount, 0) / rows.length : null),
}

/** A query of the shop. */
export const ask = (q: Partial<Query>): Query =>
  querySchema.parse({ domain: 'shop', measures: [{ measure: 'revenue' }], ...q })

export const month = (m: number, label: string): Period => ({
  start: `2023-${pad(m)}-01`,
  end: m === 12 ? '2024-01-01' : `2023-${pad(m + 1)}-01`,
  label,
  unit: 'month',
  count: 1,
})
const pad = (n: number) => String(n).padStart(2, '0')

/** Answers a query of the shop as the compiled SQL would. */
export const runQuery = async (query: Query): Promise<Table> => {
  const known = query.measures.every(m => compute[m.measure] && !m.calc)
  if (!known) throw new Error('not known in the shop')
  const now = grouped(query, query.period)
  const before = query.compare ? grouped(query, query.compare.period) : undefined
  const keys = [...new Set([...now.keys(), ...(before?.keys() ?? [])])]
  const rows = keys.map(k => [
    ...(JSON.parse(k) as Cell[]),
    ...query.measures.flatMap(m => [
      measured(m.measure, now.get(k)),
      ...(before ? [measured(m.measure, before.get(k))] : []),
    ]),
  ])
  const columns = columnsOf(query)
  const sorted = rows.sort(sorter(query, columns))
  const kept = sorted.filter(r =>
    query.having.every(h => Number(r[columns.findIndex(c => c.name === h.measure)]) > h.value),
  )
  return { columns, rows: query.limit === undefined ? kept : kept.slice(0, query.limit), truncated: false }
}

const measured = (measure: string, rows: Order[] = []) => compute[measure]?.(rows) ?? null

const grouped = (query: Query, period: Period | undefined) => {
  const groups = new Map<string, Order[]>()
  if (!query.splits.length) groups.set('[]', [])
  for (const o of orders) {
    if (period && (o.day < period.start || o.day >= period.end)) continue
    if (
      !query.filters.every(f =>
        f.op === 'in'
          ? f.values.includes(field(o, f.dimension))
          : f.op === 'not_in'
            ? !f.values.includes(field(o, f.dimension))
            : true,
      )
    )
      continue
    const key = JSON.stringify(query.splits.map(s => ('grain' in s ? bucketOf(o.day, s.grain) : field(o, s.dimension))))
    const group = groups.get(key)
    if (group) group.push(o)
    else groups.set(key, [o])
  }
  return groups
}

const field = (o: Order, name: string): string => String(o[name as keyof Order])

const bucketOf = (day: string, grain: Grain): string => {
  if (grain === 'year') return `${day.slice(0, 4)}-01-01`
  if (grain === 'month') return `${day.slice(0, 7)}-01`
  if (grain === 'quarter') return `${day.slice(0, 4)}-${pad(Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1)}-01`
  return grain === 'week' ? addUnits(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7), 'day') : day
}

const columnsOf = (query: Query): Column[] => [
  ...query.splits.map(
    (s): Column =>
      'grain' in s
        ? { name: s.grain, type: 'date', role: 'time', label: s.grain }
        : {
            name: s.dimension,
            type: 'text',
            role: 'dimension',
            label: model.dimensions[s.dimension]?.label ?? s.dimension,
          },
  ),
  ...query.measures.flatMap((use): Column[] => {
    const m = model.measures[use.measure]
    const name = measureColumn(use)
    const additive = ['revenue', 'orders', 'returned_orders'].includes(use.measure)
    const column: Column = {
      name,
      type: 'number',
      role: 'measure',
      label: m?.label ?? name,
      format: m?.format,
      good: m?.good,
      additive,
    }
    return query.compare ? [column, { ...column, name: `${name}_previous`, role: 'previous' }] : [column]
  }),
]

const sorter = (query: Query, columns: Column[]) => (a: Cell[], b: Cell[]) => {
  const [order] = query.order
  const by = columns.findIndex(c => c.name === order?.by)
  if (order && by >= 0) return (Number(a[by]) - Number(b[by])) * (order.direction === 'asc' ? 1 : -1)
  const time = columns.findIndex(c => c.role === 'time')
  if (time >= 0) return String(a[time]).localeCompare(String(b[time]))
  const value = columns.findIndex(c => c.role === 'measure')
  return Number(b[value]) - Number(a[value])
}
