import { describe, expect, test } from 'vitest'
import { parseCommand } from '#handlers/commands/parse.ts'
import { runCommand } from '#handlers/commands/run.ts'
import type { Turn, UseCases } from '#handlers/commands/use-cases.ts'
import type { AuditLine, AuditReport } from '#src/access/audit-report.ts'
import type { UsageLine, UsageReport } from '#src/access/usage-report.ts'
import { fixedEffects } from '#src/effects.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { scriptedUseCases } from '#test/fakes/use-cases.ts'

const run = (text: string, parts: Partial<UseCases>, turn: Turn = { domain: 'sales' }) =>
  runCommand({ command: parseCommand(text), ...turn }, { ...scriptedUseCases().useCases, ...parts }, fixedEffects())

const line: AuditLine = { at: '2024-03-01T10:02:03.000Z', question: 'revenue?', outcome: 'answered', ms: 1234 }
const audit = (report: Partial<AuditReport>) => async () => ({ label: '', lines: [], unread: [], ...report })
const usage = (report: Partial<UsageReport>) => async () => ({
  label: 'since 2024-02-23',
  lines: [],
  unread: [],
  ...report,
})

describe('data audit and data usage', () => {
  test.each([
    ['data audit', 'data-audit', ''],
    ['/data Audit: @U123 last week failed?', 'data-audit', '@U123 last week failed'],
    ['data audit <@U123|ann>', 'data-audit', '<@U123|ann>'],
    ['data usage', 'data-usage', ''],
    ['DATA USAGE last 30 days.', 'data-usage', 'last 30 days'],
  ])('%j is the command %s with %j', (text, kind, words) => {
    expect(parseCommand(text)).toEqual({ kind, text, words })
  })

  test.each(['data auditing', 'data usages', 'audit', 'usage last week'])('%j is neither', text => {
    expect(parseCommand(text).kind).not.toMatch(/audit|usage/)
  })

  test('what was asked stands with who, when, how it ended and where', async () => {
    const lines: AuditLine[] = [
      { ...line, who: 'U123', domain: 'sales', place: 'C1', rows: 12_000 },
      { ...line, question: 'x '.repeat(90), outcome: 'refused', code: 'period/next', rows: 1, ms: 3 },
    ]
    expect(await run('data audit failed', { audit: audit({ label: 'failed', lines }) })).toMatchObject({
      status: 'told',
      domain: 'sales',
      title: 'Who asked what',
      paragraphs: ['The latest 2 (failed); times are UTC.'],
      items: [
        { term: '2024-03-01 10:02 · U123', text: '“revenue?” · answered · sales · in C1 · 12,000 rows · 1,234 ms' },
        {
          term: '2024-03-01 10:02 · this machine',
          text: `“${'x '.repeat(28)}x…” · refused (period/next) · 1 row · 3 ms`,
        },
      ],
    })
    expect(await run('data audit', { audit: audit({}) })).toMatchObject({ paragraphs: ['No questions are kept.'] })
  })

  test('what was used stands with who, on which day, of what', async () => {
    const first: UsageLine = {
      day: '2024-03-01',
      who: 'U1',
      domain: 'sales',
      questions: 4,
      failed: 1,
      refused: 2,
      rows: 9,
      ms: 50,
    }
    const { who: _, domain: __, ...second } = { ...first, questions: 1, failed: 0, refused: 0, rows: 1 }
    expect(await run('data usage', { usage: usage({ lines: [first, second] }) })).toMatchObject({
      title: 'Who used how much',
      paragraphs: ['Per day, person and domain (since 2024-02-23).'],
      items: [
        { term: '2024-03-01 · U1', text: 'sales · 4 questions · 1 failed · 2 refused · 9 rows · 13 ms each' },
        { term: '2024-03-01 · this machine', text: 'no domain · 1 question · 1 row · 50 ms each' },
      ],
    })
    expect(await run('data usage', { usage: usage({}) })).toMatchObject({
      paragraphs: ['Nobody asked anything (since 2024-02-23).'],
    })
  })

  test('words that mean nothing are named, with examples', async () => {
    expect(await run('data audit purple ann', { audit: audit({ unread: ['purple', 'ann'] }) })).toMatchObject({
      status: 'clarify',
      message: 'I do not know what “purple” and “ann” means here. Say who, how it ended, since when.',
      unused: ['purple', 'ann'],
    })
    expect(await run('data usage failed', { usage: usage({ unread: ['failed'] }) })).toMatchObject({
      status: 'clarify',
      choices: [
        { question: 'data usage today' },
        { question: 'data usage last 30 days' },
        { question: 'data usage @U123' },
      ],
    })
  })

  test('in a channel it is for the asker alone', async () => {
    expect(await run('data audit', { audit: audit({}) }, { audience: 'place' })).toMatchObject({ onlyForAsker: true })
    expect(await run('data usage', { usage: usage({}) }, { audience: 'asker' })).not.toHaveProperty('onlyForAsker')
  })

  test('others than admins are refused, and so is everybody where nothing is kept', async () => {
    const refuse = () => Promise.reject(ChartroomError.of('access/admins-only'))
    const refused = {
      status: 'refused',
      code: 'access/admins-only',
      message: 'Only an admin may do that. Ask an admin.',
    }
    expect(await run('data audit', { audit: refuse })).toMatchObject(refused)
    expect(await run('data usage', { usage: refuse })).toMatchObject(refused)
    expect(await run('data audit', {}, {})).toMatchObject({ status: 'refused', code: 'access/nothing-kept' })
  })

  test('a failure stays one', async () => {
    const fail = () => Promise.reject(ChartroomError.of('state/unavailable'))
    await expect(run('data audit', { audit: fail })).rejects.toMatchObject({ code: 'state/unavailable' })
  })
})
