import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type SdkApp, startSdkApp } from './sdk-app.ts'
import { type FakeTeams, startTeams } from './teams.ts'
import type { Json } from './world.ts'

let teams: FakeTeams
let bot: SdkApp
let seen: Json[]
beforeEach(async () => {
  teams = await startTeams()
  seen = []
  bot = await startSdkApp(teams, app =>
    app.use(async ({ activity, next }) => {
      seen.push(activity as unknown as Json)
      return next()
    }),
  )
})
afterEach(async () => {
  await bot.stop()
  await teams.stop()
})

test('an edit names the same message, with the new words', async () => {
  const { activity } = await teams.message({ text: 'revenue', conversation: 'channel' })
  await teams.editMessage(String(activity.id), { text: 'orders', conversation: 'channel' })
  expect(seen[1]).toMatchObject({
    type: 'messageUpdate',
    id: activity.id,
    text: '<at>Chartroom</at>&nbsp;orders',
    channelData: { eventType: 'editMessage' },
  })
  expect(teams.seenBy('colleague', 'channel').map(({ activity, earlier }) => [activity.text, earlier.length])).toEqual([
    ['<at>Chartroom</at>&nbsp;orders', 1],
  ])
})

test('a deletion takes the message away from people', async () => {
  const { activity } = await teams.message({ text: 'revenue' })
  await teams.deleteMessage(String(activity.id))
  expect(seen[1]).toMatchObject({
    type: 'messageDelete',
    id: activity.id,
    channelData: { eventType: 'softDeleteMessage' },
  })
  expect(teams.seenBy('asker', 'personal')).toEqual([])
})

test('a second delivery is the same activity', async () => {
  const first = await teams.message({ text: 'revenue' })
  const second = await teams.redeliver(first)
  expect([second.status, seen[1]!.id, seen[1]!.timestamp]).toEqual([200, seen[0]!.id, seen[0]!.timestamp])
})

test('a slash command is marked, without a mention, and seen by its sender only', async () => {
  await teams.message({ text: 'kpi revenue', conversation: 'group', targeted: true })
  expect(seen[0]).toMatchObject({ text: 'kpi revenue', recipient: { id: teams.world.bot.id, isTargeted: true } })
  expect([teams.seenBy('asker', 'group').length, teams.seenBy('colleague', 'group').length]).toEqual([1, 0])
})

test.each([
  [{ kind: 'installed' }, { type: 'installationUpdate', action: 'add' }],
  [{ kind: 'uninstalled' }, { type: 'installationUpdate', action: 'remove' }],
  [{ kind: 'bot-added' }, { type: 'conversationUpdate', channelData: { eventType: 'teamMemberAdded' } }],
  [
    { kind: 'renamed', name: 'Returns' },
    { type: 'conversationUpdate', channelData: { eventType: 'channelRenamed' } },
  ],
] as const)('%o is told to the bot', async (change, told) => {
  const { status } = await teams.membership(change, { conversation: 'channel' })
  expect([status, seen[0]]).toMatchObject([200, told])
})

describe('what is broken on purpose', () => {
  test('a tenant or service URL of somebody else arrives as such', async () => {
    await teams.message({ text: 'revenue', tenant: 'other' })
    expect(seen[0]).toMatchObject({ conversation: { tenantId: 'other' }, channelData: { tenant: { id: 'other' } } })
    const { status } = await teams.message({ text: 'revenue', serviceUrl: 'https://smba.example/' })
    expect(status).toBe(401)
  })

  test('an activity can be altered in any way', async () => {
    await teams.message({ text: 'revenue', alter: activity => ({ ...activity, from: undefined }) })
    expect(seen[0]!.from).toBeUndefined()
  })

  test('Teams loses patience with a slow bot', async () => {
    let letGo = () => {}
    const held = new Promise<void>(done => {
      letGo = done
    })
    bot.app.on('message', () => held)
    const { status } = await teams.message({ text: 'revenue', patience: 50 })
    expect(status).toBe(0)
    letGo()
  })
})

describe('answers to invokes', () => {
  const answering = (answer: object | undefined) => bot.app.on('card.action', () => answer as never)
  const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'x' }] }
  const adaptive = 'application/vnd.microsoft.card.adaptive'

  test.each<[string, object, string[]]>([
    ['a card', { statusCode: 200, type: adaptive, value: card }, []],
    [
      'a broken card',
      { statusCode: 200, type: adaptive, value: { ...card, version: '1.6' } },
      ['card: version 1.6, only up to 1.5 is shown'],
    ],
    ['a message', { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Stopped.' }, []],
    [
      'an error',
      { statusCode: 500, type: 'application/vnd.microsoft.error', value: { code: '500', message: 'Sorry' } },
      [],
    ],
    ['something else', { ok: true }, ['answer of type undefined']],
  ])('%s is looked at', async (_, answer, problems) => {
    answering(answer)
    expect((await teams.execute({ verb: 'click' })).problems).toEqual(problems)
  })

  test('a button that opens a dialog asks for it', async () => {
    bot.app.on(
      'dialog.open',
      () =>
        ({
          task: { type: 'continue', value: { title: 'Receipt', card: { contentType: adaptive, content: card } } },
        }) as never,
    )
    const { status, body } = await teams.pressAction(
      { type: 'Action.Submit', data: { msteams: { type: 'task/fetch' }, click: 'details' } },
      {},
    )
    expect([status, body]).toMatchObject([200, { task: { type: 'continue' } }])
    expect(seen[0]!.value).toMatchObject({ data: { click: 'details', type: 'task/fetch' } })
  })

  test('a feedback form of the bot is asked for and looked at', async () => {
    bot.app.on(
      'message.fetch-task',
      () =>
        ({
          task: { type: 'continue', value: { card: { contentType: adaptive, content: card } } },
        }) as never,
    )
    const { problems } = await teams.feedbackForm({ reaction: 'dislike' })
    expect([problems, (seen[0]!.value as Json).data]).toEqual([
      [],
      { actionName: 'feedback', actionValue: { reaction: 'dislike' } },
    ])
  })
})

test('a button that is not there is named with those that are', async () => {
  await bot.app.send(teams.world.conversations.personal.id, {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: { type: 'AdaptiveCard', version: '1.5', body: [], actions: [{ type: 'Action.Submit', title: 'CSV' }] },
      },
    ],
  })
  expect(() => teams.press(teams.messages('personal')[0]!, 'PDF')).toThrow('no button “PDF”, only CSV')
})
