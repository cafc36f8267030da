import { describe, expect, test } from 'vitest'
import { buildAccess } from '#src/access/access.ts'
import {
  audienceOf,
  defaultDomainOf,
  mayAsk,
  mayExplore,
  mayManage,
  meet,
  ofDomain,
  type Rights,
  rightsKey,
  rightsOf,
} from '#src/access/rights.ts'
import { isRefusal } from '#src/access/role-of.ts'
import { rolesSchema, roomsSchema } from '#src/access/schema.ts'
import type { Asker } from '#src/vocabulary/question.ts'

const report = (path: readonly (string | number)[], message: string): never => {
  throw new Error(`${path.join('.')}: ${message}`)
}

const access = (roles: object, rooms: object = {}) =>
  buildAccess(
    { roles: rolesSchema.parse(roles), rooms: roomsSchema.parse(rooms) },
    { domains: ['shop', 'support', 'constructor'], report },
  )

const ann: Asker = { platform: 'slack', tenant: 'T1', user: 'U1', place: 'C1' }

const rights = (roles: object, rooms?: object): Rights => {
  const found = rightsOf(access(roles, rooms), ann)
  if (isRefusal(found)) throw new Error(found.message)
  return found
}

const all: Rights = { role: 'analyst', level: 'analyst', kpis: {}, hide: {}, rows: {}, session: {} }

describe('the rights of a role', () => {
  test('are everything where nothing is said', () => {
    expect(rights({})).toEqual(all)
    expect(rightsOf(access({}))).toEqual({ ...all, role: 'admin', level: 'admin' })
  })

  test('are what it says, and what the roles say that it stands on', () => {
    const found = rights({
      default: 'south',
      analyst: {
        domains: ['shop', 'support'],
        hide: { shop: ['email'] },
        session: { 'app.tenant': 'all', 'app.zone': 'eu' },
        questions_per_hour: 60,
      },
      south: {
        base: 'analyst',
        domains: ['shop'],
        kpis: { shop: ['revenue'] },
        hide: { shop: ['orders.discount'] },
        rows: { shop: { region: ['South'] } },
        session: { 'app.tenant': 'south' },
        questions_per_hour: 200,
      },
    })
    expect(found).toEqual({
      role: 'south',
      level: 'analyst',
      domains: ['shop'],
      kpis: { shop: ['revenue'] },
      hide: { shop: ['orders.discount', 'email'] },
      rows: { shop: [{ region: ['South'] }] },
      session: { 'app.tenant': 'south', 'app.zone': 'eu' },
      questionsPerHour: 200,
    })
  })

  test('a role gives no domain that its base does not', () => {
    expect(
      rights({ default: 'x', viewer: { domains: ['shop'] }, x: { base: 'viewer', domains: ['support'] } }),
    ).toMatchObject({ domains: [] })
  })

  test('end where the place ends', () => {
    const rooms = { 'slack:T1:C1': { domains: ['support'], default: 'support' } }
    expect(rights({}, rooms).domains).toEqual(['support'])
    expect(rights({ analyst: { domains: ['shop'] } }, rooms).domains).toEqual([])
    expect(defaultDomainOf(access({}, rooms), ann)).toBe('support')
    expect(defaultDomainOf(access({}), ann)).toBeUndefined()
  })

  test('whoever is refused has none', () => {
    expect(rightsOf(access({}), { ...ann, standing: 'guest' })).toMatchObject({ code: 'access/guest' })
  })
})

describe('the rights of everybody in a place', () => {
  test('are those of the audience that is named, else of the default role', () => {
    const roles = { analyst: { hide: { shop: ['email'] } }, viewer: { domains: ['shop'] } }
    expect(audienceOf(access(roles), ann)).toMatchObject({ role: 'analyst', hide: { shop: ['email'] } })
    const rooms = { 'slack:T1:C1': { audience: 'viewer', domains: ['shop', 'support'] } }
    expect(audienceOf(access(roles, rooms), ann)).toMatchObject({ role: 'viewer', domains: ['shop'] })
  })

  test('there are none where the default is refused and nobody is named', () => {
    expect(audienceOf(access({ default: 'refused' }), ann)).toMatchObject({ code: 'access/audience' })
  })
})

