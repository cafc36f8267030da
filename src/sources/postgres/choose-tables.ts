import { isMarkerTable } from '#src/sample/marks.ts'
import { unknown } from '#src/semantic/load/problem.ts'
import type { CatalogTable } from './catalog.ts'

/** Which tables a model is drafted for: only these, and none of those. A `*` stands for any letters. Default: all. */
export type TableChoice = { tables?: readonly string[]; without?: readonly string[] }

/** The tables that were chosen; a name that fits none is a warning, and so is a table that another hides. */
export const chooseTables = (
  found: readonly CatalogTable[],
  { tables: only, without = [] }: TableChoice,
): { chosen: CatalogTable[]; warnings: string[] } => {
  const seen = found.filter(t => !t.shadowed && !isMarkerTable(t.name))
  const fits = (patterns: readonly string[]) => (t: CatalogTable) => patterns.some(p => isLike(p, t.name))
  const kept = seen.filter(fits(only ?? ['*'])).filter(t => !fits(without)(t))
  const names = seen.map(t => t.name)
  return {
    chosen: kept,
    warnings: [
      ...[...(only ?? []), ...without]
        .filter(p => !names.some(n => isLike(p, n)))
        .map(p => `${capital(unknown('table', p, names))}.`),
      ...found
        .filter(t => t.shadowed && fits(only ?? ['*'])(t))
        .map(t => `A second table ${t.name} was left out: one in an earlier schema has its name.`),
    ],
  }
}

const isLike = (pattern: string, name: string) =>
  new RegExp(`^${pattern.replace(/[^\w*]/g, '\\$&').replaceAll('*', '.*')}$`, 'is').test(name)

const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1).replace(/\?$/, '')
