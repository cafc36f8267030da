import type { Language } from './language.ts'
import type { Link, Outline, SelectUse, Source } from './outline.ts'
import type { Used } from './scope.ts'
import { seriesLength } from './series-length.ts'

/** `known` remembers what was worked out: a chain of CTEs that are each used twice would take for ever. */
export type Sizes = { outline: Outline; used: Used; language: Language; known: Map<SelectUse, number> }

/** Rows of a table that nobody counted, of a series whose ends are not written out, and of a SELECT with GROUP BY, DISTINCT or LIMIT at most. */
const usual = { table: 100_000, series: 1000, reduced: 10_000 }

/** About how many rows a SELECT has to look at: sources that an `=` links count once, all others by each other. */
export const rowsMet = (select: SelectUse, sizes: Sizes): number => {
  const { known } = sizes
  // Two CTEs of one name would otherwise go round in a circle.
  if (!known.has(select)) known.set(select, usual.reduced).set(select, count(select, sizes))
  return known.get(select)!
}

const count = (select: SelectUse, sizes: Sizes): number => {
  const { same } = sizes.language
  const groups = select.from.map(source => ({ names: new Set([same(source.name)]), rows: rowsOf(source, sizes) }))
  let loose = select.from.filter(source => leansOnSibling(source, select, sizes)).length
  let less = 1
  for (const link of select.links) {
    const names = linked(link, groups, same)
    if (!link.equal) less = names.size + unknown(link) > 1 ? 0.01 : less
    else if (unknown(link) > 0) loose += names.size + unknown(link) > 1 ? 1 : 0
    else merge(groups, names)
  }
  const [first = 1, ...others] = groups.map(({ rows }) => rows).sort((a, b) => b - a)
  return Math.max(first, less * others.slice(loose).reduce((all, rows) => all * rows, first))
}

type Group = { names: Set<string>; rows: number }

const linked = ({ columns }: Link, groups: Group[], same: Language['same']) => {
  const names = columns.flatMap(path => (path.length > 1 ? [same(path.at(-2)!)] : []))
  return new Set(names.filter(name => groups.some(group => group.names.has(name))))
}

const unknown = ({ columns }: Link) => columns.filter(({ length }) => length === 1).length

const merge = (groups: Group[], names: Set<string>) => {
  const together = groups.filter(group => [...names].some(name => group.names.has(name)))
  const [first, ...others] = together
  for (const group of others) {
    for (const name of group.names) first?.names.add(name)
    if (first) first.rows = Math.max(first.rows, group.rows)
    groups.splice(groups.indexOf(group), 1)
  }
}

/** A subquery in FROM that uses its neighbours is run for each of their rows and gives what belongs to it. */
const leansOnSibling = ({ inner }: Source, { from }: SelectUse, { outline, language: { same } }: Sizes): boolean => {
  if (!inner) return false
  const siblings = new Set(from.map(({ name }) => same(name)))
  const own = new Set(inner.from.map(({ name }) => same(name)))
  return outline.columns.some(({ path, select }) => {
    const name = same(path.at(-2) ?? '')
    return siblings.has(name) && !own.has(name) && isWithin(select, inner)
  })
}

const isWithin = (select: SelectUse | undefined, around: SelectUse): boolean =>
  select === around || (select?.outer !== undefined && isWithin(select.outer, around))

const rowsOf = ({ table, series, inner }: Source, sizes: Sizes): number => {
  const { outline, used, language } = sizes
  if (series) return seriesLength(series) ?? usual.series
  if (!table?.cte) return table ? (used.of(table)?.rows ?? usual.table) : inner ? rowsGiven(inner, sizes) : 1
  const cte = outline.ctes.findLast(({ name }) => language.same(name) === language.same(table.name))
  return cte?.inner ? rowsGiven(cte.inner, sizes) : usual.reduced
}

const rowsGiven = (select: SelectUse, sizes: Sizes): number => {
  if (select.reduced) return Math.min(usual.reduced, rowsMet(select, sizes))
  return isOneRow(select, sizes) ? 1 : rowsMet(select, sizes)
}

const isOneRow = (select: SelectUse, { outline: { functions }, language }: Sizes) =>
  functions.some(f => f.select === select && !f.windowed && language.aggregates.has(language.same(f.name)))
