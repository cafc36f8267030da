import type { IAdaptiveCard } from '@microsoft/teams.cards'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type SdkApp, startSdkApp } from './sdk-app.ts'
import { type FakeTeams, startTeams } from './teams.ts'
import type { TokenFlaw } from './tokens.ts'

type Actions = NonNullable<IAdaptiveCard['actions']>

const card = (text: string, actions: Actions = []): IAdaptiveCard => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text, wrap: true }],
  actions,
})
const attached = (text: string, actions: Actions = []) => ({
  type: 'message' as const,
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive' as const, content: card(text, actions) }],
})
const refresh: Actions = [{ type: 'Action.Execute', title: 'By state', verb: 'click', data: { click: 'a1 menu' } }]

let teams: FakeTeams
let bot: SdkApp | undefined
beforeEach(async () => {
  teams = await startTeams()
})
afterEach(async () => {
  await bot?.stop()
  await teams.stop()
  bot = undefined
})

describe('a message to the real SDK', () => {
  test('is answered with a card that stands in the chat', async () => {
    bot = await startSdkApp(teams, app =>
      app.on('message', async ({ send }) => void (await send(attached('Revenue rose')))),
    )
    const { status } = await teams.message({ text: 'revenue' })
    expect(status).toBe(200)
    expect(teams.messages('personal').map(({ activity, to }) => ({ attachments: activity.attachments, to }))).toEqual([
      { attachments: attached('Revenue rose').attachments, to: undefined },
    ])
    expect(teams.calls.map(({ operation, status }) => [operation, status])).toEqual([['send', 201]])
  })

  test('has the text as Teams escapes it, with mention, tenant, team and thread', async () => {
    const seen: unknown[] = []
    bot = await startSdkApp(teams, app =>
      app.on('message', async ({ activity }) => {
        const { text, conversation, channelData, from, entities } = activity
        seen.push({
          text,
          id: conversation.id,
          team: channelData?.team?.name,
          from: from.aadObjectId,
          mention: entities?.[0]?.type,
        })
      }),
    )
    const { activity } = await teams.message({ text: 'R&D <5%', conversation: 'channel', from: 'colleague' })
    expect(seen).toEqual([
      {
        text: '<at>Chartroom</at>&nbsp;R&amp;D &lt;5%',
        id: `${teams.world.conversations.channel.id};messageid=${activity.id}`,
        team: 'Sales',
        from: teams.world.people.colleague.aadObjectId,
        mention: 'mention',
      },
    ])
  })

  test('in a channel is answered in its thread', async () => {
    bot = await startSdkApp(teams, app => app.on('message', async ({ send }) => void (await send('yes'))))
    const { activity } = await teams.message({ text: 'revenue', conversation: 'channel' })
    await teams.message({ text: 'and by state?', conversation: 'channel', replyToId: String(activity.id) })
    expect(teams.messages('channel').map(({ thread }) => thread)).toEqual([activity.id, activity.id])
  })

  test('can be answered after the handler has ended', async () => {
    let later = Promise.resolve<unknown>(undefined)
    bot = await startSdkApp(teams, app =>
      app.on('message', async ({ send }) => {
        later = new Promise(done => setTimeout(done, 50)).then(() => send('late'))
      }),
    )
    const { status } = await teams.message({ text: 'slow' })
    expect([status, teams.messages('personal').length]).toEqual([200, 0])
    await later
    expect(teams.messages('personal').map(({ activity }) => activity.text)).toEqual(['late'])
  })

  test('is updated in place, and deleted', async () => {
    bot = await startSdkApp(teams, app =>
      app.on('message', async ({ send, api, activity }) => {
        const { id } = await send('working')
        await send({ ...attached('Revenue rose'), id })
        if (activity.text === 'delete') await api.conversations.deleteActivity(activity.conversation.id, id)
      }),
    )
    await teams.message({ text: 'revenue' })
    await teams.message({ text: 'delete' })
    expect(teams.messages('personal').map(({ earlier, deleted }) => [earlier[0]?.text, deleted])).toEqual([
      ['working', false],
      ['working', true],
    ])
    expect(teams.seenBy('asker', 'personal').filter(({ from }) => from === 'bot')).toHaveLength(1)
  })
})

