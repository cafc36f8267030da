import { type Context, Hono } from 'hono'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { type Incidents, toFailure } from '#handlers/chat/failures.ts'
import { fileName } from '#renderers/view/file-name.ts'
import { pictureOf } from '#renderers/view/picture.ts'
import type { Effects } from '#src/effects.ts'
import type { Answers } from '#src/store/answers.ts'
import type { Answer, Answered } from '#src/vocabulary/answer.ts'
import type { Chart, Theme } from '#src/vocabulary/chart.ts'
import { askQuestion, questionSchema } from './asking.ts'
import { takeFile } from './files.ts'
import { type PageFile, readPageFiles } from './page-files.ts'
import { type Failures, preview } from './previews.ts'
import { createTeamsParts } from './teams-parts.ts'
import type { RoomUseCases } from './use-cases.ts'

const feedbackSchema = z.strictObject({
  answerId: z.string().max(200),
  verdict: z.enum(['up', 'down']),
  reason: z.string().trim().max(2000).optional(),
})

type Given = { useCases: RoomUseCases; answers: Answers; incidents: Incidents }
type Parts = Given & { failures: Failures; teamsParts: ReturnType<typeof createTeamsParts> } & Pick<
    Effects,
    'now' | 'newId'
  >

const failuresKept = 100

/**
 * The room: one page and the few addresses it talks to. It checks no Host and no Origin; the listener that it is mounted in does
 * (`handlers/http/local.ts`). Pictures and downloads are of answers that are still kept.
 */
export const createRoom = async (given: Given, { now, newId }: Pick<Effects, 'now' | 'newId'>): Promise<Hono> => {
  const parts: Parts = {
    ...given,
    now,
    newId,
    failures: new LRUCache({ max: failuresKept }),
    teamsParts: createTeamsParts(),
  }
  const files = await readPageFiles()
  const app = new Hono()
  app.get('/', c => serveFile(c, files.get('index.html')))
  app.get('/room/page/:name', c => serveFile(c, files.get(c.req.param('name'))))
  app.get('/room/start', c => start(c, parts))
  app.post('/room/ask', c => ask(c, parts))
  app.post('/room/files', c => takeFile(c, parts))
  app.get('/room/chart/:file', c => picture(c, parts))
  app.get('/room/answers/:file', c => download(c, parts))
  app.get('/room/preview/:id/:what', c => preview(c, parts))
  app.post('/room/feedback', c => feedback(c, parts))
  app.onError((error, c) => c.json(toFailure(error, c.req.path, parts.incidents), 500))
  return app
}

const serveFile = (c: Context, file: PageFile | undefined) => {
  if (!file) return c.notFound()
  const headers = { 'content-type': file.type, etag: file.tag, 'cache-control': 'no-cache' }
  if (c.req.header('if-none-match') === file.tag) return c.body(null, 304, headers)
  return c.body(file.body, 200, headers)
}

const start = async (c: Context, { useCases }: Parts) => {
  const domain = c.req.query('domain')
  const [examples, domains, status] = await Promise.all([
    useCases.examplesOf(domain),
    useCases.domains(),
    useCases.status(),
  ])
  return c.json({ examples, domains, status, files: useCases.importFile !== undefined }, 200, {
    'cache-control': 'no-store',
  })
}

const ask = async (c: Context, parts: Parts) => {
  const question = questionSchema.safeParse(await bodyOf(c))
  if (!question.success) return badRequest(c, question.error)
  return askQuestion(c, question.data, parts)
}

const picture = async (c: Context, { useCases, answers }: Parts) => {
  const [, id, theme] = /^(.+)\.(light|dark)\.png$/.exec(c.req.param('file') ?? '') ?? []
  const painted = paintedIn(await ownAnswer(answers, id))
  if (!painted) return c.notFound()
  const png = await useCases.paint(chartFor(painted, c.req.query()), theme as Theme, { signal: c.req.raw.signal })
  return c.body(new Uint8Array(png), 200, { 'content-type': 'image/png', 'cache-control': 'private, max-age=86400' })
}

/** As it is saved, as it stands under the room's own headline, or as a chat is sent it. */
const chartFor = ({ chart, headline }: Painted, query: Record<string, string>): Chart => {
  if ('message' in query) return pictureOf({ chart, headline })
  return 'untitled' in query ? { ...chart, title: '' } : chart
}

type Painted = { chart: Chart; headline: string }

const paintedIn = (answer: Answer | undefined): Painted | undefined => {
  if (answer?.status === 'answered') return { chart: answer.chart, headline: answer.story.headline.text }
  return answer?.status === 'told' && answer.chart ? { chart: answer.chart, headline: answer.title } : undefined
}

const download = async (c: Context, { useCases, answers }: Parts) => {
  const [, id] = /^(.+)\.csv$/.exec(c.req.param('file') ?? '') ?? []
  const answer = await answered(answers, id)
  if (!answer) return c.notFound()
  const name = encodeURIComponent(fileName(answer.receipt.reading))
  return c.body(await useCases.csv(answer), 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename*=UTF-8''${name}.csv`,
    'cache-control': 'no-store',
  })
}

const feedback = async (c: Context, { useCases, answers }: Parts) => {
  const given = feedbackSchema.safeParse(await bodyOf(c))
  if (!given.success) return badRequest(c, given.error)
  if (!(await answers.get(given.data.answerId))) return c.notFound()
  await useCases.feedback(given.data)
  return c.body(null, 204)
}

const ownAnswer = async (answers: Answers, id: string | undefined): Promise<Answer | undefined> => {
  const kept = id === undefined ? undefined : await answers.get(id)
  // Answers of chats belong to those who asked there.
  return kept?.owner ? undefined : kept?.answer
}

const answered = async (answers: Answers, id: string | undefined): Promise<Answered | undefined> => {
  const answer = await ownAnswer(answers, id)
  return answer?.status === 'answered' ? answer : undefined
}

const bodyOf = async (c: Context): Promise<unknown> => {
  const text = await c.req.text()
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const badRequest = (c: Context, error: z.ZodError) =>
  c.json({ error: 'bad-request', message: z.prettifyError(error) }, 400)
