import type { AnsweredView, EmptyView, LineView, SqlView } from '../view/view.ts'
import { deedButton } from './clicks.ts'
import { clipped } from './clipped.ts'
import { type Element, type FactSet, prose, small } from './elements.ts'
import { cardText, codeSnippet, codeText, labelText, say, silence } from './escape.ts'
import { cardBytes, type Part, type Piece, sizes } from './fit.ts'
import { type Point, pointElements } from './points.ts'
import { nothing } from './row-lines.ts'
import { tableElements } from './table.ts'

/** What has details. */
export type Detailed = AnsweredView | EmptyView

/** What an answer says that does not stand, or not in full, elsewhere on the card, and how many of its rows are to be tried. */
export type Rest = { texts: string[]; points: Point[]; notes: string[]; rows: number[] }

/** The rest of what is said, the rows, how it was worked out, and the SQL. */
export const detailParts = (view: Detailed, { texts, points, notes, rows }: Rest): Part[] => [
  sizes([20_000, 3000, 500], most => ({ body: texts.flatMap(text => prose(cardText(text, most))) }), 3),
  sizes([1500, 400, 150], most => ({ body: pointElements(points, most) }), 3),
  sizes([1500, 150], most => ({ body: noteElements(notes, most) }), 3),
  sizes(
    [...rows, 0],
    most => ({ body: view.status === 'answered' ? tableElements(view.table, { rows: most, columns: 8 }) : [] }),
    2,
  ),
  sizes([2000, 400, 120], most => ({ body: receiptElements(view.receipt, most) }), 4),
  sizes([8000, 2000, 500], most => ({ body: sqlElements(view.sql, most) }), 1),
]

/** The details open under the buttons where all of them are small enough to go along; else they are asked for. */
export const detailsPart = (view: Detailed, rest: Rest): Part => {
  const title = labelText('Details & SQL')
  const tooltip = labelText(rest.rows.length > 0 ? 'The table, the receipt and the SQL' : 'The receipt and the SQL')
  const ask = (): Piece => ({ actions: deedButton(title, 'details', { answer: view.id, hint: tooltip }) })
  const along = (most: number, rows: number[]): Piece => {
    const body = detailParts(view, { ...rest, rows }).flatMap(({ forms: [fullest] }) => fullest?.().body ?? [])
    const card = { type: 'AdaptiveCard', version: '1.5', body } as const
    const fits = body.length > 0 && cardBytes(card).withoutPictures <= most
    return fits ? { actions: [{ type: 'Action.ShowCard', title, tooltip, card }] } : ask()
  }
  const forms = [() => along(mostAlong, rest.rows), () => along(mostAlong / 2, rest.rows.slice(-1)), ask]
  return { forms, rank: 0, stays: true }
}

/** Bytes of details that go along with an answer, which nobody may open. */
const mostAlong = 24_000

/** Guesses and words not used, each at most `most` characters. */
export const noteElements = (notes: string[], most: number): Element[] =>
  small(cardText(notes.map(note => clipped(note, most)).join(' ')))

/** How it was worked out, term by term. */
const receiptElements = (receipt: LineView[], most: number): FactSet[] => {
  const facts = receipt.map(({ term, lines }) => ({
    title: cardText(term) || cardText(nothing),
    value: cardText(lines.join('; '), most) || cardText(nothing),
  }))
  return facts.length > 0 ? [{ type: 'FactSet', facts }] : []
}

/** The SQL as code, as text where a client cannot show code, and the values bound to it. */
const sqlElements = ({ text, params }: SqlView, most: number): Element[] => {
  const all = codeSnippet(text)
  if (all.trim() === '') return []
  const left = all.length - most
  const code = left > 0 ? `${all.slice(0, most).toWellFormed()}\n…` : all
  const fallback = prose(codeText(code), { fontType: 'Monospace', size: 'Small' })
  return [
    ...fallback.map(block => ({ type: 'CodeBlock', codeSnippet: code, language: 'Sql', fallback: block }) as const),
    ...small(left > 0 ? say`${left.toLocaleString('en-US')} more characters of SQL do not fit here.` : silence),
    ...small(cardText(params.map(p => `${p.name} = ${p.value}`).join(', '), Math.max(500, most / 4))),
  ]
}
