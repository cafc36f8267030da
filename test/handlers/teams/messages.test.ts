import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { createChatEngine } from '#test/fakes/chat-engine.ts'
import type { FakeTeams } from '#test/fakes/teams/teams.ts'
import type { Place } from '#test/fakes/teams/world.ts'
import { all, type Bot, type BotOptions, says, smallPng, startBot, written } from './bot.ts'

let bot: Bot
afterEach(() => bot.stop())

const start = async (options: BotOptions = {}) => {
  bot = await startBot(options)
  return bot
}

const revenue = 'revenue by category in texs please'
const finding = 'Electronics brought $48.2k in Texas in December, 41% of the total'

const answers = (teams: FakeTeams, place: Place, count = 1) =>
  teams.waitFor(() => {
    const found = teams.messages(place)
    return found.length >= count && found
  })

describe('a question', () => {
  test('in the personal chat is answered with one card: finding, picture, receipt line', async () => {
    const { teams, engine } = await start()
    const { status, body } = await teams.message({ text: revenue })
    const [message] = await answers(teams, 'personal')
    expect([status, body]).toEqual([200, ''])
    expect(says(message)).toContain(finding)
    expect(says(message)).toContain('✓ Certified')
    expect(all(message!.activity, 'Image').map(({ url }) => url)).toEqual([
      `data:image/png;base64,${Buffer.from(smallPng).toString('base64')}`,
    ])
    expect(message!.activity).toMatchObject({ type: 'message', summary: expect.stringContaining(finding) })
    expect(engine.asked).toMatchObject([{ text: revenue }])
    expect(teams.failed()).toEqual([])
  })

  test.each(['group', 'channel'] as const)('in a %s is read without the mention, and as it was typed', async place => {
    const { teams, engine } = await start()
    await teams.message({ text: 'orders of R&D where margin < 5% &amp; "cheap"', conversation: place })
    await answers(teams, place)
    expect(engine.asked.map(({ text }) => text)).toEqual(['orders of R&D where margin < 5% &amp; "cheap"'])
  })

  test('in a channel is answered in its thread, and what is asked there follows it up', async () => {
    const { teams, engine } = await start()
    const first = await teams.message({ text: revenue, conversation: 'channel' })
    await answers(teams, 'channel')
    await teams.message({ text: 'and by month?', conversation: 'channel', replyToId: String(first.activity.id) })
    await teams.message({ text: 'orders', conversation: 'channel', from: 'colleague' })
    const found = await answers(teams, 'channel', 3)
    const { tenantId, conversations } = teams.world
    const thread = `teams:${tenantId}:${conversations.channel.id};messageid=${first.activity.id}`
    expect(engine.asked.map(asked => asked.thread === thread)).toEqual([true, true, false])
    expect(found.map(message => message.thread === first.activity.id)).toEqual([true, true, false])
  })

  test('in a group chat, which has no threads, follows up what the same person asked before', async () => {
    const { teams, engine } = await start()
    await teams.message({ text: revenue, conversation: 'group' })
    await teams.message({ text: 'orders', conversation: 'group', from: 'colleague' })
    await teams.message({ text: 'and by month?', conversation: 'group' })
    await answers(teams, 'group', 3)
    const [mine, , theirs] = ['revenue by category in texs please', '', 'orders'].map(
      text => engine.asked.find(asked => asked.text === text)?.thread,
    )
    expect(engine.asked.find(({ text }) => text === 'and by month?')?.thread).toBe(mine)
    expect(theirs).not.toBe(mine)
  })

  test('that is not said to the bot is left alone, also where the bot may read everything', async () => {
    const { teams, engine, quiet } = await start()
    await teams.message({ text: revenue, conversation: 'channel', mention: false })
    await teams.message({ text: revenue, conversation: 'group', mention: false })
    await quiet()
    expect([engine.asked, teams.calls]).toEqual([[], []])
  })

  test('of a bot is left alone', async () => {
    const { teams, engine, quiet } = await start()
    await teams.message({ text: revenue, alter: activity => ({ ...activity, from: { id: '28:another' } }) })
    await quiet()
    expect([engine.asked, teams.calls]).toEqual([[], []])
  })

  test('of somebody without an account of the tenant is refused with a sentence, in a group only to them', async () => {
    const { teams, engine } = await start()
    const guest = (activity: { from?: unknown }) => ({ ...activity, from: { id: teams.world.people.colleague.id } })
    await teams.message({ text: revenue, conversation: 'group', alter: guest })
    const [message] = await answers(teams, 'group')
    expect([says(message), message?.to?.key]).toEqual([
      'I answer only to people who are signed in to this organization.',
      'colleague',
    ])
    expect(engine.asked).toEqual([])
  })

  test('nothing but a mention asks for help', async () => {
    const { teams, engine } = await start()
    await teams.message({ text: '', conversation: 'channel' })
    await answers(teams, 'channel')
    expect(engine.asked.map(({ text }) => text)).toEqual(['help'])
  })

  test.each([
    ['revenue', 'clarify'],
    ['revenue next month', 'refused'],
    ['orders in alaska in march 2021', 'empty'],
    ['time out', 'failed'],
  ])('“%s” ends in one message too (%s)', async text => {
    const { teams } = await start()
    await teams.message({ text })
    const found = await answers(teams, 'personal')
    expect(found).toHaveLength(1)
    expect(teams.failed()).toEqual([])
  })

  test('a failure shows its sentence and an incident, and nothing of what went wrong', async () => {
    const { teams } = await start()
    await teams.message({ text: 'break' })
    const [message] = await answers(teams, 'personal')
    expect(says(message)).toContain('Something went wrong on our side (incident inc-1).')
    expect(JSON.stringify(message!.activity)).not.toContain('secret detail')
  })
})

