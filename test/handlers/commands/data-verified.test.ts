import { describe, expect, test } from 'vitest'
import { parseCommand } from '#handlers/commands/parse.ts'
import { runCommand } from '#handlers/commands/run.ts'
import type { Turn } from '#handlers/commands/use-cases.ts'
import { fixedEffects } from '#src/effects.ts'
import type { VerifiedLine, Verifying } from '#src/verified/verifying.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { scriptedUseCases } from '#test/fakes/use-cases.ts'

const id = '0a1b2c3d-0000-4000-8000-123456789abc'
const line: VerifiedLine = { nth: 3, domain: 'sales', question: 'revenue by state', name: 'Finance', day: '2024-03-01' }

const verifyingAs = (parts: Partial<Verifying>): Verifying => ({
  verify: async () => ({ kind: 'no-answer' }),
  list: async () => [],
  remove: async () => undefined,
  ...parts,
})

const run = (text: string, verifying: Partial<Verifying> | undefined = {}, turn: Turn = { domain: 'sales' }) =>
  runCommand(
    { command: parseCommand(text), ...turn },
    { ...scriptedUseCases().useCases, verifying: verifyingAs(verifying) },
    fixedEffects(),
  )

describe('data verify, verified and unverify', () => {
  test.each([
    ['data verify', { deed: 'verify' }],
    ['/data Verify!', { deed: 'verify' }],
    [`data verify ${id}`, { deed: 'verify', answer: id }],
    ['data verify as Finance team.', { deed: 'verify', name: 'Finance team' }],
    [`data verify ${id} as Ann`, { deed: 'verify', answer: id, name: 'Ann' }],
    ['data verified?', { deed: 'verified' }],
    ['data unverify 3', { deed: 'unverify', nth: 3 }],
    ['data unverify #12', { deed: 'unverify', nth: 12 }],
  ])('%j is %j', (text, deed) => {
    expect(parseCommand(text)).toEqual({ kind: 'data-verified', text, deed })
  })

  test.each(['data verified orders', 'verify', 'unverify 3'])('%j is none of them', text =>
    expect(parseCommand(text).kind).not.toBe('data-verified'),
  )

  test.each([
    ['data unverify abc', 'I do not know what “abc” means here. Say `data unverify` and the number of'],
    ['data unverify 3 and 4', 'I do not know what “3 and 4” means here.'],
    ['data Unverify', 'Say `data unverify` and the number of a verified question'],
    ['data verify 12', 'I do not know what “12” means here. Say `data verify` right after an answer'],
    [`data verify ${'the revenue of all '.repeat(20)}`, 'I do not know what “the revenue of all'],
  ])('%j is no question: what is expected is said', async (text, words) => {
    expect(await run(text)).toMatchObject({ status: 'clarify', message: expect.stringContaining(words) })
  })

  test('what was verified is told, with a way back', async () => {
    const asked: unknown[] = []
    const verify: Verifying['verify'] = async (_, what) => {
      asked.push(what)
      return { kind: 'verified', nth: 3, question: 'revenue by state', name: 'Finance', domain: 'sales' }
    }
    expect(await run('data verify as Finance', { verify })).toMatchObject({
      ...{ status: 'told', domain: 'sales', title: 'Verified: revenue by state' },
      choices: [{ label: 'Undo', question: 'data unverify 3' }, { question: 'data verified' }],
    })
    expect(asked).toEqual([{ deed: 'verify', name: 'Finance' }])
  })

  test('what cannot be verified is told with the reason', async () => {
    const verify: Verifying['verify'] = async () => ({ kind: 'problem', problem: 'Because.', domain: 'sales' })
    expect(await run('data verify', { verify })).toMatchObject({
      title: 'This answer cannot be verified',
      paragraphs: ['Because.'],
    })
    expect(await run('data verify')).toMatchObject({ title: 'There is no answer here to verify' })
  })

  test('the list says which are not used any more, and how to remove one', async () => {
    const list = async () => [line, { ...line, nth: 4, trouble: 'there is no measure fees' }]
    expect(await run('data verified', { list })).toMatchObject({
      title: 'Verified questions',
      paragraphs: ['1 is not used, because what it was verified with has changed.'],
      items: [
        {
          term: '3 · revenue by state',
          text: 'sales · by Finance on 2024-03-01 · to remove it: data unverify 3',
          ask: 'revenue by state',
        },
        { text: expect.stringContaining('not used: there is no measure fees') },
      ],
    })
    expect(await run('data verified')).toMatchObject({ title: 'No question is verified yet' })
  })

  test('one is removed by its number', async () => {
    expect(await run('data unverify 3', { remove: async () => line })).toMatchObject({
      title: 'No longer verified: revenue by state',
    })
    expect(await run('data unverify 9')).toMatchObject({ title: 'There is no verified question 9' })
  })

  test('it is for admins, told to them alone, and not there where nothing is kept', async () => {
    const refuse = () => Promise.reject(ChartroomError.of('access/admins-only'))
    for (const text of ['data verify', 'data verified', 'data unverify 1'])
      expect(await run(text, { verify: refuse, list: refuse, remove: refuse })).toMatchObject({
        status: 'refused',
        code: 'access/admins-only',
      })
    expect(await run('data verified', {}, { audience: 'place' })).toMatchObject({ onlyForAsker: true })
    const { useCases } = scriptedUseCases()
    expect(await runCommand({ command: parseCommand('data verified') }, useCases, fixedEffects())).toMatchObject({
      code: 'access/nothing-kept',
    })
  })
})
