import { labelOf as measureLabel } from '#src/semantic/compile/columns.ts'
import { isTimePart, type Model } from '#src/semantic/model.ts'
import { formatExact } from '#src/vocabulary/format.ts'
import type { Filter, Having, MeasureUse, Query, Split } from '#src/vocabulary/query.ts'
import { entityOfCount } from './counts.ts'

/** Says a query back in words, so that a misreading is seen at once: "Revenue by category, Q4 2023, state Texas". */
export const restate = (query: Query, model: Model): string => {
  const measures = listed(query.measures.map(m => measureWords(m, model)))
  const splits = query.splits.length > 0 ? ` by ${listed(query.splits.map(s => splitWords(s, model)))}` : ''
  const ranked = rankWords(query, model)
  const head = ranked ?? `${measures}${splits}`
  const parts = [periodWords(query, model), ...conditionsOf(query, model), comparedWith(query)]
  return capital([head, ...parts.filter(p => p !== undefined)].join(', '))
}

/** "2022" or, by another date than the main one, "sign-up date 2022". */
const periodWords = ({ period, time }: Query, model: Model): string | undefined => {
  const name = time ? lower(model.dimensions[time]?.label ?? time) : undefined
  if (!period) return name ? `by ${name}` : undefined
  return name ? `${name} ${period.label}` : period.label
}

/** "each month against the one before" for buckets, else the period compared with. */
const comparedWith = ({ compare, splits }: Query): string | undefined => {
  if (!compare) return undefined
  const grain = splits.flatMap(s => ('grain' in s ? [s.grain] : []))[0]
  const { shift } = compare
  if (!grain || !shift) return `against ${compare.period.label}`
  return shift.unit === grain && shift.n === 1
    ? `each ${grain} against the one before`
    : `each ${grain} against ${shift.n === 52 && shift.unit === 'week' ? 'the same week a year' : `${shift.n} ${shift.unit}${shift.n === 1 ? '' : 's'}`} earlier`
}

/** The filters of a query in words, one each; also used by the receipt. */
export const conditionsOf = (query: Query, model: Model): string[] => [
  ...query.filters.map(f => filterWords(f, model)),
  ...query.having.map(h => `${measureWords(h, model)} ${compareWords(h.op, h, model.measures[h.measure]?.format)}`),
]

const listed = (words: string[]) =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const lower = (text: string) => (/^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text)

const measureWords = (use: MeasureUse | Having, model: Model): string => {
  const plain = lower(measureLabel(use as MeasureUse, model.measures[use.measure]))
  if (!('per' in use) || !use.per) return plain
  return `${plain} per ${'grain' in use.per ? use.per.grain : lower(model.measures[use.per.measure]?.label ?? use.per.measure)}`
}

const parts: Record<string, string> = {
  weekday: 'weekday',
  hour_of_day: 'hour of the day',
  day_type: 'weekday or weekend',
  month_of_year: 'month of the year',
}

const splitWords = (split: Split, model: Model): string =>
  'grain' in split
    ? split.grain
    : (parts[split.dimension] ?? lower(model.dimensions[split.dimension]?.label ?? split.dimension))

const rankWords = (query: Query, model: Model): string | undefined => {
  const [order] = query.order
  if (!order || !query.limit) return undefined
  const per = query.limitPer ?? []
  const targets = query.splits
    .filter(s => !per.includes('grain' in s ? s.grain : s.dimension))
    .map(s => splitWords(s, model))
  const by =
    order.by === 'change'
      ? `change in ${measureWords(query.measures[0] as MeasureUse, model)}`
      : listed(query.measures.map(m => measureWords(m, model)))
  const where =
    per.length > 0 ? ` in each ${listed(per.map(p => parts[p] ?? lower(model.dimensions[p]?.label ?? p)))}` : ''
  return `${order.direction === 'desc' ? 'top' : 'bottom'} ${query.limit} by ${listed(targets)}${where}: ${by}`
}

const filterWords = (f: Filter, model: Model): string => {
  if ('filter' in f) return `${f.op === 'not_named' ? 'not ' : ''}${lower(model.filters[f.filter]?.label ?? f.filter)}`
  if (f.op === 'entity') return thingWords(f, model)
  const d = model.dimensions[f.dimension]
  const name = isTimePart(f.dimension) ? (parts[f.dimension] ?? f.dimension) : lower(d?.label ?? f.dimension)
  switch (f.op) {
    case 'in':
      return d?.type === 'boolean' ? `${f.values[0] ? '' : 'not '}${name}` : `${name} ${listed(f.values.map(String))}`
    case 'not_in':
      return `${name} not ${listed(f.values.map(String))}`
    case 'like':
      return `${name} like ${f.pattern.replaceAll('%', '…')}`
    case 'not_like':
      return `${name} not like ${f.pattern.replaceAll('%', '…')}`
    case 'is_null':
      return `${name} empty`
    case 'is_not_null':
      return `${name} not empty`
    case 'between':
      return `${name} ${compareWords('between', { value: f.from, to: f.to }, d?.format)}`
    default:
      return Number.isNaN(Number(f.value))
        ? `${name} ${(isDated(d) ? dayWords : textWords)[f.op]}${f.value}`
        : `${name} ${compareWords(f.op, { value: Number(f.value) }, d?.format)}`
  }
}

const isDated = (d: Model['dimensions'][string] | undefined) => d?.type === 'date' || d?.type === 'timestamp'

/** Before a text, and before a day. */
const textWords = { gt: 'after ', gte: 'from ', lt: 'before ', lte: 'up to ', eq: '', ne: 'not ' }
const dayWords = { ...textWords, gte: 'since ', eq: 'at ' }

/** "customer with orders over 3, "student without enrolments (language Spanish, 2023)". */
const thingWords = (f: Extract<Filter, { op: 'entity' }>, model: Model): string => {
  const measure = lower(model.measures[f.measure]?.label ?? f.measure)
  const size =
    f.compare === 'eq' && f.value === 0
      ? `without ${measure}`
      : `with ${measure} ${compareWords(f.compare, f, model.measures[f.measure]?.format)}`
  const counts = entityOfCount(model, f.measure) === f.entity
  const time = f.time ? `${lower(model.dimensions[f.time]?.label ?? f.time)} ` : ''
  const rows = [...(f.where ?? []).map(w => filterWords(w, model)), ...(f.period ? [`${time}${f.period.label}`] : [])]
  if (counts)
    return `${model.tables[f.entity]?.label ?? f.entity} ${f.value === 0 ? 'without' : 'with'} ${rows.join(', ')}`
  return `${model.tables[f.entity]?.label ?? f.entity} ${size}${rows.length > 0 ? ` (${rows.join(', ')})` : ''}`
}

const operators = { gt: 'over', gte: 'at least', lt: 'under', lte: 'at most', eq: 'exactly', ne: 'not' }

const compareWords = (
  op: keyof typeof operators | 'between',
  { value, to }: { value: number; to?: number },
  format = { kind: 'number' as const } as Parameters<typeof formatExact>[1],
): string =>
  op === 'between'
    ? `between ${formatExact(value, format)} and ${formatExact(to ?? value, format)}`
    : `${operators[op]} ${formatExact(value, format)}`
