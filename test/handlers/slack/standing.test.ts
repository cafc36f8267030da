import { describe, expect, test } from 'vitest'
import { firstWorkspace } from '#test/fakes/slack/workspaces.ts'
import { finished, type Options, opener, warnedOf, wordsOf } from './connected.ts'

const open = opener()
const revenue = 'revenue by category in texs please'
const groups = [
  { id: 'S0ANALYSTS', handle: 'analysts', users: ['U0ASKER'] },
  { id: 'S0SALES', handle: 'sales', users: ['U0OTHER', 'U0ASKER'] },
  { id: 'S0OLD', handle: 'old', users: ['U0ASKER'], deleted: true },
]
const withGroups = (options: Options = {}): Options => ({
  slack: { workspaces: [{ ...firstWorkspace, groups }] },
  parts: { groupsNeeded: () => true },
  ...options,
})
const asker = { platform: 'slack', tenant: 'T0CHART', user: 'U0ASKER', standing: 'member' }

describe.each(['http', 'socket'] as const)('with a question over %s it is said', transport => {
  test('who asks in a channel, and that all in it will read the answer', async () => {
    const { slack, engine, said } = await open({ transport })
    await slack.mention({ text: revenue, channel: 'C0SALES' })
    await said('C0SALES')
    expect(engine.asked).toMatchObject([{ asker: { ...asker, place: 'C0SALES' }, audience: 'place' }])
  })

  test.each([
    ['a direct message', 'D0ASKER'],
    ['a command', 'C0GENERAL'],
  ])('of %s, that only the asker will', async (what, place) => {
    const { slack, engine, said } = await open({ transport })
    if (what === 'a command') await slack.command({ command: '/ask', text: revenue })
    else await slack.dm({ text: revenue })
    await said(place)
    expect(engine.asked).toMatchObject([{ asker: { ...asker, place }, audience: 'asker' }])
  })

  test('of a form and of the Home tab too, which are in no channel', async () => {
    const { slack, engine, said } = await open({ transport })
    await slack.shortcut({ callbackId: 'ask' })
    await slack.waitFor(() => [...slack.views.values()].find(v => v.open))
    await slack.submitView({ values: { 'ask:question': revenue } })
    await said('D0ASKER')
    await slack.openHome()
    const home = await slack.waitFor(() => [...slack.views.values()].find(v => v.type === 'home'))
    await slack.click({ view: home, action: 'home:ask:0' })
    await said('D0ASKER', 2)
    expect(engine.asked.map(q => q.asker)).toEqual([asker, asker])
    expect(engine.asked.map(q => q.audience)).toEqual(['asker', 'asker'])
  })

  test('who clicks: in a message of somebody else the one who clicked, in one that only they see themselves', async () => {
    const { slack, engine, said } = await open({ transport })
    await slack.mention({ text: revenue })
    const answer = await said('C0GENERAL')
    await slack.click({ message: answer, action: 'menu:split', option: 'State', user: 'U0OTHER' })
    await said('C0GENERAL', 2)
    await slack.command({ command: '/ask', text: revenue })
    const own = await said('C0GENERAL', 3)
    await slack.click({ message: own, action: 'menu:split', option: 'State' })
    await slack.waitFor(() => own.earlier.length > 0)
    expect(engine.asked.map(q => [q.asker?.user, q.asker?.place, q.audience])).toEqual([
      ['U0ASKER', 'C0GENERAL', 'place'],
      ['U0OTHER', 'C0GENERAL', 'place'],
      ['U0ASKER', 'C0GENERAL', 'asker'],
      ['U0ASKER', 'C0GENERAL', 'asker'],
    ])
  })

  test('in which groups they are, when rights hang on that', async () => {
    const { slack, engine, said } = await open(withGroups({ transport }))
    await slack.mention({ text: revenue })
    await slack.mention({ text: revenue, user: 'U0OTHER' })
    await said('C0GENERAL', 2)
    const found = engine.asked.map(q => [q.asker?.user, q.asker?.groups]).toSorted()
    expect(found).toEqual([
      ['U0ASKER', ['S0ANALYSTS', 'S0SALES']],
      ['U0OTHER', ['S0SALES']],
    ])
    expect(slack.callsOf('usergroups.list')).toHaveLength(1)
  })
})

