import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Delivery } from './deliver.ts'
import { dialogOf } from './invoke-answers.ts'
import { pageState } from './page-state.ts'
import type { FakeTeams } from './teams.ts'
import type { Json, Person, Place } from './world.ts'

const own = (name: string) => new URL(`./page/${name}`, import.meta.url)

const files: Record<string, { url: URL; type: string }> = {
  '/': { url: own('index.html'), type: 'text/html' },
  '/chat.css': { url: own('chat.css'), type: 'text/css' },
  '/chat.js': { url: own('chat.js'), type: 'text/javascript' },
  '/cards.js': { url: own('cards.js'), type: 'text/javascript' },
  '/markdown.js': { url: own('markdown.js'), type: 'text/javascript' },
  '/adaptivecards.js': {
    url: new URL('../dist/adaptivecards.min.js', import.meta.resolve('adaptivecards')),
    type: 'text/javascript',
  },
}

/** A page on 127.0.0.1 where a person writes to the bot and sees what it says. */
export const startPage = async (teams: FakeTeams, port = 0): Promise<{ url: string; stop: () => Promise<void> }> => {
  const server = createServer((request, response) => {
    handle(teams, request, response).catch((error: Error) => json(response, 500, { message: error.message }))
  })
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(port, '127.0.0.1', done)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: async () => {
      server.closeAllConnections()
      await new Promise(done => server.close(done))
    },
  }
}

const handle = async (teams: FakeTeams, request: IncomingMessage, response: ServerResponse) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
  const file = files[pathname]
  // Another name than this machine's would be a foreign page that points to it.
  if (!/^(127\.0\.0\.1|localhost):\d+$/.test(request.headers.host ?? '')) return json(response, 421, {})
  if (request.method === 'GET' && file) return send(response, file)
  if (request.method === 'GET' && pathname === '/changes') return changes(teams, response)
  if (request.method === 'GET' && pathname === '/state')
    return json(
      response,
      200,
      pageState(teams, { as: person(searchParams.get('as')), place: placed(searchParams.get('place')) }),
    )
  if (request.method !== 'POST' || pathname !== '/do') return json(response, 404, {})
  if (request.headers['content-type'] !== 'application/json') return json(response, 415, {})
  return json(response, 200, await act(teams, (await body(request)) as Act))
}

const person = (key: unknown): Person['key'] => (key === 'colleague' || key === 'outsider' ? key : 'asker')
const placed = (place: unknown): Place => (place === 'group' || place === 'channel' ? place : 'personal')

const send = async (response: ServerResponse, { url, type }: { url: URL; type: string }) => {
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' })
  response.end(await readFile(fileURLToPath(url)))
}

const json = (response: ServerResponse, status: number, value: unknown) => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
  response.end(JSON.stringify(value))
}

const changes = (teams: FakeTeams, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const stop = teams.watch(() => response.write('data: changed\n\n'))
  response.once('close', stop)
}

const body = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}

/** What a person does on the page. */
type Act = { as: string; place: string; message?: string; text?: string; action?: Json } & (
  | {
      kind: 'say'
      targeted?: boolean
      mention?: boolean
      thread?: string
      files?: { name: string; base64: string }[]
    }
  | { kind: 'feedback' | 'feedback-form'; reaction: 'like' | 'dislike'; inputs?: Json }
  | { kind: 'press' | 'submit-dialog' | 'edit' | 'delete' | 'stop' }
)

type Done = { status: number; problems?: string[]; message?: string; dialog?: Json }

const act = async (teams: FakeTeams, given: Act): Promise<Done> => {
  const { message: id, text = '', action = {} } = given
  const where = { conversation: placed(given.place), from: person(given.as), ...(id && { replyToId: id }) }
  switch (given.kind) {
    case 'say': {
      const { targeted, mention, thread, files = [] } = given
      const sent = files.map(({ name, base64 }) => ({ name, bytes: Buffer.from(base64, 'base64') }))
      const words = { text, ...(targeted !== undefined && { targeted }), ...(mention === false && { mention }) }
      return done(await teams.message({ ...where, ...words, files: sent, ...(thread && { replyToId: thread }) }))
    }
    case 'press':
      return pressed(await teams.pressAction(action, where))
    case 'submit-dialog':
      return done(await teams.invoke('task/submit', { data: action.data }, where))
    case 'feedback':
      return done(
        await teams.feedback({
          ...where,
          text,
          reaction: given.reaction,
          ...(given.inputs && { inputs: given.inputs }),
        }),
      )
    case 'feedback-form':
      return pressed(await teams.feedbackForm({ ...where, reaction: given.reaction }))
    case 'edit':
      return done(await teams.editMessage(id ?? '', { ...where, text }))
    case 'delete':
      return done(await teams.deleteMessage(id ?? '', where))
    case 'stop':
      teams.stopStream(where.conversation)
      return { status: 200 }
  }
}

const done = ({ status }: Delivery): Done => ({ status })

/** What comes back of a press: a dialog, a message, a card that is not in order. */
const pressed = (delivery: Delivery & { problems?: string[] }): Done => {
  const { status, body, problems = [] } = delivery
  const { type, value, task } = (typeof body === 'object' && body !== null ? body : {}) as Json
  if (task) {
    const { card, problems } = dialogOf(delivery)
    return { status, problems, ...(card && { dialog: card }) }
  }
  if (type === 'application/vnd.microsoft.activity.message') return { status, problems, message: String(value) }
  if (type === 'application/vnd.microsoft.error') return { status, problems, message: String((value as Json).message) }
  return { status, problems }
}
