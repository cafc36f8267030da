import { describe, expect, test } from 'vitest'
import type { Json, Message } from '#test/fakes/slack/world.ts'
import { solidPng } from '#test/fakes/solid-png.ts'
import { counted, kindsOf, opener, warnedOf, wordsOf } from './connected.ts'

const open = opener()
const revenue = 'revenue by category in texs please'
const headline = 'Electronics brought $48.2k in Texas in December, 41% of the total'
const idsOf = ({ blocks }: Pick<Message, 'blocks'>) => blocks.map(b => b.block_id)

describe.each(['http', 'socket'] as const)('a mention over %s', transport => {
  test('is answered once, in its thread, marked so that it can be found again', async () => {
    const { slack, engine, said } = await open({ transport })
    const { message, ack } = await slack.mention({ text: revenue, channel: 'C0SALES' })
    expect(ack.status).toBe(200)
    const answer = await said('C0SALES')
    expect(answer).toMatchObject({ threadTs: message.ts, via: 'chat.postMessage' })
    expect(answer.metadata).toEqual({ event_type: 'chartroom_answer', event_payload: { id: 'a1' } })
    expect(answer.args).toEqual({ unfurl_links: false, unfurl_media: false, parse: 'none' })
    expect(kindsOf(answer)).toContain('image')
    expect(answer.text).toContain(headline)
    const asker = { platform: 'slack', tenant: 'T0CHART', user: 'U0ASKER', standing: 'member', place: 'C0SALES' }
    const thread = `slack:T0CHART:C0SALES:${message.ts}`
    expect(engine.asked).toEqual([{ text: revenue, query: undefined, thread, asker, audience: 'place' }])
    expect(slack.answers('C0SALES')).toHaveLength(1)
    expect(engine.warned).toEqual([])
  })

  test('says what goes on beside the thread, until the answer is there', async () => {
    const { slack, engine, said } = await open({ transport })
    const { message } = await slack.mention({ text: 'be slow' })
    await slack.waitFor(() => slack.status('C0GENERAL', message.ts))
    expect(slack.statuses[0]).toMatchObject({ status: 'is thinking…', loadingMessages: ['Counting orders'] })
    engine.finishSlow()
    await said('C0GENERAL')
    expect(slack.status('C0GENERAL', message.ts)).toBeUndefined()
  })

  test('a slow one gets a message with Stop, which then becomes the answer under new block ids', async () => {
    const { slack, engine } = await open({ transport, patience: 20 })
    const { message } = await slack.mention({ text: 'be slow' })
    const working = await slack.waitFor(() => slack.answers('C0GENERAL')[0])
    expect(working.threadTs).toBe(message.ts)
    expect(wordsOf(working)).toBe('⏳ Counting orders…\nStop')
    engine.finishSlow()
    await slack.waitFor(() => working.earlier.length > 0)
    expect(wordsOf(working)).toContain(headline)
    expect(slack.answers('C0GENERAL')).toEqual([working])
    const before = idsOf({ blocks: working.earlier[0]?.blocks ?? [] })
    expect(idsOf(working).filter(id => before.includes(id))).toEqual([])
    expect(slack.callsOf('chat.update')[0]?.args).toMatchObject({ parse: 'none' })
    await slack.waitFor(() => slack.callsOf('agents.sessions.setStatus')[1])
    expect(slack.callsOf('agents.sessions.setStatus').map(c => c.args.status)).toEqual(['processing', 'active'])
  })

  test('what is written of its answer stands in that message meanwhile, above Stop, as bare text', async () => {
    const { slack, engine } = await open({ transport, patience: 20 })
    await slack.mention({ text: 'be slow' })
    const working = await slack.waitFor(() => slack.answers('C0GENERAL')[0])
    await slack.waitFor(() => {
      engine.write(['Texas fell 20% to $400', 'Ohio rose *10%* <!channel>.'])
      return working.earlier.length === 1
    })
    expect(wordsOf(working).split(/\n+/)).toEqual([
      'Texas fell 20% to $400',
      'Ohio rose *10%* <!channel>.',
      '⏳ Putting it into words…',
      'Stop',
    ])
    expect(JSON.stringify(working.blocks)).not.toMatch(/"type":"(broadcast|mrkdwn)"/)
    engine.finishSlow()
    await slack.waitFor(() => working.earlier.length === 2)
    expect(wordsOf(working)).toContain(headline)
    expect(slack.answers('C0GENERAL')).toEqual([working])
  })

  test('while Slack takes no more edits the answer does not wait for what is written', async () => {
    const { slack, engine } = await open({ transport, patience: 20 })
    await slack.mention({ text: 'be slow' })
    const working = await slack.waitFor(() => slack.answers('C0GENERAL')[0])
    slack.fail('chat.update', { retryAfterSeconds: 30 })
    await slack.waitFor(() => {
      engine.write(['Texas fell 20% to $400'])
      return engine.warned.length > 0
    })
    engine.finishSlow()
    await slack.waitFor(() => working.earlier.length === 1)
    expect(wordsOf(working)).toContain(headline)
    expect(warnedOf(engine)).toEqual(['story'])
  })

  test('Stop ends the work of the one who asked, and nobody else’s', async () => {
    const { slack, engine } = await open({ transport, patience: 20 })
    await slack.mention({ text: 'be slow' })
    const working = await slack.waitFor(() => slack.answers('C0GENERAL')[0])
    await slack.click({ message: working, action: 'run:stop', user: 'U0OTHER' })
    const told = await slack.waitFor(() => slack.answers('C0GENERAL')[1])
    expect(told).toMatchObject({ visibleTo: 'U0OTHER' })
    expect(wordsOf(told)).toBe('Nothing was stopped: it is over, or somebody else asked it.')
    expect(engine.stopped).toEqual([])
    await slack.click({ message: working, action: 'run:stop' })
    await slack.waitFor(() => working.earlier.length > 0)
    expect(wordsOf(working)).toContain('Stopped. Nothing more is running.')
    expect(engine.stopped).toEqual(['a1'])
  })

  test('Stop of one that was cut off when its process was killed says so in its place', async () => {
    const { slack, engine } = await open({ transport, patience: 20 })
    await slack.mention({ text: 'be slow' })
    const working = await slack.waitFor(() => slack.answers('C0GENERAL')[0])
    engine.parts.queue.stop = async () => 'cut-off'
    await slack.click({ message: working, action: 'run:stop' })
    await slack.waitFor(() => working.earlier.length > 0)
    const words = wordsOf(working)
    expect(words).toContain('The program ended while it worked on this, so the work was cut off.')
    expect(words).toContain('Please ask the question again.')
    expect(words).not.toContain('Stop')
    expect(slack.answers('C0GENERAL')).toEqual([working])
  })

  test('Stop of one that another process works on says nothing: the message will', async () => {
    const { slack, engine } = await open({ transport, patience: 20 })
    await slack.mention({ text: 'be slow' })
    const working = await slack.waitFor(() => slack.answers('C0GENERAL')[0])
    const pressed: unknown[] = []
    engine.parts.queue.stop = async (run, owner) => {
      pressed.push([run.length > 10, owner])
      return 'stopping'
    }
    await slack.click({ message: working, action: 'run:stop' })
    await slack.waitFor(() => pressed.length > 0)
    expect(pressed).toEqual([[true, { platform: 'slack', tenant: 'T0CHART', user: 'U0ASKER' }]])
    engine.finishSlow()
    await slack.waitFor(() => wordsOf(working).includes(headline))
    expect(slack.answers('C0GENERAL')).toEqual([working])
  })

  test('Slack’s own Stop ends what runs in the thread', async () => {
    const { slack, engine, said } = await open({ transport })
    const { message } = await slack.mention({ text: 'be slow' })
    await slack.waitFor(() => engine.running.size() === 1)
    await slack.stopSession({ channel: 'C0GENERAL', thread: message.ts })
    expect(wordsOf(await said('C0GENERAL'))).toContain('Stopped. Nothing more is running.')
    expect(engine.stopped).toEqual(['a1'])
  })

  test('that is delivered again, with or without saying so, is answered once', async () => {
    const { slack, engine, said } = await open({ transport })
    const { ack } = await slack.mention({ text: revenue })
    await said('C0GENERAL')
    const payload = ack.sent.payload
    const again = { kind: 'events', team: 'T0CHART', payload } as const
    expect(await slack.send(again, { retry: { num: 1, reason: 'http_timeout' }, skewSeconds: 1 })).toMatchObject({
      status: 200,
    })
    expect(await slack.send({ ...again, payload: { ...payload, event_id: 'Ev0ANOTHER' } })).toMatchObject({
      status: 200,
    })
    await engine.running.drain(100)
    expect(engine.asked).toHaveLength(1)
    expect(slack.answers('C0GENERAL')).toHaveLength(1)
    expect(await counted(engine, 'chartroom_duplicates_total{platform="slack"}')).toBe(2)
  })
})

