import { readPeriod } from './question/periods/read.ts'
import { isPeriodProblem, resolvePeriod } from './question/periods/resolve.ts'
import { tokenize } from './question/tokens.ts'
import { rangeFor } from './receipt.ts'
import { addUnits, labelOf, previousPeriod, shiftBetween, shiftPeriod } from './semantic/calendar.ts'
import { type Dimension, isTimePart, type Measure, type Model, timeParts } from './semantic/model.ts'
import { nearest } from './semantic/near.ts'
import { type Grain, grains, type IsoDate, type Period } from './vocabulary/period.ts'
import {
  aggregations,
  comparators,
  type Filter,
  type MeasureUse,
  type Query,
  querySchema,
  type Split,
} from './vocabulary/query.ts'

/** A query as parameters of an address say it, each as written. */
export type QueryRequest = {
  /** "revenue,avg(discount)" */
  measures: string
  /** "category,month" */
  dimensions?: string
  /** "state:in:Texas|California", "discount:gt:5", "channel:is_null", or the name of a filter of the model. */
  filters?: readonly string[]
  /** "last month", "Q3 2023", "2023-05-01 to 2023-05-31" */
  period?: string
  /** "previous_period", "previous_year" or a period. */
  compare?: string
  /** "revenue:desc,category:asc" */
  order?: string
  limit?: number
}

/** What is wrong with a parameter, as the end of a sentence that begins with its name. */
export type ParameterProblem = { parameter: keyof QueryRequest; detail: string }

type Context = { model: Model; today: IsoDate; range: (time: string) => { first: IsoDate; last: IsoDate } | undefined }

/** Reads a request against what a domain has. Tells everything that is wrong with it, not only the first thing. */
export const readQueryRequest = (
  request: QueryRequest,
  context: Context,
): { query: Query } | { problems: ParameterProblem[] } => {
  const problems: ParameterProblem[] = []
  const reading = <T>(parameter: keyof QueryRequest, read: () => T, otherwise: T): T => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      problems.push(...error.details.map(detail => ({ parameter, detail })))
      return otherwise
    }
  }
  const { model } = context
  const query: Query = {
    domain: model.domain,
    measures: reading(
      'measures',
      () => different(each(listOf(request.measures), text => readMeasure(text, model))),
      [],
    ),
    splits: reading(
      'dimensions',
      () => different(each(listOf(request.dimensions), text => readSplit(text, model))),
      [],
    ),
    filters: reading('filters', () => each(request.filters ?? [], text => readFilter(text, model)).flat(), []),
    having: [],
    order: [],
    limit: request.limit,
    intent: 'value',
  }
  query.order = reading('order', () => each(listOf(request.order), text => readOrder(text, query)), [])
  query.period = reading('period', () => readPeriodText(request.period, query, context), undefined)
  // What cannot be measured or placed cannot be compared either; one sentence about that is enough.
  if (!problems.some(({ parameter }) => parameter === 'period' || parameter === 'measures'))
    query.compare = reading('compare', () => readCompare(request.compare, query, context), undefined)
  return problems.length > 0 ? { problems } : checked(query)
}

const checked = (query: Query): { query: Query } | { problems: ParameterProblem[] } => {
  const { error } = querySchema.safeParse(query)
  const problems = error?.issues.map(
    ({ path: [part], message }) => limits[String(part)] ?? misfit(String(part), message),
  )
  return problems ? { problems } : { query }
}

const limits: Record<string, ParameterProblem> = {
  measures: { parameter: 'measures', detail: 'must name one to six measures' },
  splits: { parameter: 'dimensions', detail: 'must name at most three dimensions' },
}

const misfit = (part: string, message: string): ParameterProblem => ({
  parameter: part === 'filters' || part === 'order' || part === 'limit' ? part : 'measures',
  detail: `cannot be used: ${message}`,
})

/** Thrown by readers only, caught above. */
class Unreadable extends Error {
  readonly details: readonly string[]
  constructor(...details: string[]) {
    super(details.join('; '))
    this.details = details
  }
}

/** Reads every part, and tells what is wrong with each. */
const each = <T>(parts: readonly string[], read: (text: string) => T): T[] => {
  const details: string[] = []
  const found = parts.flatMap(part => {
    try {
      return [read(part)]
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      details.push(...error.details)
      return []
    }
  })
  if (details.length > 0) throw new Unreadable(...details)
  return found
}

