import { cut, plainText } from '../view/plain-text.ts'
import type { AnsweredView } from '../view/view.ts'
import { changeButton } from './change.ts'
import { nextPart } from './choices.ts'
import { deedButton } from './clicks.ts'
import { detailParts, detailsPart, noteElements, type Rest } from './details.ts'
import { type Action, type ChartElement, type Element, heading, type Image, prose, small } from './elements.ts'
import { cardText, labelText, say } from './escape.ts'
import { type Part, part, sizes } from './fit.ts'
import { nativeChart } from './native-chart.ts'
import type { CardOptions, Rung } from './options.ts'
import { firstPoints, pointElements } from './points.ts'
import { counted, moreRows, rowLines } from './row-lines.ts'
import { tableElements } from './table.ts'

const notesShown = 3
const smallTable = { rows: 5, columns: 4 }
const inlineColumns = 5

/** An answer from top to bottom: what was found, the picture, what it says, how far to trust it, and what can be done with it. */
export const answeredParts = (view: AnsweredView, options: CardOptions): Part[] => {
  const { expanded = false } = options
  const points = firstPoints(view)
  const rest = { points: points.rest, notes: view.notes.slice(notesShown) }
  return [
    sizes([600, 150], most => ({ body: heading(cardText(view.headline, most)) })),
    part(prose(cardText(view.chart.subtitle, 300), { isSubtle: true, spacing: 'None' }), 9),
    ...shownBy[rungOf(view, options)](view, options),
    sizes([900, 300], most => ({ body: summary(view, most) }), 8),
    sizes([500, 200], most => ({ body: pointElements(points.shown, most) }), 6),
    sizes([400, 150], most => ({ body: noteElements(view.notes.slice(0, notesShown), most) }), 6),
    part(expanded ? [] : restElements(rest), 5),
    part(small(badge(view)), 7),
    ...(expanded ? detailParts(view, rest, [25, 10, 5]) : []),
    ...(options.suggested ? [] : [nextPart(view.next, view.id)]),
    sizes([60, 25, 10, 3, 0], most => ({ actions: changeButton(view.id, most > 0 ? view.menus : [], most) })),
    ...(expanded ? [] : [detailsPart(view, rest)]),
    { forms: [{ actions: deeds(view, options) }] },
  ]
}

/** The rung that can be shown: a lower one where there is no picture to show, or the chart is none that Teams draws. */
export const rungOf = ({ chart }: Pick<AnsweredView, 'chart'>, { rung, picture }: CardOptions): Rung => {
  if (rung === 'text' || rung === 'table') return rung
  if (rung === 'picture' && chart.kind !== 'table' && picture !== undefined) return 'picture'
  return nativeChart(chart) ? 'native' : 'table'
}

const shownBy: Record<Rung, (view: AnsweredView, options: CardOptions) => Part[]> = {
  picture: ({ chart, headline }, { picture }) => [
    part([imageOf(picture?.url ?? '', chart.alt || chart.title || headline)]),
  ],
  native: view => {
    const drawn = nativeChart(view.chart)
    if (!drawn) return [tablePart(view)]
    const isSmall = view.table.total <= smallTable.rows && view.table.columns.length <= smallTable.columns
    return [
      sizes([10, 3], most => ({ body: [chartOf(view, drawn.chart, most)] })),
      part(small(cardText(drawn.note ?? '', 600))),
      ...(isSmall ? [tablePart(view)] : []),
    ]
  },
  table: view => [tablePart(view)],
  text: view => [
    part(small(cardText(view.chart.alt, 600)), 9),
    sizes([10, 5, 3], most => ({ body: rowsAsText(view, most) }), 10),
  ],
}

const imageOf = (url: string, alt: string): Image => ({
  type: 'Image',
  url,
  altText: labelText(alt, 1500),
  size: 'Stretch',
  msteams: { allowExpand: true },
})

/** Clients that cannot draw the chart show its rows. */
const chartOf = (
  { table, headline }: AnsweredView,
  chart: Omit<ChartElement, 'fallback'>,
  rows: number,
): ChartElement => {
  const instead = tableElements(table, { rows, columns: inlineColumns })
  const items = instead.length > 0 ? instead : prose(cardText(headline, 300))
  return { ...chart, fallback: { type: 'Container', items } } as ChartElement
}

const tablePart = ({ table }: AnsweredView): Part =>
  sizes([10, 5, 3], rows => ({ body: tableElements(table, { rows, columns: inlineColumns }) }), 10)

const rowsAsText = ({ table }: AnsweredView, most: number): Element[] => [
  ...rowLines(table, most).flatMap(line => prose(cardText(line, 400), { spacing: 'Small' })),
  ...small(cardText(moreRows(table, Math.min(most, table.rows.length)))),
]

const summary = (view: AnsweredView, most: number) => prose(cardText(view.summary.map(s => s.text).join(' '), most))

const restElements = ({ points, notes }: Rest): Element[] => {
  const left = [
    ...(points.length > 0 ? [counted(points.length, 'more finding')] : []),
    ...(notes.length > 0 ? [counted(notes.length, 'more note')] : []),
  ]
  return left.length > 0 ? small(say`${left.join(' and ')} in the details.`) : []
}

const badge = ({ badge: { origin, label, facts } }: AnsweredView) =>
  say`${origin === 'certified' ? '✓' : '⚠'} ${[label, ...facts].map(f => cut(plainText(f), 100)).join(' · ')}`

const deeds = ({ id: answer, table }: AnsweredView, options: CardOptions): Action[] => [
  ...(table.total > 0 ? [deedButton('CSV', 'csv', { answer, hint: 'All rows as a CSV file' })] : []),
  ...(options.private ? [deedButton('Share', 'share', { answer, hint: 'Share this answer with everybody here' })] : []),
  {
    ...deedButton('Delete', 'delete', { answer, hint: 'Delete this answer; the question can be asked again' }),
    mode: 'secondary',
  },
]