describe('what is said in a thread', () => {
  test('is one conversation: what follows up is asked in it', async () => {
    const { slack, engine, said } = await open()
    const { message } = await slack.mention({ text: revenue })
    await said('C0GENERAL')
    await slack.mention({ text: 'and by month?', thread: message.ts, user: 'U0OTHER' })
    expect(await said('C0GENERAL', 2)).toMatchObject({ threadTs: message.ts })
    expect(engine.asked.map(q => q.thread)).toEqual(Array(2).fill(`slack:T0CHART:C0GENERAL:${message.ts}`))
  })

  test('is not of the conversation in another channel', async () => {
    const { slack, engine, said } = await open()
    await slack.mention({ text: revenue, channel: 'C0SALES' })
    await slack.mention({ text: revenue, channel: 'C0GENERAL' })
    await said('C0SALES')
    await said('C0GENERAL')
    expect(new Set(engine.asked.map(q => q.thread)).size).toBe(2)
  })
})

describe('a direct message', () => {
  test('is answered in its thread, without a word on who sees it', async () => {
    const { slack, engine, said } = await open({ slack: { echo: true } })
    const { message } = await slack.dm({ text: revenue })
    const answer = await said('D0ASKER')
    expect(answer.threadTs).toBe(message.ts)
    expect(wordsOf(answer)).not.toContain('Only you')
    await slack.dm({ text: 'only Texas', thread: message.ts })
    await said('D0ASKER', 2)
    expect(engine.asked.map(q => q.text)).toEqual([revenue, 'only Texas'])
    expect(new Set(engine.asked.map(q => q.thread))).toEqual(new Set([`slack:T0CHART:D0ASKER:${message.ts}`]))
  })

  test('that mentions the bot as well is answered once', async () => {
    const { slack, engine, said } = await open()
    const { message, ack } = await slack.dm({ text: `<@${'U0CHARTBOT'}> ${revenue}` })
    await said('D0ASKER')
    const { event } = ack.sent.payload as { event: Json }
    await slack.event({ ...event, type: 'app_mention', ts: message.ts })
    await engine.running.drain(100)
    expect(engine.asked.map(q => q.text)).toEqual([revenue])
  })

  test.each(['<!channel>', '<!here|here>', '<!everyone>'])('that calls everybody with %s asks the rest', async all => {
    const { slack, engine, said } = await open()
    await slack.mention({ text: `${all} <@U0CHARTBOT> ${revenue}` })
    await said('C0GENERAL')
    expect(engine.asked.map(q => q.text)).toEqual([revenue])
  })

  test('with nothing but the name of the bot gets help', async () => {
    const { slack, engine, said } = await open()
    await slack.mention({ text: '<@U0CHARTBOT>' })
    expect(wordsOf(await said('C0GENERAL'))).toContain('What you can ask about orders')
    expect(engine.asked.map(q => q.text)).toEqual(['help'])
  })
})

