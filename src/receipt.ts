import type { DataRange, Domain, DomainResult } from './domain.ts'
import { baseOf } from './question/formulas.ts'
import { conditionsOf, restate } from './question/restate.ts'
import { timeDimension } from './semantic/compile/rows.ts'
import type { Model } from './semantic/model.ts'
import type { Receipt } from './vocabulary/answer.ts'
import type { Query } from './vocabulary/query.ts'

/** What the receipt is made of. `notes` are guesses and warnings, in the order they arose. */
export type ReceiptInput = { query: Query; result: DomainResult; notes: string[]; range?: DataRange; ms: number }

/** How an answer was worked out, in words and in SQL. */
export const receiptOf = (domain: Domain, { query, result, notes, range, ms }: ReceiptInput): Receipt => {
  const { model } = domain
  return {
    domain: model.domain,
    origin: 'certified',
    reading: restate(query, model),
    measures: query.measures.map(({ measure }) => definitionOf(measure, model)),
    filters: conditionsOf(query, model),
    period: query.period?.label,
    notes: [...new Set([...domain.notes, ...notes, ...confessions(query, model), ...overlaps(query, result)])],
    sql: result.sql,
    params: result.params,
    rows: result.table.rows.length,
    truncated: result.table.truncated,
    freshness: { dataUntil: range?.last, source: domain.source },
    cached: result.cached,
    ms,
  }
}

/** The range of the dates that a query looks at. */
export const rangeFor = (
  query: Query,
  model: Model,
  range: (time: string) => DataRange | undefined,
): DataRange | undefined => {
  const base = baseOf(model.measures[query.measures[0]?.measure ?? ''], model)?.table
  const time = base && timeDimension(model, { table: base, time: query.time })
  return time ? range(time) : undefined
}

const definitionOf = (name: string, model: Model) => {
  const m = model.measures[name]
  return { name, label: m?.label ?? name, definition: m?.description ?? '' }
}

const confessions = (query: Query, model: Model): string[] => {
  const names = [
    ...query.measures.map(m => m.measure),
    ...query.splits.flatMap(s => ('dimension' in s ? [s.dimension] : [])),
    ...query.filters.flatMap(f => ('dimension' in f ? [f.dimension] : [])),
  ]
  return names.flatMap(n => model.confessions[n] ?? [])
}

/** A thing may have several of the parts it is split by; then the parts are more than the whole. */
const overlaps = ({ splits }: Query, { table }: DomainResult): string[] => {
  const counted = table.columns.find(c => c.role === 'measure' && c.format?.kind === 'integer' && c.additive === false)
  const named = splits.some(s => 'dimension' in s)
  return counted && named && table.rows.length > 1
    ? [
        `One of the ${counted.label.toLowerCase()} may belong to several rows, so the rows may add up to more than the total.`,
      ]
    : []
}
