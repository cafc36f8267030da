import { describe, expect, test } from 'vitest'
import { commandText } from '#handlers/slack/commands.ts'
import { counted, finished, kindsOf, opener, warnedOf, wordsOf } from './connected.ts'

const open = opener()
const revenue = 'revenue by category in texs please'
const headline = 'Electronics brought $48.2k in Texas in December, 41% of the total'

describe.each(['http', 'socket'] as const)('commands over %s', transport => {
  test('a command is answered to the asker alone, with the picture, and the channel sees nothing', async () => {
    const { slack, engine, said } = await open({ transport })
    expect(await slack.command({ command: '/ask', text: revenue })).toMatchObject({ status: 200 })
    const answer = await said('C0GENERAL')
    expect(answer).toMatchObject({ visibleTo: 'U0ASKER', via: 'response_url' })
    expect(kindsOf(answer)).toContain('image')
    expect(wordsOf(answer)).toContain(headline)
    expect(wordsOf(answer)).toContain('Only you can see this')
    expect(engine.asked).toMatchObject([{ text: `ask ${revenue}`, thread: 'slack:T0CHART:C0GENERAL:U0ASKER' }])
    expect(slack.answers('C0GENERAL')).toHaveLength(1)
    expect(engine.warned).toEqual([])
  })

  test('it is acknowledged with nothing before anything is asked', async () => {
    const asked = Promise.withResolvers<void>()
    const ask = async () => {
      await asked.promise
      throw new Error('not today')
    }
    const { slack } = await open({ transport, useCases: { ask } })
    expect(await slack.command({ command: '/kpi', text: 'revenue' })).toMatchObject({ status: 200, body: undefined })
    asked.resolve()
    await slack.waitFor(() => slack.answers('C0GENERAL')[0])
  })

  test('a slow one says so with a Stop button, and the answer follows', async () => {
    const { slack, engine, said } = await open({ transport, patience: 20 })
    await slack.command({ command: '/chartroom', text: 'be slow' })
    const working = await slack.waitFor(() => slack.answers('C0GENERAL')[0])
    expect(working.visibleTo).toBe('U0ASKER')
    expect(wordsOf(working)).toContain('⏳ Counting orders…')
    expect(wordsOf(working)).toContain('“be slow”')
    engine.finishSlow()
    expect(wordsOf(await said('C0GENERAL'))).toContain(headline)
  })

  test('Stop ends the question, and the reply says so', async () => {
    const { slack, engine, said } = await open({ transport, patience: 20 })
    await slack.command({ command: '/chartroom', text: 'be slow' })
    const working = await slack.waitFor(() => slack.answers('C0GENERAL')[0])
    await slack.click({ message: working, action: 'run:stop' })
    expect(wordsOf(await said('C0GENERAL'))).toContain('Stopped. Nothing more is running.')
    expect(engine.stopped).toEqual(['a1'])
    await slack.waitFor(() => working.deleted)
  })

  test('Stop when it is over says so, and the message with the button goes', async () => {
    const { slack, engine, said } = await open({ transport, patience: 20 })
    await slack.command({ command: '/chartroom', text: 'be slow' })
    const working = await slack.waitFor(() => slack.answers('C0GENERAL')[0])
    engine.finishSlow()
    await said('C0GENERAL')
    await slack.click({ message: working, action: 'run:stop' })
    expect(wordsOf(await said('C0GENERAL', 2))).toContain('Nothing was stopped')
    expect(working.deleted).toBe(true)
  })

  test('a command that nothing listens to is acknowledged with a sentence', async () => {
    const { slack, engine } = await open({ transport })
    const ack = await slack.command({ command: '/kpis', text: 'revenue' })
    expect(ack).toMatchObject({ status: 200, body: { response_type: 'ephemeral' } })
    expect(wordsOf(slack.answers('C0GENERAL')[0]!)).toBe('Chartroom has no such command. Type /chartroom for help.')
    expect(warnedOf(engine)).toEqual(['slack/unheard'])
    expect(engine.asked).toEqual([])
  })
})

describe('what a command asks', () => {
  test.each([
    ['/kpi', '', 'kpi'],
    ['/kpi', 'revenue last month by state', 'kpi revenue last month by state'],
    ['/ask', 'top 5 products', 'ask top 5 products'],
    ['/ask', '', 'help'],
    ['/data', '', 'data'],
    ['/data', 'fresh', 'data fresh'],
    ['/chartroom', '', 'help'],
    ['/chartroom', 'Periods?', 'help periods'],
    ['/chartroom', 'chart', 'help chart'],
    ['/chartroom', 'revenue last month', 'revenue last month'],
    ['/chartroom', 'kpi revenue', 'kpi revenue'],
    ['/chartroom', 'help', 'help'],
  ] as const)('%s %s', (command, text, asked) => {
    expect(commandText(command, text)).toBe(asked)
  })

  test('entities, links, people and channels come as what was typed', async () => {
    const { slack, engine, said } = await open()
    await slack.command({
      command: '/ask',
      text: 'orders &lt; 5 &amp; paid by <@U0OTHER|other> in <#C0SALES|sales> on <https://shop.example|shop.example> &amp;lt;',
    })
    await said('C0GENERAL')
    expect(engine.asked[0]?.text).toBe('ask orders < 5 & paid by @other in #sales on shop.example &lt;')
  })

  test.each([
    ['help', 'What you can ask about orders'],
    ['revenue', 'Which revenue do you mean?'],
    ['revenue next month', 'Next month has not happened yet.'],
    ['orders in alaska in march 2021', 'There are no orders in Alaska in March 2021.'],
    ['time out', 'The database did not answer within 30 seconds.'],
    ['break', 'Something went wrong on our side (incident inc-1).'],
  ])('“%s” is answered in words', async (text, words) => {
    const { slack, said } = await open()
    await slack.command({ command: '/chartroom', text })
    expect(wordsOf(await said('C0GENERAL'))).toContain(words)
  })

  test.each([
    '\u202eevil\u0000\u0007',
    '😀'.repeat(3000),
    'كم عدد الطلبات؟',
    '<!channel> <script>',
    '=1+1; DROP TABLE x',
  ])('hostile words %j get an answer', async text => {
    const { slack, said } = await open()
    await slack.command({ command: '/ask', text })
    expect(wordsOf(await said('C0GENERAL'))).toContain(headline)
  })

  test('data that looks like markup is shown as it is', async () => {
    const { slack, said } = await open()
    await slack.command({ command: '/chartroom', text: 'be hostile' })
    const { text, blocks } = await said('C0GENERAL')
    expect(text).not.toMatch(/[<>]/)
    expect(JSON.stringify(blocks)).not.toContain('mrkdwn')
  })
})

