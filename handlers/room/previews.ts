import type { Context } from 'hono'
import type { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Incidents } from '#handlers/chat/failures.ts'
import { rungs } from '#handlers/chat/ladder.ts'
import { viewOf } from '#handlers/chat/view-of.ts'
import { slackPreview } from '#renderers/preview/slack.ts'
import { teamsPreview } from '#renderers/preview/teams.ts'
import { slackMessage } from '#renderers/slack/message.ts'
import { type AnswerMessage, bestRung, messagesOf, type Shown } from '#renderers/teams/answer-message.ts'
import { problemsOf } from '#renderers/teams/check-card.ts'
import { paintedOf, pictureOf } from '#renderers/view/picture.ts'
import type { AnswerView, FailureView } from '#renderers/view/view.ts'
import type { Effects } from '#src/effects.ts'
import type { Answers } from '#src/store/answers.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import { framedPage, gonePage, slackPolicy } from './preview-pages.ts'
import type { TeamsParts } from './teams-parts.ts'
import type { RoomUseCases } from './use-cases.ts'

/** Failures have no place among the answers; the last ones are kept by an id of their own, to be shown as a chat shows them. */
export type Failures = LRUCache<string, FailureView>

type Parts = {
  useCases: RoomUseCases
  answers: Answers
  incidents: Incidents
  failures: Failures
  teamsParts: () => Promise<TeamsParts>
  now: Effects['now']
}

const wished = z.object({
  theme: z.enum(['light', 'dark']).catch('light'),
  rung: z.enum(['picture', 'native', 'table', 'text']).catch('picture'),
})
type Wished = z.infer<typeof wished>

type Asked = { id: string; view: AnswerView | FailureView; answer?: Answer; signal: AbortSignal } & Wished

/** The message that would be sent for an answer of this room, as a page that looks like the chat, or as it is (`.json`). */
export const preview = async (c: Context, parts: Parts): Promise<Response> => {
  const id = c.req.param('id') ?? ''
  const shown = await shownOf(id, parts)
  const asked = shown && { id, ...shown, signal: c.req.raw.signal, ...wished.parse(c.req.query()) }
  switch (c.req.param('what')) {
    case 'slack':
      return asked ? framedPage(c, await slackPage(asked, parts), slackPolicy) : gonePage(c)
    case 'slack.json':
      return asked ? json(c, slackPayload(asked)) : c.notFound()
    case 'teams':
      return asked ? teamsPage(c, asked, parts) : gonePage(c)
    case 'teams.json':
      return asked ? json(c, await teamsPayload(asked, parts)) : c.notFound()
    default:
      return c.notFound()
  }
}

const shownOf = async (
  id: string,
  { answers, failures, useCases }: Parts,
): Promise<Pick<Asked, 'view' | 'answer'> | undefined> => {
  const kept = await answers.get(id)
  const failure = failures.get(id)
  if (!kept) return failure && { view: failure }
  // Answers of chats belong to those who asked there.
  if (kept.owner) return undefined
  return { view: await viewOf(kept, { useCases }), answer: kept.answer }
}

/** Slack gives a file its id when the picture is uploaded; this one stands for it. */
const someFile = 'F0123456789'

const slackPayload = ({ id, view, rung }: Asked) =>
  slackMessage(view, { rung, id, ...(rung === 'picture' && { fileId: someFile }) })

const slackPage = (asked: Asked, { now }: Parts): Promise<string> =>
  slackPreview(slackPayload(asked).blocks, {
    ...frame(asked, now),
    logo: '/room/page/icon.svg',
    picture: `/room/chart/${encodeURIComponent(asked.id)}.light.png?message`,
    styles: ['/room/page/slack-blocks.css', '/room/page/slack-preview.css'],
  })

/** The first message that the bot would send to the chat with the one who asks. */
const teamsPayload = async (asked: Asked, parts: Parts): Promise<AnswerMessage['message']> => {
  const { view, answer, rung, id } = asked
  const again = view.status === 'failed' && view.retry ? id : undefined
  const shown: Shown = { view, answer, again, png: await smallPicture(asked, parts) }
  const tried = rungs.slice(rungs.indexOf(rung === 'picture' ? bestRung(shown) : rung))
  const made = tried.flatMap(r => messagesOf(shown, r, { personal: true }))
  return (made.map(make => make()).find(({ card }) => !card || problemsOf(card).length === 0) ?? made.at(-1)!()).message
}

/** One that cannot be painted leaves the next rung, as it does in the chat. */
const smallPicture = async ({ view, rung, signal }: Asked, { useCases, incidents }: Parts) => {
  const painting = paintedOf(view)
  if (rung !== 'picture' || !painting) return undefined
  return useCases.paint(pictureOf(painting), 'light', { signal, format: 'small' }).catch(error => {
    if (!signal.aborted) incidents.log({ incident: incidents.incident(), error, path: '/room/preview' })
    return undefined
  })
}

const teamsPage = async (c: Context, asked: Asked, parts: Parts): Promise<Response> => {
  const [message, { policy, ...around }] = await Promise.all([teamsPayload(asked, parts), parts.teamsParts()])
  return framedPage(c, teamsPreview(message, { ...frame(asked, parts.now), ...around }), policy)
}

const frame = ({ theme }: Asked, now: Effects['now']) => ({
  name: 'Chartroom',
  time: clock.format(now()),
  theme,
})

/** Both chats show the time of the day, in the zone of who looks: here that of this machine. */
const clock = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit' })

const json = (c: Context, payload: unknown) =>
  c.body(JSON.stringify(payload, null, 2), 200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
