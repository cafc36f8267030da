import { afterEach, describe, expect, test, vi } from 'vitest'
import { clickText } from '#renderers/view/click.ts'
import type { Message } from '#test/fakes/teams/chat.ts'
import type { FakeTeams } from '#test/fakes/teams/teams.ts'
import type { Json, Place } from '#test/fakes/teams/world.ts'
import { all, type Bot, type BotOptions, says, smallPng, startBot } from './bot.ts'

let bot: Bot
afterEach(() => bot.stop())

const revenue = 'revenue by category in texs please'
const finding = 'Electronics brought $48.2k in Texas in December, 41% of the total'

type Asked = BotOptions & { place?: Place; targeted?: boolean }

/** The bot, and an answer that it has given. */
const answered = async ({
  place = 'channel',
  targeted = false,
  ...options
}: Asked = {}): Promise<[FakeTeams, Message]> => {
  bot = await startBot(options)
  await bot.teams.message({ text: revenue, conversation: place, targeted })
  const message = await bot.teams.waitFor(
    () => says(bot.teams.messages(place)[0]).includes(finding) && bot.teams.messages(place)[0],
  )
  // It is known to stand there a moment after Teams has taken it.
  const placed = `teams:${bot.teams.world.tenantId}:${message.conversation.id}:${message.id}`
  await vi.waitFor(async () => expect(await bot.engine.answers.at(placed)).toBeDefined())
  return [bot.teams, message]
}

const value = (delivery: { body: unknown }) => (delivery.body as { value?: unknown }).value
const menu = (name: 'period' | 'split' | 'chart', index: number) =>
  clickText({ kind: 'menu', menu: name, index, answer: 'a1' })
const deed = (name: 'details' | 'csv' | 'share' | 'delete' | 'up' | 'down' | 'again', answer = 'a1') => ({
  data: { click: clickText({ kind: 'deed', deed: name, answer }) },
})

describe('what the asker chooses in the menus', () => {
  test('changes the message for everybody, and answers the press with the same card', async () => {
    const [teams, message] = await answered()
    const pressed = await teams.press(message, 'Apply', { inputs: { period: menu('period', 1) } })
    expect(bot.engine.asked[1]).toMatchObject({
      text: 'in November 2023',
      query: { period: { label: 'November 2023' } },
    })
    expect(teams.messages('channel')).toHaveLength(1)
    expect(message.earlier).toHaveLength(1)
    expect(value(pressed)).toEqual((message.activity.attachments as Json[])[0]!.content)
    expect(says(message)).toContain(clickText({ kind: 'deed', deed: 'csv', answer: 'a2' }) && finding)
    expect(teams.failed()).toEqual([])
  })

  test('in several menus at once is one question', async () => {
    const [teams, message] = await answered()
    const inputs = { period: menu('period', 1), split: menu('split', 1), chart: menu('chart', 1) }
    await teams.press(message, 'Apply', { inputs })
    expect(bot.engine.asked[1]).toMatchObject({
      text: 'in November 2023, by state, as donut',
      query: {
        period: { label: 'November 2023' },
        splits: [{ dimension: 'state' }],
        chart: 'donut',
        filters: [{ values: ['Texas'] }],
      },
    })
    expect(bot.engine.asked).toHaveLength(2)
  })

  test('is nothing yet: a sentence says so', async () => {
    const [teams, message] = await answered()
    const pressed = await teams.press(message, 'Apply')
    expect(value(pressed)).toBe('Choose something first.')
  })

  test('follows on in the same thread of questions', async () => {
    const [teams, message] = await answered()
    await teams.press(message, 'And by month?')
    expect(bot.engine.asked[1]).toMatchObject({ text: 'and by month?', thread: bot.engine.asked[0]!.thread })
  })
})

