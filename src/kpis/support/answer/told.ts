import type { Chart, Tile } from '#src/vocabulary/chart.ts'
import type { Fact, Sentence } from '#src/vocabulary/fact.ts'
import { type Format, formatExact } from '#src/vocabulary/format.ts'
import type { Query } from '#src/vocabulary/query.ts'
import type { Cell, Column, Table } from '#src/vocabulary/table.ts'

/** What a KPI's result says, before it is an answer. `chart` is drawn under the headline. */
export type Told = {
  table: Table
  facts?: Fact[]
  headline: Sentence
  summary: Sentence[]
  chart: (frame: { title: string; subtitle: string }) => Chart
  /** What is measured, for the subtitle: "Sessions by category". */
  measured: string
  /** What a careful reader must know, apart from what the log misses. */
  notes?: string[]
  /** The nearest question to the semantic model, from which one may go on. */
  query: Pick<Query, 'measures' | 'splits'>
}

/** Where a result comes from, in words: "the pool bot" and " in May 2023". */
export type Scope = { bot: string; when: string }

/** A number of a table with the column that shows it. `of100` is a percentage as the KPIs give it; the cell is a fraction. */
export type Figure = { name: string; label: string; format: Format; good?: 'up' | 'down'; value: number | null }

export const figure = (
  name: string,
  label: string,
  { value, good, ...format }: Format & Pick<Figure, 'value' | 'good'>,
): Figure => ({
  name,
  label,
  format,
  ...(good && { good }),
  value: format.kind === 'percent' && value !== null ? fraction(value) : value,
})

export const columnOf = ({ name, label, format, good }: Omit<Figure, 'value'>): Column => ({
  name,
  label,
  type: format.kind === 'integer' ? 'integer' : 'number',
  role: 'measure',
  format,
  additive: false,
  ...(good && { good }),
})

export const textColumn = (name: string, label: string): Column => ({ name, label, type: 'text', role: 'dimension' })

/** A sentence and the cells that its numbers come from, by row and column. */
export const cellsSay = (text: string, ...cells: [row: number, column: string][]): Sentence => ({
  text,
  cites: cells.map(([row, column]) => `cell:${row}:${column}`),
})

type Text = { column: Column; value: Cell }

/** `notes` by the names of figures; what a note says needs no tile of its own, and `untiled` names it. */
type Beside = { texts?: readonly Text[]; notes?: Readonly<Record<string, string>>; untiled?: readonly string[] }

/** One row of figures, shown as tiles: each with its name, its number and its note. */
export const tiles = (figures: readonly Figure[], { texts = [], notes = {}, untiled = [] }: Beside = {}) => {
  const table: Table = {
    columns: [...texts.map(({ column }) => column), ...figures.map(columnOf)],
    rows: [[...texts.map(({ value }) => value), ...figures.map(({ value }) => value)]],
    truncated: false,
  }
  const own = figures.filter(({ name }) => !untiled.includes(name))
  const shown = own.map(({ name, label, value, format }): Tile => {
    const note = notes[name]
    return { label, value, format, ...(note !== undefined && { note }) }
  })
  const said = shown.map(({ label, value, format, note }) =>
    [`${label} ${formatExact(value, format)}`, note ? ` (${note})` : ''].join(''),
  )
  const chart = (frame: { title: string; subtitle: string }): Chart => ({
    kind: 'tiles',
    ...frame,
    alt: `Figures: ${frame.subtitle}. ${said.join(', ')}.`,
    tiles: shown,
  })
  return { table, chart }
}

/** A percentage with one decimal as a fraction, without the dust of dividing. */
export const fraction = (percent: number): number => Math.round(percent * 10) / 1000
