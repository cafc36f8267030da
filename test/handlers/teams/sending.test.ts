import { afterEach, describe, expect, test } from 'vitest'
import type { Answered } from '#src/vocabulary/answer.ts'
import type { BarChart } from '#src/vocabulary/chart.ts'
import { answered } from '#test/fakes/room-answers.ts'
import type { Scripted } from '#test/fakes/teams/script.ts'
import type { FakeTeams } from '#test/fakes/teams/teams.ts'
import type { Json } from '#test/fakes/teams/world.ts'
import { all, type Bot, type BotOptions, largePng, says, smallPng, startBot, written } from './bot.ts'

let bot: Bot
afterEach(() => bot.stop())

const start = async (options: BotOptions = {}) => {
  bot = await startBot(options)
  return bot
}

const revenue = 'revenue by category in texs please'
const finding = 'Electronics brought $48.2k in Texas in December, 41% of the total'

const first = (teams: FakeTeams) => teams.waitFor(() => teams.messages('personal')[0], 15_000)
const statuses = (teams: FakeTeams) => written(teams).map(({ operation, status }) => `${operation} ${status}`)
const metric = async (name: string) =>
  (await bot.engine.parts.metrics.page()).text.split('\n').filter(line => line.startsWith(`chartroom_${name}{`))
const attachments = (message: { activity: Json }) => message.activity.attachments as Json[]

describe('an answer that Teams does not take at once', () => {
  const passing: [string, Scripted][] = [
    ['429', { status: 429, retryAfter: 1 }],
    ['412', { status: 412 }],
    ['500', { status: 500 }],
    ['502', { status: 502 }],
    ['503', { status: 503 }],
    ['504', { status: 504 }],
  ]
  test.each(passing)('(%s) is sent again, and stands there once', async (status, scripted) => {
    const { teams, quiet } = await start()
    teams.script(scripted)
    await teams.message({ text: revenue })
    await first(teams)
    await quiet()
    expect(statuses(teams)).toEqual([`send ${status}`, 'send 201'])
    expect(await metric('platform_retries_total')).toEqual([
      `chartroom_platform_retries_total{platform="teams",reason="${status}"} 1`,
    ])
    if (status === '429') expect(written(teams)[1]!.at - written(teams)[0]!.at).toBeGreaterThanOrEqual(1000)
  })

  test('nor later is given up after five times, logged once, and the bot goes on', async () => {
    const { teams, engine } = await start()
    teams.script({ status: 503, times: 5 })
    await teams.message({ text: revenue, conversation: 'group' })
    await teams.waitFor(() => engine.logged.length > 0, 20_000)
    expect(teams.calls.filter(({ status }) => status === 503)).toHaveLength(5)
    expect(String(engine.logged[0]!.error)).toBe('TeamsError: Teams: refused 503 ServiceUnavailable')
    expect(await metric('undelivered_total')).toEqual(['chartroom_undelivered_total{platform="teams"} 1'])
    await teams.message({ text: 'orders', conversation: 'group' })
    await teams.waitFor(() => teams.messages('group').length === 1)
  }, 30_000)
})

describe('an answer that Teams takes in no form', () => {
  test('leaves no message that says it is being worked on', async () => {
    const { teams, engine, quiet } = await start({ patience: 0 })
    await teams.message({ text: 'be slow' })
    const working = await first(teams)
    teams.script({ on: 'update', status: 413, times: 6 })
    engine.finishSlow()
    await teams.waitFor(() => working.earlier.length > 0)
    await quiet()
    expect(says(working)).toBe('Teams did not take the answer in any form. Please ask again.')
    expect(await metric('undelivered_total')).toEqual(['chartroom_undelivered_total{platform="teams"} 1'])
  })
})

