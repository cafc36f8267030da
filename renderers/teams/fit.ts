import type { Action, AdaptiveCard, Element } from './elements.ts'

/** A piece of a card. */
export type Piece = { body?: Element[]; actions?: Action[] }

/** A part of a card: the forms it can take, the fullest first. `rank` says how soon it may go (1 is the first); a part without one stays. */
export type Part = { forms: Piece[]; rank?: number }

/** A part of the body with one form. */
export const part = (body: Element[], rank?: number): Part => ({
  forms: [{ body }],
  ...(rank !== undefined && { rank }),
})

/** A part with a form per size, the largest first. */
export const sizes = (most: number[], make: (most: number) => Piece, rank?: number): Part => ({
  forms: most.map(make),
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

/**
 * The parts in order, in at most `most` bytes without pictures. While they are too many, parts are shortened, those with the lowest rank
 * first; then parts go, and `left` stands where the first one went.
 */
export const fitted = (parts: Part[], { most, left }: { most: number; left: Element[] }): Required<Piece> => {
  const order = parts.map((_, i) => i).sort((a, b) => rankOf(parts[a]) - rankOf(parts[b]))
  const forms = parts.map(p => p.forms.map(piece => ({ piece, bytes: cardBytes(piece).withoutPictures })))
  const fits = () => forms.reduce((sum, [form]) => sum + (form?.bytes ?? 0), frame) <= most
  for (const at of order) while (!fits() && (forms[at]?.length ?? 0) > 1) forms[at]?.shift()
  const expendable = order.filter(at => parts[at]?.rank !== undefined && !isEmpty(forms[at]?.[0]?.piece))
  for (const [i, at] of expendable.entries()) {
    if (fits()) break
    const piece = { body: i === 0 ? left : [] }
    forms[at] = [{ piece, bytes: cardBytes(piece).withoutPictures }]
  }
  const pieces = forms.flatMap(([form]) => (form ? [form.piece] : []))
  return { body: pieces.flatMap(p => p.body ?? []), actions: pieces.flatMap(p => p.actions ?? []) }
}

/** The card that stands around the pieces. */
const frame = 600
const pictures = /data:image\/[a-z]+;base64,[A-Za-z0-9+/=]*/g
const rankOf = (p: Part | undefined) => p?.rank ?? Number.POSITIVE_INFINITY
const isEmpty = (piece: Piece | undefined) => (piece?.body ?? []).length + (piece?.actions ?? []).length === 0

/** A whole card of what was fitted. */
export const cardOf = (
  { body, actions }: Required<Piece>,
  fallbackText: AdaptiveCard['fallbackText'],
): AdaptiveCard => ({
  type: 'AdaptiveCard',
  version: '1.5',
  ...(fallbackText && { fallbackText }),
  msteams: { width: 'Full' },
  body,
  ...(actions.length > 0 && { actions }),
})
