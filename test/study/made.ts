import type { Model } from '#src/semantic/model.ts'
import { findFacts } from '#src/study/find-facts.ts'
import type { Extras } from '#src/study/gather.ts'
import type { Study } from '#src/study/study.ts'
import { study } from '#src/study/study.ts'
import { type StudyInput, viewOf } from '#src/study/view.ts'
import type { Fact } from '#src/vocabulary/fact.ts'
import type { Grain, IsoDate } from '#src/vocabulary/period.ts'
import type { Query } from '#src/vocabulary/query.ts'
import type { Cell, Column } from '#src/vocabulary/table.ts'
import { ask, model } from './small-world.ts'

/** A result made by hand: what it is split by, its measure (revenue unless told), and the rows. */
export type Made = {
  by?: string[]
  over?: Grain
  rows: Cell[][]
  measure?: Partial<Column> & { name?: string }
  query?: Partial<Query>
  truncated?: boolean
  today?: IsoDate
  range?: StudyInput['range']
  history?: StudyInput['history']
  model?: Model
}

/** The input of a study for a result made by hand. With `compare` in the query each measure has its previous value beside it. */
export const inputOf = ({
  by = [],
  over,
  rows,
  measure = {},
  query = {},
  truncated = false,
  ...rest
}: Made): StudyInput => {
  const name = measure.name ?? 'revenue'
  const column: Column = {
    name,
    type: 'number',
    role: 'measure',
    label: 'Revenue',
    format: { kind: 'currency', currency: 'USD' },
    good: 'up',
    additive: true,
    ...measure,
  }
  const columns: Column[] = [
    ...(over ? [{ name: over, type: 'date', role: 'time', label: over } as const] : []),
    ...by.map((d): Column => ({ name: d, type: 'text', role: 'dimension', label: model.dimensions[d]?.label ?? d })),
    column,
    ...(query.compare ? [{ ...column, name: `${name}_previous`, role: 'previous' } as const] : []),
  ]
  const splits = [...(over ? [{ grain: over }] : []), ...by.map(dimension => ({ dimension }))]
  return {
    query: ask({ measures: [{ measure: name }], splits, ...query }),
    table: { columns, rows, truncated },
    model,
    today: '2030-01-01',
    ...rest,
  }
}

/** The facts of a result made by hand, by id. */
export const factsOf = (made: Made, extras: Extras = {}): Record<string, Fact> =>
  Object.fromEntries(findFacts({ view: viewOf(inputOf(made)), extras }).map(f => [f.id, f]))

/** The study of a result made by hand, with no further queries. */
export const studyOf = (made: Made): Promise<Study> => study(inputOf(made))

/** Months of 2023 from January on. */
export const monthly = (values: (number | null)[]): Cell[][] =>
  values.map((v, i) => [`${2023 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01`, v])