describe('somebody who is looked up', () => {
  test('is looked up once for many questions, and groups not at all when nobody needs them', async () => {
    const { slack } = await open()
    await Promise.all(Array.from({ length: 20 }, (_, i) => slack.mention({ text: `${revenue} ${i}` })))
    await slack.waitFor(() => finished(slack, 'C0GENERAL').length === 20)
    expect(slack.callsOf('users.info')).toHaveLength(1)
    expect(slack.callsOf('usergroups.list')).toEqual([])
  })

  test('is looked up anew after an hour, their groups after ten minutes', async () => {
    let passed = 0
    const { slack, engine, said } = await open(withGroups({ effects: { ticks: () => performance.now() + passed } }))
    const ask = async (count: number) => {
      await slack.mention({ text: revenue })
      await said('C0GENERAL', count)
    }
    await ask(1)
    slack.world.teams.get('T0CHART')!.groups = []
    slack.change('U0ASKER', { guest: true })
    passed += 11 * 60_000
    await ask(2)
    passed += 50 * 60_000
    expect(engine.asked.map(q => q.asker?.groups)).toEqual([['S0ANALYSTS', 'S0SALES'], []])
    await slack.mention({ text: revenue })
    const told = await slack.waitFor(() => slack.answers('C0GENERAL').find(m => m.visibleTo))
    expect(wordsOf(told)).toContain('you are a guest here')
  })
})

describe('who is not of the workspace', () => {
  const guestWords = 'Chartroom answers members of this workspace, and you are a guest here. Ask one of them, please.'
  const otherWords = 'Chartroom answers members of the workspace that installed it. Ask one of them, please.'

  test.each([
    ['a guest of some channels', { guest: true }, guestWords],
    ['a guest of one channel', { single: true }, guestWords],
    ['somebody of another organisation', { home: 'T9ELSE' }, otherWords],
    ['a stranger', { stranger: true }, otherWords],
    ['somebody of another organisation with workspaces', { home: 'T9ELSE', org: 'E9ELSE' }, otherWords],
  ])('as %s is told who may ask, in every way of asking', async (_, parts, words) => {
    const { slack, engine } = await open()
    slack.change('U0OTHER', parts)
    const user = 'U0OTHER'
    await slack.mention({ text: revenue, user })
    await slack.command({ command: '/ask', text: revenue, user })
    await slack.waitFor(() => slack.answers('C0GENERAL')[1])
    await slack.shortcut({ callbackId: 'ask', user })
    await slack.dm({ text: revenue, user })
    await slack.waitFor(() => slack.answers('D0OTHER').length >= 2)
    await engine.running.drain(100)
    const told = [...slack.answers('C0GENERAL'), ...slack.answers('D0OTHER')]
    expect(new Set(told.map(wordsOf))).toEqual(new Set([words]))
    expect(slack.answers('C0GENERAL').map(m => m.visibleTo)).toEqual([user, user])
    expect([...slack.views.values()]).toEqual([])
    expect([engine.asked, engine.logged]).toEqual([[], []])
  })

  test('may ask where that is allowed, and is known for what they are', async () => {
    const { slack, engine, said } = await open({ parts: { mayAsk: async standing => standing !== 'external' } })
    await slack.mention({ text: revenue, user: 'U0GUEST' })
    await said('C0GENERAL')
    expect(engine.asked).toMatchObject([{ asker: { user: 'U0GUEST', standing: 'guest' } }])
    slack.change('U0OTHER', { home: 'T9ELSE' })
    await slack.mention({ text: revenue, user: 'U0OTHER' })
    expect(wordsOf(await said('C0GENERAL', 2))).toBe(otherWords)
    expect(engine.asked).toHaveLength(1)
  })

  test('by the payload itself is of another organisation, without a look-up', async () => {
    const { slack, engine, said } = await open({ parts: { mayAsk: () => true } })
    const event = { type: 'app_mention', channel: 'C0GENERAL', user: 'U9FOREIGN', user_team: 'T9ELSE' }
    await slack.event(
      { ...event, text: revenue, ts: '1700000000.000100' },
      { payload: { is_ext_shared_channel: true } },
    )
    await said('C0GENERAL')
    expect(engine.asked).toMatchObject([{ asker: { user: 'U9FOREIGN', standing: 'external' } }])
    expect(slack.callsOf('users.info')).toEqual([])
  })

  test('sees on the Home tab who may ask, and no names of KPIs or questions', async () => {
    const { slack } = await open()
    await slack.openHome({ user: 'U0GUEST' })
    const home = await slack.waitFor(() => [...slack.views.values()].find(v => v.type === 'home'))
    const words = JSON.stringify(home.view)
    expect(words).toContain('you are a guest here')
    expect(words).not.toMatch(/Return rate|Revenue by category/)
    await slack.openHome({ user: 'U0GUEST', tab: 'messages' })
    expect(slack.prompts).toEqual([])
  })

  test('and clicks gets nothing', async () => {
    const { slack, engine, said } = await open()
    await slack.mention({ text: revenue })
    const answer = await said('C0GENERAL')
    for (const action of ['answer:csv', 'answer:details', 'choice:0'])
      await slack.click({ message: answer, action, user: 'U0GUEST' })
    await slack.waitFor(() => slack.answers('C0GENERAL').length === 4)
    expect(slack.answers('C0GENERAL').slice(1).map(wordsOf)).toEqual([guestWords, guestWords, guestWords])
    expect([engine.asked.length, slack.views.size]).toEqual([1, 0])
  })
})

