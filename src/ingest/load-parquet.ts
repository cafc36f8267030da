import { readHead } from './encoding.ts'
import { unreadable } from './faults.ts'
import type { IngestedColumn } from './job.ts'
import type { TextSource } from './load-text.ts'
import { uniqueIdentifiers } from './names.ts'
import { guarded } from './typing/candidate.ts'
import { dateCandidates } from './typing/date-candidates.ts'
import type { RunRows } from './typing/settle.ts'
import { literal, quoted } from './typing/sql-text.ts'

type Kept = { sql: string; type: IngestedColumn['type'] }

/** The columns of a Parquet file and the SELECT that makes plain types of them. Objects inside are flattened one level. */
export const loadParquet = async (
  run: RunRows,
  { path, file }: TextSource,
): Promise<{ columns: IngestedColumn[]; select: string }> => {
  if (readHead(path, 4).toString('latin1') !== 'PAR1') throw unreadable(file, 'it is not a Parquet file')
  const from = `read_parquet(${literal(path)})`
  const described = await run(`DESCRIBE SELECT * FROM ${from}`)
  const structs = described.filter(([, type]) => /^STRUCT\(.*\)$/s.test(String(type))).map(([name]) => String(name))
  const flat = structs.length
    ? `(SELECT * EXCLUDE (${structs.map(quoted).join(', ')}), ${structs.map(s => `unnest(${quoted(s)})`).join(', ')} FROM ${from})`
    : from
  const columns = structs.length ? await run(`DESCRIBE SELECT * FROM ${flat}`) : described
  const names = uniqueIdentifiers(
    columns.map(([name]) => String(name)),
    'column',
  )
  const kept = await Promise.all(
    columns.map(async ([name, type]) => keep(run, flat, { name: String(name), type: String(type) })),
  )
  return {
    columns: columns.map(([label], i) => ({ name: names[i]!, label: String(label), type: kept[i]!.type })),
    select: `SELECT ${kept.map((k, i) => `${k.sql} AS ${quoted(names[i]!)}`).join(', ')} FROM ${flat}`,
  }
}

const keep = async (run: RunRows, from: string, { name, type }: { name: string; type: string }): Promise<Kept> => {
  const sql = quoted(name)
  if (/^U?(TINY|SMALL|BIG)?INT(EGER)?$/.test(type)) return { sql: `TRY_CAST(${sql} AS BIGINT)`, type: 'integer' }
  if (/^U?HUGEINT$|^(FLOAT|DOUBLE|DECIMAL)/.test(type)) return { sql: `CAST(${sql} AS DOUBLE)`, type: 'number' }
  if (type === 'BOOLEAN') return { sql, type: 'boolean' }
  if (type === 'DATE') return { sql, type: 'date' }
  if (type === 'TIMESTAMP WITH TIME ZONE') return { sql: `${sql} AT TIME ZONE 'UTC'`, type: 'timestamp' }
  if (type.startsWith('TIMESTAMP')) return { sql: `CAST(${sql} AS TIMESTAMP)`, type: 'timestamp' }
  if (type === 'VARCHAR') return isoText(run, from, sql)
  return { sql: `CAST(${sql} AS VARCHAR)`, type: 'text' }
}

const iso = dateCandidates.find(c => c.id === 'iso')!

/** Texts of a Parquet file are texts on purpose; only ISO dates are read as dates. */
const isoText = async (run: RunRows, from: string, sql: string): Promise<Kept> => {
  const [[some] = []] = await run(`SELECT ${sql} FROM ${from} WHERE ${sql} IS NOT NULL LIMIT 1`)
  const typed = guarded(iso, sql)
  if (typeof some !== 'string' || !/^[12]\d{3}-\d\d-\d\d/.test(some)) return { sql, type: 'text' }
  const [[bad, wide] = []] = await run(
    `SELECT count(*) FILTER (${sql} IS NOT NULL AND x IS NULL), count(*) FILTER (${iso.wide!('x')}) FROM (SELECT ${sql}, ${typed} AS x FROM ${from})`,
  )
  if (Number(bad) > 0) return { sql, type: 'text' }
  return Number(wide) > 0 ? { sql: typed, type: 'timestamp' } : { sql: `CAST(${typed} AS DATE)`, type: 'date' }
}
