import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLocalListener, type LocalListener } from '#handlers/http/local.ts'
import { createRoom } from '#handlers/room/room.ts'
import { fixedEffects } from '#src/effects.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { rawRequest } from '#test/fakes/raw-request.ts'
import { createRoomEngine } from '#test/fakes/room-engine.ts'

const json = { 'content-type': 'application/json' }
const question = JSON.stringify({ text: 'revenue' })

describe('the local listener', () => {
  const engine = createRoomEngine()
  const logged: unknown[] = []
  let ready = true
  let listener: LocalListener
  let port = 0

  beforeAll(async () => {
    const api = new Hono().get('/api/fails', () => {
      throw new TypeError('secret detail')
    })
    const room = await createRoom(engine, fixedEffects())
    listener = createLocalListener({ port: 0, room, api: [api], ready: () => ready, log: error => logged.push(error) })
    port = (await listener.listen()).port
  })
  afterAll(() => listener.close())

  const at = (path: string, rest: Partial<Parameters<typeof rawRequest>[0]> = {}) => rawRequest({ port, path, ...rest })
  const ask = (headers: Record<string, string>) => at('/room/ask', { method: 'POST', headers, body: question })

  it('says that it lives, and whether questions can be answered', async () => {
    expect(await at('/healthz')).toMatchObject({ status: 200, body: '{"status":"ok"}' })
    expect(await at('/readyz')).toMatchObject({ status: 200, body: '{"status":"ready"}' })
    ready = false
    expect(await at('/readyz')).toMatchObject({ status: 503, body: '{"status":"starting"}' })
    ready = true
  })

  it.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST'])('answers to the name %s with its port', async name => {
    expect((await at('/', { headers: { host: `${name}:${port}` } })).status).toBe(200)
  })

  it.each(['evil.example', 'localhost', 'localhost:1', '127.0.0.1.evil.example', '127.0.0.2'])(
    'refuses the name %s: a foreign name that points here is not let in',
    async host => {
      const reply = await at('/healthz', { headers: { host } })
      expect([reply.status, JSON.parse(reply.body).error]).toEqual([421, 'wrong-host'])
    },
  )

  it.each(['http://evil.example', 'null', 'http://localhost:1', 'https://localhost'])(
    'refuses a question from a page of %s',
    async origin => {
      const before = engine.asked.length
      expect((await ask({ ...json, origin })).status).toBe(403)
      expect(engine.asked.length).toBe(before)
    },
  )

  it('refuses requests that a browser says come from another site, but lets a link open the page', async () => {
    const cross = { 'sec-fetch-site': 'cross-site' }
    expect((await at('/room/start', { headers: { ...cross, 'sec-fetch-mode': 'no-cors' } })).status).toBe(403)
    expect((await at('/room/start', { headers: { 'sec-fetch-site': 'same-site' } })).status).toBe(403)
    expect((await at('/', { headers: { ...cross, 'sec-fetch-mode': 'navigate' } })).status).toBe(200)
    expect((await ask({ ...json, ...cross, 'sec-fetch-mode': 'navigate' })).status).toBe(403)
  })

  it('takes a question from its own page and from a program', async () => {
    const own = { origin: `http://127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin' }
    expect((await ask({ ...json, ...own })).status).toBe(200)
    expect((await ask(json)).status).toBe(200)
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp'])(
    'refuses a body of type %s',
    async type => {
      expect((await ask({ 'content-type': type })).status).toBe(415)
    },
  )

  it('refuses a body with no type', async () => {
    expect((await ask({})).status).toBe(415)
  })

  it('refuses a body of more than 64 KiB, with and without a length', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(64 * 1024) })
    const post = (headers: Record<string, string>) =>
      at('/room/ask', { method: 'POST', headers: { ...json, ...headers }, body })
    expect(await post({ 'content-length': String(body.length) })).toMatchObject({ status: 413 })
    expect(await post({ 'transfer-encoding': 'chunked' })).toMatchObject({ status: 413 })
  })

  it('says shortly what is not there and which method to use', async () => {
    expect(await at('/nothing')).toMatchObject({
      status: 404,
      body: '{"error":"not-found","message":"There is nothing here."}',
    })
    expect(await at('/room/ask')).toMatchObject({ status: 405, headers: { allow: 'POST' } })
    expect(await at('/healthz', { method: 'DELETE' })).toMatchObject({
      status: 405,
      body: '{"error":"method-not-allowed","message":"Use GET or HEAD."}',
    })
  })

  it.each([
    '/room/page/..%2froom.ts',
    '/room/page/../room.ts',
    '/room/page/%2e%2e/room.ts',
    '/room/page/room.ts',
    '/package.json',
  ])('serves no file beside the page: %s', async path => {
    expect((await at(path)).status).toBe(404)
  })

  it('sends the same protecting headers with pages, refusals and misses', async () => {
    const replies = [await at('/'), await at('/nothing'), await at('/', { headers: { host: 'evil.example' } })]
    for (const { headers } of replies) {
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
      })
      expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
      expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'; trusted-types 'none'")
    }
  })

  it('lets only its own pages frame a preview, and only those of this machine see it', async () => {
    const id = JSON.parse((await ask(json)).body.trim().split('\n').at(-1) ?? '').view.id
    for (const chat of ['slack', 'teams']) {
      const { status, headers } = await at(`/room/preview/${id}/${chat}`)
      expect([status, headers['x-frame-options']]).toEqual([200, 'SAMEORIGIN'])
      expect(headers['content-security-policy']).toContain("frame-ancestors 'self'")
      expect(headers['cross-origin-resource-policy']).toBe('same-origin')
      const from = (headers: Record<string, string>) => at(`/room/preview/${id}/${chat}`, { headers })
      expect((await from({ host: 'evil.example' })).status).toBe(421)
      expect((await from({ origin: 'null' })).status).toBe(403)
      expect((await from({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).status).toBe(403)
    }
    const page = (await at('/')).headers['content-security-policy']
    expect(page).toContain("frame-src 'self'")
    expect(page).toContain("frame-ancestors 'none'")
  })

  it('tells nothing of an error that no part has caught, and logs it once', async () => {
    const reply = await at('/api/fails')
    expect([reply.status, reply.body]).toEqual([
      500,
      '{"error":"internal","message":"Something went wrong on our side."}',
    ])
    expect(logged.map(String)).toEqual(['TypeError: secret detail'])
  })
})

describe('starting and closing', () => {
  const create = async (port: number, grace?: number) => {
    const engine = createRoomEngine()
    const room = await createRoom(engine, fixedEffects())
    return { engine, listener: createLocalListener({ port, room, ready: () => true, log: () => undefined, grace }) }
  }
  const slowly = (port: number) =>
    rawRequest({ port, path: '/room/ask', method: 'POST', headers: json, body: JSON.stringify({ text: 'be slow' }) })
  const until = async (done: () => boolean) => {
    while (!done()) await new Promise(resolve => setTimeout(resolve, 5))
  }

  it('says which port is in use', async () => {
    const first = await create(0)
    const { port } = await first.listener.listen()
    const second = await create(port)
    const failure = await second.listener.listen().catch((error: unknown) => error)
    await first.listener.close()
    expect(failure).toBeInstanceOf(ChartroomError)
    expect(failure).toMatchObject({ code: 'config/port-in-use', message: `Port ${port} is already in use.` })
  })

  it('lets running answers finish, takes no new ones, and then is gone', async () => {
    const { engine, listener } = await create(0)
    const { port } = await listener.listen()
    const answer = slowly(port)
    await until(() => engine.asked.length === 1)
    const closed = listener.close()
    await expect(slowly(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    engine.finishSlow()
    expect((await answer).body).toContain('"status":"answered"')
    await closed
  })

  it('stops what is still running when the grace is over', async () => {
    const { engine, listener } = await create(0, 20)
    const { port } = await listener.listen()
    const answer = slowly(port).catch((error: NodeJS.ErrnoException) => error.code)
    await until(() => engine.asked.length === 1)
    await listener.close()
    expect(await answer).toBe('ECONNRESET')
    await until(() => engine.stopped.length === 1)
  })

  it('can be closed without having listened, and twice', async () => {
    const { listener } = await create(0)
    await listener.close()
    await listener.listen()
    await listener.close()
    await listener.close()
  })
})
