import { describe, expect, test } from 'vitest'
import { readConfig } from '#src/config.ts'
import { doctorChecks } from '#src/doctor/checks.ts'
import { fixedEffects } from '#src/effects.ts'

const id = '11111111-2222-3333-4444-555555555555'

/** Names of the checks that ask Slack or Microsoft, and the addresses they ask. */
const online = async (settings: Record<string, string>) => {
  const asked: string[] = []
  const needs = {
    read: () => readConfig(settings),
    paint: async () => new Uint8Array(),
    answersAsChartroom: async () => false,
    fonts: {},
    nodeVersion: '24.0.0',
    openState: () => Promise.reject(new Error('not opened here')),
    fetch: async (url: unknown) => {
      asked.push(String(url))
      throw new Error('offline')
    },
  }
  const checks = doctorChecks(needs, fixedEffects()).filter(({ name }) => /API|sign-in/.test(name))
  const findings = await Promise.all(checks.map(check => check.run()))
  return { names: checks.map(c => c.name), statuses: findings.map(f => f.status), asked }
}

describe('who is asked', () => {
  test('nobody, when nothing is configured', async () => {
    expect(await online({})).toEqual({ names: [], statuses: [], asked: [] })
  })

  test('Slack, with a bot token', async () => {
    expect(await online({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' })).toEqual({
      names: ['Slack API'],
      statuses: ['warn'],
      asked: ['https://slack.com/api/auth.test'],
    })
  })

  test('Microsoft Entra, with a secret; a managed identity has none to ask with', async () => {
    expect(await online({ CLIENT_ID: id, TENANT_ID: id })).toMatchObject({ names: [] })
    expect(await online({ CLIENT_ID: id, TENANT_ID: id, CLIENT_SECRET: 's' })).toEqual({
      names: ['Teams sign-in'],
      statuses: ['warn'],
      asked: [`https://login.microsoftonline.com/${id}/oauth2/v2.0/token`],
    })
  })

  test('the stand-ins, when they are set', async () => {
    const settings = {
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_API_URL: 'http://127.0.0.1:9/api',
      CLIENT_ID: id,
      TENANT_ID: id,
      CLIENT_SECRET: 's',
      TEAMS_FAKE_URL: 'http://127.0.0.1:9/',
    }
    expect((await online(settings)).asked).toEqual([
      'http://127.0.0.1:9/api/auth.test',
      'http://127.0.0.1:9/api/apps.connections.open',
      `http://127.0.0.1:9/${id}/oauth2/v2.0/token`,
    ])
  })
})