describe('a slash command', () => {
  test('is answered privately by a plain send', async () => {
    bot = await startSdkApp(teams, app =>
      app.on('message', async ({ send }) => void (await send(attached('Only you')))),
    )
    await teams.message({ text: 'kpi revenue', conversation: 'group', targeted: true })
    expect(teams.messages('group').map(({ to }) => to?.key)).toEqual(['asker'])
    expect(teams.calls[0]!.query).toEqual({ isTargetedActivity: 'true' })
    expect(teams.seenBy('colleague', 'group')).toEqual([])
    expect(teams.seenBy('asker', 'group')).toHaveLength(2)
  })

  test('keeps its answer private when that is updated, if the recipient says so', async () => {
    bot = await startSdkApp(teams, app =>
      app.on('message', async ({ send, activity }) => {
        const { id } = await send('working')
        await send({ ...attached('Only you'), id, recipient: { ...activity.from, isTargeted: true } })
      }),
    )
    await teams.message({ text: 'kpi revenue', conversation: 'channel', targeted: true })
    expect(teams.messages('channel').map(({ to, earlier }) => [to?.key, earlier.length])).toEqual([['asker', 1]])
  })

  test('whose answer is updated without saying so is refused', async () => {
    let error: unknown
    bot = await startSdkApp(teams, app =>
      app.on('message', async ({ send }) => {
        const { id } = await send('working')
        await send({ ...attached('Only you'), id }).catch(caught => {
          error = caught.response.data.error.code
        })
      }),
    )
    await teams.message({ text: 'kpi revenue', conversation: 'group', targeted: true })
    expect(error).toBe('ActivityNotFoundInConversation')
  })
})

describe('buttons', () => {
  test('Action.Execute gives the one who pressed a new card, and the answer is the invoke response', async () => {
    bot = await startSdkApp(teams, app => {
      app.on('message', async ({ send }) => void (await send(attached('Revenue', refresh))))
      app.on('card.action', async ({ activity }) => ({
        statusCode: 200,
        type: 'application/vnd.microsoft.card.adaptive',
        value: card(`Did ${activity.value.action.data.click}`),
      }))
    })
    await teams.message({ text: 'revenue', conversation: 'group' })
    const [message] = teams.messages('group')
    const { status, body } = await teams.press(message!, 'By state')
    expect([status, body]).toEqual([
      200,
      { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card('Did a1 menu') },
    ])
    expect([...message!.views]).toEqual([['asker', card('Did a1 menu')]])
  })

  // Teams sends no text at all; the SDK makes it an empty one.
  test('Action.Submit arrives as a message with a value and no text', async () => {
    const seen: unknown[] = []
    bot = await startSdkApp(teams, app =>
      app.on('message', async ({ activity, send }) => {
        if (activity.value) return void seen.push([activity.value, activity.text, activity.replyToId])
        await send(attached('Revenue', [{ type: 'Action.Submit', title: 'CSV', data: { click: 'csv' } }]))
      }),
    )
    await teams.message({ text: 'revenue' })
    const [message] = teams.messages('personal')
    await teams.press(message!, 'CSV', { inputs: { note: 'please' } })
    expect(seen).toEqual([[{ click: 'csv', note: 'please' }, '', message!.id]])
  })

  test('thumbs arrive as an invoke', async () => {
    const seen: unknown[] = []
    bot = await startSdkApp(teams, app =>
      app.on('message.submit.feedback', async ({ activity }) => {
        seen.push([
          activity.value.actionValue.reaction,
          JSON.parse(activity.value.actionValue.feedback),
          activity.replyToId,
        ])
      }),
    )
    const { status } = await teams.feedback({ reaction: 'dislike', text: 'wrong month', replyToId: '17' })
    expect([status, seen]).toEqual([200, [['dislike', { feedbackText: 'wrong month' }, '17']]])
  })
})

