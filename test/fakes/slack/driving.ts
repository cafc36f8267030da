import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { act } from './page-acts.ts'
import { pageState } from './page-state.ts'
import { type FakeSlack, type SlackOptions, startSlack } from './slack.ts'
import { isReady, mediaTypeOf } from './stored-file.ts'

/** Slack with a page on which a person writes to the bot and sees what it says. The bot hears its own messages in DMs, as it does in Slack. */
export const startDriving = async (options: SlackOptions = {}): Promise<FakeSlack> => {
  const slack: FakeSlack = await startSlack({
    echo: true,
    retries: true,
    ...options,
    route: (request, response) => answer(slack, request, response),
  })
  return slack
}

const own = (name: string) => new URL(`./page/${name}`, import.meta.url)

const files: Record<string, { url: URL; type: string }> = {
  '/': { url: own('index.html'), type: 'text/html' },
  '/chat.css': { url: own('chat.css'), type: 'text/css' },
  '/chat.js': { url: own('chat.js'), type: 'text/javascript' },
  '/blocks.js': { url: own('blocks.js'), type: 'text/javascript' },
  '/elements.js': { url: own('elements.js'), type: 'text/javascript' },
  '/words.js': { url: own('words.js'), type: 'text/javascript' },
  '/dom.js': { url: own('dom.js'), type: 'text/javascript' },
}

/** Answers what the page asks for; false for what Slack itself answers. */
const answer = async (slack: FakeSlack, request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
  const file = files[pathname]
  const isOurs = file || ['/state', '/changes', '/do'].includes(pathname) || pathname.startsWith('/picture/')
  if (!isOurs) return false
  // Another name than this machine's would be a foreign page that points to it.
  if (!/^(127\.0\.0\.1|localhost):\d+$/.test(request.headers.host ?? '')) json(response, 421, {})
  else if (request.method === 'POST') await receive(slack, request, response)
  else if (file) await send(response, file)
  else if (pathname === '/changes') changes(slack, response)
  else if (pathname === '/state')
    json(response, 200, pageState(slack, { as: searchParams.get('as') ?? '', place: searchParams.get('place') ?? '' }))
  else picture(slack, pathname.split('/')[2] ?? '', response)
  return true
}

const receive = async (slack: FakeSlack, request: IncomingMessage, response: ServerResponse) => {
  if (request.headers['content-type'] !== 'application/json') return json(response, 415, {})
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  try {
    return json(response, 200, await act(slack, JSON.parse(Buffer.concat(chunks).toString('utf8'))))
  } catch (error) {
    return json(response, 200, { problem: error instanceof Error ? error.message : String(error) })
  }
}

const send = async (response: ServerResponse, { url, type }: { url: URL; type: string }) => {
  const body = await readFile(url)
  response.writeHead(200, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'self'; img-src 'self' https: data:; frame-ancestors 'none'",
  })
  response.end(body)
}

const json = (response: ServerResponse, status: number, value: unknown) => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
  response.end(JSON.stringify(value))
}

const changes = (slack: FakeSlack, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write('data: here\n\n')
  const stop = slack.world.onChange(() => response.write('data: changed\n\n'))
  response.once('close', stop)
}

const picture = (slack: FakeSlack, id: string, response: ServerResponse) => {
  const file = slack.files.get(id)
  if (file?.bytes === undefined || !isReady(slack.world, file)) return json(response, 404, {})
  const type = mediaTypeOf(file)
  const disposition = type.startsWith('image/') ? 'inline' : 'attachment'
  response.writeHead(200, {
    'content-type': type,
    'content-disposition': disposition,
    'content-security-policy': 'sandbox',
    'x-content-type-options': 'nosniff',
  })
  return response.end(file.bytes)
}