describe('“Try again” under a failure', () => {
  const failingAtFirst = (times: number): BotOptions['useCases'] => {
    const engine = createChatEngine()
    let left = times
    return {
      ask: (question, running) =>
        left-- > 0 ? Promise.reject(new Error('secret detail')) : engine.parts.useCases.ask(question, running),
    }
  }
  const tryAgain = async (teams: FakeTeams, place: Place, from: 'asker' | 'colleague' = 'asker') =>
    teams.press((await answers(teams, place))[0]!, 'Try again', { from })

  test('asks the same words, and the message becomes the answer', async () => {
    const { teams, quiet } = await start({ useCases: failingAtFirst(1) })
    await teams.message({ text: revenue, conversation: 'channel' })
    await tryAgain(teams, 'channel')
    await quiet()
    const messages = teams.messages('channel')
    expect(messages).toHaveLength(1)
    expect(says(messages[0])).toContain(finding)
  })

  test('that fails again says so with a new incident, and can be tried once more', async () => {
    const { teams, quiet } = await start({ useCases: failingAtFirst(2) })
    await teams.message({ text: revenue })
    await tryAgain(teams, 'personal')
    expect(says((await answers(teams, 'personal'))[0])).toContain('(incident inc-2)')
    await tryAgain(teams, 'personal')
    await quiet()
    expect(teams.messages('personal').map(message => says(message).includes(finding))).toEqual([true])
  })

  test('of a private question is answered in private, and is not for others', async () => {
    const { teams, quiet } = await start({ useCases: failingAtFirst(1) })
    await teams.message({ text: revenue, conversation: 'group', targeted: true })
    const { body } = await tryAgain(teams, 'group', 'colleague')
    expect(body).toMatchObject({ value: 'This is not yours to change.' })
    await tryAgain(teams, 'group')
    await quiet()
    expect(teams.messages('group').map(({ to }) => to?.key)).toEqual(['asker'])
    expect(says(teams.messages('group')[0])).toContain(finding)
  })

  test('of somebody else’s question brings an answer of its own', async () => {
    const { teams, quiet } = await start({ useCases: failingAtFirst(1) })
    await teams.message({ text: revenue, conversation: 'channel' })
    await tryAgain(teams, 'channel', 'colleague')
    await quiet()
    expect(teams.messages('channel').map(message => says(message).includes(finding))).toEqual([false, true])
  })
})

describe('a slash command', () => {
  test.each(['group', 'channel'] as const)('in a %s is answered to its sender alone', async place => {
    const { teams } = await start({ patience: 0 })
    await teams.message({ text: 'be slow', conversation: place, targeted: true })
    await teams.waitFor(() => says(teams.messages(place)[0]).includes('Stop'))
    bot.engine.finishSlow()
    await teams.waitFor(() => says(teams.messages(place)[0]).includes(finding))
    expect(teams.messages(place).map(({ to }) => to?.key)).toEqual(['asker'])
    expect(says(teams.messages(place)[0])).toContain('Only you can see this')
    expect(teams.seenBy('colleague', place)).toEqual([])
    expect(written(teams).map(({ query }) => query)).toEqual(written(teams).map(() => ({ isTargetedActivity: 'true' })))
    expect(teams.failed()).toEqual([])
  })

  test('is a conversation apart: what is asked aloud afterwards does not follow it up', async () => {
    const { teams, engine } = await start()
    await teams.message({ text: revenue, conversation: 'group', targeted: true })
    await answers(teams, 'group')
    await teams.message({ text: 'and by month?', conversation: 'group' })
    await answers(teams, 'group', 2)
    const [privately, aloud] = engine.asked.map(({ thread }) => thread)
    expect(aloud).not.toBe(privately)
  })

  test('never shows that the bot is typing', async () => {
    const { teams, engine } = await start({ patience: 1500 })
    await teams.message({ text: 'be slow', conversation: 'group', targeted: true })
    await wait(700)
    engine.finishSlow()
    await answers(teams, 'group')
    expect(teams.typing).toEqual([])
  })
})

