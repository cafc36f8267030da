import type { Join, Model } from '../model.ts'

/**
 * The joins that lead from a table to another, always many → one, so that no row is ever counted twice. Shortest first; with `via`,
 * the path must take the join of that name. `undefined` when there is none, or two that are as short and nothing says which.
 */
export const pathTo = (model: Model, ends: { from: string; to: string; via?: string }): Join[] | undefined => {
  const all = pathsTo(model, ends)
  const [first, second] = ends.via ? all.filter(path => path.some(join => join.name === ends.via)) : all
  const ambiguous = !ends.via && first && second && first.length === second.length
  return ambiguous ? undefined : first
}

/** Every query needs them many times; joins do not change. */
const known = new WeakMap<Model['joins'], Map<string, Join[][]>>()

/** All simple many → one paths, shortest first. */
export const pathsTo = (model: Model, { from, to }: { from: string; to: string }): readonly Join[][] => {
  const ofModel = known.get(model.joins) ?? new Map<string, Join[][]>()
  known.set(model.joins, ofModel)
  const key = JSON.stringify([from, to])
  const paths = ofModel.get(key) ?? searched(model, { from, to })
  ofModel.set(key, paths)
  return paths
}

const searched = (model: Model, { from, to }: { from: string; to: string }): Join[][] => {
  const found: Join[][] = []
  let frontier: Join[][] = [[]]
  while (frontier.length > 0 && frontier.length < 200) {
    found.push(...frontier.filter(path => (path.at(-1)?.to ?? from) === to))
    frontier = frontier.flatMap(path => steps(model, from, path))
  }
  return found
}

const steps = (model: Model, from: string, path: Join[]): Join[][] => {
  const at = path.at(-1)?.to ?? from
  const seen = new Set([from, ...path.map(join => join.to)])
  return model.joins.filter(join => join.from === at && !seen.has(join.to)).map(join => [...path, join])
}

/** Tables from which both `table` and every one of `others` can be reached many → one; nearest first. */
export const finerTables = (model: Model, table: string, others: { table: string; via?: string }[]): string[] =>
  Object.keys(model.tables)
    .map(from => {
      const lengths = [{ table }, ...others].map(
        end => pathTo(model, { from, to: end.table, via: (end as { via?: string }).via })?.length,
      )
      return { from, length: lengths.reduce<number>((sum, n) => sum + (n ?? Number.POSITIVE_INFINITY), 0) }
    })
    .filter(({ length }) => Number.isFinite(length))
    .sort((a, b) => a.length - b.length)
    .map(({ from }) => from)
