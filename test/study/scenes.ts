import type { Query } from '#src/vocabulary/query.ts'
import { ask, month } from './small-world.ts'

const year = { start: '2023-01-01', end: '2024-01-01', label: '2023', unit: 'year' as const, count: 1 }
const june = month(6, 'June 2023')
const november = month(11, 'November 2023')
const m = (...names: string[]) => names.map(measure => ({ measure }))
const by = (...names: string[]) => names.map(dimension => ({ dimension }))
const over = (grain: 'day' | 'week' | 'month' | 'quarter') => ({ grain })
const only = (dimension: string, ...values: string[]) => [{ op: 'in' as const, dimension, values }]

/** Questions put to the small world, with the day they are asked on. */
export const scenes: Record<string, { query: Query; today?: string }> = {
  'one number last month': { query: ask({ period: november }), today: '2023-12-05' },
  'one number without a period': { query: ask({ measures: m('orders') }) },
  'one rate': {
    query: ask({
      measures: m('return_rate'),
      filters: only('category', 'Clothing'),
      period: month(2, 'February 2023'),
    }),
  },
  'month to date': {
    query: ask({
      period: { start: '2023-06-01', end: '2023-06-15', label: 'June 2023', unit: 'month', count: 1, toDate: true },
    }),
    today: '2023-06-14',
  },
  'month against month': { query: ask({ period: november, compare: { period: month(10, 'October 2023') } }) },
  'several measures': { query: ask({ measures: m('revenue', 'orders', 'return_rate'), period: november }) },
  'revenue by state': { query: ask({ splits: by('state'), period: november }) },
  'top 3 states': {
    query: ask({ splits: by('state'), period: november, limit: 3, order: [{ by: 'revenue', direction: 'desc' }] }),
  },
  'highest state': { query: ask({ splits: by('state'), limit: 1, order: [{ by: 'revenue', direction: 'desc' }] }) },
  'worst 5 states': { query: ask({ splits: by('state'), limit: 5, order: [{ by: 'revenue', direction: 'asc' }] }) },
  'return rate by category': {
    query: ask({ measures: m('return_rate'), splits: by('category'), period: month(1, 'January 2023') }),
  },
  'customers by channel': { query: ask({ measures: m('customers'), splits: by('channel'), period: november }) },
  'Texas against Ohio': { query: ask({ splits: by('state'), filters: only('state', 'Texas', 'Ohio') }) },
  'categories against last month': {
    query: ask({ splits: by('category'), period: november, compare: { period: month(10, 'October 2023') } }),
  },
  'revenue by month': { query: ask({ splits: [over('month')], period: year }) },
  'revenue by week': { query: ask({ splits: [over('week')], period: year }) },
  'orders by day': { query: ask({ measures: m('orders'), splits: [over('day')], period: june }) },
  'orders by day all year': { query: ask({ measures: m('orders'), splits: [over('day')], period: year }) },
  'PayPal orders by day': {
    query: ask({ measures: m('orders'), splits: [over('day')], filters: only('payment', 'PayPal'), period: june }),
  },
  'months with the last one open': {
    query: ask({ splits: [over('month')], period: { ...year, end: '2023-11-11', label: '2023', toDate: true } }),
    today: '2023-11-10',
  },
  'revenue by month and channel': { query: ask({ splits: [over('month'), ...by('channel')], period: year }) },
  'return rate by month and category': {
    query: ask({ measures: m('return_rate'), splits: [over('month'), ...by('category')], period: year }),
  },
  'state by category': { query: ask({ splits: by('state', 'category'), period: november }) },
  'channel by payment': { query: ask({ splits: by('channel', 'payment'), period: november }) },
  'two measures by state': { query: ask({ measures: m('revenue', 'orders'), splits: by('state'), period: november }) },
  'best month': {
    query: ask({ splits: [over('month')], period: year, limit: 1, order: [{ by: 'revenue', direction: 'desc' }] }),
  },
  'states that sell most': {
    query: ask({ splits: by('state'), having: [{ measure: 'revenue', op: 'gt', value: 60_000 }] }),
  },
  'without store and PayPal': {
    query: ask({
      splits: by('category'),
      filters: [
        { op: 'not_in', dimension: 'channel', values: ['store'] },
        { op: 'not_in', dimension: 'payment', values: ['PayPal'] },
      ],
    }),
  },
  'why were orders down': {
    query: ask({
      measures: m('orders'),
      intent: 'why',
      period: { start: '2023-06-12', end: '2023-06-19', label: '12–18 Jun 2023', unit: 'week', count: 1 },
      compare: { period: { start: '2023-06-05', end: '2023-06-12', label: '5–11 Jun 2023', unit: 'week', count: 1 } },
    }),
    today: '2023-06-21',
  },
  'why did revenue go up': {
    query: ask({ intent: 'why', period: november, compare: { period: month(10, 'October 2023') } }),
  },
  'why did returns jump': {
    query: ask({
      measures: m('return_rate'),
      intent: 'why',
      filters: only('category', 'Clothing'),
      period: month(1, 'January 2023'),
    }),
  },
  'why did the return rate change': {
    query: ask({ measures: m('return_rate'), intent: 'why', period: month(1, 'January 2023') }),
  },
}