describe('an edited message', () => {
  test('that asks another question is answered anew, in the same thread, once per edit', async () => {
    const { slack, engine, said } = await open()
    const { message } = await slack.dm({ text: revenue })
    await said('D0ASKER')
    const ack = await slack.edit({ message, text: 'help' })
    expect(wordsOf(await said('D0ASKER', 2))).toContain('What you can ask about orders')
    await slack.send({ kind: 'events', team: 'T0CHART', payload: { ...ack!.sent.payload, event_id: 'Ev0AGAIN' } })
    await slack.edit({ message, text: revenue })
    expect(await said('D0ASKER', 3)).toMatchObject({ threadTs: message.ts })
    await engine.running.drain(100)
    expect(engine.asked.map(q => q.text)).toEqual([revenue, 'help', revenue])
  })

  test('that asks the same is let be, also after the program was started anew', async () => {
    const { slack, engine, said } = await open()
    const { message } = await slack.dm({ text: revenue })
    await said('D0ASKER')
    await slack.edit({ message, text: `  ${revenue} ` })
    const old = slack.say({ text: 'orders today', channel: 'D0ASKER' })
    await slack.edit({ message: old, text: 'orders  today' })
    await engine.running.drain(100)
    expect(engine.asked.map(q => q.text)).toEqual([revenue])
  })

  test('in a channel comes as a mention again', async () => {
    const { slack, engine, said } = await open()
    const { message } = await slack.mention({ text: revenue })
    await said('C0GENERAL')
    await slack.edit({ message, text: `${message.text} ` })
    await slack.edit({ message, text: '<@U0CHARTBOT> help' })
    await said('C0GENERAL', 2)
    expect(engine.asked.map(q => q.text)).toEqual([revenue, 'help'])
  })

  test('that gets a preview of a link was edited by nobody', async () => {
    const { slack, engine } = await open()
    const message = { type: 'message', user: 'U0ASKER', text: 'orders today', ts: '1700000000.000100' }
    const event = {
      type: 'message',
      subtype: 'message_changed',
      channel: 'D0ASKER',
      channel_type: 'im',
      ts: '1700000001.000100',
    }
    await slack.event({ ...event, message, previous_message: message })
    await engine.running.drain(100)
    expect(engine.asked).toEqual([])
  })
})

