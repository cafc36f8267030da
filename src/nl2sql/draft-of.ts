import type { Query } from '#src/vocabulary/query.ts'
import { type Draft, queryOf } from './draft.ts'

/** A query as a language model writes it; undefined when it holds something that a model cannot write. */
export const draftOf = (query: Query): Draft | undefined => {
  const draft = written(query)
  const again = draft && queryOf(draft, query.domain)
  return again && inOrder(plain(query)) === inOrder(plain(again)) ? draft : undefined
}

const written = ({ measures, splits, filters, having, period, compare, order, limit }: Query): Draft | undefined => {
  const conditions = filters.map(filterOf)
  if (conditions.some(f => f === undefined)) return undefined
  return {
    measures: measures.map(({ measure, aggregation, calc }) => ({
      ...{ measure, aggregation: aggregation ?? null },
      look: calc && calc.kind !== 'rolling' ? calc.kind : 'plain',
    })),
    splits: splits.map(split => ('grain' in split ? split.grain : split.dimension)),
    filters: conditions.flatMap(f => (f && 'dimension' in f ? [f] : [])),
    named_filters: conditions.flatMap(f => (f && 'named' in f ? [f.named] : [])),
    having: having.flatMap(({ measure, op, value }) => (op === 'between' ? [] : [{ measure, op, value }])),
    period: period ? pick(period) : null,
    compare: compare ? pick(compare.period) : null,
    order,
    limit: limit ?? null,
  }
}

const pick = ({ start, end, label }: { start: string; end: string; label: string }) => ({ start, end, label })

type Condition = Draft['filters'][number] | { named: string }

const filterOf = (filter: Query['filters'][number]): Condition | undefined => {
  switch (filter.op) {
    case 'named':
      return { named: filter.filter }
    case 'in':
    case 'not_in':
      return { dimension: filter.dimension, op: filter.op, values: filter.values.map(String) }
    case 'is_null':
    case 'is_not_null':
      return { dimension: filter.dimension, op: filter.op, values: [] }
    case 'between':
    case 'like':
    case 'not_like':
    case 'not_named':
    case 'entity':
      return undefined
    default:
      return { dimension: filter.dimension, op: filter.op, values: [String(filter.value)] }
  }
}

/** Without what only says how it was asked for. */
const plain = ({ chart: _, period, compare, ...query }: Query) => ({
  ...query,
  ...(period && { period: pick(period) }),
  ...(compare && { compare: pick(compare.period) }),
})

const inOrder = (value: unknown) =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
