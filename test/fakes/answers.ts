import type { Answered, Clarify, Empty, Receipt, Refused, Told } from '#src/vocabulary/answer.ts'
import type { Query } from '#src/vocabulary/query.ts'

/** Small answers of every kind, right in themselves; parts can be replaced. */
export const query: Query = {
  domain: 'ecommerce',
  measures: [{ measure: 'revenue' }],
  splits: [{ dimension: 'category' }],
  filters: [],
  having: [],
  period: { start: '2023-12-01', end: '2024-01-01', label: 'Dec 2023', unit: 'month', count: 1 },
  order: [{ by: 'revenue', direction: 'desc' }],
  intent: 'value',
}

const receipt: Receipt = {
  domain: 'ecommerce',
  origin: 'certified',
  reading: 'Revenue by category, Dec 2023',
  measures: [{ name: 'revenue', label: 'Revenue', definition: 'sum of amount over kept orders' }],
  filters: ['status is not cancelled or returned'],
  period: 'Dec 2023 (2023-12-01 to 2023-12-31)',
  notes: ['read “revnue” as Revenue'],
  sql: 'SELECT category, sum(amount)\nFROM lines\nWHERE day >= $1\nGROUP BY 1',
  params: ['2023-12-01'],
  rows: 3,
  truncated: false,
  freshness: { dataUntil: '2023-12-31', source: 'sample data' },
  cached: false,
  ms: 12.4,
}

const usd = { kind: 'currency', currency: 'USD' } as const

export const answered = (parts: Partial<Answered> = {}): Answered => ({
  status: 'answered',
  id: 'a1',
  question: 'revnue by category last month',
  domain: 'ecommerce',
  query,
  table: {
    columns: [
      { name: 'category', type: 'text', role: 'dimension', label: 'Category' },
      { name: 'revenue', type: 'number', role: 'measure', label: 'Revenue', format: usd, good: 'up', additive: true },
    ],
    rows: [
      ['Electronics', 1500.5],
      ['Books', 750.25],
      ['Toys & Games', null],
    ],
    truncated: false,
  },
  facts: [{ id: 'total:revenue', kind: 'total', measure: 'revenue', value: 2250.75, format: usd, noteworthy: 1 }],
  story: {
    headline: { text: 'Electronics made two thirds of $2,250.75', cites: ['total:revenue'] },
    summary: [
      { text: 'Revenue was $2,250.75 in Dec 2023.', cites: ['total:revenue'] },
      { text: 'Electronics led with $1,500.50.', cites: ['cell:0:revenue'] },
    ],
    insights: [{ text: 'Toys & Games sold nothing.', cites: [] }],
    implications: [{ text: 'Look at Toys & Games.', cites: [] }],
  },
  chart: {
    kind: 'bar',
    title: 'Electronics made two thirds of $2,250.75',
    subtitle: 'Revenue by category, Dec 2023, USD',
    alt: 'Bars: Electronics 1500.5, Books 750.25, Toys & Games none',
    layout: 'single',
    categories: ['Electronics', 'Books', 'Toys & Games'],
    series: [{ name: 'Revenue', values: [1500.5, 750.25, null] }],
    format: usd,
  },
  receipt,
  unused: [],
  next: [{ label: 'By state', question: 'and by state?' }],
  ...parts,
})

export const clarify = (parts: Partial<Clarify> = {}): Clarify => ({
  status: 'clarify',
  id: 'c1',
  question: 'sales of blorp',
  domain: 'ecommerce',
  message: 'I do not know “blorp”. Did you mean one of these?',
  unused: ['blorp'],
  choices: [
    { label: 'Revenue by category', question: 'revenue by category' },
    { label: 'revenue by state', question: 'revenue by state', query },
  ],
  ...parts,
})

export const refused = (parts: Partial<Refused> = {}): Refused => ({
  status: 'refused',
  id: 'r1',
  question: 'revenue next month',
  domain: 'ecommerce',
  code: 'period/next',
  message: 'The future has no revenue yet.',
  choices: [{ label: 'Forecast revenue', question: 'forecast revenue for the next 4 weeks' }],
  ...parts,
})

export const empty = (parts: Partial<Empty> = {}): Empty => ({
  status: 'empty',
  id: 'e1',
  question: 'revenue in 2019',
  domain: 'ecommerce',
  message: 'There are no orders in 2019; the data runs from 2023-01-01 to 2023-12-31.',
  query,
  receipt,
  choices: [],
  ...parts,
})

export const told = (parts: Partial<Told> = {}): Told => ({
  status: 'told',
  id: 't1',
  question: 'kpi',
  domain: 'ecommerce',
  title: 'KPIs',
  paragraphs: ['Two KPIs.'],
  items: [
    { term: 'Revenue', text: 'What kept orders bring in.', ask: 'kpi revenue' },
    { term: 'Return rate', text: 'Returned orders among all.', ask: 'kpi return_rate' },
  ],
  choices: [{ label: 'What is there', question: 'data' }],
  ...parts,
})
