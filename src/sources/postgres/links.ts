import { linkCandidates } from '#src/semantic/draft/link-candidates.ts'
import type { Link, LinkCandidate, TableProfile } from '#src/semantic/draft/profile.ts'
import type { CatalogTable } from './catalog.ts'
import { noneWhenTooMuch, type ReadColumn, type Run } from './counts.ts'
import { firstRows, mostRows } from './profile-table.ts'
import { quoted, readColumns } from './read-columns.ts'

/** A question to the database whether two tables are linked; undefined when it could not be answered in time. */
type AskLink = (run: Run) => Promise<Link | undefined>

/** The links that the database declares, and those that only the values can tell. */
export const serverLinks = (
  tables: readonly TableProfile[],
  catalog: readonly CatalogTable[],
): { declared: Link[]; asked: AskLink[] } => {
  const declared = catalog.flatMap(table => declaredLinks(table, tables))
  const isDeclared = ({ from }: LinkCandidate) =>
    declared.some(d => d.from.table === from.table && d.from.columns.join('\0') === from.columns.join('\0'))
  const candidates = linkCandidates(tables).filter(c => c.from.table !== c.to.table && !isDeclared(c))
  return { declared, asked: candidates.map(candidate => run => measure(run, { candidate, tables, catalog })) }
}

const declaredLinks = ({ name, links }: CatalogTable, tables: readonly TableProfile[]): Link[] =>
  links.flatMap(({ columns, to, toColumns }) => {
    const [from, target] = [name, to].map(n => tables.find(t => t.name === n))
    const first = from?.columns.find(c => c.name === columns[0])
    const isRead = (table: TableProfile | undefined, names: string[]) =>
      names.every(n => table?.columns.some(c => c.name === n))
    if (!first || !isRead(from, columns) || !isRead(target, toColumns)) return []
    const sides = { from: { table: name, columns }, to: { table: to, columns: toColumns } }
    return [{ ...sides, evidence: 'own' as const, distinct: first.distinct, share: 1 }]
  })

type Case = { candidate: LinkCandidate; tables: readonly TableProfile[]; catalog: readonly CatalogTable[] }

const measure = async (run: Run, { candidate, tables, catalog }: Case): Promise<Link | undefined> => {
  const { from, to } = candidate
  const table = catalog.find(t => t.name === from.table)!
  const target = catalog.find(t => t.name === to.table)!
  const isLarge = tables.some(t => t.name === from.table && t.rows > mostRows)
  const [f, t] = [written(table, from.columns, 'f'), written(target, to.columns, 't')]
  const pairs = f.map((c, i) => `${c} = ${t[i]}`).join(' AND ')
  const columns = from.columns.map(quoted)
  const sql = `SELECT count(*), count(${t[0]}) FROM (
      SELECT DISTINCT ${columns.join(', ')} FROM ${isLarge ? firstRows(table, mostRows) : quoted(from.table)}
      WHERE ${columns.map(c => `${c} IS NOT NULL`).join(' AND ')}
    ) AS f LEFT JOIN ${quoted(to.table)} AS t ON ${pairs}`
  const [[distinct, found] = []] = await run(sql, [from.table, to.table]).catch(noneWhenTooMuch)
  if (distinct === undefined) return undefined
  return { ...candidate, distinct: Number(distinct), share: Number(distinct) ? Number(found) / Number(distinct) : 0 }
}

const written = (table: CatalogTable, names: readonly string[], of: string): string[] => {
  const columns: ReadColumn[] = readColumns(table, of)
  return names.map(name => columns.find(c => c.name === name)!.sql)
}
