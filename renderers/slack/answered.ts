import { followsMark, markOf } from '../view/marks.ts'
import { moreRows } from '../view/more-rows.ts'
import { cut, plainText } from '../view/plain-text.ts'
import type { AnsweredView, TableView } from '../view/view.ts'
import type { MessageOptions, Rung, SlackBlock } from './block-kit.ts'
import { headline, picture, prose, type Run, small, tableBlock } from './blocks.ts'
import { nextButtons } from './choices.ts'
import { controls, opinion } from './controls.ts'
import { type Part, part, sizes } from './fit.ts'
import { limits } from './limits.ts'
import { nativeChart } from './native-chart.ts'
import { tableLines } from './table-text.ts'

const rowsShown = [10, 5, 3]
/** One row of up to so many values needs no table around it. */
const wideRow = 4
const pointsShown = 3
const notesShown = 3

/** An answer from top to bottom: what was found, the picture, what it says, how far to trust it, and what can be done with it. */
export const answeredParts = (view: AnsweredView, options: MessageOptions): Part[] => {
  const { rung, expanded = false } = options
  return [
    sizes([600, 150], most => headline(view.headline, rung, most)),
    ...shownBy[rungOf(view, options)](view, options),
    sizes([900, 300], most => prose([[view.summary.map(s => s.text).join(' ')]], rung, most), 8),
    part(prose(points(view, expanded), rung, 1500), 5),
    part(notes(view.notes, expanded), 6),
    part(small(badge(view)), 7),
    part(expanded ? receipt(view, rung) : [], 4),
    sizes([25, 10, 5, 2, 0], most => controls(view, options, most)),
    part(opinion(view.id, options)),
    part(nextButtons(view.next, view.id), 2),
  ]
}

/** The rung that can be shown: a lower one where there is no picture to show, or the chart is none that Slack draws. */
const rungOf = ({ chart }: Pick<AnsweredView, 'chart'>, { rung, fileId }: MessageOptions): Rung => {
  if (rung === 'text' || rung === 'table') return rung
  if (rung === 'picture' && chart.kind !== 'table' && fileId !== undefined) return 'picture'
  return nativeChart(chart) ? 'native' : 'table'
}

const shownBy: Record<Rung, (view: AnsweredView, options: MessageOptions) => Part[]> = {
  picture: ({ chart: { alt, subtitle: title } }, { fileId = '' }) => [
    sizes([limits.altText, 500], most => [picture(fileId, { alt, title }, most)]),
  ],
  native: view => {
    const chart = nativeChart(view.chart)
    return [
      part(chart && !chart.titled ? small(view.chart.subtitle) : [], 9),
      part(chart ? [chart.block] : []),
      sizes([300, 120], most => small(cut(plainText(chart?.note ?? ''), most))),
    ]
  },
  table: view => [part(small(view.chart.subtitle), 9), tablePart(view)],
  text: view => [part(small(view.chart.subtitle), 9), sizes(rowsShown, most => listed(view, most))],
}

const tablePart = ({ table, chart }: AnsweredView): Part =>
  table.rows.length === 1 && (table.columns.length <= wideRow || chart.kind === 'tiles')
    ? part(prose(asLines(table, 1), 'table', 600), 10)
    : sizes(
        rowsShown,
        most => [
          ...tableBlock(table, most),
          ...small(moreRows(table, Math.min(most, table.rows.length)), hiddenColumns(table.columns.length)),
        ],
        10,
      )

const asLines = (table: TableView, most: number): Run[][] => tableLines(table, most).map(line => [line])

const hiddenColumns = (columns: number) =>
  columns > limits.tableColumns ? `${columns - limits.tableColumns} more columns are in the CSV.` : ''

const listed = ({ table }: AnsweredView, most: number): SlackBlock[] => [
  ...prose(asLines(table, most), 'text', 150 * most),
  ...small(moreRows(table, Math.min(most, table.rows.length))),
]

/** A few findings, so that the answer is one screen of a phone; what follows from them is among them. */
const points = ({ insights, implications }: AnsweredView, all: boolean): Run[][] => {
  const follows = all ? implications : implications.slice(0, 1)
  const first = all ? insights : insights.slice(0, pointsShown - follows.length)
  const left = insights.length + implications.length - first.length - follows.length
  return [
    ...first.map(s => [`${markOf[s.tone]} ${plainText(s.text)}`]),
    ...follows.map(s => [`${followsMark} ${plainText(s.text)}`]),
    ...(left > 0 ? [[`+ ${left} more in the details`]] : []),
  ]
}

const notes = (all: string[], expanded: boolean): SlackBlock[] => {
  const shown = expanded ? all : all.slice(0, notesShown)
  const more = all.length - shown.length
  return small([...shown, more > 0 ? `${more} more ${more === 1 ? 'note' : 'notes'} in the details.` : ''].join(' '))
}

const badge = ({ badge: { origin, label, facts } }: AnsweredView) =>
  [`${origin === 'generated' ? '⚠' : '✓'} ${label}`, ...facts].join(' · ')

const receipt = ({ receipt: lines }: AnsweredView, rung: Rung) =>
  prose(
    lines.map(({ term, lines: texts }) => [{ bold: term }, ` ${texts.join('; ')}`]),
    rung,
    1500,
  )
