import type { Join, Model } from './semantic/model.ts'

/** Runs one statement; gives its rows. */
type Run = (sql: string) => Promise<readonly (readonly unknown[])[]>

/**
 * The model with its joins marked of which every row was found to have its partner. Such a join loses no rows as an inner join, which a database reads
 * several times as fast: it may begin at the smaller table. From one that cannot be counted, or not in time, all stay as they are.
 */
export const withCompleteJoins = async (model: Model, run: Run): Promise<Model> => {
  const complete = new Set<Join>()
  for (const join of model.joins) {
    const [[lonely] = []] = await run(lonelySql(join)).catch(() => [])
    if (lonely === undefined) break
    if (Number(lonely) === 0) complete.add(join)
  }
  return { ...model, joins: model.joins.map(join => (complete.has(join) ? { ...join, complete: true } : join)) }
}

/** How many rows have no partner; one whose columns are empty has none. */
const lonelySql = ({ from, fromColumns, to, toColumns }: Join): string => {
  const pairs = fromColumns.map((column, i) => `f.${quoted(column)} = t.${quoted(toColumns[i] ?? column)}`)
  return `select count(*) from ${quoted(from)} as f left join ${quoted(to)} as t on ${pairs.join(' and ')} where t.${quoted(toColumns[0] ?? '')} is null`
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
