import type { DataRange, Knowledge } from '#src/domain.ts'
import { addUnits, labelOf, startOf } from '#src/semantic/calendar.ts'
import { compile, isCompileProblem } from '#src/semantic/compile.ts'
import type { Model } from '#src/semantic/model.ts'
import type { Choice } from '#src/vocabulary/answer.ts'
import type { Period } from '#src/vocabulary/period.ts'
import { measureColumn, type Query } from '#src/vocabulary/query.ts'
import { mention } from './read.ts'
import { restate } from './restate.ts'

/** The same question with fewer rows, at most three: the first twenty, larger buckets of time, one split, the last year of the data. */
export const smallerQueries = (query: Query, model: Model, range?: DataRange): Choice[] => {
  const [first] = query.measures
  const named = query.splits.some(split => 'dimension' in split)
  const fine = query.splits.some(split => 'grain' in split && finer.has(split.grain))
  const year = range && yearOf(range, model)
  const smaller: Query[] = [
    ...(named && !query.limit && first
      ? [{ ...query, limit: 20, order: [{ by: measureColumn(first), direction: 'desc' as const }] }]
      : []),
    ...(fine ? [{ ...query, splits: query.splits.map(split => ('grain' in split ? monthly : split)) }] : []),
    ...(query.splits.length > 1
      ? [{ ...query, splits: query.splits.slice(0, 1), order: [], limitPer: undefined }]
      : []),
    ...(year && !query.period ? [{ ...query, period: year }] : []),
  ]
  return smaller
    .filter(asked => !isCompileProblem(compile(asked, model, 'duckdb')))
    .slice(0, 3)
    .map(asked => ({ label: restate(asked, model), question: restate(asked, model), query: asked }))
}

/** Said of a result that reached the row limit. */
export const cutShort = (rows: number): string =>
  `There are more than ${rows.toLocaleString('en-US')} rows; only these were read, so totals and ranks of the rest are missing. Ask for less at once.`

const finer = new Set(['hour', 'day', 'week'])
const monthly = { grain: 'month' as const }

type Large = { model: Model; knowledge: Pick<Knowledge, 'lexicon' | 'range'> }

/** Questions that a too large one can be split into, at most four: its parts, each alone, or the same for a month and a year. */
export const smallerTexts = (text: string, { model, knowledge }: Large): Choice[] => {
  const parts = partsOf(text)
  const hasPeriod = mention(text, knowledge.lexicon).mentions.some(({ kind }) => kind === 'period')
  const range = Object.values(model.tables)
    .flatMap(({ time }) => (time === undefined ? [] : (knowledge.range(time) ?? [])))
    .at(0)
  const bare = text.trim().replace(/[?!.\s]+$/, '')
  const periods = range && !hasPeriod ? [monthOf(range, model), yearOf(range, model)] : []
  return [...(parts.length > 1 ? parts : []), ...periods.map(({ label }) => `${bare} in ${label}`)]
    .slice(0, 4)
    .map(question => ({ label: question, question }))
}

/** What a question asks one after the other; each part must be able to stand alone. */
const partsOf = (text: string): string[] =>
  text
    .split(/\s*[;?\n]\s*|,?\s+and\s+(?=(?:what|which|how|who|show|the)\b)|\s*,\s+(?=(?:what|which|how|who|show)\b)/i)
    .map(part => part.trim())
    .filter(part => part.split(/\s+/).length > 2)

const yearOf = ({ last }: DataRange, model: Model): Period => periodOf(last, 'year', model)
const monthOf = ({ last }: DataRange, model: Model): Period => periodOf(last, 'month', model)

const periodOf = (day: string, unit: 'year' | 'month', model: Model): Period => {
  const start = startOf(day, unit, model)
  const end = addUnits(start, 1, unit)
  return { start, end, label: labelOf(start, end, model), unit, count: 1 }
}
