import { type Detailed, detailParts } from './details.ts'
import { type AdaptiveCard, heading, small } from './elements.ts'
import { cardText, labelText, say } from './escape.ts'
import { fittedCard, part } from './fit.ts'
import { pointsOf } from './points.ts'

/** All that an answer rests on, as a card of its own: what it says, its rows, the receipt and the SQL. Within `most` bytes. */
export const detailsCard = (view: Detailed, { most }: { most?: number } = {}): AdaptiveCard => {
  const title = view.status === 'answered' ? view.headline : view.message
  const said =
    view.status === 'answered'
      ? { texts: [view.summary.map(s => s.text).join(' ')], points: pointsOf(view), rows: [50, 25, 10, 5] }
      : { texts: [], points: [], rows: [] }
  const parts = [part(heading(cardText(title, 300))), ...detailParts(view, { ...said, notes: view.notes })]
  return fittedCard(parts, { most, left, fallbackText: labelText(title, 500) })
}

const left = small(say`Not all of it fits into one message.`)
