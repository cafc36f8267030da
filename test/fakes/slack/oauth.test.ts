import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { App, HTTPReceiver, type Installation, MemoryInstallationStore } from '@slack/bolt'
import { afterEach, describe, expect, it } from 'vitest'
import { clientOf, silent } from './bolt.ts'
import { startSlack } from './slack.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A Bolt app for several workspaces, none of which has it yet. */
const open = async () => {
  const slack = await startSlack({
    workspaces: [
      { id: 'T1', installed: false },
      { id: 'T2', installed: false },
    ],
  })
  closing.push(slack.close)
  const server = createServer((request, response) => receiver.requestListener(request, response))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise(resolve => server.close(resolve)))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const installations: Installation[] = []
  const store = new MemoryInstallationStore()
  const receiver = new HTTPReceiver({
    signingSecret: slack.signingSecret,
    clientId: slack.clientId,
    clientSecret: slack.clientSecret,
    stateSecret: 'a secret of the test',
    scopes: ['chat:write', 'commands'],
    redirectUri: `${url}/slack/oauth_redirect`,
    logger: silent,
    installationStore: {
      ...store,
      fetchInstallation: query => store.fetchInstallation(query),
      storeInstallation: async installation => {
        installations.push(installation)
        await store.storeInstallation(installation)
      },
    },
    installerOptions: {
      redirectUriPath: '/slack/oauth_redirect',
      authorizationUrl: slack.authorizeUrl,
      clientOptions: { slackApiUrl: slack.apiUrl },
    },
  })
  const app = new App({ receiver, logger: silent, clientOptions: { slackApiUrl: slack.apiUrl } })
  app.command('/kpi', async ({ ack, context }) => ack(`${context.teamId} ${context.botToken?.slice(0, 8)}`))
  slack.deliverTo(`${url}/slack/events`)
  return { slack, url, installations }
}

describe('installing', () => {
  it('gives each workspace a token of its own, with which the app then answers', async () => {
    const { slack, url, installations } = await open()
    for (const team of ['T1', 'T2']) {
      const { status } = await slack.install({ url: `${url}/slack/install`, team })
      expect(status).toBe(200)
    }
    expect(installations.map(i => [i.team?.id, i.bot?.scopes, i.bot?.userId])).toEqual([
      ['T1', ['chat:write', 'commands'], 'U0CHARTBOT'],
      ['T2', ['chat:write', 'commands'], 'U0CHARTBOT'],
    ])
    await slack.command({ command: '/kpi', team: 'T2' })
    expect(slack.answers('C0GENERAL', { team: 'T2' })).toMatchObject([{ text: 'T2 xoxb-t2-' }])
    const { team_id } = await clientOf(slack, installations[0]?.bot?.token).auth.test()
    expect(team_id).toBe('T1')
  })

  it('shows what is asked for before anything is given', async () => {
    const { slack } = await open()
    const query = new URLSearchParams({
      client_id: slack.clientId,
      scope: 'commands,<b>',
      redirect_uri: 'https://example.com/back',
      state: 's',
    })
    const page = await (await fetch(`${slack.authorizeUrl}?${query}`)).text()
    expect(page).toContain('The app asks for: commands,&lt;b&gt;')
    expect(page).toContain('Allow in T1')
  })

  it('is refused by a person, by Bolt without its cookie, and by Slack for a wrong app', async () => {
    const { slack, url, installations } = await open()
    const install = `${url}/slack/install`
    expect((await slack.install({ url: install, team: 'T1', deny: true })).status).toBe(500)
    expect((await slack.install({ url: install, team: 'T1', keepCookies: false })).status).toBe(400)
    expect((await fetch(`${slack.authorizeUrl}?client_id=other`)).status).toBe(400)
    expect(installations).toEqual([])
  })

  it('takes a code once, from the app it was given to', async () => {
    const { slack } = await open()
    const query = new URLSearchParams({
      client_id: slack.clientId,
      redirect_uri: 'https://example.com/back',
      scope: 'commands',
      team_allowed: 'T1',
    })
    const back = await fetch(`${slack.authorizeUrl}?${query}`, { redirect: 'manual' })
    const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? ''
    const exchange = async (parts: object = {}) => {
      const body = new URLSearchParams({ client_id: slack.clientId, client_secret: slack.clientSecret, code, ...parts })
      const answer = (await (await fetch(`${slack.apiUrl}oauth.v2.access`, { method: 'POST', body })).json()) as {
        error?: string
      }
      return answer.error ?? 'ok'
    }
    expect(await exchange({ client_secret: 'guess' })).toBe('bad_client_secret')
    expect(await exchange({ code: 'guess' })).toBe('invalid_code')
    expect(await exchange({ redirect_uri: 'https://example.com/other' })).toBe('bad_redirect_uri')
    expect(await exchange()).toBe('ok')
    expect(await exchange()).toBe('code_already_used')
  })
})
