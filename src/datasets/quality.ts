import { runInChild } from '#src/ingest/child.ts'
import type { ColumnQuality, QualityTable, TableQuality } from '#src/ingest/quality.ts'
import type { Rejects } from '#src/ingest/rejects.ts'
import type { Model } from '#src/semantic/model.ts'
import { type Dataset, type DatasetVersion, rowsOf } from './dataset.ts'

/** How good the rows of a version are, as data. */
export type QualityReport = { tables: TableQuality[] }

/** Counts it in a process of its own. Throws `source/…`, `engine/…`. */
export const qualityOf = async (
  { tables, model }: Pick<DatasetVersion, 'tables' | 'model'>,
  { database, label, signal }: { database: string; label: string; signal?: AbortSignal },
): Promise<QualityReport> => {
  const wanted = tables.map(t => wantedOf(t, model))
  return {
    tables: await runInChild({ kind: 'quality', database, memoryMb: 1024, tables: wanted }, { file: label, signal }),
  }
}

const wantedOf = ({ name, label, columns }: DatasetVersion['tables'][number], model: Model): QualityTable => {
  const time = model.dimensions[model.tables[name]?.time ?? '']?.expression
  return {
    name,
    label,
    columns: columns.map(c => ({ name: c.name, label: c.label, type: c.type })),
    ...(time?.kind === 'name' ? { time: time.name } : {}),
    keys: columns.filter(c => /(^|_)(id|key|number|no|nr|code|uuid)$/.test(c.name)).map(c => c.name),
  }
}

/** A sentence about quality; a larger `weight` is worse. */
type Finding = { weight: number; text: string }

/** What a report says, in short sentences, the worst first. `now` in milliseconds since 1970. */
export const tellQuality = (
  report: QualityReport,
  {
    dataset,
    version,
    now,
  }: { dataset: Pick<Dataset, 'label'>; version: Pick<DatasetVersion, 'rejects' | 'tables'>; now: number },
): string[] => {
  const several = report.tables.length > 1
  const findings = [
    ...lost(version.rejects, rowsOf(version)),
    ...report.tables.flatMap(table => {
      const where = several ? `${table.label}: ` : ''
      return findingsOf(table, now).map(f => ({ ...f, text: where + f.text }))
    }),
  ].toSorted((a, b) => b.weight - a.weight)
  return findings.length > 0
    ? findings.map(f => f.text)
    : [`Nothing stands out in ${dataset.label}: no empty cells, no row twice, no value far from the others.`]
}

const lost = ({ count, kept: [first] }: Rejects, rows: number): Finding[] =>
  count > 0
    ? [
        {
          weight: 2 + count / Math.max(1, rows),
          text: `${many(count, 'line')} could not be read and ${count === 1 ? 'is' : 'are'} missing, the first is line ${first?.line}: ${first?.reason}.`,
        },
      ]
    : []

const findingsOf = (table: TableQuality, now: number): Finding[] => [
  ...(table.duplicateRows > 0
    ? [
        {
          weight: 1 + share(table.duplicateRows, table.rows),
          text: `${many(table.duplicateRows, 'row')} (${percent(table.duplicateRows, table.rows)}) ${table.duplicateRows === 1 ? 'is' : 'are'} exactly like another one.`,
        },
      ]
    : []),
  ...table.duplicateKeys.map(key => ({
    weight: 0.9 + share(key.rows, table.rows),
    text: `“${key.label}” looks like a key, but ${many(key.rows, 'row')} ${key.rows === 1 ? 'has' : 'have'} a value that another row has.`,
  })),
  ...table.columns.flatMap(c => [...mixture(c, table.rows), ...emptiness(c, table.rows), ...outliers(c, table.rows)]),
  ...freshness(table, now),
]

const mixture = ({ label, type, numbers, dates, nulls }: ColumnQuality, rows: number): Finding[] => {
  const filled = rows - nulls
  const [count, what] = numbers >= dates ? [numbers, 'numbers'] : [dates, 'dates']
  if (type !== 'text' || count === 0 || count === filled || share(count, filled) < 0.5) return []
  const odd = filled - count
  return [
    {
      weight: 0.8 + share(odd, filled),
      text: `“${label}” is mostly ${what}, but ${many(odd, 'value')} (${percent(odd, filled)}) ${odd === 1 ? 'is' : 'are'} not, so it is kept as text.`,
    },
  ]
}

const emptiness = ({ label, nulls }: ColumnQuality, rows: number): Finding[] => {
  if (nulls === 0) return []
  if (nulls === rows) return [{ weight: 1, text: `“${label}” is empty.` }]
  const text = `“${label}” has no value in ${many(nulls, 'row')} (${percent(nulls, rows)}).`
  return [{ weight: share(nulls, rows), text }]
}

const outliers = ({ label, outliers: count, furthest }: ColumnQuality, rows: number): Finding[] => {
  // A column of which many values lie far out is just spread wide.
  if (count === 0 || share(count, rows) > 0.05) return []
  const text = `“${label}” has ${many(count, 'value')} far from the others, the furthest is ${furthest?.toLocaleString('en-US')}.`
  return [{ weight: 0.3 - share(count, rows), text }]
}

const day = 86_400_000

const freshness = ({ time }: TableQuality, now: number): Finding[] => {
  if (!time) return []
  const days = Math.floor((now - Date.parse(`${time.last.slice(0, 10)}T00:00:00Z`)) / day)
  const last = time.last.slice(0, 10)
  if (days < -1) return [{ weight: 0.7, text: `“${time.label}” goes into the future, to ${last}.` }]
  const text = `“${time.label}” goes from ${time.first.slice(0, 10)} to ${last}${days > 1 ? `, ${days.toLocaleString('en-US')} days ago` : ''}.`
  return [{ weight: days > 31 ? 0.05 : 0, text }]
}

const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0)

const percent = (part: number, whole: number) => {
  const value = share(part, whole) * 100
  return value > 0 && value < 0.1 ? 'less than 0.1%' : `${value.toFixed(value < 10 ? 1 : 0)}%`
}

const many = (n: number, one: string) => `${n.toLocaleString('en-US')} ${n === 1 ? one : `${one}s`}`