describe('a press of somebody else', () => {
  test('leaves the answer as it is, and is answered by a new one in the thread that says what was asked', async () => {
    const [teams, message] = await answered()
    const pressed = await teams.press(message, 'Apply', { from: 'colleague', inputs: { period: menu('period', 1) } })
    expect(value(pressed)).toBe('The answer comes in a message of its own.')
    const added = await teams.waitFor(() => teams.messages('channel')[1])
    expect([message.earlier, added.thread]).toEqual([[], message.thread])
    expect(says(added)).toContain('“in November 2023”')
  })

  test('cannot delete or share it', async () => {
    const [teams, message] = await answered()
    const pressed = await teams.execute({
      conversation: 'channel',
      replyToId: message.id,
      from: 'colleague',
      ...deed('delete'),
    })
    expect([value(pressed), message.deleted]).toEqual(['Only the person who asked can do that.', false])
  })

  test('at the same time as the asker’s: each gets their own', async () => {
    const [teams, message] = await answered()
    const presses = [
      teams.press(message, 'Apply', { inputs: { period: menu('period', 1) } }),
      teams.press(message, 'Apply', { from: 'colleague', inputs: { split: menu('split', 1) } }),
    ]
    expect((await Promise.all(presses)).map(({ status }) => status)).toEqual([200, 200])
    await teams.waitFor(() => teams.messages('channel').length === 2)
    expect([message.earlier.length, bot.engine.asked.length]).toEqual([1, 3])
    expect(teams.failed()).toEqual([])
  })
})

describe('two presses at once', () => {
  test('of one button are one message, changed twice', async () => {
    const [teams, message] = await answered()
    const press = () => teams.press(message, 'Apply', { inputs: { period: menu('period', 1) } })
    const both = await Promise.all([press(), press()])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    expect(teams.messages('channel')).toHaveLength(1)
  })

  test('delivered again, the same press changes nothing more', async () => {
    const [teams, message] = await answered()
    const pressed = await teams.press(message, 'Apply', { inputs: { period: menu('period', 1) } })
    const again = await teams.redeliver(pressed)
    expect(value(again)).toBe('That is being worked on already.')
    expect([message.earlier.length, bot.engine.asked.length]).toEqual([1, 2])
  })
})

describe('a change that takes long', () => {
  const slow = { patience: 20 }
  const again = async (teams: FakeTeams, message: Message) => {
    const kept = await bot.engine.answers.get('a1')
    await bot.engine.answers.put({ ...kept!, answer: { ...kept!.answer, question: 'be slow' } })
    return teams.execute({ conversation: 'channel', replyToId: message.id, ...deed('again') })
  }

  test('shows the asker that it is being worked on, and then everybody the answer', async () => {
    const [teams, message] = await answered(slow)
    const pressed = await again(teams, message)
    expect(all(value(pressed), 'Action.Execute').map(({ title }) => title)).toEqual(['Stop'])
    expect(says(message, 'colleague')).toContain(finding)
    bot.engine.finishSlow()
    await teams.waitFor(() => message.earlier.length === 1)
    expect(says(message, 'asker')).toContain(finding)
  })

  test('and was cut off when its process was killed brings the answer back when Stop is pressed', async () => {
    const [teams, message] = await answered(slow)
    await again(teams, message)
    bot.engine.parts.queue.stop = async () => 'cut-off'
    const stop = await teams.press(message, 'Stop')
    expect(value(stop)).toBe(
      'The program ended while it worked on this, so the work was cut off. Please ask the question again.',
    )
    await teams.waitFor(() => says(message, 'asker').includes(finding))
    expect(says(message, 'colleague')).toContain(finding)
  })

  test('and is stopped leaves the answer that was there', async () => {
    const [teams, message] = await answered(slow)
    await again(teams, message)
    const stop = await teams.press(message, 'Stop')
    expect(value(stop)).toBe('Stopping…')
    await teams.waitFor(() => says(message, 'asker').includes(finding))
    const note = await teams.waitFor(() => teams.messages('channel')[1])
    expect([says(note), note.to?.key]).toEqual(['Stopped. Nothing more is running. Ask again when you like.', 'asker'])
  })
})

