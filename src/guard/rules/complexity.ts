import type { Language } from '../language.ts'
import { languageOf } from '../languages.ts'
import type { Outline, SelectUse } from '../outline.ts'
import { rowsMet, type Sizes } from '../rows-met.ts'
import type { Advice, Allowed, Rule } from '../rule.ts'
import { usedTables } from '../scope.ts'
import { seriesLength } from '../series-length.ts'

/** Points that a statement may have. An ordinary question has 0 to 40. */
const usualBudget = 100

/**
 * What a statement costs to run, guessed from its shape: joins, tables that nothing links, windows, levels, series, long tables without a
 * period. Too much is refused with advice how to ask for less. The plan of the database is asked afterwards (`cost.ts`).
 */
export const complexity: Rule = {
  name: 'complexity',
  check: (outline, allowed) => {
    const { params = 'none', budget = params === 'compiled' ? Number.POSITIVE_INFINITY : usualBudget } = allowed
    if (budget === Number.POSITIVE_INFINITY) return []
    const parts = complexityOf(outline, allowed)
    const score = Math.round(parts.reduce((sum, { points }) => sum + points, 0))
    if (score <= budget) return []
    const listed = parts.map(({ what, points }) => `${what} (${Math.round(points)})`).join(', ')
    const advice = parts.slice(0, 3).map(part => part.advice)
    return [{ message: `this is too much at once, ${score} points of ${budget}: ${listed}`, advice }]
  },
}

/** One thing that makes a statement complex. */
export type Part = { what: string; points: number; advice: Advice }

/** What a statement has points for, most first. */
export const complexityOf = (outline: Outline, allowed: Allowed): Part[] => {
  const language = languageOf(outline)
  const used = usedTables(outline, allowed, language)
  const sizes = { outline, used, language, known: new Map<SelectUse, number>() }
  const parts = [
    joins(outline),
    unlinked(sizes),
    windows(outline),
    distinct(outline, language),
    levels(outline),
    series(outline),
    ...withoutPeriod(sizes),
  ]
  return parts.filter(({ points }) => points > 0).sort((a, b) => b.points - a.points)
}

const joins = ({ selects }: Outline): Part => {
  const count = selects.reduce((sum, { from }) => sum + Math.max(0, from.length - 1), 0)
  return {
    what: `${count} joins`,
    points: 2 * count,
    advice: { code: 'fewer-tables', words: 'ask about fewer tables' },
  }
}

/** From ten million rows on, 30 points for every factor of ten. */
const unlinked = (sizes: Sizes): Part => {
  const most = sizes.outline.selects
    .map(select => ({ select, rows: rowsMet(select, sizes) }))
    .reduce((a, b) => (b.rows > a.rows ? b : a), { select: { from: [] as SelectUse['from'] }, rows: 1 })
  const names = [
    ...most.select.from.slice(0, 5).map(({ name }) => name || 'a subquery'),
    ...(most.select.from.length > 5 ? ['…'] : []),
  ].join(', ')
  const points = most.select.from.length > 1 ? 30 * (Math.log10(most.rows) - 7) : 0
  const words = 'join tables by an equal column, or narrow one of them down first'
  return { what: `${names} without a condition between them`, points, advice: { code: 'join-on', words } }
}

const windows = ({ functions }: Outline): Part => {
  const count = functions.filter(({ windowed }) => windowed).length
  const words = 'aggregate before using a window'
  return { what: `${count} windows`, points: 2 * count, advice: { code: 'aggregate-first', words } }
}

const distinct = ({ functions }: Outline, { aggregates, same }: Language): Part => {
  const count = functions.filter(f => f.distinct && aggregates.has(same(f.name))).length
  const words = 'count different values in one column at a time'
  return { what: `${count} distinct counts`, points: 3 * count, advice: { code: 'aggregate-first', words } }
}

const usualLevels = 4

const levels = ({ selects }: Outline): Part => {
  const deepest = Math.max(0, ...selects.map(depthOf))
  const points = 5 * Math.max(0, deepest - usualLevels) + Math.max(0, selects.length - 10)
  const words = 'ask in fewer steps'
  return { what: `${selects.length} SELECTs, ${deepest} deep`, points, advice: { code: 'fewer-steps', words } }
}

const depthOf = ({ outer }: SelectUse): number => 1 + (outer ? depthOf(outer) : 0)

const series = ({ functions }: Outline): Part => {
  const open = functions.filter(f => f.asTable && f.name !== 'unnest' && seriesLength(f) === undefined)
  const words = 'write both ends of the series as dates or numbers'
  return {
    what: `${open.length} series without written ends`,
    points: 10 * open.length,
    advice: { code: 'shorter-series', words },
  }
}

/** From a million rows on, as far as it is known by which column a period is chosen. */
const long = 1_000_000

const withoutPeriod = ({ outline, used, language: { same } }: Sizes): Part[] =>
  outline.selects.flatMap(select =>
    select.from.flatMap(({ table }) => {
      const { name, rows = 0, time } = used.of(table) ?? { name: '' }
      const isFiltered = outline.columns.some(
        c => c.filters && c.select === select && same(c.path.at(-1) ?? '') === same(time ?? ''),
      )
      if (rows < long || time === undefined || isFiltered) return []
      const words = `choose a period, such as the last 30 days, by ${time}`
      return [
        {
          what: `all of ${name}`,
          points: 10 + 10 * Math.log10(rows / long),
          advice: { code: 'add-period' as const, words, table: name, column: time },
        },
      ]
    }),
  )
