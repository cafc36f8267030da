import { describe, expect, test } from 'vitest'
import type { Answer } from '#src/vocabulary/answer.ts'
import { answered } from '#test/fakes/room-answers.ts'
import { counted, finished, kindsOf, opener, warnedOf, wordsOf } from './connected.ts'

const open = opener()
const revenue = 'revenue by category in texs please'
const headline = 'Electronics brought $48.2k in Texas in December, 41% of the total'
const undelivered = 'chartroom_undelivered_total{platform="slack"}'

describe('a place where the bot may not write any more', () => {
  test.each([
    ['it was removed from the channel', 'removeBot'],
    ['the channel was archived', 'archive'],
  ] as const)('mid-answer, since %s: the answer goes to the one who asked', async (_, what) => {
    const { slack, engine } = await open()
    await slack.mention({ text: 'be slow', channel: 'C0SALES' })
    await slack.waitFor(() => engine.running.size() === 1)
    slack[what]('C0SALES')
    engine.finishSlow()
    const answer = await slack.waitFor(() => finished(slack, 'D0ASKER')[0])
    expect(wordsOf(answer)).toContain('“be slow”')
    expect(kindsOf(answer)).toContain('image')
    expect(slack.answers('C0SALES')).toEqual([])
    expect(warnedOf(engine)).toEqual(['slack/elsewhere'])
    expect(engine.logged).toEqual([])
  })

  test('for a person who has left as well, it is logged once and counted', async () => {
    const { slack, engine } = await open()
    await slack.mention({ text: 'be slow', channel: 'C0SALES' })
    await slack.waitFor(() => engine.running.size() === 1)
    slack.removeBot('C0SALES')
    slack.deactivate('U0ASKER')
    engine.finishSlow()
    await slack.waitFor(() => engine.logged.length > 0)
    await engine.running.drain(100)
    expect(engine.logged).toHaveLength(1)
    expect(await counted(engine, undelivered)).toBe(1)
  })

  test.each(['token_revoked', 'account_inactive'] as const)(
    'at all (%s): logged once, counted, nothing thrown',
    async state => {
      const { slack, engine } = await open()
      await slack.mention({ text: 'be slow' })
      await slack.waitFor(() => engine.running.size() === 1)
      slack.revoke(state)
      engine.finishSlow()
      await slack.waitFor(() => engine.logged.length > 0)
      await engine.running.drain(100)
      expect(engine.logged.map(l => String(l.error))).toEqual([`CallError: chat.postMessage: ${state}`])
      expect(await counted(engine, undelivered)).toBe(1)
      expect(slack.answers('C0GENERAL')).toEqual([])
    },
  )
})

describe('a post of which nobody knows whether it arrived', () => {
  const page = { status: 200, body: '<html>Bad gateway</html>' }
  test.each(['lost', 'reset', { status: 503 }, page, { error: 'internal_error' }] as const)(
    'in a channel (%j) is not repeated: it is logged as unclear, and the asker is told so',
    async fault => {
      const { slack, engine } = await open()
      slack.fail('chat.postMessage', fault)
      await slack.mention({ text: revenue })
      await slack.waitFor(() => engine.logged.length === 1)
      await engine.running.drain(100)
      expect(slack.callsOf('chat.postMessage').map(c => c.args.channel)).toEqual(['C0GENERAL', 'U0ASKER'])
      expect(slack.answers('C0GENERAL')).toHaveLength(fault === 'lost' ? 1 : 0)
      expect(wordsOf(slack.answers('D0ASKER')[0]!)).toContain('If it is not there, please ask again.')
      expect(String(engine.logged[0]?.error)).toBe('CallError: chat.postMessage: unclear')
      expect(await counted(engine, undelivered)).toBe(1)
    },
  )

  test('in a direct message is looked for, and found', async () => {
    const { slack, engine } = await open()
    slack.fail('chat.postMessage', 'lost')
    await slack.dm({ text: revenue })
    await slack.waitFor(() => warnedOf(engine).includes('slack/unclear-post'))
    await engine.running.drain(100)
    expect(slack.callsOf('chat.postMessage')).toHaveLength(1)
    const [answer] = slack.answers('D0ASKER')
    expect(await engine.answers.at(`slack:T0CHART:D0ASKER:${answer?.ts}`)).toMatchObject({ answer: { id: 'a1' } })
    expect(engine.logged).toEqual([])
  })

  test('in a direct message is posted again once it is known not to be there', async () => {
    const { slack, engine } = await open()
    slack.fail('chat.postMessage', 'reset')
    await slack.dm({ text: revenue })
    await slack.waitFor(() => slack.answers('D0ASKER')[0])
    await engine.running.drain(100)
    expect(slack.callsOf('chat.postMessage')).toHaveLength(2)
    expect(slack.answers('D0ASKER')).toHaveLength(1)
  })

  test('over a message is repeated: that shows nothing twice', async () => {
    const { slack, engine } = await open({ patience: 20, effects: { random: () => 0 } })
    await slack.mention({ text: 'be slow' })
    const working = await slack.waitFor(() => slack.answers('C0GENERAL')[0])
    slack.fail('chat.update', 'lost')
    engine.finishSlow()
    await slack.waitFor(() => working.earlier.length === 2)
    await engine.running.drain(100)
    expect(wordsOf(working)).toContain(headline)
    expect(engine.logged).toEqual([])
  })
})

