import { type Action, type AdaptiveCard, type Element, prose } from './elements.ts'
import { type LabelText, say } from './escape.ts'

/** A piece of a card. */
export type Piece = { body?: Element[]; actions?: Action[] }

/**
 * A part of a card: the forms it can take, the fullest first. `rank` says how soon it is shortened and may go (0 is the first); a part without
 * one comes last and stays, as does one that says so.
 */
export type Part = { forms: (() => Piece)[]; rank?: number; stays?: true }

/** A part of the body with one form. */
export const part = (body: Element[], rank?: number): Part => ({
  forms: [() => ({ body })],
  ...(rank !== undefined && { rank }),
})

/** A part with a form per size, the largest first. A form is made when it is needed. */
export const sizes = <T>(most: T[], make: (most: T) => Piece, rank?: number): Part => ({
  forms: most.map(m => () => make(m)),
  ...(rank !== undefined && { rank }),
})

/**
 * Bytes that a card may take without its picture. A message may have about 100 KB in UTF-16, and base64 of pictures is documented as not
 * counted: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
 */
export const mostCardBytes = 80 * 1024

/** Bytes of a card as Teams counts them: UTF-16, with the base64 of its pictures and without. */
export const cardBytes = (card: unknown): { withPictures: number; withoutPictures: number } => {
  const text = JSON.stringify(card)
  return { withPictures: 2 * text.length, withoutPictures: 2 * text.replace(pictures, '').length }
}

const pictures = /data:image\/[a-z]+;base64,[A-Za-z0-9+/=]*/g

/**
 * A card of the parts, in order, in at most `most` bytes without pictures. While they are too many, parts are shortened, those with the
 * lowest rank first; then parts go, and `left` stands where the first one went. `fallbackText` is for clients that show no card.
 */
export const fittedCard = (
  parts: Part[],
  { most = mostCardBytes, left, fallbackText }: { most?: number; left: Element[]; fallbackText: LabelText },
): AdaptiveCard => {
  const frame = cardBytes(cardOf({}, fallbackText)).withoutPictures
  const { body, actions } = fitted(parts, { most: most - frame, left })
  return cardOf({ body, actions }, fallbackText)
}

/** The same without the card around them. */
export const fitted = (parts: Part[], { most, left }: { most: number; left: Element[] }): Required<Piece> => {
  const made = parts.map(({ forms, rank, stays }) => ({
    rank,
    stays,
    forms: [...forms],
    now: weighed(forms[0]?.() ?? {}),
  }))
  const order = made.toSorted((a, b) => (a.rank ?? last) - (b.rank ?? last))
  const fits = () => made.reduce((sum, { now }) => sum + now.bytes, 0) <= most
  for (const p of order)
    while (!fits() && p.forms.length > 1) {
      p.forms.shift()
      p.now = weighed(p.forms[0]?.() ?? {})
    }
  let said = left
  for (const p of order) {
    if (fits()) break
    if (p.rank === undefined || p.stays || isEmpty(p.now.piece)) continue
    p.now = weighed({ body: said })
    said = []
  }
  return {
    body: made.flatMap(({ now }) => now.piece.body ?? []),
    actions: made.flatMap(({ now }) => now.piece.actions ?? []),
  }
}

const last = Number.POSITIVE_INFINITY
const weighed = (piece: Piece) => ({ piece, bytes: cardBytes(piece).withoutPictures })
const isEmpty = ({ body = [], actions = [] }: Piece) => body.length + actions.length === 0

/** A card of a piece. `fallbackText` is for clients that show no card. */
export const cardOf = ({ body = [], actions = [] }: Piece, fallbackText: LabelText): AdaptiveCard => ({
  type: 'AdaptiveCard',
  version: '1.5',
  fallbackText,
  msteams: { width: 'Full' },
  body: body.length > 0 ? body : prose(say`There is nothing to show.`),
  ...(actions.length > 0 && { actions }),
})