describe('what two may both see', () => {
  const a: Rights = {
    ...all,
    role: 'a',
    level: 'admin',
    domains: ['shop', 'support'],
    kpis: { shop: ['revenue', 'orders'] },
    hide: { shop: ['email'] },
    rows: { shop: [{ region: ['South'] }, { channel: 'web' }] },
    session: { 'app.tenant': '1', 'app.zone': 'eu' },
    questionsPerHour: 10,
  }
  const b: Rights = {
    ...all,
    role: 'b',
    level: 'viewer',
    domains: ['support', 'other'],
    kpis: { shop: ['orders', 'profit'], support: ['tickets'] },
    hide: { shop: ['email', 'phone'], support: ['body'] },
    rows: { shop: [{ region: ['South'] }], support: [{ tenant: 'acme' }] },
    session: { 'app.zone': 'eu', 'app.tenant': '1' },
    questionsPerHour: 5,
  }

  test('is as little as either', () => {
    expect(meet(a, b)).toEqual({
      role: 'a and b',
      level: 'viewer',
      domains: ['support'],
      kpis: { shop: ['orders'], support: ['tickets'] },
      hide: { shop: ['email', 'phone'], support: ['body'] },
      rows: { shop: [{ region: ['South'] }, { channel: 'web' }], support: [{ tenant: 'acme' }] },
      session: { 'app.tenant': '1', 'app.zone': 'eu' },
      questionsPerHour: 5,
    })
    expect(meet(a, a)).toEqual(a)
    const allThere = { ...all, session: a.session }
    expect(meet(allThere, a)).toMatchObject({ domains: a.domains, kpis: a.kpis, rows: a.rows, questionsPerHour: 10 })
    expect(meet(a, allThere)).toMatchObject({ domains: a.domains, questionsPerHour: 10 })
  })

  test('is nothing when one setting has two values', () => {
    expect(meet(a, { ...b, session: { 'app.tenant': '2', 'app.zone': 'eu' } }).domains).toEqual([])
  })

  test('is nothing when only one has a setting: a server shows the rows of its tenant to nobody else', () => {
    expect(meet(a, { ...b, session: {} }).domains).toEqual([])
    expect(meet({ ...a, session: {} }, b).domains).toEqual([])
    expect(meet(a, { ...b, session: { 'app.tenant': '1' } }).domains).toEqual([])
  })

  test('a domain may be called like something that every object has', () => {
    expect(ofDomain({}, 'constructor')).toBeUndefined()
    expect(meet(all, { ...all, hide: { constructor: ['x'] } }).hide).toEqual({ constructor: ['x'] })
  })
})

describe('the key of rights', () => {
  const key = (parts: Partial<Rights>, domain = 'shop') => rightsKey({ ...all, ...parts }, domain)

  test('is empty for all of a domain, whoever it is', () => {
    expect(key({})).toBe('')
    expect(
      key({ role: 'x', level: 'viewer', domains: [], questionsPerHour: 3, hide: { shop: [] }, rows: { shop: [] } }),
    ).toBe('')
    expect(key({ hide: { support: ['body'] }, kpis: { support: [] }, rows: { support: [{}] } })).toBe('')
  })

  test('is the same for what is the same in another order', () => {
    const one = {
      hide: { shop: ['a', 'b', 'a'] },
      rows: { shop: [{ x: { gt: 1, lt: 2 } }, { y: ['1'] }] },
      session: { 'a.b': '1', 'a.c': '2' },
    }
    const two = {
      hide: { shop: ['b', 'a'] },
      rows: { shop: [{ y: ['1'] }, { x: { lt: 2, gt: 1 } }] },
      session: { 'a.c': '2', 'a.b': '1' },
    }
    expect(key(one)).toBe(key(two))
  })

  test('is another for whatever differs', () => {
    const keys = [
      {},
      { kpis: { shop: [] } },
      { kpis: { shop: ['a'] } },
      { hide: { shop: ['a'] } },
      { hide: { shop: ['a.b'] } },
      { rows: { shop: [{ a: 1 }] } },
      { rows: { shop: [{ a: '1' }] } },
      { rows: { shop: [{ a: null }] } },
      { rows: { shop: [{ a: { between: [1, 2] } }] } },
      { rows: { shop: [{ a: { between: [2, 1] } }] } },
      { rows: { shop: [{ a: 1, b: 2 }] } },
      { rows: { shop: [{ a: 1 }, { b: 2 }] } },
      { session: { 'a.b': '1' } },
      { session: { 'a.b': '2' } },
    ].map(parts => key(parts))
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('what a level may do', () => {
  test.each([
    ['admin', true, true],
    ['analyst', false, true],
    ['viewer', false, false],
  ] as const)('%s', (level, manages, explores) => {
    expect([mayManage({ ...all, level }), mayExplore({ ...all, level })]).toEqual([manages, explores])
  })

  test('a domain may be asked when it is listed, or nothing is', () => {
    expect([
      mayAsk(all, 'shop'),
      mayAsk({ ...all, domains: ['shop'] }, 'shop'),
      mayAsk({ ...all, domains: [] }, 'shop'),
    ]).toEqual([true, true, false])
  })
})