describe('details', () => {
  test('open in place for whoever asks for them: table, receipt and SQL', async () => {
    const [teams, message] = await answered()
    const { card, problems } = await teams.execute({
      conversation: 'channel',
      replyToId: message.id,
      from: 'colleague',
      ...deed('details'),
    })
    expect(problems).toEqual([])
    const text = says(message, 'colleague')
    for (const part of [finding, 'sum of order line amounts', 'SELECT', 'Home']) expect(text).toContain(part)
    expect(all(card, 'Image')).toHaveLength(1)
    expect([message.earlier, message.views.has('asker')]).toEqual([[], false])
  })
})

describe('CSV', () => {
  test('comes as a card to copy from, in a channel only to whoever asks', async () => {
    const [teams, message] = await answered()
    const pressed = await teams.press(message, 'CSV', { from: 'colleague' })
    expect(value(pressed)).toBe('The rows are in a message that only you see.')
    const rows = teams.messages('channel')[1]
    expect(rows?.to?.key).toBe('colleague')
    expect(all(rows!.activity, 'CodeBlock')[0]!.codeSnippet).toBe(
      'category,revenue,revenue_previous\nElectronics,48210.5,41007\nClothing,31876.25,36510.75\nHome & Kitchen,22140,21980.4\nToys,12034.99,9120\nBooks,4120.1,4388.05',
    )
    expect(says(rows)).toContain('5 rows, to copy')
  })

  test('in the personal chat is a message there, and says how many rows fit', async () => {
    const line = `${'x'.repeat(99)}\r\n`
    const [teams, message] = await answered({
      place: 'personal',
      useCases: { csv: () => `name\r\n${line.repeat(1000)}` },
    })
    await teams.press(message, 'CSV')
    const rows = teams.messages('personal')[1]
    // 60,000 bytes less 2 × 8 for the names; a row has 2 × 103: 99 letters, the line break as \n, and quotes.
    expect(says(rows)?.includes('The first 291 of 1,000 rows, to copy')).toBe(true)
    expect(teams.failed()).toEqual([])
  })
})

describe('a private answer', () => {
  const privately = { targeted: true, place: 'group' as Place }

  test('is changed in private', async () => {
    const [teams, message] = await answered(privately)
    await teams.press(message, 'Apply', { inputs: { period: menu('period', 1) } })
    await teams.press(message, 'CSV')
    expect(teams.messages('group').map(({ to }) => to?.key)).toEqual(['asker', 'asker'])
    expect(message.earlier).toHaveLength(1)
    expect(teams.seenBy('colleague', 'group')).toEqual([])
    expect(teams.failed()).toEqual([])
  })

  test('that was changed is shared like any other', async () => {
    const [teams, message] = await answered(privately)
    await teams.press(message, 'Apply', { inputs: { period: menu('period', 1) } })
    expect(value(await teams.press(message, 'Share'))).toBe('Shared.')
    expect(teams.messages('group').map(({ to }) => to?.key)).toEqual(['asker', undefined])
  })

  test('is of no use to anybody else, whatever their client sends', async () => {
    const [teams, message] = await answered(privately)
    for (const name of ['details', 'csv', 'again'] as const) {
      const press = { conversation: 'group', replyToId: message.id, from: 'colleague', ...deed(name) } as const
      expect(value(await teams.execute(press))).toBe('This is not yours to change.')
    }
    expect(teams.messages('group')).toHaveLength(1)
  })

  test.each(['group', 'channel'] as const)('in a %s is shared once, as an answer of its own', async place => {
    const [teams, message] = await answered({ targeted: true, place })
    const both = await Promise.all([teams.press(message, 'Share'), teams.press(message, 'Share')])
    expect(both.map(value).toSorted()).toEqual(['It has been shared already.', 'Shared.'])
    const shared = teams.messages(place).filter(({ to }) => to === undefined)
    expect(shared).toHaveLength(1)
    expect(says(shared[0])).toContain(finding)
    expect(says(shared[0])).not.toContain('Only you can see this')
    expect(says(shared[0])).toContain(`“${revenue}”`)
    expect(shared[0]!.thread).toBeUndefined()
    await teams.press(shared[0]!, 'Apply', {
      inputs: { period: clickText({ kind: 'menu', menu: 'period', index: 1, answer: idIn(shared[0]!) }) },
    })
    expect([shared[0]!.earlier.length, message.earlier.length]).toEqual([1, 0])
    expect(teams.failed()).toEqual([])
  })
})

