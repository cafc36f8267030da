import type { Filter, Query } from '#src/vocabulary/query.ts'
import type { Column } from '#src/vocabulary/table.ts'
import { isTimePart, type Model } from '../model.ts'
import { Uncompilable } from './problem.ts'
import { known } from './rows.ts'

/**
 * Whether a query holds together, whoever wrote it: the rules, a button, a language model. Names exist, sorting looks at what is shown, and
 * personal data is neither listed nor searched. @throws Uncompilable
 */
export const checkSense = (query: Query, columns: Column[], model: Model): void => {
  const splits = query.splits.map(s => ('grain' in s ? s.grain : s.dimension))
  checkPersonal(query, model)
  checkFilters(query.filters, model)
  if (query.time) known(model, query.time)
  const twice = splits.find((name, i) => splits.indexOf(name) !== i)
  if (twice) throw new Uncompilable('query/unknown-name', `The result is split by ${twice} twice.`)
  for (const { by } of query.order)
    if (!isSortable(by, query, columns))
      throw new Uncompilable('query/unknown-name', `The result has no ${by} to be sorted by.`)
  const alien = query.limitPer?.find(name => !splits.includes(name))
  if (alien) throw new Uncompilable('query/unknown-name', `The result is not split by ${alien}.`)
}

const checkPersonal = ({ splits, filters }: Query, model: Model): void => {
  const listed = splits.flatMap(s => ('dimension' in s && !isTimePart(s.dimension) ? [s.dimension] : []))
  const all = filters.flatMap(f => (f.op === 'entity' ? (f.where ?? []) : [f]))
  const searched = all.flatMap(f =>
    'dimension' in f && !isTimePart(f.dimension) && f.op !== 'is_null' && f.op !== 'is_not_null' ? [f.dimension] : [],
  )
  const personal = [...listed, ...searched].map(name => known(model, name)).find(d => d.personal)
  if (personal)
    throw new Uncompilable(
      'dimension/personal',
      `${personal.label} is personal data: it may be counted, but not listed or searched.`,
    )
}

const checkFilters = (filters: Filter[], model: Model): void => {
  for (const f of filters)
    if (f.op === 'entity' && model.tables[f.entity]?.primaryKey.length !== 1)
      throw new Uncompilable('query/unknown-name', `${f.entity} has no single key to be counted by.`)
}

const isSortable = (by: string, query: Query, columns: Column[]): boolean => {
  if (by === 'time') return query.splits.some(s => 'grain' in s)
  if (by === 'change') return columns.some(c => c.role === 'previous')
  return columns.some(c => c.name === by)
}
