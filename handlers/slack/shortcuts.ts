import type { App } from '@slack/bolt'
import { z } from 'zod'
import { askModal } from '#renderers/slack/ask-modal.ts'
import { explainModal } from '#renderers/slack/explain-modal.ts'
import type { AnswerView } from '#renderers/view/view.ts'
import { viewOf } from '../chat/view-of.ts'
import { acknowledge } from './acknowledge.ts'
import { type Doer, doerOf, placeKey } from './identity.ts'
import type { Place } from './messages.ts'
import { openModal } from './modals.ts'
import type { Known } from './people.ts'
import { inBackground, type Slack } from './slack-parts.ts'
import { shortcuts } from './surface.ts'
import { tell } from './tell.ts'
import { askerOf, whoAsks } from './who-asks.ts'

const payload = z.object({
  user: z.object({ id: z.string() }),
  trigger_id: z.string(),
  response_url: z.string().optional(),
  channel: z.object({ id: z.string() }).optional(),
  message: z.object({ ts: z.string() }).optional(),
})
type Payload = z.infer<typeof payload>

/** "Ask Chartroom" from anywhere, and "Explain this number" on a message. */
export const hearShortcuts = (app: App, slack: Slack): void => {
  const hear = (callback: string, open: (doer: Doer, shortcut: Payload, known: Known) => Promise<void>) =>
    app.shortcut(callback, async args => {
      await acknowledge(args, slack)
      const read = payload.safeParse(args.body)
      if (!read.success) return
      const { user, trigger_id, response_url: url } = read.data
      const doer = doerOf(args, user.id)
      const say = (sentence: string) => tell(slack, doer, { url }, sentence)
      const work = async () => {
        if (!(await slack.parts.claims.claim(`slack:${doer.tenant}:shortcut:${trigger_id}`)))
          return slack.parts.metrics.duplicate('slack')
        const { known, refusal } = await whoAsks(slack, doer)
        return known ? open(doer, read.data, known) : say(refusal)
      }
      inBackground(slack, 'slack/shortcut', work, say)
    })
  hear(shortcuts.global, async (doer, { trigger_id: trigger }, known) => {
    const [example] = await slack.parts.useCases.examples(askerOf(doer, known))
    await openModal(slack, doer, { trigger, view: askModal(example) })
  })
  hear(shortcuts.message, async (doer, { trigger_id: trigger, channel, message }) => {
    const view = channel && message && (await explained(slack, doer, { channel: channel.id, ts: message.ts }))
    await openModal(slack, doer, { trigger, view: explainModal(view) })
  })
}

/** The answer in a message that the person sees, if it is one that this workspace was given. */
const explained = async ({ parts }: Slack, doer: Doer, place: Place): Promise<AnswerView | undefined> => {
  const kept = await parts.answers.at(placeKey(doer, place))
  if (kept?.owner?.platform !== 'slack' || kept.owner.tenant !== doer.tenant) return undefined
  return viewOf(kept, parts)
}
