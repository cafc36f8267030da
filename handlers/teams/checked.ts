import { problemsOf } from '#renderers/teams/check-card.ts'
import { type Json, TeamsError } from './port.ts'

/** The card as it was, once our own check finds nothing that Teams would refuse; else throws what Teams would say, so that a plainer form is tried. */
export const checked = (card: object): Json => {
  const problems = problemsOf(card)
  if (problems.length > 0) throw new TeamsError('refused', { status: 400, code: 'OwnCheck', detail: problems[0] })
  return card as Json
}
