import type { Answer, Answered, Clarify, Empty, Receipt, Refused, Told } from '#src/vocabulary/answer.ts'
import type { BarChart, TableChart } from '#src/vocabulary/chart.ts'
import type { Format } from '#src/vocabulary/format.ts'
import type { Query } from '#src/vocabulary/query.ts'
import type { Table } from '#src/vocabulary/table.ts'

/** Hand-made answers, one of each kind. The numbers belong to no data. */

const usd: Format = { kind: 'currency', currency: 'USD' }
const december = { start: '2023-12-01', end: '2024-01-01', label: 'December 2023', unit: 'month' as const, count: 1 }

export const query: Query = {
  domain: 'ecommerce',
  measures: [{ measure: 'revenue' }],
  splits: [{ dimension: 'category' }],
  filters: [{ op: 'in', dimension: 'state', values: ['Texas'] }],
  having: [],
  period: december,
  order: [],
  intent: 'value',
}

const sql = `-- revenue by category
SELECT o."category" AS "category", sum(l."amount") AS "revenue"
FROM "order_lines" AS l
LEFT JOIN "orders" AS o ON o."id" = l."order_id"
WHERE o."state" = $1
  AND o."ordered_at" >= $2
  AND o."ordered_at" < $3
GROUP BY 1
ORDER BY 2 DESC
LIMIT 10000`

export const receipt: Receipt = {
  domain: 'ecommerce',
  origin: 'certified',
  reading: 'Revenue by category in Texas, December 2023',
  measures: [{ name: 'revenue', label: 'Revenue', definition: 'sum of order line amounts, cancelled orders left out' }],
  filters: ['State is Texas'],
  period: 'December 2023 (1 Dec to 31 Dec)',
  notes: ['Read “texs” as Texas.'],
  sql,
  params: ['Texas', '2023-12-01', '2024-01-01'],
  rows: 5,
  truncated: false,
  freshness: { dataUntil: '2023-12-31', source: 'Sample orders' },
  cached: false,
  ms: 84.3,
}

const rows: [string, number, number][] = [
  ['Electronics', 48210.5, 41007],
  ['Clothing', 31876.25, 36510.75],
  ['Home & Kitchen', 22140, 21980.4],
  ['Toys', 12034.99, 9120],
  ['Books', 4120.1, 4388.05],
]

export const table: Table = {
  columns: [
    { name: 'category', type: 'text', role: 'dimension', label: 'Category' },
    { name: 'revenue', type: 'number', role: 'measure', label: 'Revenue', format: usd, good: 'up' },
    { name: 'revenue_previous', type: 'number', role: 'previous', label: 'Revenue, Nov 2023', format: usd },
  ],
  rows,
  truncated: false,
}

const chart: BarChart = {
  kind: 'bar',
  layout: 'single',
  title: 'Electronics leads revenue in Texas',
  subtitle: 'Revenue by category, December 2023, US dollars',
  alt: 'Bar chart of revenue by category: Electronics $48.2k, Clothing $31.9k, Home & Kitchen $22.1k, Toys $12.0k, Books $4,120.',
  categories: rows.map(r => r[0]),
  series: [{ name: 'Revenue', values: rows.map(r => r[1]) }],
  format: usd,
  highlight: 'Electronics',
}

export const answered = (id: string, question: string): Answered => ({
  status: 'answered',
  id,
  question,
  domain: 'ecommerce',
  query,
  table,
  facts: [
    {
      id: 'change:revenue:Electronics',
      kind: 'change',
      measure: 'revenue',
      value: 7203.5,
      format: usd,
      noteworthy: 0.9,
      tone: 'good',
    },
    {
      id: 'change:revenue:Clothing',
      kind: 'change',
      measure: 'revenue',
      value: -4634.5,
      format: usd,
      noteworthy: 0.8,
      tone: 'bad',
    },
    {
      id: 'top:revenue',
      kind: 'top',
      measure: 'revenue',
      value: 48210.5,
      format: usd,
      noteworthy: 0.7,
      tone: 'neutral',
    },
  ],
  story: {
    headline: { text: 'Electronics brought $48.2k in Texas in December, 41% of the total', cites: ['top:revenue'] },
    summary: [
      { text: 'Revenue came to $118,382 over five categories.', cites: [] },
      { text: 'That is 4.7% more than in November, and all of the growth is Electronics and Toys.', cites: [] },
    ],
    insights: [
      { text: 'Electronics grew by $7,203.50 (17.6%) on November.', cites: ['change:revenue:Electronics'] },
      {
        text: 'Clothing fell by $4,634.50 (12.7%), the largest loss of any category.',
        cites: ['change:revenue:Clothing'],
      },
      { text: 'The first two categories make 68% of revenue.', cites: ['top:revenue'] },
    ],
    implications: [
      {
        text: 'If Clothing had held its November level, revenue would have grown by 8.8%.',
        cites: ['change:revenue:Clothing'],
      },
    ],
  },
  chart,
  receipt,
  unused: ['please'],
  next: [
    { label: 'And by month?', question: 'and by month?' },
    { label: 'Only Electronics', question: 'only Electronics' },
    { label: 'Why did Clothing fall?', question: 'why did revenue of Clothing fall in December?' },
  ],
})

