import type { ColumnType } from '#src/vocabulary/table.ts'
import { columnCounts, type Run, valueLists } from './column-counts.ts'
import { compositeCandidates } from './composite-keys.ts'
import { linkCandidates } from './link-candidates.ts'
import {
  type KnownTable,
  type Link,
  type LinkCandidate,
  type Profile,
  type TableProfile,
  valuesKept,
} from './profile.ts'

/** Counts everything the drafting rules ask for: two scans of each table, and one of each pair of columns that may be a link. */
export const profileTables = async (run: Run, tables: readonly KnownTable[]): Promise<Profile> => {
  const profiled: TableProfile[] = []
  for (const table of tables) profiled.push(await profileTable(run, table))
  return { tables: profiled, links: await measureLinks(run, linkCandidates(profiled)) }
}

/** The tables and views of a database that nothing is known about. */
export const listTables = async (run: Run): Promise<KnownTable[]> => {
  const rows = await run(`
    SELECT c.table_name, c.column_name, c.data_type
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_catalog, table_schema, table_name)
    WHERE c.table_schema IN ('main', 'public') AND c.table_catalog = current_database()
    ORDER BY c.table_name, c.ordinal_position`)
  const byTable = Map.groupBy(rows, r => String(r[0]))
  return [...byTable].map(([name, columns]) => ({
    name,
    label: name,
    columns: columns.flatMap(([, column, type]) => {
      const known = columnType(String(type))
      return known ? [{ name: String(column), label: String(column), type: known }] : []
    }),
  }))
}

const columnType = (sqlType: string): ColumnType | undefined => {
  if (/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$|^(smallint|integer|bigint)$/i.test(sqlType)) return 'integer'
  if (/^(FLOAT|REAL|DOUBLE|DECIMAL|NUMERIC)/i.test(sqlType)) return 'number'
  if (/^BOOL/i.test(sqlType)) return 'boolean'
  if (/^DATE$/i.test(sqlType)) return 'date'
  if (/^TIMESTAMP/i.test(sqlType)) return 'timestamp'
  return /^(VARCHAR|TEXT|CHAR|ENUM|UUID)/i.test(sqlType) ? 'text' : undefined
}

const profileTable = async (run: Run, table: KnownTable): Promise<TableProfile> => {
  const { rows, columns } = await columnCounts(run, table)
  const values = await valueLists(run, {
    table: table.name,
    columns: columns.filter(c => c.distinct > 0 && c.distinct <= valuesKept),
  })
  const profiled = columns.map(c => ({ ...c, values: values.get(c.name) ?? [] }))
  const named = { name: table.name, label: table.label, rows, columns: profiled }
  return { ...named, compositeKeys: await provenKeys(run, { ...named, compositeKeys: [] }) }
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

const provenKeys = async (run: Run, table: TableProfile): Promise<string[][]> => {
  const proven: string[][] = []
  for (const size of [2, 3]) {
    const groups = compositeCandidates(table, size)
    if (proven.length || groups.length === 0) continue
    const counts = groups.map(g => `count(DISTINCT (${g.map(quoted).join(', ')}))`)
    const [row = []] = await run(`SELECT ${counts.join(', ')} FROM ${quoted(table.name)}`)
    proven.push(...groups.filter((_, i) => Number(row[i]) === table.rows))
  }
  return proven
}

const measureLinks = async (run: Run, candidates: readonly LinkCandidate[]): Promise<Link[]> => {
  if (candidates.length === 0) return []
  const rows = await run(candidates.map(linkSql).join(' UNION ALL '))
  return rows.map(([i, distinct, found]) => {
    const candidate = candidates[Number(i)]!
    return { ...candidate, distinct: Number(distinct), share: Number(distinct) ? Number(found) / Number(distinct) : 0 }
  })
}

const linkSql = ({ from, to }: LinkCandidate, i: number) => {
  const [fromColumns, toColumns] = [from.columns.map(quoted), to.columns.map(quoted)]
  const pairs = fromColumns.map((c, k) => `f.${c} = t.${toColumns[k]}`).join(' AND ')
  const filled = fromColumns.map(c => `${c} IS NOT NULL`).join(' AND ')
  return `SELECT ${i} AS i, count(*), count(*) FILTER (EXISTS (SELECT 1 FROM ${quoted(to.table)} t WHERE ${pairs}))
    FROM (SELECT DISTINCT ${fromColumns.join(', ')} FROM ${quoted(from.table)} WHERE ${filled}) f`
}
