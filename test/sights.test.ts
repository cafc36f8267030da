import { describe, expect, test } from 'vitest'
import { rolesSchema, roomsSchema } from '#src/access/schema.ts'
import type { Who } from '#src/ask.ts'
import type { Domain } from '#src/domain.ts'
import { createSights } from '#src/sights.ts'
import type { Asker } from '#src/vocabulary/question.ts'
import { query, shopTables, worldOf } from './semantic/compile-world.ts'

const shop = worldOf('shop', shopTables)

const names = ['tiny', 'pay']

/** The shop as `tiny`, and a domain called `pay` that nobody opens here. */
const sightsWith = ({ roles = {}, rooms = {} }: { roles?: object; rooms?: object } = {}) => {
  const settings = { roles: rolesSchema.parse(roles), rooms: roomsSchema.parse(rooms) }
  const opened: string[] = []
  const sights = createSights(
    {
      domains: () => names.map((name, i) => ({ name, label: name, isDefault: i === 0, available: true })),
      open: async (name = 'tiny') => {
        opened.push(name)
        return { ...shop.domain, as: shop.domain.as } as Domain
      },
      settings: () => settings,
    },
    {
      list: async ({ asker, audience }) =>
        asker?.user === 'U1' && audience !== 'place' ? [{ domain: 'trips', label: 'Trips' }] : [],
      domain: async (name, { asker }) => (name === 'trips' && asker?.user === 'U1' ? shop.domain : undefined),
    },
  )
  return { ...sights, opened }
}

const by = (user: string, more: Partial<Asker> = {}): Who => ({
  asker: { platform: 'slack', tenant: 'T1', user, place: 'C1', ...more },
})

const south = {
  default: 'southern',
  boss: { base: 'admin', people: ['slack:T1:U9'] },
  southern: { base: 'analyst', domains: ['tiny'], hide: { tiny: ['fees'] }, rows: { tiny: { region: ['South'] } } },
}

describe('without roles and rooms', () => {
  test('everybody of the workspace sees everything; guests and others are told why they do not', async () => {
    const { find, domains, refusal } = sightsWith()
    expect(await domains(by('U2'))).toEqual(names.map(name => ({ name, label: name })))
    expect((await find(undefined, by('U2'))).model.domain).toBe('tiny')
    expect(refusal(by('U2').asker)).toBeUndefined()
    expect(refusal(by('U2', { standing: 'guest' }).asker)).toMatchObject({ code: 'access/guest' })
    expect(refusal(by('U2', { standing: 'external' }).asker)).toMatchObject({ code: 'access/external' })
  })

  test('nobody is an admin but whoever is at the machine', () => {
    const { mayManage } = sightsWith()
    expect([mayManage(by('U2')), mayManage({})]).toEqual([false, true])
  })
})

describe('a role', () => {
  test('sees its domains, and others are not there', async () => {
    const { find, domains, opened } = sightsWith({ roles: south })
    expect(await domains(by('U2'))).toEqual([{ name: 'tiny', label: 'tiny' }])
    await expect(find('pay', by('U2'))).rejects.toMatchObject({ code: 'domain/unknown' })
    expect(opened).toEqual([])
    expect((await find('pay', by('U9'))).model.domain).toBe('tiny')
  })

  test('sees its rows and measures, and the answer says which rows', async () => {
    const { find } = sightsWith({ roles: south })
    const [mine, all] = [await find('tiny', by('U2')), await find('tiny', by('U9'))]
    const byRegion = query({ measures: [{ measure: 'revenue' }], splits: [{ dimension: 'region' }] })
    const rowsOf = async (domain: Domain) => {
      const result = await domain.run(byRegion)
      return 'table' in result ? result.table.rows.map(([region]) => region).toSorted() : []
    }
    expect(await rowsOf(mine)).toEqual(['South'])
    expect(await rowsOf(all)).toEqual(['North', 'South', null])
    expect([mine.model.measures.fees, all.model.measures.fees?.name]).toEqual([undefined, 'fees'])
    expect(mine.notes).toEqual(['Only rows with region South are counted: more may not be seen.'])
    expect((await mine.knowledge()).values('region')).toEqual(['South'])
  })

  test('is made once for all who see the same', async () => {
    const { find } = sightsWith({ roles: south })
    const [a, b] = [await find('tiny', by('U2')), await find('tiny', by('U3'))]
    expect(a.knowledge).toBe(b.knowledge)
  })
})

describe('a place', () => {
  test('has domains, and a usual one, of its own', async () => {
    const { domains, find } = sightsWith({ rooms: { 'slack:T1': {}, 'slack:T1:C1': { default: 'pay' } } })
    expect((await domains(by('U2'))).map(({ name }) => name)).toEqual(['pay', 'tiny'])
    expect((await domains(by('U2', { place: 'C2' }))).map(({ name }) => name)).toEqual(['tiny', 'pay'])
    await expect(find(undefined, by('U2', { tenant: 'T2' }))).rejects.toMatchObject({ code: 'domain/unknown' })
  })

  test('is answered with what everybody there may see, who asks whatever', async () => {
    const { find, seesMore } = sightsWith({ roles: south })
    const boss = by('U9')
    expect((await find('tiny', { ...boss, audience: 'place' })).notes).toHaveLength(1)
    expect((await find('tiny', boss)).notes).toEqual([])
    expect([
      await seesMore({ ...boss, audience: 'place' }),
      await seesMore({ ...by('U2'), audience: 'place' }),
    ]).toEqual([true, false])
  })
})

test('a role that lists KPIs of a domain is offered no others, and neither is a place that reads with it', () => {
  const { allKpis } = sightsWith({
    roles: { boss: south.boss, default: 'few', few: { base: 'viewer', kpis: { tiny: [] } } },
  })
  const boss = by('U9')
  expect([allKpis(boss, 'tiny'), allKpis({ ...boss, audience: 'place' }, 'tiny')]).toEqual([true, false])
  expect([allKpis(by('U2'), 'tiny'), allKpis(by('U2'), 'pay')]).toEqual([false, true])
})

test('whoever brought data that a place may not ask sees more than the place', async () => {
  const { seesMore } = sightsWith()
  expect([await seesMore(by('U1')), await seesMore(by('U2'))]).toEqual([true, false])
})

test('an admin is one in every place', () => {
  const { mayManage } = sightsWith({ roles: south })
  expect([mayManage({ ...by('U9'), audience: 'place' }), mayManage({ ...by('U2'), audience: 'place' })]).toEqual([
    true,
    false,
  ])
})

test('data that somebody brought is theirs', async () => {
  const { find, domains } = sightsWith({ roles: south })
  expect((await domains(by('U1'))).map(({ name }) => name)).toEqual(['tiny', 'trips'])
  expect(await find('trips', by('U1'))).toBe(shop.domain)
  await expect(find('trips', by('U2'))).rejects.toMatchObject({ code: 'domain/unknown' })
})
