import type { App } from '@microsoft/teams.apps'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type SdkApp, startSdkApp } from './sdk-app.ts'
import { type FakeTeams, startTeams } from './teams.ts'

let teams: FakeTeams
let bot: SdkApp | undefined
let now = 0
const start = async (options: Parameters<typeof startTeams>[0] = {}, setUp: (app: App) => void = () => {}) => {
  teams = await startTeams({ now: () => now, ...options })
  bot = await startSdkApp(teams, setUp)
  return bot.app
}
beforeEach(() => {
  now = 1_800_000_000_000
})
afterEach(async () => {
  await bot?.stop()
  await teams.stop()
})

const codeOf = async (sent: Promise<unknown>): Promise<string> =>
  sent.then(
    () => 'taken',
    ({ response }) => `${response.status} ${response.data.error.code}`,
  )

describe('members', () => {
  test('are listed, also by pages, and found by either id', async () => {
    const app = await start()
    const { group } = teams.world.conversations
    const { asker, colleague } = teams.world.people
    const ids = (members: { aadObjectId?: string }[]) => members.map(({ aadObjectId }) => aadObjectId)
    const both = [asker.aadObjectId, colleague.aadObjectId]
    expect(ids(await app.api.conversations.getMembers(group.id))).toEqual(both)
    expect(ids((await app.api.conversations.getPagedMembers(group.id)).members)).toEqual(both)
    expect((await app.api.conversations.getMemberById(group.id, colleague.aadObjectId)).id).toBe(colleague.id)
  })

  test('who are not there are not found', async () => {
    const app = await start()
    const { group } = teams.world.conversations
    const stranger = app.api.conversations.getMemberById(group.id, teams.world.people.outsider.id)
    expect(await codeOf(stranger)).toBe('404 MemberNotFoundInConversation')
  })

  test('of a team, and its channels, are there too', async () => {
    const app = await start()
    expect((await app.api.teams.getById(teams.world.team.id)).name).toBe('Sales')
    expect((await app.api.teams.getConversations(teams.world.team.id)).map(({ name }) => name)).toEqual([
      undefined,
      'Revenue',
    ])
  })
})

describe('messages nobody asked for', () => {
  test('go to a conversation by its id, and into a thread', async () => {
    const app = await start()
    const { group, channel } = teams.world.conversations
    await app.send(group.id, 'digest')
    const { id } = await app.send(channel.id, 'digest')
    await app.reply(channel.id, id, 'more')
    expect(teams.messages('group')).toHaveLength(1)
    expect(teams.messages('channel').map(({ thread }) => thread)).toEqual([undefined, id])
  })

  test('start a thread or a chat by creating a conversation', async () => {
    const app = await start()
    const { channel, personal } = teams.world.conversations
    const thread = await app.api.conversations.create({
      isGroup: true,
      channelData: { channel: { id: channel.id } },
      activity: { type: 'message', text: 'digest' },
    })
    const chat = await app.api.conversations.create({
      members: [{ id: teams.world.people.asker.id, role: 'user' }],
      tenantId: teams.world.tenantId,
    })
    expect([thread.id, chat.id]).toEqual([`${channel.id};messageid=${thread.activityId}`, personal.id])
    const stranger = app.api.conversations.create({ members: [{ id: teams.world.people.outsider.id, role: 'user' }] })
    expect(await codeOf(stranger)).toBe('403 BotNotInConversationRoster')
  })

  test('to a conversation that does not exist find none', async () => {
    const app = await start()
    expect(await codeOf(app.send('19:nowhere@thread.v2', 'digest'))).toBe('404 ConversationNotFound')
  })
})