describe('a command that comes again', () => {
  test('is answered once, also when it is replayed or delivered twice', async () => {
    const { slack, engine, said } = await open({ transport: 'socket' })
    const { sent } = await slack.command({ command: '/ask', text: revenue })
    await said('C0GENERAL')
    expect(await slack.replay(sent)).toMatchObject({ status: 200 })
    await slack.waitFor(() => engine.running.size() === 0)
    await engine.running.drain(100)
    expect(engine.asked).toHaveLength(1)
    expect(slack.answers('C0GENERAL')).toHaveLength(1)
    expect(await counted(engine, 'chartroom_duplicates_total{platform="slack"}')).toBe(1)
  })
})

describe('an answer that cannot be shown as it is meant', () => {
  test('is drawn by Slack when a private message takes no picture', async () => {
    const { slack, engine, said } = await open({ slack: { ephemeralFiles: 'refused' } })
    await slack.command({ command: '/ask', text: revenue })
    const answer = await said('C0GENERAL')
    expect(kindsOf(answer)).toContain('data_visualization')
    expect(kindsOf(answer)).not.toContain('image')
    expect(await counted(engine, 'chartroom_forms_refused_total{platform="slack",rung="picture"}')).toBe(1)
    await slack.waitFor(() => slack.callsOf('files.delete')[0])
  })

  test('is a table where no chart is taken either', async () => {
    const { slack, said } = await open()
    slack.fail('response_url', { error: 'invalid_blocks' }, { times: 2 })
    await slack.command({ command: '/ask', text: revenue })
    const answer = await said('C0GENERAL')
    expect(kindsOf(answer)).toContain('table')
    expect(wordsOf(answer)).toContain(headline)
  })

  test('is text where Slack knows no newer block', async () => {
    const { slack, said } = await open({ slack: { newBlocks: 'refused' } })
    await slack.command({ command: '/ask', text: revenue })
    const answer = await said('C0GENERAL')
    expect(new Set(kindsOf(answer))).toEqual(new Set(['context', 'section', 'actions', 'header']))
    expect(wordsOf(answer)).toContain('$31,876.25')
  })

  test('becomes a direct message that says what was asked once the response URL is spent', async () => {
    let now = Date.now()
    const asked = Promise.withResolvers<void>()
    const { slack, engine } = await open({ patience: 10_000, slack: { now: () => now } })
    await slack.command({ command: '/chartroom', text: 'be slow' })
    now += 31 * 60_000
    asked.resolve()
    engine.finishSlow()
    const answer = await slack.waitFor(() => finished(slack, 'D0ASKER')[0])
    expect(answer).toMatchObject({ via: 'chat.postMessage', channel: 'D0ASKER' })
    expect(wordsOf(answer)).toContain('“be slow”')
    expect(wordsOf(answer)).not.toContain('Share')
    expect(kindsOf(answer)).toContain('image')
    expect(warnedOf(engine)).toContain('slack/elsewhere')
  })

  test('is logged once when even the direct message cannot be sent', async () => {
    const { slack, engine } = await open()
    slack.fail('response_url', { status: 404, body: 'used_url' })
    slack.fail('chat.postMessage', { error: 'user_disabled' }, { times: 10 })
    await slack.command({ command: '/ask', text: revenue })
    await slack.waitFor(() => engine.logged.length === 1)
    expect(String(engine.logged[0]?.error)).toMatch(/^CallError: chat.postMessage: /)
    expect(await counted(engine, 'chartroom_undelivered_total{platform="slack"}')).toBe(1)
  })

  test('waits as long as Slack asks when there is too much at once', async () => {
    const { slack, engine, said } = await open()
    slack.fail('response_url', { retryAfterSeconds: 1 })
    await slack.command({ command: '/ask', text: revenue })
    await said('C0GENERAL')
    expect(slack.callsOf('response_url').map(c => c.outcome)).toEqual(['ratelimited', 'ok'])
    expect(await counted(engine, 'chartroom_platform_retries_total{platform="slack",reason="ratelimited"}')).toBe(1)
  })

  test.each(['lost', 'reset'] as const)('is not sent twice when the connection breaks (%s)', async fault => {
    const { slack, engine } = await open()
    slack.fail('response_url', fault)
    await slack.command({ command: '/ask', text: revenue })
    await slack.waitFor(() => engine.logged.length === 1)
    await engine.running.drain(100)
    expect(slack.callsOf('response_url')).toHaveLength(1)
    expect(slack.answers('D0ASKER').map(wordsOf)).toEqual([
      `Slack did not say whether it took the answer to “ask ${revenue}”. If it is not there, please ask again.`,
    ])
    expect(String(engine.logged[0]?.error)).toBe('CallError: response_url: network')
  })
})
