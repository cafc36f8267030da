import { pathsTo } from '#src/semantic/compile/paths.ts'
import type { Join, Model } from '#src/semantic/model.ts'
import type { RowRule, RowRules } from './row-rules.ts'

/** A rule and one way of joins, many → one, from a table to the rows that it speaks of. */
export type Way = { rule: RowRule; path: Join[] }

/**
 * What one set of rules makes of a table. `restricted`: its rows must reach allowed rows on every way. `whole`: the rows that restricted tables
 * point to (products, of order lines), and what is opened by name. `closed`: no rule reaches it and nothing restricted points to it, so
 * nobody can say which of its rows are allowed.
 */
export type Reach = { kind: 'restricted'; ways: Way[] } | { kind: 'whole' } | { kind: 'closed' }

export const reachOf = (table: string, { rules, open }: RowRules, model: Model): Reach => {
  const ways = waysFrom(table, rules, model)
  if (ways.length > 0) return { kind: 'restricted', ways }
  if (rules.length === 0 || open.includes(table)) return { kind: 'whole' }
  const pointedAt = Object.keys(model.tables).some(
    from => waysFrom(from, rules, model).length > 0 && pathsTo(model, { from, to: table }).length > 0,
  )
  return { kind: pointedAt ? 'whole' : 'closed' }
}

/** A rule on "origin city" goes by the join of origins, and leaves the cities themselves alone. */
const waysFrom = (from: string, rules: readonly RowRule[], model: Model): Way[] =>
  rules.flatMap(rule =>
    pathsTo(model, { from, to: rule.table })
      .filter(path => !rule.via || path.some(join => join.name === rule.via))
      .map(path => ({ rule, path })),
  )
