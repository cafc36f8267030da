import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createInstallationStore } from '#handlers/slack/installations.ts'
import { botEvents, botScopes, shortcuts, slashCommands } from '#handlers/slack/surface.ts'
import { realEffects } from '#src/effects.ts'
import { storedKeyValues } from '#src/store/key-values.ts'
import { openTestState } from '#test/store/database.ts'
import { opener, warnedOf, wordsOf } from './connected.ts'

const open = opener()
const revenue = 'revenue by category in texs please'
const two = {
  workspaces: [
    { id: 'T0FIRST', installed: false },
    { id: 'T0SECOND', installed: false },
  ],
}
const oauth = { botToken: undefined, clientId: '1000.2000', clientSecret: 'fake-client-secret' }

describe.each(['http', 'socket'] as const)('installing in several workspaces, over %s', transport => {
  test('each is answered with its own token, and one without the app is refused', async () => {
    const { slack, engine, platform, installations, url } = await open({ transport, slack: two, settings: oauth })
    expect(platform.routes.map(r => r.path)).toEqual([
      ...(transport === 'http' ? ['/slack/events'] : []),
      '/slack/install',
      '/slack/oauth_redirect',
    ])
    const { status, authorizeUrl } = await slack.install({ url: `${url}/slack/install`, team: 'T0FIRST' })
    expect(status).toBe(200)
    expect(new URL(authorizeUrl).searchParams.get('scope')?.split(',')).toEqual([...botScopes])
    await slack.command({ command: '/chartroom', text: revenue, team: 'T0FIRST' })
    await slack.waitFor(() => slack.answers('C0GENERAL', { team: 'T0FIRST' })[0])
    await slack.command({ command: '/chartroom', text: revenue, team: 'T0SECOND' })
    await slack.waitFor(() => warnedOf(engine).includes('slack/unknown-team'))
    expect(slack.answers('C0GENERAL', { team: 'T0SECOND' })).toEqual([])
    await slack.install({ url: `${url}/slack/install`, team: 'T0SECOND' })
    await slack.mention({ text: revenue, team: 'T0SECOND' })
    await slack.waitFor(() => slack.answers('C0GENERAL', { team: 'T0SECOND' })[0])
    expect(new Set(slack.callsOf('chat.postMessage').map(c => c.team))).toEqual(new Set(['T0SECOND']))
    expect([...installations.keys()].toSorted()).toEqual(['slack:installation:T0FIRST', 'slack:installation:T0SECOND'])
  })

  test('a workspace that takes the app out, or its tokens back, is forgotten', async () => {
    const { slack, engine, installations, url } = await open({ transport, slack: two, settings: oauth })
    for (const team of ['T0FIRST', 'T0SECOND']) await slack.install({ url: `${url}/slack/install`, team })
    await slack.appUninstalled({ team: 'T0FIRST' })
    await slack.tokensRevoked({ team: 'T0SECOND' })
    await slack.waitFor(() => installations.size === 0)
    expect(warnedOf(engine).filter(e => e === 'slack/uninstalled')).toHaveLength(2)
  })
})

describe('the install page', () => {
  test('lets nobody in who comes back from another browser, or who pressed Cancel', async () => {
    const { slack, installations, url } = await open({ slack: two, settings: oauth })
    const page = { url: `${url}/slack/install`, team: 'T0FIRST' }
    expect((await slack.install({ ...page, keepCookies: false })).status).toBe(400)
    expect((await slack.install({ ...page, deny: true })).status).toBe(500)
    expect((await fetch(`${url}/slack/oauth_redirect?code=forged&state=forged`)).status).toBe(400)
    expect(installations.size).toBe(0)
  })

  test('answers of one workspace mean nothing in the other', async () => {
    const { slack, url } = await open({ slack: two, settings: oauth })
    for (const team of ['T0FIRST', 'T0SECOND']) await slack.install({ url: `${url}/slack/install`, team })
    await slack.mention({ text: revenue, team: 'T0FIRST' })
    const answer = await slack.waitFor(() => slack.answers('C0GENERAL', { team: 'T0FIRST' })[0])
    await slack.mention({ text: revenue, team: 'T0SECOND' })
    const other = await slack.waitFor(() => slack.answers('C0GENERAL', { team: 'T0SECOND' })[0])
    const forged = JSON.parse(JSON.stringify(other.blocks).replaceAll('.a2"', '.a1"'))
    await slack.click({ message: { ...other, blocks: forged }, action: 'answer:details' })
    const told = await slack.waitFor(() => slack.answers('C0GENERAL', { team: 'T0SECOND' }).find(m => m.visibleTo))
    expect(wordsOf(told)).toContain('That answer is no longer kept')
    expect(answer.text).toBe(other.text)
  })
})

