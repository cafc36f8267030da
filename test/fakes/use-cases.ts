import type { DataDescription, KpiEntry, KpiRequest, Stoppable, UseCases } from '#handlers/commands/use-cases.ts'
import { nearest } from '#src/semantic/near.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Question } from '#src/vocabulary/question.ts'
import { answered } from './answers.ts'

/** Use cases over a small catalogue that answer everything and remember what they were asked. */
export const scriptedUseCases = (parts: Partial<UseCases> = {}) => {
  const asked: Question[] = []
  const kpisAsked: KpiRequest[] = []
  const useCases: UseCases = {
    ask: async question => {
      asked.push(question)
      return answered({ question: question.text })
    },
    askKpi: async request => {
      kpisAsked.push(request)
      return answered({ question: request.text })
    },
    kpis: async ({ domain }) => ({ domain: known(domain), entries: kpiEntries }),
    describeData: async ({ domain }) => ({ ...description, domain: domain === 'sales' ? domain : known(domain) }),
    near: nearest,
    ...parts,
  }
  return { useCases, asked, kpisAsked }
}

/** Rejects with `engine/cancelled` once the signal aborts, and never otherwise. */
export const untilStopped = ({ signal }: Stoppable = {}): Promise<never> =>
  new Promise((_, reject) => {
    const stop = () => reject(ChartroomError.of('engine/cancelled'))
    if (signal?.aborted) stop()
    signal?.addEventListener('abort', stop)
  })

const known = (domain = 'ecommerce') => {
  if (domain !== 'ecommerce') throw ChartroomError.of('domain/unknown', { domain, known: ['ecommerce'] })
  return domain
}

const kpi = (name: string, label: string, parts: Partial<KpiEntry> = {}): KpiEntry => ({
  name,
  label,
  measure: name,
  description: `${label} of kept orders.`,
  owner: 'Sales',
  period: 'last month',
  synonyms: [],
  ...parts,
})

export const kpiEntries = [
  kpi('revenue', 'Revenue', { synonyms: ['turnover'], split: 'category' }),
  kpi('average_order_value', 'Average order value', { synonyms: ['AOV'] }),
  kpi('return_rate', 'Return rate', { owner: 'Logistics' }),
]

export const description: DataDescription = {
  domain: 'ecommerce',
  label: 'E-commerce',
  description: 'Orders of an online shop.',
  tables: [
    { name: 'orders', label: 'order', rows: 10_000, description: 'One row per order.' },
    { name: 'customers', label: 'customer', rows: 1 },
    { name: 'events', label: 'event', rows: null },
  ],
  measures: [
    {
      name: 'revenue',
      label: 'Revenue',
      synonyms: ['turnover'],
      description: 'What kept orders bring in.',
      definition: 'sum of amount over kept orders',
    },
  ],
  dimensions: [{ name: 'state', label: 'State', synonyms: [], values: ['California', 'Texas'] }],
  range: { from: '2023-01-01', to: '2023-12-31' },
  freshness: { dataUntil: '2023-12-31', source: 'sample data' },
  examples: ['revenue by month', 'orders by state', 'top 5 products'],
  otherDomains: ['sales'],
}
