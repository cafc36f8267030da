import type { Context } from 'hono'
import type { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { noOptions } from '#handlers/chat/turn.ts'
import { slackPreview } from '#renderers/preview/slack.ts'
import { slackMessage } from '#renderers/slack/message.ts'
import { answerView } from '#renderers/view/answer.ts'
import type { AnswerView, FailureView } from '#renderers/view/view.ts'
import type { Effects } from '#src/effects.ts'
import type { Answers } from '#src/store/answers.ts'
import { framedPage, gonePage, slackPolicy } from './preview-pages.ts'
import type { RoomUseCases } from './use-cases.ts'

/** Failures have no place among the answers; the last ones are kept by an id of their own, to be shown as a chat shows them. */
export type Failures = LRUCache<string, FailureView>

type Parts = { useCases: RoomUseCases; answers: Answers; failures: Failures; now: Effects['now'] }

const wished = z.object({
  theme: z.enum(['light', 'dark']).catch('light'),
  rung: z.enum(['picture', 'native', 'table', 'text']).catch('picture'),
})
type Wished = z.infer<typeof wished>

type Asked = { id: string; view: AnswerView | FailureView } & Wished

/** The message that would be sent for an answer of this room, as a page that looks like the chat, or as it is (`.json`). */
export const preview = async (c: Context, parts: Parts): Promise<Response> => {
  const id = c.req.param('id') ?? ''
  const view = await viewOf(id, parts)
  const asked = view && { id, view, ...wished.parse(c.req.query()) }
  switch (c.req.param('what')) {
    case 'slack':
      return asked ? framedPage(c, await slackPage(asked, parts), slackPolicy) : gonePage(c)
    case 'slack.json':
      return asked ? json(c, slackPayload(asked)) : c.notFound()
    default:
      return c.notFound()
  }
}

const viewOf = async (
  id: string,
  { answers, failures, useCases }: Parts,
): Promise<AnswerView | FailureView | undefined> => {
  const kept = await answers.get(id)
  if (!kept) return failures.get(id)
  // Answers of chats belong to those who asked there.
  if (kept.owner) return undefined
  const { answer } = kept
  return answerView(answer, answer.status === 'answered' ? useCases.options(answer) : noOptions)
}

/** Slack gives a file its id when the picture is uploaded; this one stands for it. */
const someFile = 'F0123456789'

const slackPayload = ({ id, view, rung }: Asked) => slackMessage(view, { rung, id, fileId: someFile })

const slackPage = (asked: Asked, { now }: Parts): Promise<string> =>
  slackPreview(slackPayload(asked).blocks, {
    ...frame(asked, now),
    picture: `/room/chart/${encodeURIComponent(asked.id)}.light.png`,
    styles: ['/room/page/slack-blocks.css', '/room/page/slack-preview.css'],
  })

const frame = ({ theme }: Asked, now: Effects['now']) => ({
  name: 'Chartroom',
  logo: '/room/page/icon.svg',
  time: clock.format(now()),
  theme,
})

/** Both chats show the time of the day, in the zone of who looks: here that of this machine. */
const clock = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit' })

const json = (c: Context, payload: unknown) =>
  c.body(JSON.stringify(payload, null, 2), 200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
