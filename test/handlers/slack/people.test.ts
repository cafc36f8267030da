import { describe, expect, test } from 'vitest'
import type { Calls } from '#handlers/slack/calls.ts'
import type { Doer } from '#handlers/slack/identity.ts'
import { createPeople } from '#handlers/slack/people.ts'

/** Somebody in an organisation of workspaces, where the app is installed in one of them or in all. */
const doer = { user: 'U1', tenant: 'T1', team: 'T1', enterprise: 'E1' } as Doer

const standing = async (user: unknown, who: Doer = doer) => {
  const call: Calls['call'] = async () => ({ user })
  const parts = { warn: () => undefined }
  return (await createPeople({ calls: { call } as Calls, parts }, { ticks: () => 1 }).of(who)).standing
}

describe('in an organisation of workspaces', () => {
  test.each([
    ['one of the workspace', { team_id: 'T1', enterprise_user: { enterprise_id: 'E1' } }, 'member'],
    ['one of another workspace of it', { team_id: 'T2', enterprise_user: { enterprise_id: 'E1' } }, 'member'],
    [
      'a guest of another workspace of it',
      { team_id: 'T2', is_restricted: true, enterprise_user: { enterprise_id: 'E1' } },
      'guest',
    ],
    ['one who has left', { team_id: 'T1', deleted: true }, 'guest'],
    ['one of another organisation', { team_id: 'T9', enterprise_user: { enterprise_id: 'E9' } }, 'external'],
    ['one of no organisation, elsewhere', { team_id: 'T9', enterprise_user: null }, 'external'],
    ['a guest of another organisation', { team_id: 'T9', is_restricted: true }, 'external'],
    ['somebody of whom nothing is said', {}, 'member'],
  ])('%s counts as what they are', async (_, user, expected) => {
    expect(await standing(user)).toBe(expected)
  })

  test('one of any workspace is a member where the app is installed in all', async () => {
    const everywhere = { user: 'U1', tenant: 'E1', team: 'T3', enterprise: 'E1' } as Doer
    expect(await standing({ team_id: 'T7', enterprise_user: { enterprise_id: 'E1' } }, everywhere)).toBe('member')
    expect(await standing({ team_id: 'E1' }, everywhere)).toBe('member')
  })

  test('an answer of another shape is none', async () => {
    const call: Calls['call'] = async () => ({ user: 'U1' })
    const warned: string[] = []
    const parts = { warn: (event: string) => void warned.push(event) }
    const people = createPeople({ calls: { call } as Calls, parts }, { ticks: () => 1 })
    expect(await people.of(doer)).toEqual({ standing: 'guest', groups: [], isSure: false })
    expect(warned).toEqual(['slack/people'])
  })

  test('groups are asked for by workspace where one token is for all', async () => {
    const asked: unknown[] = []
    const call: Calls['call'] = async (_, { method, args }) => {
      if (method === 'users.info') return { user: { team_id: 'T3', enterprise_user: { enterprise_id: 'E1' } } }
      asked.push(args)
      return { usergroups: [{ id: 'S1', users: ['U1'] }, { id: 'S2' }] }
    }
    const parts = { warn: () => undefined, groupsNeeded: () => true }
    const people = createPeople({ calls: { call } as Calls, parts }, { ticks: () => 1 })
    const everywhere = { user: 'U1', tenant: 'E1', team: 'T3', enterprise: 'E1' } as Doer
    expect(await people.of(everywhere)).toEqual({ standing: 'member', groups: ['S1'], isSure: true })
    await people.of({ ...everywhere, team: 'T4' })
    expect(asked).toEqual([
      { include_users: true, team_id: 'T3' },
      { include_users: true, team_id: 'T4' },
    ])
  })
})