describe('what is not a question', () => {
  const said = {
    type: 'message',
    channel: 'D0ASKER',
    channel_type: 'im',
    user: 'U0ASKER',
    text: 'hello',
    ts: '1.000100',
  }
  test.each([
    ['of another bot', { ...said, bot_id: 'B0OTHER', user: 'U0OTHERBOT' }],
    ['of another bot, the old way', { ...said, subtype: 'bot_message', bot_id: 'B0OTHER', user: undefined }],
    ['of Slack', { ...said, user: 'USLACKBOT' }],
    ['of the bot itself', { ...said, user: 'U0CHARTBOT' }],
    ['what is said to be a file and has neither one nor a word', { ...said, subtype: 'file_share', text: '' }],
    ['a file of another shape, without a word', { ...said, subtype: 'file_share', text: '', files: [{ id: 7 }, null] }],
    ['somebody who joins', { ...said, subtype: 'channel_join' }],
    ['a change of the topic', { ...said, subtype: 'channel_topic' }],
    ['a message that is deleted', { ...said, subtype: 'message_deleted', deleted_ts: '1.000100' }],
    ['a message in a channel', { ...said, channel: 'C0GENERAL', channel_type: 'channel' }],
    ['a message without anybody', { ...said, user: undefined }],
    ['something of another shape', { type: 'message', channel_type: 'im', ts: 5 }],
    ['a mention by a bot', { ...said, type: 'app_mention', bot_id: 'B0OTHER' }],
  ])('%s is let be', async (_, event) => {
    const { slack, engine } = await open()
    expect(await slack.event(event)).toMatchObject({ status: 200 })
    await engine.running.drain(100)
    expect(engine.asked).toEqual([])
    expect(slack.answers('D0ASKER')).toEqual([])
    expect([...engine.warned, ...engine.logged]).toEqual([])
  })

  test('a file is let be where none are taken, and the words with it are asked', async () => {
    const { slack, engine, said: answer } = await open({ useCases: { importFile: undefined } })
    await slack.event({ ...said, subtype: 'file_share', text: '', ts: '1.000099', files: [{ id: 'F1' }] })
    await slack.event({ ...said, subtype: 'file_share', text: revenue, files: [{ id: 'F1' }] })
    await answer('D0ASKER')
    await engine.running.drain(100)
    expect(engine.asked.map(q => q.text)).toEqual([revenue])
    expect(slack.answers('D0ASKER')).toHaveLength(1)
  })

  test('a guest of another organisation is told who may ask', async () => {
    const { slack, engine, said: told } = await open()
    await slack.mention({
      text: revenue,
      user: 'U0OTHER',
      payload: {
        is_ext_shared_channel: true,
        event: {
          ...said,
          type: 'app_mention',
          channel: 'C0GENERAL',
          user: 'U0OTHER',
          user_team: 'T0ELSE',
          text: revenue,
        },
      },
    })
    const answer = await told('C0GENERAL')
    expect(answer.visibleTo).toBe('U0OTHER')
    expect(wordsOf(answer)).toContain('Chartroom answers members of the workspace that installed it.')
    expect(engine.asked).toEqual([])
  })
})

