import type { IngestedTable } from '#src/ingest/job.ts'
import { identifier } from '#src/ingest/names.ts'
import type { Measure, Model } from '#src/semantic/model.ts'
import type { Subject } from './corrections.ts'

/** What somebody means by a name: one thing with its label, or names that are near. */
export type SubjectFound = { subject: Subject; label: string } | { near: string[] }

type Described = { model: Model; tables: readonly IngestedTable[] }
type Candidate = { subject: Subject; label: string; names: string[] }

/** Finds a column by its header, its name, or what it was renamed to, else a measure by its label. With several tables "orders.amount" tells them apart. */
export const findSubject = (
  name: string,
  { model, tables }: Described,
  near: (word: string, among: readonly string[]) => string[],
): SubjectFound => {
  const candidates = [...columns(model, tables), ...measures(model)]
  const wanted = plain(name)
  const found = candidates.find(c => c.names.some(n => plain(n) === wanted))
  if (found) return { subject: found.subject, label: found.label }
  const labels = candidates.map(c => c.label)
  return { near: [...new Set(near(name, labels))].slice(0, 3) }
}

const plain = (text: string) => {
  const trimmed = text.trim().toLowerCase()
  return trimmed
    .split('.')
    .map(part => identifier(part, part))
    .join('.')
}

const columns = (model: Model, tables: readonly IngestedTable[]): Candidate[] =>
  tables.flatMap(table =>
    table.columns.map(column => {
      const said = calledIn(model, table.name, column.name)
      const names = [
        ...said,
        column.label,
        column.name,
        `${table.name}.${column.name}`,
        `${table.label}.${column.label}`,
      ]
      return { subject: { table: table.name, column: column.name }, label: said[0] ?? column.label, names }
    }),
  )

/** What the model calls a column. */
const calledIn = (model: Model, table: string, column: string): string[] =>
  [...Object.values(model.measures), ...Object.values(model.dimensions)]
    .filter(thing => isColumn(thing, table, column))
    .map(thing => thing.label)

const isColumn = (thing: Measure | Model['dimensions'][string], table: string, column: string) =>
  'expression' in thing &&
  thing.expression?.kind === 'name' &&
  (thing.expression.table ?? thing.table) === table &&
  thing.expression.name === column

const measures = (model: Model): Candidate[] =>
  Object.values(model.measures)
    .filter(m => m.kind === 'formula' || m.expression?.kind !== 'name')
    .map(m => ({ subject: { measure: m.name }, label: m.label, names: [m.label, m.name] }))
