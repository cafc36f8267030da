import { attached } from '#renderers/teams/outgoing.ts'
import { reasonForm, reasonOf } from '#renderers/teams/reason-form.ts'
import { checked } from './checked.ts'
import type { Rated, TeamsEvent } from './event.ts'
import { ownerOf } from './identity.ts'
import type { TeamsParts } from './parts.ts'
import type { Json } from './port.ts'
import { deliveryKey, placeName } from './thread.ts'

/** Somebody pressed a thumb under an answer: the form that asks why. */
export const onFeedbackForm = ({ reaction }: Rated): Json => ({
  task: {
    type: 'continue',
    value: { title: 'Feedback', height: 'small', width: 'small', card: attached(checked(reasonForm(reaction))) },
  },
})

/** The form was sent. Whoever sees the answer may rate it; an answer that is no longer kept cannot be. */
export const onFeedback = async (
  { at, id, who, message, reaction, form }: Extract<TeamsEvent, { kind: 'feedback' }>,
  { answers, claims, useCases, effects }: TeamsParts,
): Promise<void> => {
  const kept = message === undefined ? undefined : await answers.at(placeName(at, message))
  if (!kept || !(await claims.claim(deliveryKey(at, id, effects.newId)))) return
  const reason = reasonOf(form)
  const verdict = reaction === 'like' ? 'up' : 'down'
  const by = ownerOf(who, at.tenant)
  await useCases.feedback({ answerId: kept.answer.id, verdict, by, ...(reason !== undefined && { reason }) })
}