describe('an answer of which nobody knows whether it arrived', () => {
  test.each([
    ['cut before it arrived', { reset: true }, 0],
    ['cut after it arrived', { lost: true }, 1],
  ] as [string, Scripted, number][])(
    '(%s) is not sent again; it is recorded, and the asker told',
    async (_, scripted, there) => {
      const { teams, engine, quiet } = await start()
      teams.script(scripted)
      await teams.message({ text: revenue, conversation: 'group', targeted: true })
      await teams.waitFor(() => engine.warned.length > 0)
      await quiet()
      expect(statuses(teams)).toEqual(['send 0', 'send 201'])
      const messages = teams.messages('group')
      expect(messages.map(({ to }) => to?.key)).toEqual(Array.from({ length: there + 1 }, () => 'asker'))
      expect(says(messages.at(-1))).toContain('Teams did not say whether it took the answer.')
      expect(engine.warned.map(({ event, error }) => `${event} ${error}`)).toEqual([
        'unclear TeamsError: Teams: unclear ECONNRESET',
      ])
    },
  )

  test('over a message that is there is written again: it stays one', async () => {
    const { teams, engine } = await start({ patience: 0 })
    await teams.message({ text: 'be slow' })
    await teams.waitFor(() => says(teams.messages('personal')[0]).includes('Stop'))
    teams.script({ on: 'update', lost: true })
    engine.finishSlow()
    await teams.waitFor(() => statuses(teams).join() === 'send 201,update 0,update 200')
    expect(teams.messages('personal')).toHaveLength(1)
  })
})

describe('an answer that is too much for Teams', () => {
  test('is shown plainer, in the same message, until it is taken', async () => {
    const { teams, quiet } = await start()
    teams.script({ status: 413, times: 3 })
    await teams.message({ text: revenue })
    const message = await first(teams)
    await quiet()
    // With the picture inside, with it beside, with a chart that Teams draws; then the table.
    expect(statuses(teams)).toEqual(['send 413', 'send 413', 'send 413', 'send 201'])
    expect([all(message.activity, 'Image').length, all(message.activity, 'Table').length]).toEqual([0, 1])
    expect(says(message)).toContain(finding)
    expect(await metric('forms_refused_total')).toEqual([
      'chartroom_forms_refused_total{platform="teams",rung="picture"} 1',
      'chartroom_forms_refused_total{platform="teams",rung="native"} 1',
    ])
  })

  test('in every form with a card is words', async () => {
    const { teams } = await start()
    teams.script({ status: 413, times: 5 })
    await teams.message({ text: revenue })
    const message = await first(teams)
    expect(message.activity).toMatchObject({ textFormat: 'plain', text: expect.stringContaining(finding) })
    expect(message.activity.attachments).toBeUndefined()
  })

  test('in every form at all is undelivered, and logged', async () => {
    const { teams, engine } = await start()
    teams.script({ status: 413, times: 6 })
    await teams.message({ text: revenue })
    await teams.waitFor(() => engine.logged.length > 0, 15_000)
    expect([written(teams).length, teams.messages('personal').length]).toEqual([6, 0])
  }, 20_000)
})

describe('the picture', () => {
  const large = { useCases: { paint: async () => largePng } }
  const uri = (png: Uint8Array) => `data:image/png;base64,${Buffer.from(png).toString('base64')}`

  test('of at most 24 KB is in the card', async () => {
    const { teams } = await start()
    await teams.message({ text: revenue })
    const message = await first(teams)
    expect(all(message.activity, 'Image').map(({ url }) => url)).toEqual([uri(smallPng)])
    expect(attachments(message)).toHaveLength(1)
  })

  test('that is larger is beside the card, which has the rows', async () => {
    const { teams } = await start(large)
    await teams.message({ text: revenue })
    const message = await first(teams)
    expect(attachments(message)[1]).toEqual({ contentType: 'image/png', contentUrl: uri(largePng), name: 'chart.png' })
    expect([all(message.activity, 'Image').length, all(message.activity, 'Table').length]).toEqual([0, 1])
  })

  test('that is not taken in the message is shown by its address', async () => {
    const { teams } = await start({ ...large, pictureUrl: () => 'https://bot.example.com/pictures/1.png?sig=x' })
    teams.script({ status: 413 })
    await teams.message({ text: revenue })
    const message = await first(teams)
    expect(all(message.activity, 'Image').map(({ url }) => url)).toEqual([
      'https://bot.example.com/pictures/1.png?sig=x',
    ])
  })

  test('that cannot be painted is replaced by a chart that Teams draws', async () => {
    const { teams, engine } = await start({ useCases: { paint: () => Promise.reject(new Error('no painter')) } })
    await teams.message({ text: revenue })
    const message = await first(teams)
    expect(all(message.activity, 'Image')).toEqual([])
    expect(JSON.stringify(message.activity)).toContain('"Chart.')
    expect(engine.warned.map(({ event }) => event)).toEqual(['picture'])
  })
})

