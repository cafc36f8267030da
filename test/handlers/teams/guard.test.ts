import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isServiceUrl } from '#handlers/teams/service-url.ts'
import type { TokenFlaw } from '#test/fakes/teams/tokens.ts'
import type { Json } from '#test/fakes/teams/world.ts'
import { type Bot, startBot } from './bot.ts'

let bot: Bot
beforeAll(async () => {
  bot = await startBot()
})
afterAll(() => bot.stop())

const code = (body: unknown) => (body as { error?: string }).error
const nothingHappened = () => {
  expect([bot.engine.asked, bot.teams.calls, [...bot.kept.keys()]]).toEqual([[], [], []])
}

describe('a request that is not signed by the Bot Framework', () => {
  const flaws: TokenFlaw[] = [
    ...(['missing', 'garbage', 'wrong-issuer', 'wrong-audience', 'wrong-key', 'unknown-kid', 'hs256'] as const),
    ...(['unsigned', 'expired', 'not-yet', 'no-serviceurl', 'other-serviceurl'] as const),
    // Good tokens of Entra for our app id, which the SDK alone would take.
    ...(['entra', 'entra-other-tenant'] as const),
  ]
  test.each(flaws)('(%s) is refused with 401, and nothing is sent anywhere', async token => {
    const { status, body } = await bot.teams.message({ text: 'revenue', token })
    expect(status).toBe(401)
    expect(JSON.stringify(body)).not.toMatch(/node_modules|\.[jt]s:|at /)
    nothingHappened()
  })
})

describe('a signed request', () => {
  const changed = (change: (activity: Json) => Json) => bot.teams.message({ text: 'revenue', alter: change })

  test.each([
    ['another tenant', { tenant: 'aaaaaaaa-0000-4000-8000-000000000000' }],
    ['another service', { serviceUrl: 'https://smba.example/amer/' }],
    ['a service that only looks like ours', { serviceUrl: 'https://smba.trafficmanager.net.example/amer/' }],
  ])('for %s is refused with 403', async (_, doing) => {
    const { status } = await bot.teams.message({ text: 'revenue', ...doing })
    expect(status).toBe(403)
    nothingHappened()
  })

  test.each([
    ['wrong-tenant', (a: Json) => ({ ...a, channelData: { tenant: { id: 'another' } } })],
    [
      'wrong-tenant',
      (a: Json) => ({ ...a, channelData: {}, conversation: { id: 'a:1', conversationType: 'personal' } }),
    ],
    ['wrong-tenant', (a: Json) => ({ ...a, from: { ...(a.from as Json), tenantId: 'another' } })],
    ['wrong-bot', (a: Json) => ({ ...a, recipient: { id: '28:another' } })],
    ['wrong-channel', (a: Json) => ({ ...a, channelId: 'directline' })],
  ])('%s is refused with 403', async (error, change) => {
    const { status, body } = await changed(change)
    expect([status, code(body)]).toEqual([403, error])
    nothingHappened()
  })

  test.each([
    ['a conversation that leads elsewhere', (a: Json) => ({ ...a, conversation: { id: '../../v3/attachments' } })],
    ['a conversation that is the folder above', (a: Json) => ({ ...a, conversation: { id: '..' } })],
    ['a message that leads elsewhere', (a: Json) => ({ ...a, replyToId: '1/../../x?y' })],
    ['no sender', ({ from: _, ...a }: Json) => a],
    ['a list', () => []],
  ])('with %s is refused with 400', async (_, change) => {
    const { status, body } = await changed(change as (activity: Json) => Json)
    expect([status, code(body)]).toEqual([400, 'not-an-activity'])
    nothingHappened()
  })

  test.each(['', '{', 'null', '"text"', '[[[[', '\u0000'])('whose body is %j is refused with 400', async raw => {
    const { status, body } = await bot.teams.message({ text: '', raw })
    expect([status, code(body)]).toEqual([400, 'not-an-activity'])
    nothingHappened()
  })

  test('of more than 256 KB is refused with 413, whether it says so or not', async () => {
    const raw = JSON.stringify({ type: 'message', text: 'x'.repeat(300_000) })
    const said = await bot.teams.message({ text: '', raw })
    expect([said.status, code(said.body)]).toEqual([413, 'too-large'])
    const token = await bot.teams.tokens.forBot()
    expect(await postInPieces(bot.url, raw, { authorization: `Bearer ${token}` })).toBe(413)
    nothingHappened()
  })

  test('that is no JSON is refused with 415, and another method with 405', async () => {
    const { status } = await bot.teams.message({ text: 'x', headers: { 'content-type': 'text/plain' } })
    expect(status).toBe(415)
    expect((await fetch(bot.url)).status).toBe(405)
    nothingHappened()
  })
})

describe('where the bot writes with its token', () => {
  const nowhere = { playground: false }
  test.each([
    'https://smba.trafficmanager.net/amer/',
    'https://SMBA.trafficmanager.net/emea/0000/',
    'https://smba.infra.gcc.teams.microsoft.com/gcc/',
  ])('%s is Teams', url => expect(isServiceUrl(url, nowhere)).toBe(true))

  test.each([
    'http://smba.trafficmanager.net/amer/',
    'https://smba.trafficmanager.net:8443/amer/',
    'https://smba.trafficmanager.net@evil.example/',
    'https://evil.example/?smba.trafficmanager.net',
    'https://smba.trafficmanager.net/amer/?x=1',
    'https://smba.trafficmanager.net/amer/#x',
    'https://trafficmanager.net/',
    'http://127.0.0.1:3979/',
    'file:///etc/passwd',
    '//smba.trafficmanager.net',
    '',
  ])('%j is not', url => expect(isServiceUrl(url, nowhere)).toBe(false))

  test('this machine only with the playground, a stand-in only under its own address', () => {
    expect(isServiceUrl('http://localhost:56150/_connector', { playground: true })).toBe(true)
    expect(isServiceUrl('https://smba.trafficmanager.net/amer/', { playground: true })).toBe(false)
    const fakeUrl = 'http://127.0.0.1:5000'
    expect(isServiceUrl('http://127.0.0.1:5000/amer/', { playground: false, fakeUrl })).toBe(true)
    expect(isServiceUrl('http://127.0.0.1:5001/amer/', { playground: false, fakeUrl })).toBe(false)
  })
})

/** Without a length in front, as a chunked body. */
const postInPieces = (url: string, text: string, headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((done, fail) => {
    const options = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } }
    const sent = request(url, options, response => {
      response.resume()
      done(response.statusCode)
    })
    sent.on('error', fail)
    for (let at = 0; at < text.length; at += 50_000) sent.write(text.slice(at, at + 50_000))
    sent.end()
  })