describe('when Slack does not say who somebody is', () => {
  const words =
    'Slack did not say who you are in this workspace, so Chartroom does not answer yet. Please ask again in a minute.'

  test.each([
    ['users.info', { error: 'internal_error' }, {}],
    ['users.info', { error: 'missing_scope', more: { needed: 'users:read' } }, {}],
    ['usergroups.list', { error: 'missing_scope', more: { needed: 'usergroups:read' } }, withGroups()],
  ])('as %s gives %j, nobody is answered, and the next question asks Slack again', async (method, fault, options) => {
    const { slack, engine, said } = await open(options)
    const mend = slack.fail(method, fault, { times: 10 })
    await slack.mention({ text: revenue })
    const told = await said('C0GENERAL')
    expect([told.visibleTo, wordsOf(told)]).toEqual(['U0ASKER', words])
    expect([engine.asked, warnedOf(engine)]).toEqual([[], ['slack/people']])
    mend()
    await slack.mention({ text: revenue })
    await said('C0GENERAL', 2)
    expect(engine.asked).toMatchObject([{ asker }])
  })

  test('where guests may ask they are answered as a guest', async () => {
    const { slack, engine, said } = await open(withGroups({ parts: { groupsNeeded: () => true, mayAsk: () => true } }))
    slack.fail('users.info', { error: 'fatal_error' }, { times: 10 })
    await slack.mention({ text: revenue })
    await said('C0GENERAL')
    expect(engine.asked).toMatchObject([{ asker: { standing: 'guest', groups: [] } }])
  })

  test('a token without the scopes is refused as Slack refuses it', async () => {
    const scopes = ['chat:write', 'app_mentions:read', 'files:read', 'files:write']
    const { slack, engine, said } = await open({ slack: { workspaces: [{ ...firstWorkspace, scopes }] } })
    await slack.mention({ text: revenue })
    expect(wordsOf(await said('C0GENERAL'))).toBe(words)
    expect(slack.callsOf('users.info').map(c => c.outcome)).toEqual(['missing_scope'])
    expect(engine.asked).toEqual([])
  })
})
