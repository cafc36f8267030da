import type { Aggregation } from '#src/vocabulary/query.ts'
import { checked } from './issues.ts'
import { type Path, type Report, unknown } from './problem.ts'
import { measure, type Reading, type StudioMeasure, wording } from './studio-shape.ts'
import { sameWord } from './words.ts'

/** The measures; a formula may name them as the document does. */
export const readMeasures = (list: unknown[], { table, give, origins, report }: Reading) => {
  const found: Record<string, StudioMeasure> = {}
  const given = new Map<string, string>()
  list.forEach((item, i) => {
    const path = ['measures', i]
    const read = checked(measure, item, { path, report })
    if (!read) return
    const name = give(read.name, 'total')
    const way = read.formula
      ? { formula: read.formula }
      : { table, ...aggregated(read.column ?? read.name, read.aggregations, path, report) }
    const format = read.format === undefined ? undefined : formatOf(read.format, path, report)
    found[name] = {
      ...wording(read, name),
      description: read.description ?? described(read.formula, Object.keys(way)[1], read.column ?? read.name),
      ...way,
      ...(format ? { format } : {}),
    }
    origins.push([['measures', name], path])
    given.set(sameWord(read.name), name)
  })
  for (const m of Object.values(found)) if (typeof m.formula === 'string') m.formula = withGivenNames(m.formula, given)
  return found
}

const withGivenNames = (formula: string, given: Map<string, string>) =>
  formula.replace(/[A-Za-z_]\w*/g, word => given.get(sameWord(word)) ?? word)

const spokenAggregations: Record<string, string> = {
  sum: 'Sum of',
  avg: 'Average of',
  min: 'Lowest',
  max: 'Highest',
  median: 'Median of',
  count: 'Number of rows with',
  count_distinct: 'Number of different values of',
}

const described = (formula: string | undefined, aggregation: string | undefined, column: string) =>
  formula ? `${formula}.` : `${spokenAggregations[aggregation ?? 'sum']} ${column}.`

const aggregationNames: Record<string, Aggregation> = {
  sum: 'sum',
  total: 'sum',
  avg: 'avg',
  average: 'avg',
  mean: 'avg',
  min: 'min',
  max: 'max',
  median: 'median',
  count: 'count',
  count_distinct: 'count_distinct',
  distinct: 'count_distinct',
  distinct_count: 'count_distinct',
}

/** The first aggregation is the measure's own; one that counts gives way to one that does not. */
const aggregated = (column: string, names: string[] = ['sum'], path: Path, report: Report) => {
  const known = names.flatMap(name => {
    const aggregation = Object.hasOwn(aggregationNames, name.toLowerCase())
      ? aggregationNames[name.toLowerCase()]
      : undefined
    if (!aggregation) report([...path, 'aggregations'], unknown('aggregation', name, Object.keys(aggregationNames)))
    return aggregation ?? []
  })
  const own = known.find(aggregation => !aggregation.startsWith('count')) ?? known[0] ?? 'sum'
  const also = own.startsWith('count') ? [] : [...new Set(known)].filter(aggregation => aggregation !== own)
  return { [own]: column, ...(also.length ? { also } : {}) }
}

/** A word (`currency`) or a pattern (`$#,##0.00`, `0.0%`). */
const formatOf = (text: string, path: Path, report: Report): unknown => {
  const word = text.toLowerCase()
  if (['number', 'integer', 'currency', 'percent', 'duration'].includes(word)) return word
  if (word === 'percentage' || text.includes('%')) return 'percent'
  const currency = { $: 'USD', '€': 'EUR', '£': 'GBP', '¥': 'JPY', '₹': 'INR' }[text.trim()[0] ?? '']
  if (currency) return { kind: 'currency', currency }
  if (/^[#0,.]+$/.test(text)) return text.includes('.') ? 'number' : 'integer'
  report([...path, 'format'], unknown('format', text, ['number', 'integer', 'currency', 'percent', 'duration']))
  return undefined
}
