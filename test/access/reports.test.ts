import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditReport } from '#src/access/audit-report.ts'
import { readReportWords } from '#src/access/report-words.ts'
import { usageReport } from '#src/access/usage-report.ts'
import { fixedEffects } from '#src/effects.ts'
import type { Owner } from '#src/store/answers.ts'
import { type Audit, type AuditEntry, storedAudit } from '#src/store/audit.ts'
import type { Database } from '#src/store/database.ts'
import { storedUsage } from '#src/store/usage.ts'
import type { Asker } from '#src/vocabulary/question.ts'
import { openTestState } from '#test/store/database.ts'

const now = Date.parse('2024-03-20T15:30:00Z')
const boss: Asker = { platform: 'slack', tenant: 'T1', user: 'UBOSS' }

describe('the words of a report', () => {
  const read = (text: string, asker?: Asker) => readReportWords(text, { asker, now })

  test.each([
    ['', {}, ''],
    ['today', { since: Date.parse('2024-03-20T00:00:00Z') }, 'since 2024-03-20 00:00 UTC'],
    ['since yesterday', { since: Date.parse('2024-03-19T00:00:00Z') }, 'since 2024-03-19 00:00 UTC'],
    ['Last Week', { since: Date.parse('2024-03-13T15:30:00Z') }, 'since 2024-03-13 15:30 UTC'],
    ['past 2 hours', { since: Date.parse('2024-03-20T13:30:00Z') }, 'since 2024-03-20 13:30 UTC'],
    ['last 3 months', { since: Date.parse('2023-12-21T15:30:00Z') }, 'since 2023-12-21 15:30 UTC'],
    ['failed', { outcome: 'failed' }, 'failed'],
    ['errors', { outcome: 'failed' }, 'failed'],
    ['clarified', { outcome: 'clarify' }, 'clarify'],
    ['@U123', { owner: { user: 'U123' } }, 'by U123'],
    ['<@U123>', { owner: { user: 'U123' } }, 'by U123'],
    ['<@U123|ann>', { owner: { user: 'U123' } }, 'by U123'],
    ['U123', { owner: { user: 'U123' } }, 'by U123'],
    ['teams:t:bob', { owner: { platform: 'teams', tenant: 't', user: 'bob' } }, 'by bob'],
    [
      '@U123 last week refused',
      { owner: { user: 'U123' }, outcome: 'refused', since: Date.parse('2024-03-13T15:30:00Z') },
      'by U123, refused, since 2024-03-13 15:30 UTC',
    ],
  ])('%j', (text, filter, label) => {
    expect(read(text)).toEqual({ filter, label, unread: [] })
  })

  test.each([
    ['purple', ['purple']],
    ['@U1 @U2', ['@U1', '@U2']],
    ['me', ['me']],
    ['irc:x:y', ['irc:x:y']],
    ['last 9999 days', ['last', '9999', 'days']],
    ['everything by ann', ['everything', 'by', 'ann']],
  ])('%j says nothing', (text, unread) => {
    expect(read(text)).toMatchObject({ unread })
  })

  test('whoever is of a workspace sees that one alone', () => {
    const own = { platform: 'slack', tenant: 'T1' }
    expect(read('', boss).filter).toEqual({ owner: own })
    expect(read('me', boss).filter).toEqual({ owner: { ...own, user: 'UBOSS' } })
    expect(read('@U5', boss).filter).toEqual({ owner: { ...own, user: 'U5' } })
    expect(read('slack:T1:U5', boss).filter).toEqual({ owner: { ...own, user: 'U5' } })
    expect(read('slack:T2:U5', boss)).toMatchObject({ filter: { owner: own }, unread: ['slack:T2:U5'] })
    expect(read('teams:T1:U5', boss)).toMatchObject({ unread: ['teams:T1:U5'] })
  })
})

