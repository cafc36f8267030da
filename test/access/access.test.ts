import { describe, expect, test } from 'vitest'
import { buildAccess } from '#src/access/access.ts'
import { roleOf, roomOf } from '#src/access/role-of.ts'
import { rolesSchema, roomsSchema } from '#src/access/schema.ts'
import type { Asker } from '#src/vocabulary/question.ts'

const built = (roles?: object, rooms?: object) => {
  const problems: string[] = []
  const access = buildAccess(
    { roles: roles && rolesSchema.parse(roles), rooms: rooms && roomsSchema.parse(rooms) },
    {
      domains: ['shop', 'support'],
      report: (path, message) => void problems.push(`${path.join('.')}: ${message}`),
    },
  )
  return { access, problems }
}

const ann: Asker = { platform: 'slack', tenant: 'T1', user: 'UANN' }
const roleName = (asker: Asker | undefined, roles?: object, rooms?: object) => {
  const { access, problems } = built(roles, rooms)
  expect(problems).toEqual([])
  const role = roleOf(access, asker)
  return 'code' in role ? role.code : role.name
}

describe('who is in which role', () => {
  test('without a file members are analysts, others refused, and only the machine’s own user is an admin', () => {
    expect(roleName(undefined)).toBe('admin')
    expect(roleName(ann)).toBe('analyst')
    expect(roleName({ ...ann, standing: 'member', groups: ['S1'] })).toBe('analyst')
    expect(roleName({ ...ann, standing: 'guest' })).toBe('access/guest')
    expect(roleName({ ...ann, standing: 'external' })).toBe('access/external')
  })

  test('a person who is named comes before everything else', () => {
    const roles = { default: 'refused', admin: { people: ['slack:T1:UANN'] }, viewer: { groups: ['slack:T1:S1'] } }
    expect(roleName(ann, roles)).toBe('admin')
    expect(roleName({ ...ann, standing: 'external', groups: ['S1'] }, roles)).toBe('admin')
    expect(roleName(ann, roles, { 'slack:T9': {} }), 'even of a workspace that no room names').toBe('admin')
    expect(roleName({ ...ann, tenant: 'T2' }, roles), 'in their workspace').toBe('access/person')
    expect(roleName({ ...ann, platform: 'teams' }, roles), 'on their platform').toBe('access/person')
  })

  test('ids of Teams are the same in any case', () => {
    const roles = { admin: { people: ['teams:AAAA-1:BbBb-2'] } }
    expect(roleName({ platform: 'teams', tenant: 'aaaa-1', user: 'bbbb-2' }, roles)).toBe('admin')
  })

  test('a workspace that rooms do not name is refused when they name any', () => {
    expect(roleName(ann, undefined, { 'slack:T1': {} })).toBe('analyst')
    expect(roleName(ann, undefined, { 'slack:T1:C1': {} })).toBe('analyst')
    expect(roleName(ann, undefined, { 'slack:T11': {} })).toBe('access/workspace')
    expect(roleName(ann, undefined, { 'teams:T1': {} })).toBe('access/workspace')
    expect(roleName({ ...ann, standing: 'guest' }, { guests: 'viewer' }, { 'slack:T2': {} })).toBe('access/workspace')
  })

  test('guests and people of other organisations have the role that is set for them, whatever groups they are in', () => {
    const roles = {
      guests: 'viewer',
      external: 'partner',
      partner: { base: 'viewer' },
      admin: { groups: ['slack:T1:S1'] },
    }
    expect(roleName({ ...ann, standing: 'guest', groups: ['S1'] }, roles)).toBe('viewer')
    expect(roleName({ ...ann, standing: 'external', groups: ['S1'] }, roles)).toBe('partner')
  })

  test('of several groups the first of the file counts', () => {
    const roles = {
      south: { base: 'viewer', groups: ['slack:T1:S2'] },
      viewer: { groups: ['slack:T1:S1', 'slack:T1:S2'] },
    }
    expect(roleName({ ...ann, groups: ['S1', 'S2'] }, roles)).toBe('south')
    expect(roleName({ ...ann, groups: ['S1'] }, roles)).toBe('viewer')
    expect(roleName({ ...ann, tenant: 'T2', groups: ['S1'] }, roles), 'in their workspace').toBe('analyst')
    expect(roleName({ ...ann, groups: ['S3'] }, roles)).toBe('analyst')
  })

  test('a role stands on the level of its base, over several steps', () => {
    const { access } = built({ south: { base: 'sales' }, sales: { base: 'viewer' }, boss: { base: 'admin' } })
    expect(access.roles.get('south')).toMatchObject({ level: 'viewer', rules: [{ base: 'sales' }, { base: 'viewer' }] })
    expect(access.roles.get('boss')).toMatchObject({ level: 'admin' })
  })
})

