import { afterEach, describe, expect, test } from 'vitest'
import { type Account, type Address, type Member, TeamsError } from '#handlers/teams/port.ts'
import { createStandings, standingOf } from '#handlers/teams/standing.ts'
import { realEffects } from '#src/effects.ts'
import { createMetrics } from '#src/metrics.ts'
import type { Place } from '#test/fakes/teams/world.ts'
import { type Bot, type BotOptions, says, startBot } from './bot.ts'

describe('what somebody is', () => {
  test.each<[what: string, member: Member, standing: string]>([
    ['a user of our tenant', { tenantId: 'T1', userRole: 'user' }, 'member'],
    ['an owner of the team', { userRole: 'Owner' }, 'member'],
    ['somebody without a role whose sign-in name is of our tenant', { userPrincipalName: 'a@b.example' }, 'member'],
    ['a guest by role', { tenantId: 't1', userRole: 'guest' }, 'guest'],
    [
      'a guest whom Teams calls a user, by their sign-in name',
      { userRole: 'user', userPrincipalName: 'avery_partner.example#EXT#@ours.onmicrosoft.com' },
      'guest',
    ],
    ['somebody of whom nothing is said', {}, 'guest'],
    ['somebody with a role that nobody knows', { userRole: 'visitor', userPrincipalName: 'a@b.example' }, 'guest'],
    ['an account of another tenant', { tenantId: 't2', userRole: 'user' }, 'external'],
    ['a guest with an account of another tenant', { tenantId: 't2', userRole: 'guest' }, 'external'],
    ['somebody who joined a meeting by its link', { tenantId: 't1', userRole: 'anonymous' }, 'stranger'],
    ['somebody of a federated organization', { tenantId: 't2', userRole: 'federated' }, 'stranger'],
  ])('%s', (_, member, standing) => {
    expect(standingOf(member, 't1')).toBe(standing)
  })
})

describe('the look-up', () => {
  const at = (id: string): Address => ({
    serviceUrl: 'https://smba.trafficmanager.net/amer/',
    tenant: 't1',
    conversation: { id, type: 'channel' },
    bot: { id: '28:bot' },
  })
  const looking = (...replies: (Member | TeamsError)[]) => {
    const asked: string[] = []
    const warned: string[] = []
    let now = 1000
    const port = {
      member: async ({ conversation }: Address, { id }: Account) => {
        asked.push(`${conversation.id} ${id}`)
        const reply = replies.shift() ?? { userRole: 'user' }
        if (reply instanceof TeamsError) throw reply
        return reply
      },
    }
    const parts = { warn: (event: string) => void warned.push(event), metrics: createMetrics() }
    const standings = createStandings(port, parts, { ...realEffects, ticks: () => now })
    return { standings, asked, warned, later: (ms: number) => (now += ms) }
  }

  test('is made once an hour for a person in a conversation, whichever thread they are in', async () => {
    const { standings, asked, later } = looking()
    for (const id of ['c1', 'c1;messageid=1', 'c1;messageid=2', 'c2']) await standings.of(at(id), { id: '29:a' })
    await standings.of(at('c1'), { id: '29:b' })
    expect(asked).toEqual(['c1 29:a', 'c2 29:a', 'c1 29:b'])
    later(3_599_000)
    await standings.of(at('c1'), { id: '29:a' })
    expect(asked).toHaveLength(3)
    later(2000)
    await standings.of(at('c1'), { id: '29:a' })
    expect(asked.slice(3)).toEqual(['c1 29:a'])
  })

  test('is shared by those who ask while it runs', async () => {
    const { standings, asked } = looking({ userRole: 'guest' })
    const all = await Promise.all([1, 2, 3].map(() => standings.of(at('c1'), { id: '29:a' })))
    expect([all, asked]).toEqual([['guest', 'guest', 'guest'], ['c1 29:a']])
  })

  test('that fails says so, is noted, and is made again for the next question', async () => {
    const { standings, warned } = looking(new TeamsError('refused', { status: 404 }), { userRole: 'user' })
    expect(await standings.of(at('c1'), { id: '29:a' })).toBe('unknown')
    expect(await standings.of(at('c1'), { id: '29:a' })).toBe('member')
    expect(warned).toEqual(['member'])
  })

  test('that Teams is too busy for is tried again at once', async () => {
    const { standings, asked, warned } = looking(new TeamsError('refused', { status: 503 }))
    expect(await standings.of(at('c1'), { id: '29:a' })).toBe('member')
    expect([asked.length, warned]).toEqual([2, []])
  })
})

