import type { Context } from 'hono'
import type { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Incidents } from '#handlers/chat/failures.ts'
import { viewOf } from '#handlers/chat/view-of.ts'
import { slackPreview } from '#renderers/preview/slack.ts'
import { teamsPreview } from '#renderers/preview/teams.ts'
import { slackMessage } from '#renderers/slack/message.ts'
import { teamsCard } from '#renderers/teams/card.ts'
import { paintedOf, pictureOf } from '#renderers/view/picture.ts'
import type { AnswerView, FailureView } from '#renderers/view/view.ts'
import type { Effects } from '#src/effects.ts'
import type { Answers } from '#src/store/answers.ts'
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

type Asked = { id: string; view: AnswerView | FailureView; signal: AbortSignal } & Wished

/** The message that would be sent for an answer of this room, as a page that looks like the chat, or as it is (`.json`). */
export const preview = async (c: Context, parts: Parts): Promise<Response> => {
  const id = c.req.param('id') ?? ''
  const view = await shownOf(id, parts)
  const asked = view && { id, view, signal: c.req.raw.signal, ...wished.parse(c.req.query()) }
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
): Promise<AnswerView | FailureView | undefined> => {
  const kept = await answers.get(id)
  if (!kept) return failures.get(id)
  // Answers of chats belong to those who asked there.
  if (kept.owner) return undefined
  return viewOf(kept, { useCases })
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

/** Teams has the picture within the card. */
const teamsPayload = async (asked: Asked, parts: Parts) => {
  const png = await smallPicture(asked, parts)
  const picture = png && { url: `data:image/png;base64,${Buffer.from(png).toString('base64')}` }
  return teamsCard(asked.view, { rung: asked.rung, id: asked.id, picture })
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
  const [card, { policy, ...around }] = await Promise.all([teamsPayload(asked, parts), parts.teamsParts()])
  const { view } = asked
  const isAnswered = view.status === 'answered'
  const said = { thumbs: isAnswered, generated: isAnswered && view.badge.origin === 'generated' }
  return framedPage(c, teamsPreview(card, { ...frame(asked, parts.now), ...around, ...said }), policy)
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
