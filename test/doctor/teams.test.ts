import { afterEach, describe, expect, test } from 'vitest'
import { teamsWorks } from '#src/doctor/teams.ts'
import { type FakeTeams, startTeams } from '#test/fakes/teams/teams.ts'
import { nobody, startOddServer } from './odd-server.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const teamsApp = async (): Promise<FakeTeams> => {
  const teams = await startTeams()
  closers.push(() => teams.stop())
  return teams
}
const secretAnswer = { access_token: 'ey.secret' }

describe('what Microsoft Entra says of the bot', () => {
  const look = async ({ url, world }: FakeTeams, parts: object = {}) => {
    const { clientId, clientSecret, tenantId } = world
    return teamsWorks({ clientId, clientSecret, tenantId, loginUrl: url, ...parts }, fetch).run()
  }

  test('it can sign in, and the token is nowhere in what is said', async () => {
    expect(await look(await teamsApp())).toEqual({ status: 'ok', sentence: 'The bot can sign in.' })
  })

  test('a wrong secret, app and tenant are told apart', async () => {
    const teams = await teamsApp()
    expect(await look(teams, { clientSecret: 'wrong' })).toEqual({
      status: 'fail',
      sentence: 'CLIENT_SECRET is wrong.',
      fix: 'Copy the Value of the secret, not its Secret ID (Entra → App registrations → the app → Certificates & secrets).',
    })
    expect(await look(teams, { clientId: '11111111-2222-3333-4444-555555555555' })).toMatchObject({
      status: 'fail',
      sentence: 'The tenant TENANT_ID has no app CLIENT_ID.',
    })
    expect(await look(teams, { tenantId: 'no/where' })).toMatchObject({
      status: 'fail',
      sentence: 'There is no tenant TENANT_ID.',
    })
  })
})

describe('errors of Entra in a sentence', () => {
  const lookAt = async (status: number, body: string) => {
    const { url, close } = await startOddServer((_, response) => response.writeHead(status).end(body))
    closers.push(close)
    return teamsWorks({ clientId: 'c', clientSecret: 'hush', tenantId: 't', loginUrl: url }, fetch).run()
  }
  const described = (error_description: string) => JSON.stringify({ error: 'invalid_client', error_description })

  test.each([
    [7000222, 'CLIENT_SECRET has expired.'],
    [900023, 'TENANT_ID is neither an id nor a domain.'],
    [7000229, 'The app CLIENT_ID is registered, but has no enterprise application in the tenant.'],
    [7000112, 'The app CLIENT_ID is disabled.'],
    [53003, 'Microsoft Entra refused the bot (AADSTS53003).'],
  ])('AADSTS%d', async (code, sentence) => {
    const finding = await lookAt(400, described(`AADSTS${code}: hush\u001b[31m Trace ID: 1`))
    expect(finding).toMatchObject({ status: 'fail', sentence })
    expect(JSON.stringify(finding)).not.toContain('hush')
  })

  test('one that is not known leads to the page that explains it', async () => {
    expect(await lookAt(400, described('AADSTS53003: Blocked'))).toMatchObject({
      fix: 'See https://login.microsoftonline.com/error?code=53003.',
    })
  })

  test('another answer is a warning: a failing service, a page, nothing', async () => {
    for (const body of ['{}', '<html>', 'null', described('something else')])
      expect(await lookAt(503, body)).toMatchObject({ status: 'warn' })
  })

  test('offline is a warning', async () => {
    const loginUrl = await nobody()
    const check = teamsWorks({ clientId: 'c', clientSecret: 'hush', tenantId: 't', loginUrl }, fetch)
    expect(await check.run()).toEqual({
      status: 'warn',
      sentence: 'Microsoft Entra could not be reached, so nothing was checked there.',
      fix: 'Try again with a connection; a proxy or firewall must let it through.',
    })
  })

  test('a redirect takes the secret nowhere', async () => {
    const thief = await startOddServer((_, response) => response.end(JSON.stringify(secretAnswer)))
    const { url, close } = await startOddServer((_, response) => response.writeHead(307, { location: thief.url }).end())
    closers.push(thief.close, close)
    const check = teamsWorks({ clientId: 'c', clientSecret: 'hush', tenantId: 't', loginUrl: url }, fetch)
    expect(await check.run()).toMatchObject({ status: 'warn' })
    expect(thief.asked).toEqual([])
  })
})
