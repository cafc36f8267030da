import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createPublicListener } from '#handlers/http/public.ts'
import { openSdk } from '#handlers/teams/sdk.ts'
import { connectTeams, type TeamsSettings } from '#handlers/teams/teams.ts'
import { realEffects } from '#src/effects.ts'
import { createChatEngine } from '#test/fakes/chat-engine.ts'
import { type FakeTeams, startTeams } from '#test/fakes/teams/teams.ts'
import { says, smallPng, startBot } from './bot.ts'

let teams: FakeTeams
beforeEach(async () => {
  teams = await startTeams()
})
afterEach(() => teams.stop())

const conversations = { get: async () => undefined, put: async () => {}, delete: async () => {} }

const platform = (settings: Partial<TeamsSettings> = {}) => {
  const engine = createChatEngine({ useCases: { paint: async () => smallPng } })
  const { clientId, clientSecret, tenantId } = teams.world
  const all = {
    clientId,
    clientSecret,
    tenantId,
    fakeUrl: teams.url,
    playground: false,
    production: false,
    ...settings,
  }
  return { engine, teams: connectTeams(all, { ...engine.parts, conversations }, engine.effects) }
}

const failure = (settings: Partial<TeamsSettings>) =>
  platform(settings)
    .teams.start()
    .then(
      () => undefined,
      error => error,
    )

describe('the start', () => {
  test('signs in', async () => {
    expect(await failure({})).toBeUndefined()
  })

  test.each([
    ['without a client id', { clientId: undefined }, 'it needs CLIENT_ID and TENANT_ID'],
    ['without a tenant', { tenantId: undefined }, 'it needs CLIENT_ID and TENANT_ID'],
    [
      'in production without credentials',
      { clientId: undefined, fakeUrl: undefined, production: true },
      'it needs CLIENT_ID and TENANT_ID',
    ],
    ['in production with a stand-in', { production: true }, 'TEAMS_FAKE_URL is refused in production'],
    [
      'in production with the playground',
      { production: true, fakeUrl: undefined, playground: true },
      'TEAMS_PLAYGROUND is refused in production',
    ],
  ])('%s is refused', async (_, settings, problem) => {
    expect(await failure(settings)).toMatchObject({
      code: 'chat/settings',
      message: `Teams cannot be started: ${problem}.`,
    })
  })

  test('with a wrong secret says so, and nothing of the secret', async () => {
    const error = await failure({ clientSecret: 'not-the-secret' })
    expect(error).toMatchObject({
      code: 'chat/credentials',
      message: 'Teams did not accept the credentials of the bot.',
    })
    expect(JSON.stringify([error.message, error.stack, String(error.cause)])).not.toContain('not-the-secret')
  })

  test('without a network says that', async () => {
    expect(await failure({ fakeUrl: 'http://127.0.0.1:9' })).toMatchObject({ code: 'chat/unreachable' })
  })

  test('is not moved by what the library would read from the environment', async () => {
    vi.stubEnv('DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS', 'true')
    vi.stubEnv('CLIENT_ID', 'another')
    vi.stubEnv('SERVICE_URL', 'https://evil.example')
    vi.stubEnv('CLOUD', 'China')
    const bot = await startBot()
    const forged = await bot.teams.message({ text: 'revenue', token: 'wrong-key' })
    const { status } = await bot.teams.message({ text: 'revenue' })
    await bot.teams.waitFor(() => bot.teams.messages('personal').length === 1)
    expect([forged.status, status]).toEqual([401, 200])
    await bot.stop()
    vi.unstubAllEnvs()
  })
})

describe('before the start and after the end', () => {
  test('requests are turned away with 503', async () => {
    const { teams: bot, engine } = platform()
    const listener = createPublicListener({ port: 0, host: '127.0.0.1', routes: bot.routes, log: () => {} })
    const { port } = await listener.listen()
    teams.connect(`http://127.0.0.1:${port}/api/messages`)
    expect((await teams.message({ text: 'revenue' })).status).toBe(503)
    await bot.start()
    expect((await teams.message({ text: 'revenue' })).status).toBe(200)
    await expect.poll(() => engine.asked.length).toBe(1)
    await bot.stop()
    expect((await teams.message({ text: 'revenue' })).status).toBe(503)
    await engine.running.drain(1000)
    expect(engine.asked).toHaveLength(1)
    await listener.close()
  })

  test('what was begun is finished and shown', async () => {
    const bot = await startBot({ patience: 0 })
    await bot.teams.message({ text: 'be slow' })
    await bot.teams.waitFor(() => bot.teams.messages('personal').length === 1)
    const drained = bot.engine.running.drain(5000)
    bot.engine.finishSlow()
    await drained
    expect(says(bot.teams.messages('personal')[0])).toContain('Electronics brought $48.2k')
    await bot.stop()
  })
})

describe('with the playground', () => {
  const settings = {
    playground: true,
    fakeUrl: undefined,
    clientId: undefined,
    tenantId: undefined,
    clientSecret: undefined,
  }

  test('requests of this machine need no token, and answers go only to this machine', async () => {
    const bot = await startBot({ settings })
    const { status } = await bot.teams.message({ text: 'revenue', token: 'missing' })
    const away = await bot.teams.message({
      text: 'revenue',
      token: 'missing',
      serviceUrl: 'https://smba.trafficmanager.net/amer/',
    })
    expect([status, away.status]).toEqual([200, 403])
    // The stand-in wants a token, which there is none of.
    await bot.teams.waitFor(() => bot.teams.calls.length > 0)
    expect(bot.teams.calls[0]).toMatchObject({ operation: 'send', status: 401 })
    await bot.stop()
  })
})

test('nothing is written to a service that is none of Teams, whatever is kept of a conversation', async () => {
  const { clientId, clientSecret, tenantId } = teams.world
  const settings = { clientId, clientSecret, tenantId, fakeUrl: teams.url, playground: false }
  const { port } = await openSdk(settings, async () => ({ status: 200 }), realEffects)
  const conversation = { id: teams.world.conversations.personal.id, type: 'personal' as const }
  const at = { serviceUrl: 'http://127.0.0.1:9/amer/', tenant: tenantId, conversation, bot: teams.world.bot }
  await expect(port.send(at, { text: 'x' })).rejects.toThrow('WrongService')
  await expect(port.update(at, '1', { text: 'x' })).rejects.toThrow('WrongService')
  await expect(port.remove(at, '1')).rejects.toThrow('WrongService')
  expect(await port.send({ ...at, serviceUrl: teams.serviceUrl }, { text: 'x' })).toMatch(/^\d+$/)
})