describe('answers of the connector', () => {
  test('429 with Retry-After surfaces as an error of axios, and is not retried', async () => {
    const caught: unknown[] = []
    teams.script({ status: 429, retryAfter: 2 })
    bot = await startSdkApp(teams, app =>
      app.on('message', async ({ send }) => {
        await send('hello').catch(({ response }) =>
          caught.push([response.status, response.headers['retry-after'], response.data.error.code]),
        )
      }),
    )
    const { status } = await teams.message({ text: 'revenue' })
    expect([status, caught, teams.calls.length]).toEqual([200, [[429, '2', 'Throttled']], 1])
  })

  test('an error that the handler does not catch is a 500 to Teams', async () => {
    teams.script({ status: 412 })
    bot = await startSdkApp(teams, app => app.on('message', async ({ send }) => void (await send('hello'))))
    const { status } = await teams.message({ text: 'revenue' })
    expect(status).toBe(500)
  })

  test('a cut connection has no response; what got lost on the way back was done', async () => {
    const caught: unknown[] = []
    teams.script({ reset: true }, { lost: true })
    bot = await startSdkApp(teams, app =>
      app.on('message', async ({ send }) => {
        for (const text of ['reset', 'lost', 'arrived'])
          await send(text).catch(error => caught.push([error.code, error.response]))
      }),
    )
    await teams.message({ text: 'revenue' })
    expect(caught).toEqual([
      ['ECONNRESET', undefined],
      ['ECONNRESET', undefined],
    ])
    expect(teams.messages('personal').map(({ activity }) => activity.text)).toEqual(['lost', 'arrived'])
  })

  test('a bot that was removed, blocked or is left alone is told so', async () => {
    const codes: string[] = []
    bot = await startSdkApp(teams, app =>
      app.on('message', async ({ send }) => {
        await send('hello').catch(({ response }) => codes.push(`${response.status} ${response.data.error.code}`))
      }),
    )
    for (const how of ['removed', 'blocked', 'gone', undefined] as const) {
      teams.close('personal', how)
      await teams.message({ text: 'revenue' })
    }
    expect(codes).toEqual([
      '403 BotNotInConversationRoster',
      '403 ConversationBlockedByUser',
      '404 ConversationNotFound',
    ])
    expect(teams.messages('personal')).toHaveLength(1)
  })

  test('a bot without a right token is refused', async () => {
    const codes: number[] = []
    const wrong = async () => 'e30.e30.nothing'
    const setUp: Parameters<typeof startSdkApp>[1] = app =>
      app.on(
        'message',
        async ({ send }) => void (await send('hello').catch(({ response }) => codes.push(response.status))),
      )
    bot = await startSdkApp(teams, setUp, wrong)
    await teams.message({ text: 'revenue' })
    expect(codes).toEqual([401])
  })
})

describe('tokens sent to the SDK', () => {
  const refused: TokenFlaw[] = [
    'missing',
    'garbage',
    'wrong-issuer',
    'wrong-audience',
    'wrong-key',
    'unknown-kid',
    'hs256',
    'unsigned',
    'expired',
    'not-yet',
    'no-serviceurl',
    'other-serviceurl',
  ]
  test.each(refused)('%s is 401', async token => {
    bot = await startSdkApp(teams, app => app.on('message', async ({ send }) => void (await send('hello'))))
    const { status } = await teams.message({ text: 'revenue', token })
    expect([status, teams.calls.length]).toEqual([401, 0])
  })

  // The SDK trusts them and posts to whatever service URL the activity names: a bot needs a guard of its own in front.
  test.each(['entra', 'entra-other-tenant'] as const)('%s gets through', async token => {
    bot = await startSdkApp(teams, app => app.on('message', async ({ send }) => void (await send('hello'))))
    const { status } = await teams.message({ text: 'revenue', token })
    expect([status, teams.calls.length]).toEqual([200, 1])
  })
})

describe('what the SDK leaves to a guard and to handlers', () => {
  test('an activity without a service URL gets through', async () => {
    const seen: unknown[] = []
    bot = await startSdkApp(teams, app => app.use(({ activity }) => void seen.push(activity.type)))
    const { status } = await teams.message({ text: 'revenue', alter: ({ serviceUrl: _, ...rest }) => rest })
    expect([status, seen]).toEqual([200, ['message']])
  })

  test('an activity of another tenant gets through', async () => {
    const seen: unknown[] = []
    bot = await startSdkApp(teams, app => app.use(({ activity }) => void seen.push(activity.conversation.tenantId)))
    const { status } = await teams.message({ text: 'revenue', tenant: 'another' })
    expect([status, seen]).toEqual([200, ['another']])
  })

  test('what is sent after a press on a private answer is public', async () => {
    bot = await startSdkApp(teams, app => {
      app.on('message', async ({ send }) => void (await send(attached('Only you', refresh))))
      app.on('card.action', async ({ send }) => {
        await send('oops')
        return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'done' }
      })
    })
    await teams.message({ text: 'kpi revenue', conversation: 'group', targeted: true })
    await teams.press(teams.messages('group')[0]!, 'By state')
    expect(teams.messages('group').map(({ to, activity }) => [to?.key, activity.text])).toEqual([
      ['asker', undefined],
      [undefined, 'oops'],
    ])
  })
})