describe('private messages', () => {
  const to = (id: string) => ({
    type: 'message' as const,
    text: 'only you',
    recipient: { id, role: 'user' as const, name: '', isTargeted: true },
  })

  test('reach a member, by either id', async () => {
    const app = await start()
    const { colleague } = teams.world.people
    await app.send(teams.world.conversations.group.id, to(colleague.id))
    await app.send(teams.world.conversations.group.id, to(colleague.aadObjectId))
    expect(teams.messages('group').map(message => message.to?.key)).toEqual(['colleague', 'colleague'])
  })

  test('reach no stranger, and nobody in a personal chat', async () => {
    const app = await start()
    const { group, personal } = teams.world.conversations
    expect(await codeOf(app.send(group.id, to(teams.world.people.outsider.id)))).toBe(
      '404 MemberNotFoundInConversation',
    )
    expect(await codeOf(app.send(personal.id, to(teams.world.people.asker.id)))).toBe('400 BadArgument')
  })

  test('take no recipient when they are updated, and are deleted as private ones', async () => {
    const app = await start()
    const { group } = teams.world.conversations
    const { id } = await app.send(group.id, to(teams.world.people.asker.id))
    const { conversations } = app.api
    expect(await codeOf(conversations.updateTargetedActivity(group.id, id, to(teams.world.people.asker.id)))).toBe(
      '400 BadArgument',
    )
    expect(await codeOf(conversations.deleteActivity(group.id, id))).toBe('404 ActivityNotFoundInConversation')
    expect(await codeOf(conversations.deleteTargetedActivity(group.id, id))).toBe('taken')
    expect(await codeOf(conversations.deleteTargetedActivity(group.id, id))).toBe('404 ActivityNotFoundInConversation')
  })
})

describe('limits', () => {
  test('let seven messages a second into a conversation, and say how long to wait', async () => {
    const app = await start({ limits: true })
    const { group, channel } = teams.world.conversations
    for (let n = 0; n < 7; n++) await app.send(group.id, `${n}`)
    const error = await app.send(group.id, 'eighth').catch(({ response }) => response)
    expect([error.status, error.data.error.code, error.headers['retry-after']]).toEqual([429, 'Throttled', '1'])
    expect(await codeOf(app.send(channel.id, 'elsewhere'))).toBe('taken')
    now += 1000
    expect(await codeOf(app.send(group.id, 'ninth'))).toBe('taken')
    expect(await codeOf(app.send(group.id, 'tenth'))).toBe('429 Throttled')
  })

  test('are off unless wanted', async () => {
    const app = await start()
    for (let n = 0; n < 20; n++) await app.send(teams.world.conversations.group.id, `${n}`)
    expect(teams.failed()).toEqual([])
  })
})

describe('the log', () => {
  test('has every call with query, body and outcome', async () => {
    const app = await start()
    teams.script({ status: 503 }, { on: 'update', status: 413 })
    const { group } = teams.world.conversations
    await app.send(group.id, 'refused').catch(() => {})
    const { id } = await app.send(group.id, 'taken')
    await app.api.conversations.updateActivity(group.id, id, { type: 'message', text: 'too much' }).catch(() => {})
    expect(
      teams.calls.map(({ operation, conversation, body, status, error }) => [
        operation,
        conversation,
        body.text,
        status,
        error?.code,
      ]),
    ).toEqual([
      ['send', 'group', 'refused', 503, 'ServiceUnavailable'],
      ['send', 'group', 'taken', 201, undefined],
      ['update', 'group', 'too much', 413, 'MessageSizeTooBig'],
    ])
    expect(teams.scriptLeft()).toBe(0)
  })

  test('has calls that nobody knows', async () => {
    await start()
    const response = await fetch(`${teams.serviceUrl}v3/attachments/1`, {
      headers: { authorization: `Bearer ${await teams.tokens.forConnector()}` },
    })
    expect([response.status, teams.calls[0]?.operation]).toEqual([400, 'unknown'])
  })
})

describe('tokens of the bot', () => {
  const grant = (fields: Record<string, string>, tenant = teams.world.tenantId) =>
    fetch(`${teams.url}/${tenant}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: teams.world.clientId,
        client_secret: teams.world.clientSecret,
        scope: 'https://api.botframework.com/.default',
        ...fields,
      }),
    })

  test.each<[string, Record<string, string>, number, string]>([
    ['secret', { client_secret: 'guess' }, 401, 'invalid_client'],
    ['client', { client_id: 'nobody' }, 400, 'unauthorized_client'],
    ['grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['scope', { scope: 'https://graph.microsoft.com/.default' }, 400, 'invalid_scope'],
  ])('need the right %s', async (_, fields, status, error) => {
    await start()
    const response = await grant(fields)
    expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([status, error])
  })

  test('are for one tenant, and run out', async () => {
    await start()
    expect((await grant({}, 'another')).status).toBe(400)
    const old = await fetch(`${teams.serviceUrl}v3/conversations/${teams.world.conversations.group.id}/members`, {
      headers: { authorization: `Bearer ${await teams.tokens.forConnector(-60)}` },
    })
    expect([old.status, teams.failed()[0]?.error?.message]).toEqual([401, '"exp" claim timestamp check failed'])
  })
})
