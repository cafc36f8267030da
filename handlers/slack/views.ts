import type { App, ViewSubmitAction } from '@slack/bolt'
import { z } from 'zod'
import { callbackIds, reasonFields } from '#renderers/slack/action-ids.ts'
import { askForm } from '#renderers/slack/ask-modal.ts'
import type { ReasonAbout } from '#renderers/slack/reason-modal.ts'
import { acknowledge } from './acknowledge.ts'
import { askDirectly } from './ask-directly.ts'
import { type Doer, doerOf, ownerOf } from './identity.ts'
import { inBackground, type Slack } from './slack-parts.ts'
import { tell } from './tell.ts'

const field = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
})

const submitted = z.object({
  id: z.string(),
  hash: z.string().default(''),
  private_metadata: z.string().default(''),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), field.catch({}))) }),
})
type Submitted = z.infer<typeof submitted>

/** Forms that were sent: a question from anywhere, and what was wrong with an answer. */
export const hearViews = (app: App, slack: Slack): void => {
  app.view<ViewSubmitAction>(askForm.callback, async args => {
    const view = submitted.parse(args.view)
    const text = given(view, askForm).trim()
    if (text === '')
      return acknowledge(args, slack, {
        response_action: 'errors',
        errors: { [askForm.block]: 'Type a question, please.' },
      })
    await acknowledge(args, slack)
    const doer = doerOf(args, args.body.user.id)
    inBackground(slack, 'slack/ask', () => askDirectly(slack, doer, { text, key: keyOf(doer, view) }))
  })
  app.view<ViewSubmitAction>(callbackIds.reason, async args => {
    await acknowledge(args, slack)
    const view = submitted.parse(args.view)
    const doer = doerOf(args, args.body.user.id)
    inBackground(slack, 'slack/reason', () => feedback(slack, doer, view))
  })
}

const about: z.ZodType<ReasonAbout> = z.object({
  answer: z.string(),
  channel: z.string().optional(),
  thread: z.string().optional(),
})

const keyOf = ({ tenant }: Doer, { id, hash }: Submitted) => `slack:${tenant}:view:${id}:${hash}`

const given = ({ state: { values } }: Submitted, { block, action }: { block: string; action: string }): string => {
  const field = values[block]?.[action]
  return field?.selected_option?.value ?? field?.value ?? ''
}

const feedback = async (slack: Slack, doer: Doer, view: Submitted): Promise<void> => {
  const { parts } = slack
  if (!(await parts.claims.claim(keyOf(doer, view)))) return parts.metrics.duplicate('slack')
  const { answer, ...spot } = about.parse(JSON.parse(view.private_metadata))
  const kept = await parts.answers.get(answer)
  if (kept?.owner?.platform !== 'slack' || kept.owner.tenant !== doer.tenant)
    return tell(slack, doer, spot, 'That answer is no longer kept, so the reason could not be noted.')
  const reason = [given(view, reasonFields.kind), given(view, reasonFields.words).trim()].filter(Boolean).join(': ')
  await parts.useCases.feedback({
    answerId: kept.answer.id,
    verdict: 'down',
    by: ownerOf(doer),
    ...(reason && { reason }),
  })
  await tell(slack, doer, spot, 'Thanks. The people who run Chartroom read what you wrote.')
}