/** Two columns of one name would be one in the rows. */
const different = <T>(all: T[]): T[] => {
  const texts = all.map(one => JSON.stringify(one))
  const again = all.find((_, i) => texts.indexOf(texts[i] ?? '') < i)
  if (again) throw new Unreadable(`name ${Object.values(again as object).join(' ')} twice`)
  return all
}

const listOf = (text = ''): string[] =>
  text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')

const unknown = (kind: string, name: string, known: readonly string[]) => {
  const near = nearest(name, known)
  const rest = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there is: ${known.slice(0, 40).join(', ')}`
  return new Unreadable(`has no ${kind} ${JSON.stringify(name.slice(0, 100))}; ${rest}`)
}

/** Own keys only: a name that every object has is no name of ours. */
const own = <T>(all: Record<string, T>, name: string): T | undefined =>
  Object.hasOwn(all, name) ? all[name] : undefined

const offered = (all: Record<string, Measure | Dimension>): string[] =>
  Object.values(all)
    .filter(one => !one.hidden && !('personal' in one && one.personal))
    .map(({ name }) => name)

const readMeasure = (text: string, { measures }: Model): MeasureUse => {
  const [, way, inside] = /^([a-z_]+)\((.+)\)$/i.exec(text) ?? []
  const name = inside?.trim() ?? text
  const known = offered(measures)
  if (!known.includes(name)) throw unknown('measure', name, known)
  const aggregation = aggregations.find(a => a === way?.toLowerCase())
  if (way && !aggregation) throw unknown('aggregation', way, aggregations)
  return aggregation ? { measure: name, aggregation } : { measure: name }
}

const readSplit = (text: string, { dimensions }: Model): Split => {
  const grain = grains.find(g => g === text)
  if (grain && !own(dimensions, text)) return { grain }
  return { dimension: dimensionNamed(text, dimensions, grains) }
}

/** `also`: further names that may stand there. */
const dimensionNamed = (name: string, dimensions: Model['dimensions'], also: readonly string[] = []): string => {
  const known = offered(dimensions)
  if (isTimePart(name) || known.includes(name)) return name
  throw unknown('dimension', name, [...known, ...also, ...timeParts])
}

const withoutValue = ['is_null', 'is_not_null'] as const
const lists = ['in', 'not_in'] as const
const ops: readonly string[] = [...lists, ...comparators, 'between', ...withoutValue]

const readFilter = (text: string, { dimensions, filters }: Model): Filter[] => {
  if (own(filters, text)) return [{ op: 'named', filter: text }]
  const [, name = text, op, given] = /^([^:]*):([^:]*)(?::([\s\S]*))?$/.exec(text) ?? []
  if (op === undefined)
    throw new Unreadable(
      `must be like state:in:Texas|California or the name of a filter${Object.keys(filters).length > 0 ? ` (${Object.keys(filters).join(', ')})` : ''}, not ${JSON.stringify(text.slice(0, 100))}`,
    )
  const dimension = dimensionNamed(name.trim(), dimensions)
  const bare = withoutValue.find(o => o === op)
  if (bare && given !== undefined) throw new Unreadable(`must give no value with ${name}:${bare}`)
  if (bare) return [{ op: bare, dimension }]
  const values = (given ?? '').split('|').map(value => readValue(value, dimensions[dimension], name))
  const list = lists.find(o => o === op)
  if (list) return [{ op: list, dimension, values }]
  if (op === 'between') return between(values, { dimension, name, type: dimensions[dimension]?.type })
  const comparator = comparators.find(o => o === op)
  const [value] = values
  if (!comparator) throw unknown('way to compare', op, ops)
  if (values.length !== 1 || typeof value === 'boolean' || value === undefined)
    throw new Unreadable(`must compare ${name} with one value`)
  return [{ op: comparator, dimension, value }]
}

type Ends = { dimension: string; name: string; type?: Dimension['type'] }

/** Both ends count; of days all of both. */
const between = (values: readonly (string | number | boolean)[], { dimension, name, type }: Ends): Filter[] => {
  const [from, to] = values
  const isDays = (type === 'date' || type === 'timestamp') && typeof from === 'string' && typeof to === 'string'
  const isNumbers = typeof from === 'number' && typeof to === 'number'
  if (values.length !== 2 || !(isDays || isNumbers))
    throw new Unreadable(
      `must give two numbers or two days, as in ${name}:between:5|10 or ${name}:between:2023-05-01|2023-05-31`,
    )
  if (from > to) throw new Unreadable(`must give the smaller end of ${name} first, as in ${name}:between:${to}|${from}`)
  if (isNumbers) return [{ op: 'between', dimension, from, to }]
  return [
    { op: 'gte', dimension, value: from as string },
    { op: 'lte', dimension, value: to as string },
  ]
}

const readValue = (text: string, dimension: Dimension | undefined, name: string): string | number | boolean => {
  if (text === '') throw new Unreadable(`gives no value for ${name}`)
  if (dimension?.type === 'number') {
    const number = /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
    if (Number.isNaN(number)) throw new Unreadable(`must give a number for ${name}, not ${JSON.stringify(text)}`)
    return number
  }
  if ((dimension?.type === 'date' || dimension?.type === 'timestamp') && !isMoment(text))
    throw new Unreadable(`must give a day such as 2023-05-31 for ${name}, not ${JSON.stringify(text.slice(0, 100))}`)
  if (dimension?.type !== 'boolean') return text
  if (text !== 'true' && text !== 'false') throw new Unreadable(`must give true or false for ${name}`)
  return text === 'true'
}

/** A day that there is, or an instant of it, as both databases read it. */
const isMoment = (text: string): boolean => {
  const [, day, time = ''] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?))?$/.exec(text) ?? []
  if (day === undefined) return false
  const at = new Date(`${day}T${time || '00:00'}Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)
}