test('a private answer that could not be shared can be shared again', async () => {
  const [teams, message] = await answered({ targeted: true, place: 'group' })
  teams.script({ status: 400, times: 6 })
  expect(value(await teams.press(message, 'Share'))).toMatch(/^That did not work \(incident inc-\d\)/)
  expect(value(await teams.press(message, 'Share'))).toBe('Shared.')
  expect(teams.messages('group').filter(({ to }) => to === undefined)).toHaveLength(1)
})

/** The id of the answer in a message, as its buttons carry it. */
const idIn = (message: Message) =>
  String((all(message.activity, 'Action.Execute').find(({ title }) => title === 'CSV')!.data as Json).click).replace(
    'deed.csv.',
    '',
  )

describe('Delete', () => {
  test.each([true, false])('takes the asker’s answer away (private: %s)', async targeted => {
    const [teams, message] = await answered({ place: 'group', targeted })
    const pressed = await teams.press(message, 'Delete')
    expect([value(pressed), message.deleted]).toEqual(['Deleted.', true])
    expect(teams.failed()).toEqual([])
  })

  test('of what is gone already is no failure', async () => {
    const [teams, message] = await answered()
    await teams.press(message, 'Delete')
    const again = await teams.execute({ conversation: 'channel', replyToId: message.id, ...deed('delete') })
    expect(value(again)).toBe('Deleted.')
  })
})

describe('a button that means nothing any more', () => {
  test.each([
    ['an answer that is no longer kept', deed('details', 'of-last-year').data],
    ['a menu that the answer does not have', { period: 'menu.period.99.a1' }],
    ['none of ours', { click: 'rm -rf' }],
    ['a query', { click: { sql: 'select 1' } }],
    ['nothing', null],
    ['a list', [1, 2]],
    ['a very long text', { click: 'x'.repeat(5000) }],
  ])('(%s) is answered with a sentence', async (_, data) => {
    const [teams, message] = await answered()
    const { status, body, problems } = await teams.execute({
      conversation: 'channel',
      replyToId: message.id,
      data: data as Json,
    })
    expect([status, problems]).toEqual([200, []])
    expect(body).toMatchObject({ type: 'application/vnd.microsoft.activity.message' })
    expect(bot.engine.asked).toHaveLength(1)
  })

  test('of an answer in another conversation is refused', async () => {
    const [teams, message] = await answered({ place: 'personal' })
    const pressed = await teams.execute({ conversation: 'channel', replyToId: message.id, ...deed('details') })
    expect(value(pressed)).toBe('This is not yours to change.')
  })

  test('on a message that is gone is answered in a new one', async () => {
    const [teams, message] = await answered()
    message.deleted = true
    await teams.press(message, 'Apply', { inputs: { period: menu('period', 1) } })
    expect(teams.messages('channel')).toHaveLength(2)
  })
})