describe('while it takes long', () => {
  test('that takes long shows what is written of its answer, above Stop, as bare text', async () => {
    const { teams, engine } = await start({ patience: 20 })
    await teams.message({ text: 'be slow' })
    const [working] = await answers(teams, 'personal')
    const begun = teams.waitFor(() => {
      const [message] = teams.messages('personal')
      if (!says(message).includes('Texas fell'))
        engine.write(['Texas fell 20% to $400', 'Ohio rose **10%** [x](http://x.y).'])
      return says(message).includes('Texas fell') && message
    })
    const message = await begun
    expect(message.id).toBe(working!.id)
    expect(says(message)).toContain('Putting it into words…')
    expect(JSON.stringify(message.activity)).not.toContain('**10%**')
    engine.finishSlow()
    await teams.waitFor(() => says(teams.messages('personal')[0]).includes(finding))
    expect(teams.messages('personal')).toHaveLength(1)
  })

  test('the request is answered at once, the bot types, then says so with a Stop button, and that message becomes the answer', async () => {
    const { teams, engine } = await start({ patience: 900 })
    const { status } = await teams.message({ text: 'be slow' })
    expect([status, teams.messages('personal')]).toEqual([200, []])
    const [working] = await answers(teams, 'personal')
    expect(teams.typing).toHaveLength(1)
    expect(says(working)).toContain('Counting orders')
    expect(all(working!.activity, 'Action.Execute').map(({ title }) => title)).toEqual(['Stop'])
    engine.finishSlow()
    await teams.waitFor(() => says(teams.messages('personal')[0]).includes(finding))
    expect(teams.messages('personal')).toHaveLength(1)
  })

  test('Stop of one that was cut off when its process was killed says so in its place', async () => {
    const { teams, engine } = await start({ patience: 1 })
    await teams.message({ text: 'be slow', conversation: 'group' })
    const working = await teams.waitFor(() => teams.messages('group')[0])
    engine.parts.queue.stop = async () => 'cut-off'
    const stop = await teams.press(working, 'Stop')
    const words = 'The program ended while it worked on this, so the work was cut off.'
    expect(stop.body).toMatchObject({ statusCode: 200, value: `${words} Please ask the question again.` })
    await teams.waitFor(() => says(working).includes(words))
    expect(all(working.activity, 'Action.Execute')).toEqual([])
    expect(teams.messages('group')).toEqual([working])
  })

  test('Stop ends the query, and the message says so', async () => {
    const { teams, engine } = await start({ patience: 0 })
    await teams.message({ text: 'be slow', conversation: 'group' })
    const [working] = await answers(teams, 'group')
    const other = await teams.press(working!, 'Stop', { from: 'colleague' })
    expect(other.body).toMatchObject({ value: 'Nothing of yours is running here.' })
    const stop = await teams.press(working!, 'Stop')
    expect(stop.body).toMatchObject({ statusCode: 200, value: 'Stopping…' })
    await teams.waitFor(() => says(teams.messages('group')[0]).includes('Stopped. Nothing more is running.'))
    expect(engine.stopped).toEqual(['a1'])
    expect(teams.messages('group')).toHaveLength(1)
  })

  test('an answer that comes at once is not announced by typing', async () => {
    const { teams } = await start()
    await teams.message({ text: revenue })
    await answers(teams, 'personal')
    expect([teams.typing, written(teams).length]).toEqual([[], 1])
  })
})

describe('the same delivery again', () => {
  test('is answered once, also while the first is being worked on', async () => {
    const { teams, engine, quiet } = await start()
    const first = await teams.message({ text: revenue })
    const again = await Promise.all([teams.redeliver(first), teams.redeliver(first)])
    await quiet()
    expect(again.map(({ status }) => status)).toEqual([200, 200])
    expect([engine.asked.length, teams.messages('personal').length]).toEqual([1, 1])
    expect((await engine.parts.metrics.page()).text).toContain('chartroom_duplicates_total{platform="teams"} 2')
  })
})