const readOrder = (text: string, { measures, splits }: Query): Query['order'][number] => {
  const [by = '', direction = 'asc', ...more] = text.split(':').map(part => part.trim())
  const known = [
    ...measures.map(({ measure }) => measure),
    ...splits.map(split => ('grain' in split ? 'time' : split.dimension)),
    'change',
  ]
  const name = splits.some(split => 'grain' in split && split.grain === by) ? 'time' : by
  if (!known.includes(name)) throw unknown('column in this query called', by, known)
  if ((direction !== 'asc' && direction !== 'desc') || more.length > 0)
    throw new Unreadable(`must be like revenue:desc, not ${JSON.stringify(text.slice(0, 100))}`)
  return { by: name, direction }
}

const readPeriodText = (
  text: string | undefined,
  query: Query,
  { model, today, range }: Context,
): Period | undefined => {
  if (text === undefined) return undefined
  const tokens = tokenize(text.replace(/(\d)\s*(?:\/|\.\.)\s*(?=\d{4}-)/, '$1 to ').slice(0, 200))
  const read = readPeriod(tokens, 0)
  if (!read || read.to < tokens.length)
    throw new Unreadable(
      `must be a period such as "last month", "Q3 2023" or "2023-05-01 to 2023-05-31", not ${JSON.stringify(text.slice(0, 100))}`,
    )
  const data = rangeFor(query, model, range)
  const period = resolvePeriod(read.expression, { today, calendar: model, data })
  if (isPeriodProblem(period)) throw new Unreadable(`cannot be used: ${period.sentence}`)
  return period
}

const readCompare = (text: string | undefined, query: Query, context: Context): Query['compare'] => {
  if (text === undefined) return undefined
  const main = query.period ?? wholeRange(query, context)
  if (!main) throw new Unreadable('needs a period to be compared with another')
  const grain = query.splits.flatMap(split => ('grain' in split ? [split.grain] : []))[0]
  if (text === 'previous_year') return stepsBack(main, stepOfYear(grain, main), context)
  if (text === 'previous_period')
    return grain ? stepsBack(main, { n: 1, unit: grain }, context) : { period: previousPeriod(main, context.model) }
  const period = readPeriodText(text, query, context)
  return period && { period, ...shiftBetween(main, period) }
}

const wholeRange = (query: Query, { model, range }: Context): Period | undefined => {
  const data = rangeFor(query, model, range)
  if (!data) return undefined
  const end = addUnits(data.last, 1, 'day')
  return { start: data.first, end, label: labelOf(data.first, end, model) }
}

/** Weeks of one year lie beside those of another 52 weeks earlier. */
const stepOfYear = (grain: Grain | undefined, main: Period): { n: number; unit: Grain } =>
  grain === 'week' || main.unit === 'week' ? { n: 52, unit: 'week' } : { n: 1, unit: 'year' }

const stepsBack = (main: Period, shift: { n: number; unit: Grain }, { model }: Context): Query['compare'] => ({
  period: shiftPeriod(main, shift.n, { unit: shift.unit, calendar: model }),
  shift,
})
