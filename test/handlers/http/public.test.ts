import { afterEach, describe, expect, test } from 'vitest'
import type { PublicRoute } from '#handlers/chat/platform.ts'
import { createPictures } from '#handlers/http/pictures.ts'
import { createPublicListener, type PublicListener } from '#handlers/http/public.ts'
import { fixedEffects } from '#src/effects.ts'
import { rawRequest } from '#test/fakes/raw-request.ts'

let listener: PublicListener | undefined
const logged: string[] = []
afterEach(async () => {
  await listener?.close()
  logged.length = 0
})

const open = async (routes: PublicRoute[]) => {
  listener = createPublicListener({ port: 0, host: '127.0.0.1', routes, log: (_, path) => logged.push(path) })
  return (await listener.listen()).port
}

const echo: PublicRoute = {
  method: 'POST',
  path: '/slack/events',
  handle: (_, response) => void response.end('heard'),
}

describe('the public listener', () => {
  test('lets exactly what the platforms call through, and its own health', async () => {
    const port = await open([echo])
    expect(await rawRequest({ port, method: 'POST', path: '/slack/events?x=1' })).toMatchObject({
      status: 200,
      body: 'heard',
    })
    expect(await rawRequest({ port, path: '/healthz' })).toMatchObject({ status: 200, body: '{"status":"ok"}' })
  })

  test.each([
    '/',
    '/metrics',
    '/room/ask',
    '/slack/events/',
    '/slack',
    '/slack/../metrics',
    '/%2e%2e/healthz',
    '//healthz',
  ])('%s is not there', async path => {
    const port = await open([echo])
    expect(await rawRequest({ port, path })).toMatchObject({ status: 404, body: '{"error":"not-found"}' })
  })

  test('another method is refused and the right one named', async () => {
    const port = await open([echo])
    const reply = await rawRequest({ port, path: '/slack/events' })
    expect(reply).toMatchObject({ status: 405, headers: { allow: 'POST' } })
  })

  test('an error of a route is logged once and tells the caller nothing', async () => {
    const broken: PublicRoute = {
      method: 'GET',
      path: '/broken',
      handle: () => {
        throw new Error('secret detail of /somewhere')
      },
    }
    const port = await open([broken])
    const reply = await rawRequest({ port, path: '/broken' })
    expect(reply).toMatchObject({ status: 500, body: '{"error":"internal"}' })
    expect(logged).toEqual(['/broken'])
  })

  test('every reply says that it is no page to be framed or guessed at', async () => {
    const port = await open([])
    expect((await rawRequest({ port, path: '/x' })).headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    })
  })
})

describe('pictures by signed address', () => {
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47])
  const make = (most = 10) => {
    const effects = fixedEffects()
    const settings = { publicUrl: 'https://bot.example', key: new Uint8Array(32), seconds: 60, most }
    return { effects, pictures: createPictures(settings, effects) }
  }
  const get = async (pictures: ReturnType<typeof make>['pictures'], address: string) => {
    const port = await open([pictures.route])
    return rawRequest({ port, path: address.replace('https://bot.example', '') })
  }

  test('the address gives the picture', async () => {
    const { pictures } = make()
    const address = pictures.addressOf(png)
    expect(address).toMatch(/^https:\/\/bot\.example\/pictures\/id-1\.png\?until=1704067260000&sig=[\w-]{43}$/)
    expect(await get(pictures, address)).toMatchObject({
      status: 200,
      headers: { 'content-type': 'image/png', 'content-length': '4' },
    })
  })

  test.each<[string, (address: string) => string]>([
    ['another id', a => a.replace('id-1', 'id-2')],
    ['a later end', a => a.replace('until=1', 'until=2')],
    ['no signature', a => a.replace(/&sig=.*/, '')],
    ['another signature', a => a.replace(/.$/, c => (c === 'A' ? 'B' : 'A'))],
    ['another path', a => a.replace('.png', '.png/x')],
  ])('%s gives nothing', async (_, change) => {
    const { pictures } = make()
    expect((await get(pictures, change(pictures.addressOf(png)))).status).toBe(404)
  })

  test('an address is good until its end', async () => {
    const { pictures, effects } = make()
    const address = pictures.addressOf(png)
    effects.advance(61_000)
    expect((await get(pictures, address)).status).toBe(404)
  })
})