describe('a question says who asks and who reads the answer', () => {
  let bot: Bot
  afterEach(() => bot.stop())
  const start = async (options: BotOptions = {}) => {
    bot = await startBot(options)
    return bot
  }

  test.each<[Place, targeted: boolean, audience: string]>([
    ['personal', false, 'asker'],
    ['group', false, 'place'],
    ['channel', false, 'place'],
    ['group', true, 'asker'],
    ['channel', true, 'asker'],
  ])('in %s (private: %s): %s', async (place, targeted, audience) => {
    const { teams, engine, quiet } = await start()
    await teams.message({ text: 'revenue', conversation: place, targeted })
    await quiet()
    expect(engine.asked).toMatchObject([
      {
        audience,
        asker: {
          platform: 'teams',
          tenant: teams.world.tenantId,
          user: teams.world.people.asker.aadObjectId,
          place: teams.world.conversations[place].id,
          standing: 'member',
        },
      },
    ])
  })

  test('as an edit and as a press of a button do', async () => {
    const { teams, engine } = await start()
    const { activity } = await teams.message({ text: 'revenue by category in texs please', conversation: 'channel' })
    const [message] = await teams.waitFor(() => teams.messages('channel').length > 0 && teams.messages('channel'))
    await teams.press(message!, 'And by month?')
    await teams.press(message!, 'And by month?', { from: 'colleague' })
    await teams.waitFor(() => engine.asked.length === 3)
    await teams.editMessage(String(activity.id), { text: 'orders', conversation: 'channel' })
    await teams.waitFor(() => engine.asked.length === 4)
    const { asker, colleague } = teams.world.people
    expect(engine.asked.map(({ asker: who, audience }) => [who?.user, who?.standing, audience])).toEqual([
      [asker.aadObjectId, 'member', 'place'],
      [asker.aadObjectId, 'member', 'place'],
      [colleague.aadObjectId, 'member', 'place'],
      [asker.aadObjectId, 'member', 'place'],
    ])
    expect(teams.calls.filter(({ operation }) => operation === 'members')).toHaveLength(2)
  })

  test.each([
    ['a guest', { userRole: 'guest' }, 'guest'],
    ['somebody of another organization', { tenantId: 'e0000000-0000-4000-8000-000000000000' }, 'external'],
  ])('%s is named as one', async (_, member, standing) => {
    const { teams, engine, quiet } = await start()
    teams.world.people.asker.member = member
    await teams.message({ text: 'revenue', conversation: 'group' })
    await quiet()
    expect(engine.asked.map(({ asker }) => asker?.standing)).toEqual([standing])
  })

  test('somebody who only joined a meeting is refused, privately', async () => {
    const { teams, engine } = await start()
    teams.world.people.asker.member = { userRole: 'anonymous' }
    await teams.message({ text: 'revenue', conversation: 'group' })
    const message = await teams.waitFor(() => teams.messages('group')[0])
    expect([says(message), message.to?.key, engine.asked]).toEqual([
      'I answer only to people who are signed in to this organization.',
      'asker',
      [],
    ])
  })

  test('when Teams does not say who somebody is, nothing is answered or changed, and a sentence says so', async () => {
    const { teams, engine } = await start()
    await teams.message({ text: 'revenue by category in texs please', conversation: 'group' })
    const message = await teams.waitFor(() => teams.messages('group')[0])
    teams.script({ on: 'members', status: 404, code: 'MemberNotFoundInConversation', times: 2 })
    await teams.message({ text: 'orders', conversation: 'group', from: 'colleague' })
    const refusal = await teams.waitFor(() => teams.messages('group')[1])
    const sentence =
      'Teams did not say who you are in this organization, so I cannot answer. Please try again in a minute.'
    expect([says(refusal), refusal.to?.key]).toEqual([sentence, 'colleague'])
    const { body } = await teams.press(message, 'Apply', { from: 'colleague', inputs: { period: 'menu.period.1.a1' } })
    expect(body).toMatchObject({ value: sentence })
    expect([engine.asked.length, message.earlier]).toEqual([1, []])
  })
})