describe('a picture', () => {
  test('that Slack is still processing is waited for', async () => {
    const { slack, said } = await open({ slack: { fileReadyMs: 400 } })
    await slack.mention({ text: revenue })
    expect(kindsOf(await said('C0GENERAL'))).toContain('image')
    expect(slack.callsOf('files.info').length).toBeGreaterThan(1)
    expect(slack.callsOf('chat.postMessage')).toHaveLength(1)
  })

  test('that is refused although it was said to be ready is tried again', async () => {
    const { slack, engine, said } = await open()
    const errors = ['invalid slack file [json-pointer:/blocks/2/slack_file]']
    slack.fail('chat.postMessage', { error: 'invalid_blocks', more: { errors } })
    await slack.mention({ text: revenue })
    expect(kindsOf(await said('C0GENERAL'))).toContain('image')
    expect(slack.callsOf('chat.postMessage')).toHaveLength(2)
    expect(engine.warned).toEqual([])
  })

  test('that takes Slack long is awaited behind a chart of Slack’s, and then takes its place', async () => {
    const { slack, engine, said } = await open({ slack: { fileReadyMs: 4000 } })
    await slack.mention({ text: revenue })
    const answer = await said('C0GENERAL')
    expect(kindsOf(answer)).toContain('data_visualization')
    await slack.waitFor(() => kindsOf(slack.answers('C0GENERAL')[0]!).includes('image'), 10_000)
    expect(slack.answers('C0GENERAL').map(m => m.ts)).toEqual([answer.ts])
    expect(engine.warned).toEqual([])
  })

  test.each(['deleted', 'changed to another one'] as const)(
    'that comes when the answer was %s meanwhile leaves it so, and is deleted',
    async what => {
      const { slack, engine, said } = await open({ slack: { fileReadyMs: 5000 } })
      await slack.mention({ text: revenue })
      const answer = await said('C0GENERAL')
      slack.set({ fileReadyMs: 0 })
      if (what === 'deleted') await slack.click({ message: answer, action: 'answer:delete' })
      else await slack.click({ message: answer, action: 'menu:split', option: 'State' })
      const changed = () => (what === 'deleted' ? answer.deleted : JSON.stringify(answer.blocks).includes('.a2"'))
      await slack.waitFor(changed)
      await slack.waitFor(() => slack.callsOf('files.delete').some(c => c.outcome === 'ok'), 10_000)
      await engine.running.drain(1000)
      expect(changed()).toBe(true)
      expect(slack.answers('C0GENERAL', {})).toHaveLength(what === 'deleted' ? 0 : 1)
      expect(slack.callsOf('files.delete').map(c => c.args.file)).toEqual([[...slack.files.keys()][0]])
      expect(engine.logged).toEqual([])
    },
  )

  test('that is never processed is let go: the answer comes as a chart of Slack’s', async () => {
    const start = performance.now()
    const { slack, engine, said } = await open({
      slack: { fileReadyMs: 'never' },
      effects: { ticks: () => (performance.now() - start) * 50 },
    })
    await slack.mention({ text: revenue })
    const answer = await said('C0GENERAL')
    expect(kindsOf(answer)).toContain('data_visualization')
    expect(slack.answers('C0GENERAL')).toHaveLength(1)
    expect(warnedOf(engine)).toEqual(['slack/picture-late'])
    await slack.waitFor(() => slack.callsOf('files.delete')[0])
  })

  test.each([
    ['files.getUploadURLExternal', { error: 'missing_scope' }],
    ['files.completeUploadExternal', { error: 'file_not_found' }],
    ['files.info', { error: 'file_deleted' }],
    ['files.getUploadURLExternal', { retryAfterSeconds: 60 }],
  ] as const)('is done without when %s gives %j', async (method, fault) => {
    const { slack, engine, said } = await open()
    slack.fail(method, fault, { times: 10 })
    await slack.mention({ text: revenue })
    expect(kindsOf(await said('C0GENERAL'))).toContain('data_visualization')
    expect(warnedOf(engine)).toEqual(['slack/picture'])
  })

  test('cannot be painted: the answer comes all the same', async () => {
    const { slack, engine, said } = await open()
    engine.breakPainter()
    await slack.mention({ text: revenue })
    expect(kindsOf(await said('C0GENERAL'))).toContain('data_visualization')
    expect(slack.callsOf('files.getUploadURLExternal')).toEqual([])
  })

  test('is given up where pictures are not taken, then charts, then tables', async () => {
    const { slack, engine, said } = await open()
    slack.fail('chat.postMessage', { error: 'invalid_blocks' }, { times: 2 })
    await slack.mention({ text: revenue })
    const answer = await said('C0GENERAL')
    expect(kindsOf(answer)).toContain('table')
    expect(warnedOf(engine)).toEqual(['slack/form-refused', 'slack/form-refused'])
  })
})

describe('many at once', () => {
  test('fifty mentions in a burst are all answered once, each in its thread', async () => {
    const png = solidPng({ width: 2, height: 2, rgb: [0, 0, 0] })
    const { slack } = await open({ useCases: { paint: async () => png } })
    const asked = await Promise.all(Array.from({ length: 50 }, (_, i) => slack.mention({ text: `${revenue} ${i}` })))
    const answers = await slack.waitFor(() => {
      const all = slack.answers('C0GENERAL')
      return all.length >= 50 && all
    }, 20_000)
    const threads = answers.map(m => m.threadTs)
    expect(threads.toSorted()).toEqual(asked.map(({ message }) => message.ts).toSorted())
  })
})
