import { describe, expect, test } from 'vitest'
import { counted, finished, kindsOf, opener, warnedOf, wordsOf } from './connected.ts'

const open = opener()
const revenue = 'revenue by category in texs please'
const headline = 'Electronics brought $48.2k in Texas in December, 41% of the total'

describe.each(['http', 'socket'] as const)('shortcuts over %s', transport => {
  test('“Ask Chartroom” takes a question and answers as a direct message that says what was asked', async () => {
    const { slack, engine, said } = await open({ transport })
    expect(await slack.shortcut({ callbackId: 'ask' })).toMatchObject({ status: 200 })
    const modal = await slack.waitFor(() => [...slack.views.values()].find(v => v.open))
    expect(JSON.stringify(modal.view)).toContain('Revenue by category last month')
    const ack = await slack.submitView({ values: { 'ask:question': revenue } })
    expect(ack).toMatchObject({ status: 200, body: undefined })
    expect(modal.open).toBe(false)
    const answer = await said('D0ASKER')
    expect(wordsOf(answer)).toContain(`“${revenue}”`)
    expect(kindsOf(answer)).toContain('image')
    expect(engine.asked).toMatchObject([{ text: revenue }])
    await slack.dm({ text: 'only Texas', thread: answer.ts })
    await said('D0ASKER', 2)
    expect(engine.asked[1]?.thread).toBe(engine.asked[0]?.thread)
  })

  test('“Explain this number” shows how the answer in a message was worked out', async () => {
    const { slack, said } = await open({ transport })
    await slack.mention({ text: revenue })
    const answer = await said('C0GENERAL')
    await slack.shortcut({ callbackId: 'explain', message: answer, user: 'U0OTHER' })
    const modal = await slack.waitFor(() => [...slack.views.values()].find(v => v.open))
    expect(modal).toMatchObject({ user: 'U0OTHER', view: { callback_id: 'explain' } })
    expect(JSON.stringify(modal.view)).toContain('sum of order line amounts, cancelled orders left out')
  })
})

describe('shortcuts', () => {
  test('“Explain this number” on any other message says what it is for', async () => {
    const { slack } = await open()
    const message = slack.say({ text: 'We sold 5', user: 'U0OTHER' })
    await slack.shortcut({ callbackId: 'explain', message })
    const modal = await slack.waitFor(() => [...slack.views.values()].find(v => v.open))
    expect(JSON.stringify(modal.view)).toContain('This message holds no answer that Chartroom remembers.')
  })

  test('a question of nothing but spaces is given back to its writer', async () => {
    const { slack, engine } = await open()
    await slack.shortcut({ callbackId: 'ask' })
    await slack.waitFor(() => [...slack.views.values()].find(v => v.open))
    const ack = await slack.submitView({ values: { 'ask:question': '   ' } })
    expect(ack.body).toEqual({ response_action: 'errors', errors: { 'ask.question': 'Type a question, please.' } })
    expect(engine.asked).toEqual([])
  })

  test('a form sent twice is answered once', async () => {
    const { slack, engine, said } = await open({ transport: 'socket' })
    await slack.shortcut({ callbackId: 'ask' })
    await slack.waitFor(() => [...slack.views.values()].find(v => v.open))
    const { sent } = await slack.submitView({ values: { 'ask:question': revenue } })
    await said('D0ASKER')
    await slack.replay(sent)
    await engine.running.drain(100)
    expect(engine.asked).toHaveLength(1)
  })

  test('a shortcut delivered twice opens one form', async () => {
    const { slack, engine } = await open({ transport: 'socket' })
    const { sent } = await slack.shortcut({ callbackId: 'ask' })
    await slack.waitFor(() => [...slack.views.values()].find(v => v.open))
    await slack.replay(sent)
    await engine.running.drain(100)
    expect(slack.callsOf('views.open')).toHaveLength(1)
    expect(await counted(engine, 'chartroom_duplicates_total{platform="slack"}')).toBe(1)
  })

  test('a form that cannot be opened in time is said to be late', async () => {
    const { slack, engine } = await open()
    slack.fail('views.open', { error: 'expired_trigger_id' })
    await slack.shortcut({ callbackId: 'ask' })
    expect(wordsOf(await slack.waitFor(() => slack.answers('D0ASKER')[0]))).toContain('Please click again.')
    expect(engine.logged).toHaveLength(1)
  })

  test.each([
    { type: 'shortcut', callback_id: 'unknown' },
    { type: 'message_action', callback_id: 'unknown' },
    { type: 'view_submission', callback_id: 'x', view: { callback_id: 'unknown', state: { values: {} } } },
    { type: 'view_closed', view: { callback_id: 'ask' } },
    { type: 'block_suggestion', action_id: 'x', block_id: 'y', value: 'z' },
    { type: 'dialog_submission', callback_id: 'x' },
    { type: 'interactive_message', callback_id: 'x', actions: [{ name: 'x' }] },
  ])('something nobody listens to is acknowledged: %j', async payload => {
    const { slack, engine } = await open()
    const person = { team: { id: 'T0CHART' }, user: { id: 'U0ASKER', team_id: 'T0CHART' } }
    const ack = await slack.send({ kind: 'interactivity', team: 'T0CHART', payload: { ...person, ...payload } })
    expect(ack).toMatchObject({ status: 200 })
    expect(warnedOf(engine)).toEqual(['slack/unheard'])
    expect(engine.logged).toEqual([])
  })
})

describe('the app, opened', () => {
  test('the Home tab has examples, and a click on one is answered as a direct message', async () => {
    const { slack, engine, said } = await open()
    await slack.openHome()
    const home = await slack.waitFor(() => [...slack.views.values()].find(v => v.type === 'home'))
    expect(JSON.stringify(home.view)).toContain('Top 5 states by orders this year')
    expect(JSON.stringify(home.view)).toContain('Revenue, Return rate.')
    await slack.click({ view: home, action: 'home:ask:1' })
    const answer = await said('D0ASKER')
    expect(wordsOf(answer)).toContain(headline)
    expect(engine.asked).toMatchObject([{ text: 'Top 5 states by orders this year' }])
  })

  test('the messages tab gets questions to start with', async () => {
    const { slack, engine } = await open()
    await slack.openHome({ tab: 'messages' })
    const { prompts, channel } = await slack.waitFor(() => slack.prompts[0])
    expect(channel).toBe('D0ASKER')
    expect(prompts).toHaveLength(4)
    expect(prompts[0]).toEqual({ title: 'Revenue by category last month', message: 'Revenue by category last month' })
    expect(engine.warned).toEqual([])
  })

  test('when Slack refuses, it is logged and nothing else happens', async () => {
    const { slack, engine } = await open()
    slack.fail('views.publish', { error: 'not_enabled' })
    await slack.openHome()
    await slack.waitFor(() => engine.logged.length === 1)
    expect(finished(slack, 'D0ASKER')).toEqual([])
  })
})