describe('the store of installations', () => {
  const installation = {
    team: { id: 'T1', name: 'One' },
    enterprise: { id: 'E1' },
    user: { token: undefined, scopes: undefined, id: 'U1' },
    bot: { token: 'xoxb-secret', scopes: ['chat:write'], id: 'B1', userId: 'U0BOT' },
    isEnterpriseInstall: false as const,
    authVersion: 'v2' as const,
  }

  test('seals the tokens, and gives them back to a new process with the same key', async () => {
    const { database, close } = await openTestState()
    const values = storedKeyValues(
      database,
      { space: 'slack-installations', key: new Uint8Array(32).fill(7) },
      realEffects,
    )
    try {
      await createInstallationStore(values).storeInstallation(installation)
      expect(JSON.stringify(await database.query('select value, sealed::text from chartroom.key_values'))).not.toMatch(
        Buffer.from('xoxb-secret').toString('hex'),
      )
      const again = createInstallationStore(values)
      const found = await again.fetchInstallation({ teamId: 'T1', enterpriseId: 'E1', isEnterpriseInstall: false })
      expect(found).toMatchObject({ team: { id: 'T1' }, bot: { token: 'xoxb-secret', userId: 'U0BOT' } })
    } finally {
      await close()
    }
  })

  test('an installation of the organisation serves its workspaces, not the other way round', async () => {
    const values = new Map<string, unknown>()
    const store = createInstallationStore({
      get: async k => values.get(k),
      put: async (k, v) => void values.set(k, v),
      delete: async k => void values.delete(k),
    })
    const org = { ...installation, team: undefined, enterprise: { id: 'E1' }, isEnterpriseInstall: true as const }
    await store.storeInstallation({ ...org, bot: { ...org.bot, token: 'xoxb-org' } })
    const inOrg = { teamId: 'T9', enterpriseId: 'E1', isEnterpriseInstall: true }
    expect((await store.fetchInstallation(inOrg)).bot?.token).toBe('xoxb-org')
    expect((await store.fetchInstallation({ ...inOrg, isEnterpriseInstall: false })).bot?.token).toBe('xoxb-org')
    await store.deleteInstallation?.(inOrg)
    await store.storeInstallation(installation)
    await expect(store.fetchInstallation(inOrg)).rejects.toThrow('not installed')
    const other = { teamId: 'T2', enterpriseId: undefined, isEnterpriseInstall: false }
    await expect(store.fetchInstallation(other)).rejects.toThrow('not installed')
  })
})

describe('what the manifest declares', () => {
  const manifest = JSON.parse(readFileSync('manifest/slack.json', 'utf8'))

  test('is what the handler listens to and asks for', () => {
    expect(manifest.features.slash_commands.map((c: { command: string }) => c.command)).toEqual([...slashCommands])
    expect(manifest.settings.event_subscriptions.bot_events).toEqual([...botEvents])
    expect(manifest.oauth_config.scopes.bot).toEqual([...botScopes])
    const ids = manifest.features.shortcuts.map((s: { callback_id: string; type: string }) => [s.type, s.callback_id])
    expect(ids).toEqual(Object.entries(shortcuts))
  })
})
