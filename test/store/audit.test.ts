import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Ask } from '#src/ask.ts'
import { createAudited } from '#src/audited.ts'
import { fixedEffects } from '#src/effects.ts'
import type { Owner } from '#src/store/answers.ts'
import { type Audit, type AuditEntry, storedAudit } from '#src/store/audit.ts'
import type { Database } from '#src/store/database.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { answered, receipt, told } from '#test/fakes/room-answers.ts'
import { openTestState } from './database.ts'

let database: Database
let close: () => Promise<void>
beforeAll(async () => {
  ;({ database, close } = await openTestState())
})
beforeEach(() => database.query('truncate chartroom.audit'))
afterAll(() => close())

const day = Date.parse('2024-03-01T10:00:00Z')
const ann: Owner = { platform: 'slack', tenant: 'T1', user: 'UANN' }
const bob: Owner = { platform: 'teams', tenant: 't', user: 'bob' }

describe('the audit', () => {
  test('gives back what was written, the latest first', async () => {
    const effects = fixedEffects('2024-03-01T10:00:00Z')
    const audit = storedAudit(database, effects)
    const whole: AuditEntry = {
      id: 'a',
      owner: ann,
      place: 'C1',
      thread: 'slack:T1:C1:17',
      domain: 'shop',
      question: 'revenue? 🎉',
      outcome: 'refused',
      code: 'period/next',
      sql: 'select 1',
      rows: 0,
      ms: 12,
    }
    await audit.write(whole)
    effects.advance(1000)
    await audit.write({ id: 'b', question: '', outcome: 'failed', ms: 3.6 })
    expect(await audit.read()).toEqual([
      { id: 'b', question: '', outcome: 'failed', ms: 4, at: day + 1000 },
      { ...whole, at: day },
    ])
  })

  test('can be narrowed down to a person, a time and a number of rows', async () => {
    const effects = fixedEffects('2024-03-01T10:00:00Z')
    const audit = storedAudit(database, effects)
    for (const [id, owner] of [
      ['1', ann],
      ['2', bob],
      ['3', ann],
      ['4', undefined],
    ] as const) {
      await audit.write({ id, owner, question: 'q', outcome: 'answered', ms: 1 })
      effects.advance(1000)
    }
    const ids = async (filter: Parameters<Audit['read']>[0]) => (await audit.read(filter)).map(entry => entry.id)
    expect(await ids({ owner: { user: 'UANN' } })).toEqual(['3', '1'])
    expect(await ids({ owner: { platform: 'teams' } })).toEqual(['2'])
    expect(await ids({ since: day + 1000, most: 2 })).toEqual(['4', '3'])
    expect(await audit.count(ann, day)).toBe(2)
    expect(await audit.count(ann, day + 1)).toBe(1)
    expect(await audit.count({ ...ann, tenant: 'T2' }, day)).toBe(0)
  })

  test('sums up what each person used on each day', async () => {
    const effects = fixedEffects('2024-03-01T23:00:00Z')
    const audit = storedAudit(database, effects)
    await audit.write({ id: '1', owner: ann, question: 'q', outcome: 'answered', rows: 5, ms: 10 })
    await audit.write({ id: '2', owner: ann, question: 'q', outcome: 'failed', ms: 20 })
    await audit.write({ id: '3', question: 'of the room', outcome: 'answered', rows: 7, ms: 1 })
    effects.advance(3_600_000)
    await audit.write({ id: '4', owner: ann, question: 'q', outcome: 'answered', rows: 2, ms: 3 })
    expect(await audit.use(day)).toEqual([
      { day: '2024-03-01', owner: ann, questions: 2, failed: 1, rows: 5, ms: 30 },
      { day: '2024-03-02', owner: ann, questions: 1, failed: 0, rows: 2, ms: 3 },
    ])
    expect(await audit.use(Date.parse('2024-03-02'))).toHaveLength(1)
  })
})

describe('every question leaves a row', () => {
  const effects = fixedEffects('2024-03-01T10:00:00Z')
  const audited = (ask: Ask, warned: string[] = [], audit = storedAudit(database, effects)) =>
    createAudited(ask, { audit, warn: event => void warned.push(event) }, effects)
  const answering =
    (answer: Answer): Ask =>
    async () => {
      effects.advance(250)
      return answer
    }
  const asked = { text: 'revenue?', thread: 't', asker: { ...ann, place: 'C1' } }
  const row = { owner: ann, place: 'C1', thread: 't', question: 'revenue?', at: expect.any(Number) }
  const rows = () => storedAudit(database, effects).read()

  test('answered: with what ran and how many rows came', async () => {
    const answer = answered('a1', 'revenue?')
    expect(await audited(answering(answer))(asked)).toEqual(answer)
    expect(await rows()).toEqual([
      { ...row, id: 'a1', domain: 'ecommerce', outcome: 'answered', sql: receipt.sql, rows: receipt.rows, ms: 250 },
    ])
  })

  test('told, and refused with the reason', async () => {
    await audited(answering(told('a2', 'help')))(asked)
    const common = { id: 'a3', question: 'x', domain: 'ecommerce', message: 'No.', choices: [] }
    await audited(answering({ ...common, status: 'refused', code: 'period/next' }))(asked)
    expect(await rows()).toEqual([
      { ...row, id: 'a3', domain: 'ecommerce', outcome: 'refused', code: 'period/next', ms: 250 },
      { ...row, id: 'a2', domain: expect.any(String), outcome: 'told', ms: 250 },
    ])
  })

  test('failed with the code, stopped, and what nobody foresaw; the error goes on', async () => {
    const failing =
      (error: unknown): Ask =>
      () =>
        Promise.reject(error)
    const timeout = ChartroomError.of('engine/timeout', { seconds: 30 })
    await expect(audited(failing(timeout))(asked)).rejects.toBe(timeout)
    effects.advance(1)
    await expect(audited(failing(ChartroomError.of('engine/cancelled')))(asked)).rejects.toThrow('Stopped')
    effects.advance(1)
    await expect(audited(failing(new Error('odd')))({ text: 'x' })).rejects.toThrow('odd')
    effects.advance(1)
    await expect(audited(failing(new Error('cut')))(asked, { signal: AbortSignal.abort() })).rejects.toThrow('cut')
    expect((await rows()).map(({ outcome, code }) => [outcome, code])).toEqual([
      ['stopped', undefined],
      ['failed', undefined],
      ['stopped', 'engine/cancelled'],
      ['failed', 'engine/timeout'],
    ])
  })

  test('an answer is given even when its row cannot be written', async () => {
    const warned: string[] = []
    const broken: Audit = { ...storedAudit(database, effects), write: () => Promise.reject(new Error('away')) }
    const answer = answered('a9', 'revenue?')
    expect(await audited(answering(answer), warned, broken)(asked)).toEqual(answer)
    expect(warned).toEqual(['audit'])
  })

  test('what is asked is passed on as it is', async () => {
    const heard: unknown[] = []
    const ask: Ask = async (...given) => {
      heard.push(...given)
      return told('a10', 'help')
    }
    const asking = { onStatus: () => undefined }
    await audited(ask)(asked, asking)
    expect(heard).toEqual([asked, asking])
  })
})