describe('a conversation that the bot is no longer in', () => {
  test.each(['removed', 'blocked', 'gone'] as const)(
    '(%s) gets no second call, until somebody there writes again',
    async how => {
      const { teams, engine, kept } = await start()
      teams.close('personal', how)
      await teams.message({ text: revenue })
      await teams.waitFor(() => [...kept.values()].some(value => (value as Json).dead))
      expect([written(teams).length, engine.asked]).toEqual([1, []])
      teams.close('personal', undefined)
      await teams.message({ text: 'orders' })
      await first(teams)
      const [chat] = kept.values()
      expect(chat).toMatchObject({ conversation: { type: 'personal' } })
      expect(chat).not.toHaveProperty('dead')
    },
  )

  test('since the middle of an answer: the rest is not sent', async () => {
    const { teams, engine } = await start({ patience: 0 })
    await teams.message({ text: 'be slow', conversation: 'group' })
    await teams.waitFor(() => teams.messages('group').length === 1)
    teams.close('group', 'removed')
    await teams.membership({ kind: 'bot-removed' }, { conversation: 'group' })
    await teams.waitFor(() => [...bot.kept.values()].some(value => (value as Json).dead === true))
    engine.finishSlow()
    await teams.waitFor(() => engine.logged.length === 1)
    expect(statuses(teams)).toEqual(['send 201'])
    expect(String(engine.logged[0]!.error)).toBe('TeamsError: Teams: unsent ConversationClosed')
  })
})

describe('many at once', () => {
  test('in one conversation keep below what Teams takes, and all are answered once', async () => {
    const { teams } = await start({ teams: { limits: true } })
    const texts = Array.from({ length: 9 }, (_, i) => `orders ${i}`)
    await Promise.all(texts.map(text => teams.message({ text })))
    await teams.waitFor(() => teams.messages('personal').length === 9, 15_000)
    expect(teams.failed()).toEqual([])
  }, 20_000)
})

describe('an answer that is very long', () => {
  const words = (n: number) => 'Revenue of this category fell. '.repeat(n / 31)
  const long = (id: string, question: string): Answered => {
    const base = answered(id, question)
    const names = Array.from(
      { length: 60 },
      (_, i) => `Category ${i} of a shop that names its categories at length {{DATE()}} <!channel>`,
    )
    return {
      ...base,
      table: { ...base.table, rows: names.map((name, i) => [name, 1000 - i, null]) },
      chart: {
        ...base.chart,
        categories: names,
        series: [{ name: 'Revenue', values: names.map((_, i) => 1000 - i) }],
      } as BarChart,
      story: {
        ...base.story,
        insights: [{ text: words(12_000), cites: [] }],
        summary: [{ text: words(12_000), cites: [] }],
      },
      unused: Array.from({ length: 200 }, (_, i) => `word${i}`),
    }
  }

  test.each([true, false])(
    '(60 categories, 12,000 characters) is taken by Teams, with a picture: %s',
    async painted => {
      const paint = painted ? undefined : { paint: () => Promise.reject(new Error('no painter')) }
      const { teams } = await start({
        teams: { countPictures: true },
        useCases: { ask: async ({ text }) => long('a1', text), ...paint },
      })
      await teams.message({ text: revenue })
      const message = await first(teams)
      expect(teams.failed()).toEqual([])
      expect(says(message)).toContain(finding)
      expect(says(message)).not.toContain('{{DATE')
      const { problems } = await teams.execute({ replyToId: message.id, data: { click: 'deed.details.a1' } })
      expect(problems).toEqual([])
    },
  )
})

test('no error, log line or warning holds a token, an address or what was asked', async () => {
  const { teams, engine } = await start()
  teams.script({ status: 400, times: 6 }, { on: 'any', reset: true })
  await teams.message({ text: 'secret-question' })
  await teams.waitFor(() => engine.logged.length > 0, 15_000)
  const seen = [...engine.logged, ...engine.warned].map(({ error }) => {
    const { message, stack, cause } = error as Error
    return JSON.stringify([message, stack, cause, error])
  })
  expect(seen.join()).not.toMatch(/secret-question|Bearer|eyJ|127\.0\.0\.1/)
})
