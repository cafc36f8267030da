import type { Model } from '../model.ts'
import type { WrittenHead } from '../schema.ts'
import { buildDimensions } from './dimensions.ts'
import type { FilterScope } from './filters.ts'
import { buildJoins } from './joins.ts'
import { buildKpis, checkMeasure } from './kpis.ts'
import { buildMeasures } from './measures.ts'
import { buildFilters, buildPhrases } from './named-filters.ts'
import { checkNames } from './names.ts'
import type { Report } from './problem.ts'
import { buildTables } from './tables.ts'
import { spoken } from './words.ts'
import { readWritten, type Written } from './written.ts'

/** Makes the model that a file describes. What is reported makes it unfit for use; it is complete when nothing is. */
export const buildModel = (value: Record<string, unknown>, report: Report): Model => {
  const written = readWritten(value, report)
  const { head, tables } = written
  const joins = buildJoins(written.joins, { tables, report })
  const scope = { tables, joins, report }
  const dimensions = buildDimensions(written, scope)
  const filterScope: FilterScope = {
    report,
    dimensions,
    filters: written.filters.names,
    measures: written.measures.names,
    tables: tables.names,
  }
  checkNames(written, report)
  checkHead(head, written, report)
  return {
    ...headOf(head),
    tables: buildTables({ ...scope, dimensions, measures: written.measures.names }),
    joins,
    dimensions: Object.fromEntries(
      [...dimensions].flatMap(([name, dimension]) => (dimension ? [[name, dimension]] : [])),
    ),
    measures: buildMeasures(written.measures, { ...scope, filter: filterScope, currency: head.currency }),
    filters: buildFilters(written.filters, filterScope),
    phrases: buildPhrases(written.phrases, filterScope),
    kpis: buildKpis(written.kpis, { report, dimensions, measures: written.measures }),
    confessions: notes(written),
  }
}

const weekStarts = { monday: 1, saturday: 6, sunday: 7 } as const

const headOf = (head: WrittenHead) => ({
  domain: head.domain,
  label: head.label ?? spoken(head.domain),
  description: head.description ?? '',
  zone: head.zone,
  weekStart: weekStarts[head.week_start],
  fiscalStart: head.fiscal_year_start,
  currency: head.currency,
  defaultMeasure: head.default_measure,
  examples: head.examples,
})

const checkHead = (head: WrittenHead, written: Written, report: Report) => {
  if (!written.tables.names.size) report(['tables'], 'there is no table')
  if (!isZone(head.zone)) report(['zone'], `"${head.zone}" is not a time zone; say UTC or one such as Europe/Berlin`)
  if (head.default_measure)
    checkMeasure(['default_measure'], head.default_measure, { report, measures: written.measures })
  head.examples.forEach((example, i) => {
    if (example.length > 300)
      report(['examples', i], `has ${example.length} characters; an example question has at most 300`)
    if (head.examples.indexOf(example) < i) report(['examples', i], `"${example}" stands here a second time`)
  })
}

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

const notes = ({ dimensions, measures }: Written): Record<string, string> =>
  Object.fromEntries(
    [...dimensions.valid, ...measures.valid].flatMap(([name, { note }]) => (note ? [[name, note]] : [])),
  )