describe('what rooms say of a place', () => {
  const rooms = {
    'slack:T1': { domains: ['shop', 'support'], audience: 'viewer' },
    'slack:T1:C1': { domains: ['support'], default: 'support' },
    'teams:TEN:19:Ab@thread.tacv2': { default: 'shop' },
  }
  const { access } = built(undefined, rooms)

  test('the channel comes before the workspace, part by part', () => {
    expect(roomOf(access, ann)).toEqual({ domains: ['shop', 'support'], audience: 'viewer' })
    expect(roomOf(access, { ...ann, place: 'C2' })).toEqual({ domains: ['shop', 'support'], audience: 'viewer' })
    expect(roomOf(access, { ...ann, place: 'C1' })).toEqual({
      domains: ['support'],
      default: 'support',
      audience: 'viewer',
    })
  })

  test('tenants of Teams are the same in any case, conversations are not', () => {
    const bob: Asker = { platform: 'teams', tenant: 'ten', user: 'u' }
    expect(roomOf(access, { ...bob, place: '19:Ab@thread.tacv2' })).toEqual({ default: 'shop' })
    expect(roomOf(access, { ...bob, place: '19:ab@thread.tacv2' })).toEqual({})
  })
})

describe('what is wrong in roles and rooms', () => {
  test('is told all at once, with near names', () => {
    const roles = {
      default: 'analist',
      guests: 'nobody',
      external: 'refused',
      admin: { base: 'viewer', people: ['slack:T1:U1'] },
      viewer: { people: ['slack:T1:U1'] },
      South: { base: 'viewer' },
      refused: { base: 'viewer' },
      loose: {},
      lost: { base: 'viewr' },
      a: { base: 'b' },
      b: { base: 'c' },
      c: { base: 'b' },
      sales: {
        base: 'analyst',
        domains: ['shopp'],
        kpis: { suport: [] },
        hide: { shops: [] },
        rows: { other: {} },
      },
    }
    const rooms = {
      'slack:T1': { domains: ['shop', 'nothing'], default: 'support', audience: 'veiwer' },
      'slack:T2': { default: 'shup' },
    }
    expect(built(roles, rooms).problems).toEqual([
      'roles.default: unknown role "analist"; did you mean "analyst"?',
      'roles.guests: unknown role "nobody"',
      'roles.admin.base: admin stands on nothing',
      'roles.South: a role is called by small letters, digits, _ and -, and not "refused"',
      'roles.refused: a role is called by small letters, digits, _ and -, and not "refused"',
      'roles.loose: needs "base": admin, analyst, viewer, or another role',
      'roles.lost.base: unknown role "viewr"; did you mean "viewer"?',
      'roles.b.base: goes round in a circle',
      'roles.c.base: goes round in a circle',
      'roles.sales.domains.0: unknown domain "shopp"; did you mean "shop"?',
      'roles.sales.kpis.suport: unknown domain "suport"; did you mean "support"?',
      'roles.sales.hide.shops: unknown domain "shops"; did you mean "shop"?',
      'roles.sales.rows.other: unknown domain "other"',
      'rooms.slack:T1.domains.1: unknown domain "nothing"',
      'rooms.slack:T1.default: support is not one of its domains',
      'rooms.slack:T1.audience: unknown role "veiwer"; did you mean "viewer"?',
      'rooms.slack:T2.default: unknown domain "shup"; did you mean "shop"?',
      'roles.viewer.people.0: slack:T1:U1 is in the role admin already',
    ])
  })

  test.each([
    [{ admin: { people: ['U1'] } }, 'slack:T123:U456'],
    [{ admin: { groups: ['discord:T:U'] } }, 'slack:T123:U456'],
    [{ admin: { peeple: [] } }, 'peeple'],
    [{ admin: { session: { tenant: '1' } } }, 'a name with a dot'],
    [{ admin: { questions_per_hour: 0 } }, '>=1'],
  ])('%j is no shape of roles', (roles, words) => {
    expect(JSON.stringify(rolesSchema.safeParse(roles).error?.issues)).toContain(words)
  })

  test.each(['T1', 'slack:', 'slack', 'irc:x'])('%j is no place', place => {
    expect(roomsSchema.safeParse({ [place]: {} }).success).toBe(false)
  })
})
