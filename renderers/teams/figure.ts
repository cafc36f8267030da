import type { TilesChart } from '#src/vocabulary/chart.ts'
import { formatExact } from '#src/vocabulary/format.ts'
import { moreRows } from '../view/more-rows.ts'
import type { AnsweredView, TableView } from '../view/view.ts'
import { type ChartElement, type Element, type FactSet, type Image, prose, small } from './elements.ts'
import { cardText, labelText } from './escape.ts'
import { type Part, part, sizes } from './fit.ts'
import { type NativeChart, nativeChart } from './native-chart.ts'
import type { CardOptions, Rung } from './options.ts'
import { rowLines } from './row-lines.ts'
import { tableElements } from './table.ts'

const smallTable = { rows: 5, columns: 4 }
const inline = { rows: 10, columns: 5 }

/** What an answer shows between its headline and its words: the picture, a chart that Teams draws, the rows as a table or as lines. */
export const figureParts = (view: AnsweredView, options: CardOptions): Part[] => {
  const { chart, headline, table } = view
  switch (rungOf(view, options)) {
    case 'picture':
      return [part([imageOf(options.picture?.url ?? '', chart.alt || chart.title || headline)])]
    case 'native':
      return nativeParts(view, nativeChart(chart))
    case 'table':
      if (chart.kind === 'tiles') return [part([factsOf(chart)], 10)]
      // Opened, the details below have the same rows and more.
      return options.expanded && !isWhole(table) ? [] : [tablePart(table)]
    case 'text':
      return [
        part(small(cardText(chart.alt, 600)), 9),
        sizes([inline.rows, 5, 3], most => ({ body: rowsAsText(table, most) }), 10),
      ]
  }
}

/** Each figure on a line of its own; a row of five is wider than a card. */
const factsOf = ({ tiles }: TilesChart): FactSet => ({
  type: 'FactSet',
  facts: tiles.map(({ label, value, format, note }) => ({
    title: cardText(label, longestFact),
    value: cardText(formatExact(value, format) + (note ? ` · ${note}` : ''), longestFact),
  })),
})

const longestFact = 120

/** The rung that can be shown: a lower one where there is no picture to show, or the chart is none that Teams draws. */
export const rungOf = ({ chart }: Pick<AnsweredView, 'chart'>, { rung, picture }: CardOptions): Rung => {
  if (rung === 'text' || rung === 'table') return rung
  if (rung === 'picture' && chart.kind !== 'table' && picture !== undefined) return 'picture'
  return nativeChart(chart) ? 'native' : 'table'
}

/** Whether the figure has every row and column, so that the details need not repeat them. */
export const showsAllRows = (view: AnsweredView, options: CardOptions): boolean => {
  const rung = rungOf(view, options)
  return (rung === 'table' && isWhole(view.table)) || (rung === 'native' && isSmall(view.table))
}

const isSmall = ({ total, columns }: TableView) => total <= smallTable.rows && columns.length <= smallTable.columns
const isWhole = ({ total, columns }: TableView) => total <= inline.rows && columns.length <= inline.columns

/** A picture as wide as the card. */
export const imageOf = (url: string, alt: string): Image => ({
  type: 'Image',
  url,
  altText: labelText(alt, 1000),
  size: 'Stretch',
  msteams: { allowExpand: true },
})

/** Teams' charts have no number beside every bar; few rows stand below, many in the details. */
const nativeParts = (view: AnsweredView, drawn: NativeChart | undefined): Part[] => {
  if (!drawn) return [tablePart(view.table)]
  const note = part(small(cardText(drawn.note ?? '', 600)))
  const chartPart = sizes([inline.rows, 3], rows => ({ body: [withFallback(view, drawn.chart, rows)] }), 10)
  return [chartPart, note, ...(isSmall(view.table) ? [tablePart(view.table)] : [])]
}

/** Clients that cannot draw the chart show its rows, or what it says where the rows stand below. */
const withFallback = (
  { table, chart: { alt, title } }: AnsweredView,
  chart: NativeChart['chart'],
  rows: number,
): ChartElement => {
  const instead = isSmall(table) ? [] : tableElements(table, { rows, columns: inline.columns })
  const items = instead.length > 0 ? instead : prose(cardText(labelText(alt || title, 600)))
  return { ...chart, fallback: { type: 'Container', items } }
}

const tablePart = (table: TableView): Part =>
  sizes([inline.rows, 5, 3], rows => ({ body: tableElements(table, { rows, columns: inline.columns }) }), 10)

const rowsAsText = (table: TableView, most: number): Element[] => [
  ...rowLines(table, most).flatMap(line => prose(cardText(line, 400), { spacing: 'Small' })),
  ...small(cardText(moreRows(table, Math.min(most, table.rows.length)))),
]
