import type { App } from '@slack/bolt'
import { z } from 'zod'
import { askModal } from '#renderers/slack/ask-modal.ts'
import { explainModal } from '#renderers/slack/explain-modal.ts'
import type { AnswerView } from '#renderers/view/view.ts'
import { viewOf } from '../chat/view-of.ts'
import { acknowledge } from './acknowledge.ts'
import { type Doer, doerOf, ownerOf, placeKey } from './identity.ts'
import type { Place } from './messages.ts'
import { openModal } from './modals.ts'
import { inBackground, type Slack } from './slack-parts.ts'
import { shortcuts } from './surface.ts'
import { tell } from './tell.ts'

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
  const hear = (callback: string, open: (doer: Doer, shortcut: Payload) => Promise<void>) =>
    app.shortcut(callback, async args => {
      await acknowledge(args, slack)
      const read = payload.safeParse(args.body)
      if (!read.success) return
      const { user, trigger_id, response_url: url } = read.data
      const doer = doerOf(args, user.id)
      const work = async () => {
        if (await slack.parts.claims.claim(`slack:${doer.tenant}:shortcut:${trigger_id}`)) await open(doer, read.data)
        else slack.parts.metrics.duplicate('slack')
      }
      inBackground(slack, 'slack/shortcut', work, sentence => tell(slack, doer, { url }, sentence))
    })
  hear(shortcuts.global, async (doer, { trigger_id: trigger }) => {
    const [example] = await slack.parts.useCases.examples(ownerOf(doer))
    await openModal(slack, doer, { trigger, view: askModal(example) })
  })
  hear(shortcuts.message, async (doer, { trigger_id: trigger, channel, message }) => {
    const view = channel && message && (await explained(slack, doer, { channel: channel.id, ts: message.ts }))
    await openModal(slack, doer, { trigger, view: explainModal(view) })
  })
}

/** The answer in a message, if it is one that this workspace was given. */
const explained = async ({ parts }: Slack, doer: Doer, place: Place): Promise<AnswerView | undefined> => {
  const kept = await parts.answers.at(placeKey(doer, place))
  if (kept?.owner?.platform !== 'slack' || kept.owner.tenant !== doer.tenant) return undefined
  return viewOf(kept, parts)
}
