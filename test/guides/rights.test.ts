import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Access, buildAccess } from '#src/access/access.ts'
import { narrowModel } from '#src/access/narrow.ts'
import { audienceOf, type Rights, rightsOf } from '#src/access/rights.ts'
import { isRefusal, roleOf } from '#src/access/role-of.ts'
import { readRows } from '#src/access/row-rules.ts'
import { roleSchema } from '#src/access/schema.ts'
import { readPlan } from '#src/sources/read-plan.ts'
import type { Asker } from '#src/vocabulary/question.ts'
import { shop } from '#test/access/models.ts'

const guide = readFileSync(resolve(import.meta.dirname, '../../docs/guides/rights.md'), 'utf8')
const block = (name: string) =>
  new RegExp(`^\`\`\`yaml ${name.replace('.', '\\.')}\n(.*?)^\`\`\``, 'ms').exec(guide)?.[1] ?? ''

describe('the guide to rights', () => {
  let folder: string
  let access: Access
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chartroom-guide-'))
    const path = join(folder, 'chartroom.yaml')
    writeFileSync(path, block('chartroom.yaml'))
    const read = await readPlan({ path, environment: {} })
    if ('problems' in read) throw new Error(read.problems.join('\n'))
    const report = (at: readonly (string | number)[], message: string) => expect.fail(`${at.join('.')}: ${message}`)
    access = buildAccess(read.plan.settings, { domains: [...read.plan.domains.keys()], report })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const someone = (user: string, parts: Partial<Asker> = {}): Asker => ({
    platform: 'slack',
    tenant: 'T0123',
    user,
    ...parts,
  })

  test.each<[Asker | undefined, string]>([
    [undefined, 'admin'],
    [someone('U0001'), 'admin'],
    [{ platform: 'teams', tenant: '11111111-aaaa', user: '22222222-bbbb' }, 'admin'],
    [someone('U0003'), 'corporate_sales'],
    [someone('U0009', { groups: ['S0002'] }), 'analyst'],
    [someone('U0009'), 'viewer'],
    [someone('U0009', { standing: 'guest', groups: ['S0002'] }), 'access/guest'],
    [someone('U0009', { standing: 'external' }), 'access/external'],
    [someone('U0009', { tenant: 'T9999' }), 'access/workspace'],
  ])('%j is %s', (asker, expected) => {
    const role = roleOf(access, asker)
    expect(isRefusal(role) ? role.code : role.name).toBe(expected)
  })

  const rights = (user: string) => rightsOf(access, someone(user)) as Rights

  test('hides what it says', () => {
    const model = narrowModel(shop, rights('U0003'))
    expect(model.tables.products?.columns).not.toHaveProperty('unit_cost')
    for (const name of ['gross_margin', 'margin_rate', 'discounts']) expect(model.measures).not.toHaveProperty(name)
    expect(model.measures).toHaveProperty('units')
    expect(rights('U0003').questionsPerHour).toBe(200)
    expect(Object.keys(narrowModel(shop, rights('U0004')).kpis)).toEqual(['revenue', 'orders'])
    expect(audienceOf(access, someone('U0009', { place: 'C0005' }))).toMatchObject({ role: 'corporate_sales' })
    expect(audienceOf(access, someone('U0009', { place: 'C0006' }))).toMatchObject({ role: 'viewer' })
  })

  test('its rules for rows fit the shop, and its role fits the shape', () => {
    const problems: string[] = []
    readRows(parse(block('rows')) as Record<string, unknown>, shop, {
      at: [],
      report: (at, message) => void problems.push(`${at}: ${message}`),
    })
    expect(problems).toEqual([])
    expect(roleSchema.safeParse(parse(block('role'))).success).toBe(true)
  })
})