describe('an answer that Slack does not take in any form', () => {
  test.each([{ error: 'invalid_arguments' }, { retryAfterSeconds: 600 }] as const)(
    '(%j) is logged and counted, and the asker is told',
    async fault => {
      const { slack, engine } = await open()
      slack.fail('chat.postMessage', fault)
      await slack.mention({ text: revenue })
      const told = await slack.waitFor(() => slack.answers('D0ASKER')[0])
      expect(wordsOf(told)).toBe(`Slack did not take the answer to “${revenue}”. Please ask again in a while.`)
      await engine.running.drain(100)
      expect(slack.answers('C0GENERAL')).toEqual([])
      expect(engine.logged).toHaveLength(1)
      expect(await counted(engine, undelivered)).toBe(1)
    },
  )
})

describe('when there is too much at once', () => {
  test('Slack’s pause holds up the channel that it is for and no other', async () => {
    const { slack, engine } = await open()
    slack.limit('chat.postMessage', { seconds: 2, channel: 'C0SALES' })
    await slack.mention({ text: revenue, channel: 'C0SALES' })
    await slack.waitFor(() => slack.callsOf('chat.postMessage')[0])
    await slack.mention({ text: revenue, channel: 'C0GENERAL' })
    await slack.waitFor(() => slack.answers('C0GENERAL')[0])
    expect(slack.answers('C0SALES')).toEqual([])
    await slack.waitFor(() => slack.answers('C0SALES')[0])
    expect(engine.logged).toEqual([])
    expect(await counted(engine, 'chartroom_platform_retries_total{platform="slack",reason="ratelimited"}')).toBe(1)
  })

  test('a status that is not taken holds up nothing', async () => {
    const { slack, said } = await open()
    slack.limit('assistant.threads.setStatus', { seconds: 60 })
    await slack.mention({ text: revenue })
    await said('C0GENERAL')
  })
})

describe('the working message', () => {
  test('that somebody deleted is followed by the answer all the same', async () => {
    const { slack, engine } = await open({ patience: 20 })
    const { message } = await slack.mention({ text: 'be slow' })
    const working = await slack.waitFor(() => slack.answers('C0GENERAL')[0])
    working.deleted = true
    engine.finishSlow()
    expect(await slack.waitFor(() => finished(slack, 'C0GENERAL')[0])).toMatchObject({ threadTs: message.ts })
  })

  test('that could not be posted is no reason to stop', async () => {
    const { slack, engine } = await open({ patience: 20 })
    slack.fail('chat.postMessage', { error: 'fatal_error' })
    await slack.mention({ text: 'be slow' })
    await slack.waitFor(() => warnedOf(engine).includes('working'))
    engine.finishSlow()
    expect(wordsOf(await slack.waitFor(() => finished(slack, 'C0GENERAL')[0]))).toContain(headline)
  })
})

describe('an answer of any size', () => {
  const base = answered('big', 'big')
  const usd = { kind: 'currency', currency: 'USD' } as const
  const names = Array.from({ length: 60 }, (_, i) => `Category number ${i} with a name that is long`)
  const sixty: Answer = {
    ...base,
    table: { ...base.table, rows: names.map((name, i) => [name, 60_000 - i, i]) },
    chart: {
      kind: 'bar',
      layout: 'single',
      title: 'Sixty',
      subtitle: 'Revenue',
      alt: 'x'.repeat(5000),
      categories: names,
      series: [{ name: 'Revenue', values: names.map((_, i) => 60_000 - i) }],
      format: usd,
    },
  }
  const sentence = (n: number) => ({ text: `${'Long words & <markup> '.repeat(n)}.`, cites: [] })
  const story: Answer = {
    ...base,
    story: {
      headline: sentence(100),
      summary: [sentence(200), sentence(200)],
      insights: Array.from({ length: 20 }, () => sentence(30)),
      implications: [sentence(100)],
    },
  }
  const mentions = ['<!channel>', '<@U0OTHER>', '<https://evil.example|click>', '{{DATE()}}', ':smile: *b* _i_ ~s~ `c`']
  const markup: Answer = {
    ...base,
    table: { ...base.table, rows: mentions.map(text => [text, 1, 2]) },
    story: { ...base.story, headline: { text: mentions.join(' '), cites: [] } },
  }
  const forms = [
    ['with its picture', {}],
    ['drawn by Slack', { 'files.getUploadURLExternal': 'missing_scope' }],
  ] as const

  test.each(
    [
      ['sixty categories', sixty],
      ['a story of 12,000 characters', story],
      ['markup in the data', markup],
    ].flatMap(([name, answer]) => forms.map(([form, faults]) => [name, form, answer, faults] as const)),
  )('%s, %s, is taken at once', async (_, __, answer, faults) => {
    const { slack, engine, said } = await open({ useCases: { ask: async () => answer as Answer } })
    for (const [method, error] of Object.entries(faults)) slack.fail(method, { error })
    await slack.mention({ text: 'anything' })
    const message = await said('C0GENERAL')
    expect(message.text).not.toMatch(/[<>]|https?:\/\//)
    expect(JSON.stringify(message.blocks)).not.toContain('"mrkdwn"')
    expect(slack.callsOf('chat.postMessage')).toHaveLength(1)
    expect(warnedOf(engine).filter(e => e !== 'slack/picture')).toEqual([])
  })
})