describe('an edited question', () => {
  test('changes its answer in the same message, once', async () => {
    const { teams, engine, quiet } = await start()
    const first = await teams.message({ text: 'revenue', conversation: 'channel' })
    const [message] = await answers(teams, 'channel')
    const edit = await teams.editMessage(String(first.activity.id), { text: revenue, conversation: 'channel' })
    await teams.redeliver(edit)
    await teams.waitFor(() => says(message).includes(finding))
    await quiet()
    expect(engine.asked.map(({ text }) => text)).toEqual(['revenue', revenue])
    expect(teams.messages('channel')).toHaveLength(1)
    expect(message!.earlier).toHaveLength(1)
  })

  test('that was private stays so, also when the edit does not say it', async () => {
    const { teams, quiet } = await start()
    const { activity } = await teams.message({ text: 'orders', conversation: 'group', targeted: true })
    await answers(teams, 'group')
    await teams.editMessage(String(activity.id), { text: revenue, conversation: 'group', mention: true })
    await quiet()
    expect(teams.messages('group').map(({ to }) => to?.key)).toEqual(['asker'])
    expect(says(teams.messages('group')[0])).toContain(finding)
  })

  test('with the same words as before is left alone', async () => {
    const { teams, engine, quiet } = await start()
    const { activity } = await teams.message({ text: revenue })
    await answers(teams, 'personal')
    await teams.editMessage(String(activity.id), { text: revenue })
    await quiet()
    expect([engine.asked.length, written(teams).length]).toEqual([1, 1])
  })

  test('that no longer mentions the bot, or was never seen before, is handled', async () => {
    const { teams, engine, quiet } = await start()
    await teams.editMessage('1700000000000', { text: revenue, conversation: 'group', mention: false })
    await teams.editMessage('1700000000001', { text: 'orders', conversation: 'group' })
    await answers(teams, 'group')
    await quiet()
    expect(engine.asked.map(({ text }) => text)).toEqual(['orders'])
  })

  test('a deleted question changes nothing', async () => {
    const { teams, engine, quiet } = await start()
    const { activity } = await teams.message({ text: revenue })
    await answers(teams, 'personal')
    await teams.deleteMessage(String(activity.id))
    await quiet()
    expect([engine.asked.length, written(teams).length]).toEqual([1, 1])
  })
})

describe('what an answer carries', () => {
  test('thumbs that ask why, and no AI label when the rules have answered', async () => {
    const { teams } = await start()
    await teams.message({ text: revenue, conversation: 'channel' })
    const [message] = await answers(teams, 'channel')
    expect(message!.activity.channelData).toEqual({ feedbackLoop: { type: 'custom' } })
    expect(message!.activity.entities).toBeUndefined()
  })

  test('the AI label when a model has written words', async () => {
    const { teams } = await start()
    await teams.message({ text: 'list customers' })
    const [message] = await answers(teams, 'personal')
    expect(message!.activity.entities).toMatchObject([
      { type: 'https://schema.org/Message', '@type': 'Message', additionalType: ['AIGeneratedContent'] },
    ])
  })

  test('suggested prompts under help in the personal chat', async () => {
    const { teams } = await start()
    await teams.message({ text: 'help' })
    await teams.message({ text: 'help', conversation: 'channel' })
    const [personal] = await answers(teams, 'personal')
    const [channel] = await answers(teams, 'channel')
    const { actions } = personal!.activity.suggestedActions as { actions: { type: string }[] }
    expect(actions.map(({ type }) => type)).toEqual(actions.map(() => 'imBack'))
    expect(actions.length).toBeGreaterThan(0)
    expect(channel!.activity.suggestedActions).toBeUndefined()
  })

  test('nothing from data that mentions, links, shows a picture or tells the time', async () => {
    const { teams } = await start()
    await teams.message({ text: 'be hostile', conversation: 'channel' })
    const [message] = await answers(teams, 'channel')
    expect(message!.activity.entities).toBeUndefined()
    const text = says(message)
    expect(text).not.toMatch(/\{\{(DATE|TIME)/)
    expect(text).not.toMatch(/(?<!\\)\]\(http/)
    expect(text).not.toContain('<at>')
    expect(teams.failed()).toEqual([])
  })
})