describe('the reports', () => {
  let database: Database
  let close: () => Promise<void>
  let audit: Audit
  const effects = fixedEffects('2024-03-20T15:30:00Z')
  const ann: Owner = { platform: 'slack', tenant: 'T1', user: 'U1' }
  const entry = (id: string, parts: Partial<AuditEntry> = {}): AuditEntry => ({
    id,
    question: `question ${id}`,
    outcome: 'answered',
    ms: 10,
    ...parts,
  })

  beforeAll(async () => {
    ;({ database, close } = await openTestState())
    audit = storedAudit(database, effects)
    effects.advance(-10 * 86_400_000)
    await audit.write(entry('old', { owner: ann, domain: 'shop', rows: 4 }))
    effects.advance(9 * 86_400_000)
    await audit.write(entry('own', { outcome: 'failed', code: 'engine/timeout' }))
    await audit.write(entry('a', { owner: ann, domain: 'shop', place: 'C1', rows: 7 }))
    effects.advance(1000)
    await audit.write(entry('b', { owner: ann, domain: 'shop', rows: 5, ms: 20 }))
    effects.advance(1000)
    await audit.write(entry('c', { owner: ann, outcome: 'refused', code: 'access/too-many' }))
    await audit.write(entry('d', { owner: { ...ann, tenant: 'T2' }, domain: 'shop' }))
    effects.advance(86_400_000 - 2000)
    await audit.write(entry('e', { owner: ann, domain: 'support', outcome: 'failed', code: 'engine/timeout' }))
  })
  afterAll(() => close())

  test('data audit: the latest questions, as the words narrow them down', async () => {
    const report = (words: string, asker?: Asker) => auditReport({ audit }, { words, asker }, effects)
    const ids = async (words: string, asker?: Asker) =>
      (await report(words, asker)).lines.map(({ question }) => question.slice(9))
    expect(await ids('')).toEqual(['e', 'c', 'd', 'b', 'a', 'own', 'old'])
    expect(await ids('', boss)).toEqual(['e', 'c', 'b', 'a', 'old'])
    expect(await ids('failed', boss)).toEqual(['e'])
    expect(await ids('failed last week')).toEqual(['e', 'own'])
    expect(await ids('today')).toEqual(['e'])
    expect(await report('purple')).toEqual({ label: '', lines: [], unread: ['purple'] })
    expect((await report('since yesterday')).lines.slice(-2)).toEqual([
      {
        at: '2024-03-19T15:30:00.000Z',
        who: 'U1',
        place: 'C1',
        domain: 'shop',
        question: 'question a',
        outcome: 'answered',
        rows: 7,
        ms: 10,
      },
      { at: '2024-03-19T15:30:00.000Z', question: 'question own', outcome: 'failed', code: 'engine/timeout', ms: 10 },
    ])
  })

  test('there are twenty at most', async () => {
    const many = {
      read: async ({ most = 0 } = {}) => Array.from({ length: most }, (_, i) => ({ ...entry(`${i}`), at: i })),
    }
    expect((await auditReport({ audit: many }, { words: '' }, effects)).lines).toHaveLength(20)
  })

  test('data usage: per day, person and domain, of the last week when nothing is said', async () => {
    const report = (words: string, asker?: Asker) =>
      usageReport({ usage: storedUsage(database) }, { words, asker }, effects)
    const none = { failed: 0, refused: 0, rows: 0, ms: 10, questions: 1 }
    expect(await report('', boss)).toEqual({
      label: 'since 2024-03-13 15:30 UTC',
      unread: [],
      lines: [
        { day: '2024-03-20', who: 'U1', domain: 'support', ...none, failed: 1 },
        { day: '2024-03-19', who: 'U1', domain: 'shop', ...none, questions: 2, rows: 12, ms: 30 },
        { day: '2024-03-19', who: 'U1', ...none, refused: 1 },
      ],
    })
    expect((await report('')).lines).toContainEqual({ day: '2024-03-19', ...none, failed: 1 })
    expect((await report('@U1 last month', boss)).lines.at(-1)).toEqual({
      day: '2024-03-10',
      who: 'U1',
      domain: 'shop',
      ...none,
      rows: 4,
    })
    expect((await report('failed purple')).unread).toEqual(['purple', 'failed'])
  })

  test('the limit counts what it did not refuse itself', async () => {
    expect(await audit.count(ann, now - 2 * 86_400_000)).toBe(3)
  })
})