/** Three hundred orders, shown as a table and nothing else; the SQL was written by a model. */
export const longTable = (id: string, question: string): Answered => {
  const columns: Table['columns'] = [
    { name: 'day', type: 'date', role: 'time', label: 'Day' },
    { name: 'customer', type: 'text', role: 'dimension', label: 'Customer' },
    { name: 'city', type: 'text', role: 'dimension', label: 'City' },
    { name: 'orders', type: 'integer', role: 'measure', label: 'Orders', format: { kind: 'integer' } },
    { name: 'revenue', type: 'number', role: 'measure', label: 'Revenue', format: usd },
    { name: 'margin', type: 'number', role: 'measure', label: 'Margin', format: { kind: 'percent' } },
    { name: 'returned', type: 'boolean', role: 'dimension', label: 'Any returned' },
  ]
  const cities = ['Houston', 'San Antonio', 'Dallas', 'Fort Worth', 'El Paso']
  const long = Array.from({ length: 300 }, (_, i) => [
    `2023-${String((i % 12) + 1).padStart(2, '0')}-${String((i % 28) + 1).padStart(2, '0')}`,
    `Customer ${1000 + i * 7}`,
    cities[i % 5] ?? null,
    1 + (i % 9),
    200_000 - i * 613.37,
    i % 11 === 0 ? null : 0.08 + (i % 30) / 100,
    i % 4 === 0,
  ])
  const base = answered(id, question)
  const picture: TableChart = { kind: 'table', title: '', subtitle: '', alt: '', columns: [], rows: [], more: 0 }
  return {
    ...base,
    query: { ...query, splits: [{ grain: 'day' }, { dimension: 'customer' }] },
    table: { columns, rows: long, truncated: false },
    chart: picture,
    facts: [],
    story: {
      headline: { text: '300 customers ordered in Texas in 2023', cites: [] },
      summary: [],
      insights: [],
      implications: [],
    },
    receipt: {
      ...receipt,
      origin: 'generated',
      notes: [],
      rows: 300,
      model: { name: 'some-model', cost: 0.0021, tokens: 900, prompt: 'plan 1' },
    },
    unused: [],
    next: [],
  }
}

export const clarify = (id: string, question: string): Clarify => ({
  status: 'clarify',
  id,
  question,
  domain: 'ecommerce',
  message: 'Which revenue do you mean?',
  unused: ['blorp'],
  choices: [
    { label: 'Revenue by category, December 2023', question: 'revenue by category last month', query },
    { label: 'Net revenue by category, December 2023', question: 'net revenue by category last month' },
    { label: 'Revenue per customer, December 2023', question: 'revenue per customer last month' },
  ],
})

export const refused = (id: string, question: string): Refused => ({
  status: 'refused',
  id,
  question,
  domain: 'ecommerce',
  code: 'period/next',
  message: 'Next month has not happened yet. A forecast can be asked for as a forecast.',
  choices: [{ label: 'Forecast revenue for the next 4 weeks', question: 'forecast revenue for the next 4 weeks' }],
})

export const empty = (id: string, question: string): Empty => ({
  status: 'empty',
  id,
  question,
  domain: 'ecommerce',
  message: 'There are no orders in Alaska in March 2021. The data runs from 1 Jan 2022 to 31 Dec 2023.',
  query,
  receipt: { ...receipt, notes: [], rows: 0 },
  choices: [{ label: 'Orders in Alaska, 2023', question: 'orders in Alaska in 2023' }],
})

export const told = (id: string, question: string): Told => ({
  status: 'told',
  id,
  question,
  domain: 'ecommerce',
  title: 'What you can ask about orders',
  paragraphs: ['Name a measure, and if you like a split, a filter and a period: “revenue by state last quarter”.'],
  items: [
    { term: 'Revenue', text: 'Sum of order line amounts, cancelled orders left out.', ask: 'revenue last month' },
    { term: 'Average order value', text: 'Revenue divided by orders.', ask: 'average order value last month' },
    { term: 'Return rate', text: 'Returned lines divided by all lines.' },
  ],
  choices: [{ label: 'Which KPIs are there?', question: 'which KPIs are there?' }],
})

/** Markup in every text that can come from data, a question or a model. */
export const hostile = (id: string, question: string): Answered => {
  const bad = '<img src=x onerror="window.hacked=1"><script>window.hacked=2</script>'
  const base = answered(id, question)
  return {
    ...base,
    table: {
      ...table,
      rows: [
        [bad, 1, 2],
        ['</td><svg onload="window.hacked=3">', 3, 4],
        ['=HYPERLINK("http://x")', 5, 6],
      ],
    },
    chart: { ...chart, title: bad, alt: `"><script>window.hacked=4</script>` },
    story: {
      headline: { text: bad, cites: [] },
      summary: [{ text: bad, cites: [] }],
      insights: [{ text: bad, cites: [] }],
      implications: [{ text: bad, cites: [] }],
    },
    receipt: {
      ...receipt,
      reading: bad,
      notes: [bad],
      filters: [bad],
      sql: `SELECT '${bad}'`,
      params: [bad],
      domain: bad,
    },
    unused: [bad],
    next: [{ label: bad, question: 'javascript:window.hacked=5' }],
  }
}

export type Maker = (id: string, question: string) => Answer
