import { formatShort } from '#src/vocabulary/format.ts'
import type { Filter } from '#src/vocabulary/query.ts'
import type { View } from './view.ts'
import { inPeriod, list, lower, plural } from './words.ts'

/**
 * What a question is narrowed to, to follow the measure's name: " for Texas", " for Texas (without cancelled)". Empty without filters. With
 * `parts: false` the parts that the rows name anyway are left out.
 */
export const scopeOf = (view: Pick<View, 'query' | 'model'>, { parts = true } = {}): string => {
  const filters = view.query.filters.filter(f => parts || !namesParts(view, f))
  const only = filters.flatMap(f => positive(f) ?? [])
  const out = filters.flatMap(f => (f.op === 'not_in' && f.values.length <= 3 ? f.values.map(String) : []))
  const rest = filters.filter(f => !positive(f) && !(f.op === 'not_in' && f.values.length <= 3))
  const other = [...rest.map(f => describe(view, f)), ...(out.length ? [`without ${list(out)}`] : [])]
  return `${only.length ? ` for ${only.join(', ')}` : ''}${other.length ? ` (${other.join(', ')})` : ''}`
}

/** Whether a filter picks the very parts that the result is split by. */
export const namesParts = ({ query }: Pick<View, 'query'>, f: Filter): boolean =>
  f.op === 'in' && query.splits.some(s => 'dimension' in s && s.dimension === f.dimension)

const positive = (f: Filter): string | undefined => {
  if (f.op !== 'in' || f.values.some(v => typeof v !== 'string')) return undefined
  return f.values.length > 3 ? undefined : list(f.values.map(String))
}

const signs = { gt: 'over', gte: 'at least', lt: 'under', lte: 'at most', eq: '', ne: 'not' } as const

const describe = ({ query, model }: Pick<View, 'query' | 'model'>, f: Filter): string => {
  if ('filter' in f) {
    const label = lower(model.filters[f.filter]?.label ?? f.filter)
    return f.op === 'named' ? label : `not ${label}`
  }
  if (f.op === 'entity') return thingsWithin({ query, model }, f)
  const label = lower(model.dimensions[f.dimension]?.label ?? f.dimension)
  if ('values' in f) return valuesPhrase(label, f)
  if ('pattern' in f) return `${label} ${f.op === 'like' ? 'like' : 'not like'} ${f.pattern.replaceAll('%', '…')}`
  if (f.op === 'between') return `${label} ${f.from} to ${f.to}`
  return 'value' in f
    ? `${label} ${signs[f.op]} ${f.value}`.replace(/ +/g, ' ')
    : f.op === 'is_null'
      ? `no ${label}`
      : `with ${label}`
}

/** "orders with revenue over $500", "customers without orders for Books in March 2023". */
const thingsWithin = ({ query, model }: Pick<View, 'query' | 'model'>, f: Extract<Filter, { op: 'entity' }>) => {
  const measure = model.measures[f.measure]
  const said = (value: number) => (measure ? formatShort(value, measure.format) : String(value))
  const name = lower(measure?.label ?? f.measure)
  const bound =
    f.compare === 'between'
      ? `${said(f.value)} to ${said(f.to ?? f.value)}`
      : `${signs[f.compare]} ${said(f.value)}`.trim()
  const size = f.compare === 'eq' && f.value === 0 ? `without ${name}` : `with ${name} ${bound}`
  const noun = plural(lower(model.tables[f.entity]?.label ?? f.entity))
  const counted = lower(model.measures[query.measures[0]?.measure ?? '']?.label ?? '') === noun
  const among = scopeOf({ query: { ...query, filters: f.where ?? [] }, model })
  return `${counted ? '' : `${noun} `}${size}${among}${inPeriod(f.period)}`
}

const valuesPhrase = (label: string, { op, values }: { op: 'in' | 'not_in'; values: unknown[] }) => {
  const named = values.length > 3 ? `${values.length} values of ${label}` : list(values.map(String))
  return op === 'not_in' ? `without ${named}` : values.length > 3 ? named : `${label} ${named}`
}