describe('a press that fails', () => {
  test('in our own code says so with an incident, and the answer stays', async () => {
    const csv = () => {
      throw new TypeError('secret detail of /somewhere')
    }
    const [teams, message] = await answered({ useCases: { csv } })
    const pressed = await teams.press(message, 'CSV')
    expect(value(pressed)).toBe('That did not work (incident inc-1). Please try again.')
  })

  test('because the question fails leaves the answer that was there', async () => {
    const [teams, message] = await answered()
    const kept = await bot.engine.answers.get('a1')
    await bot.engine.answers.put({ ...kept!, answer: { ...kept!.answer, question: 'time out' } })
    const pressed = await teams.execute({ conversation: 'channel', replyToId: message.id, ...deed('again') })
    expect(value(pressed)).toBe('The database did not answer within 30 seconds.')
    expect(message.earlier).toEqual([])
  })
})

describe('an old client', () => {
  test('that sends Action.Submit gets the same, by message', async () => {
    const [teams, message] = await answered({ place: 'group' })
    await teams.submit({ conversation: 'group', replyToId: message.id, value: { period: menu('period', 1) } })
    await teams.waitFor(() => message.earlier.length === 1)
    await teams.submit({
      conversation: 'group',
      replyToId: message.id,
      from: 'colleague',
      value: deed('details', 'a2').data,
    })
    const details = await teams.waitFor(() => teams.messages('group')[1])
    expect([details.to?.key, says(details).includes('SELECT')]).toEqual(['colleague', true])
    await teams.submit({ conversation: 'group', value: { whatever: true } })
    const told = await teams.waitFor(() => teams.messages('group')[2])
    expect([told.to?.key, says(told)]).toEqual(['asker', 'Choose something first.'])
  })
})

describe('thumbs', () => {
  const personIn = ({ world }: FakeTeams, key: 'asker' | 'colleague') => ({
    platform: 'teams',
    tenant: world.tenantId,
    user: world.people[key].aadObjectId,
  })

  const told = async (teams: FakeTeams) => teams.waitFor(() => bot.engine.feedback.length > 0 && bot.engine.feedback)

  test('ask why, and pass on what was said, of whoever sees the answer', async () => {
    const [teams, message] = await answered()
    const form = await teams.feedbackForm({ conversation: 'channel', reaction: 'dislike', replyToId: message.id })
    expect(form.problems).toEqual([])
    const given = {
      actionName: 'feedback',
      actionValue: { reaction: 'dislike', feedback: '{"reasons":"number","words":"VAT is in it"}' },
    }
    const { status } = await teams.invoke('message/submitAction', given, {
      conversation: 'channel',
      from: 'colleague',
      replyToId: message.id,
    })
    expect(status).toBe(200)
    expect(await told(teams)).toEqual([
      {
        answerId: 'a1',
        verdict: 'down',
        reason: 'The number is wrong; VAT is in it',
        by: personIn(teams, 'colleague'),
      },
    ])
  })

  test('without words, or of the form of Teams itself', async () => {
    const [teams, message] = await answered()
    await teams.feedback({ conversation: 'channel', reaction: 'like', replyToId: message.id })
    expect(await told(teams)).toEqual([{ answerId: 'a1', verdict: 'up', by: personIn(teams, 'asker') }])
  })

  test('under a message that is no answer, or with hostile data, are taken and mean nothing', async () => {
    const [teams] = await answered()
    const old = await teams.feedback({ conversation: 'channel', reaction: 'like', replyToId: '1600000000000' })
    const odd = await teams.invoke('message/submitAction', { actionName: 'feedback', actionValue: { reaction: ['x'] } })
    const none = await teams.invoke('message/fetchTask', null)
    expect([old.status, odd.status, none.status, bot.engine.feedback]).toEqual([200, 200, 200, []])
  })
})

test('the picture of the answer stays in a changed one', async () => {
  const [teams, message] = await answered()
  await teams.press(message, 'Apply', { inputs: { period: menu('period', 1) } })
  expect(all(message.activity, 'Image').map(({ url }) => url)).toEqual([
    `data:image/png;base64,${Buffer.from(smallPng).toString('base64')}`,
  ])
})
