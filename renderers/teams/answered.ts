import { counted } from '../view/more-rows.ts'
import type { AnsweredView } from '../view/view.ts'
import { changeButton } from './change.ts'
import { nextPart } from './choices.ts'
import { deedButton } from './clicks.ts'
import { clipped } from './clipped.ts'
import { detailParts, detailsPart, noteElements, type Rest } from './details.ts'
import { type Action, type Element, heading, prose, small } from './elements.ts'
import { cardText, say } from './escape.ts'
import { figureParts, showsAllRows } from './figure.ts'
import { type Part, part, sizes } from './fit.ts'
import type { CardOptions } from './options.ts'
import { firstPoints, type Point, pointElements } from './points.ts'

const notesShown = 3
const long = { headline: 240, summary: 900, point: 500 }

/** An answer from top to bottom: what was found, the picture, what it says, how far to trust it, and what can be done with it. */
export const answeredParts = (view: AnsweredView, options: CardOptions): Part[] => {
  const { expanded = false } = options
  const { shown } = firstPoints(view)
  const rest = restOf(view, options)
  const summary = summaryOf(view)
  return [
    sizes([long.headline, 150], most => ({ body: heading(cardText(view.headline, most)) })),
    part(prose(cardText(view.chart.subtitle, 300), { isSubtle: true, spacing: 'None' }), 9),
    ...figureParts(view, options),
    sizes([long.summary, 300], most => ({ body: prose(cardText(summary, most)) }), 8),
    sizes([long.point, 200], most => ({ body: pointElements(shown, most) }), 6),
    sizes([400, 150], most => ({ body: noteElements(view.notes.slice(0, notesShown), most) }), 6),
    part(expanded ? [] : moreElements(view), 5),
    part(small(badge(view)), 7),
    ...(expanded ? detailParts(view, rest) : []),
    nextPart(view.next, view.id),
    menusPart(view),
    ...(expanded ? [] : [detailsPart(view, rest)]),
    { forms: [() => ({ actions: deeds(view, options) })] },
  ]
}

const menusPart = ({ id, menus }: AnsweredView): Part => ({
  ...sizes([60, 25, 10, 3], most => ({ actions: changeButton(id, menus, most) }), 0),
  stays: true,
})

/** What the details have to say: what the card leaves out or cuts, and the rows unless all of them are to be seen. */
const restOf = (view: AnsweredView, options: CardOptions): Rest => {
  const { shown, rest } = firstPoints(view)
  const isLong = ({ text }: Point) => text.length > long.point
  return {
    texts: [
      ...(view.headline.length > long.headline ? [view.headline] : []),
      ...(summaryOf(view).length > long.summary ? [summaryOf(view)] : []),
    ],
    points: [...shown.filter(isLong), ...rest],
    notes: view.notes.slice(notesShown),
    rows: showsAllRows(view, options) ? [] : options.expanded ? [25, 10, 5] : [10, 5],
  }
}

const summaryOf = ({ summary }: AnsweredView) => summary.map(s => s.text).join(' ')

const moreElements = (view: AnsweredView): Element[] => {
  const [points, notes] = [firstPoints(view).rest.length, view.notes.length - notesShown]
  const left = [
    ...(points > 0 ? [counted(points, 'more finding')] : []),
    ...(notes > 0 ? [counted(notes, 'more note')] : []),
  ]
  return left.length > 0 ? small(say`${left.join(' and ')} in the details.`) : []
}

const badge = ({ badge: { origin, label, facts } }: AnsweredView) =>
  say`${origin === 'generated' ? '⚠' : '✓'} ${[label, ...facts].map(f => clipped(f, 100)).join(' · ')}`

const deeds = ({ id: answer, table }: AnsweredView, options: CardOptions): Action[] => [
  ...(table.total > 0 ? deedButton('CSV', 'csv', { answer, hint: 'All rows as a CSV file' }) : []),
  ...(options.private ? deedButton('Share', 'share', { answer, hint: 'Share this answer with everybody here' }) : []),
  ...deedButton('Delete', 'delete', { answer, hint: 'Delete this answer' }).map(
    action => ({ ...action, mode: 'secondary' }) as const,
  ),
]
