import { describe, expect, test } from 'vitest'
import { parseCommand } from '#handlers/commands/parse.ts'
import { runCommand } from '#handlers/commands/run.ts'
import type { Turn } from '#handlers/commands/use-cases.ts'
import { fixedEffects } from '#src/effects.ts'
import type { Reviewing } from '#src/review/reviewing.ts'
import type { Complaint } from '#src/store/complaints.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { answered } from '#test/fakes/answers.ts'
import { scriptedUseCases } from '#test/fakes/use-cases.ts'

const id = '0a1b2c3d-0000-4000-8000-123456789abc'
const at = Date.parse('2024-03-01T10:00:00Z')
const complaint: Complaint = {
  ...{ nth: 12, id, question: 'gizmos by state', domain: 'sales', reason: 'wrong month', at },
  ...{ by: { platform: 'slack', tenant: 'T1', user: 'U1' }, answer: answered() },
}

const run = (text: string, parts: Partial<Reviewing> = {}, turn: Turn = { domain: 'sales' }) => {
  const reviewing: Reviewing = {
    ...{ list: async () => [], open: async () => undefined, settle: async () => undefined },
    ...{ lessons: async () => [], forget: async () => false },
    ...parts,
  }
  const { useCases } = scriptedUseCases()
  return runCommand({ command: parseCommand(text), ...turn }, { ...useCases, reviewing }, fixedEffects())
}

describe('data review and data lessons', () => {
  test.each([
    ['data review', { about: 'list' }],
    ['/data Reviews!', { about: 'list' }],
    ['data review 12', { about: 'one', nth: 12 }],
    ['data review #12?', { about: 'one', nth: 12 }],
    ['data review 12 resolved', { about: 'settle', nth: 12, deed: { deed: 'resolved' } }],
    ['data review 12 ignore.', { about: 'settle', nth: 12, deed: { deed: 'ignored' } }],
    ['data review 12 example', { about: 'settle', nth: 12, deed: { deed: 'example' } }],
    [`data review 12 example ${id}`, { about: 'settle', nth: 12, deed: { deed: 'example', answer: id } }],
    [
      'data review 12 synonym gizmo = product name',
      { about: 'settle', nth: 12, deed: { deed: 'synonym', word: 'gizmo', name: 'product name' } },
    ],
    [
      'data review 12 synonym “big spender” means buyers',
      { about: 'settle', nth: 12, deed: { deed: 'synonym', word: 'big spender', name: 'buyers' } },
    ],
    ['data review 12 rule', { about: 'settle', nth: 12, deed: { deed: 'rule' } }],
    [
      'data review 12 rule: never count gifts.',
      { about: 'settle', nth: 12, deed: { deed: 'rule', rule: 'never count gifts.' } },
    ],
    ['data lessons', { about: 'lessons' }],
    ['data forget lesson 4', { about: 'forget', nth: 4 }],
  ])('%j is %j', (text, words) => {
    expect(parseCommand(text)).toEqual({ kind: 'data-review', text, words })
  })

  test.each(['data review of sales', 'data review 12 frobnicate', 'data lessons learned', 'review', 'data forget it'])(
    '%j is neither',
    text => expect(parseCommand(text).kind).not.toBe('data-review'),
  )

  test('complaints stand with reason, who, when and how they were read; each opens with one click', async () => {
    expect(await run('data review', { list: async () => [complaint] })).toMatchObject({
      title: 'Answers that people found wrong',
      items: [
        {
          term: '12 · gizmos by state',
          text: '“wrong month” · U1 · 2024-03-01 · sales · read as Revenue by category, Dec 2023',
          ask: 'data review 12',
        },
      ],
    })
    expect(await run('data review')).toMatchObject({ title: 'Nothing is left to look at', items: [] })
  })

  test('an opened one has a choice for each thing that can be made of it', async () => {
    const open: Reviewing['open'] = async () => ({
      ...{ complaint, reading: 'Revenue by state', right: [{ id, reading: 'Units by state' }] },
      synonyms: [{ word: 'gizmo', name: 'product_name', label: 'Product' }],
    })
    const answer = await run('data review 12', { open })
    expect(answer).toMatchObject({ title: 'gizmos by state' })
    expect('choices' in answer && answer.choices.map(({ label, question }) => [label, question])).toEqual([
      ['Right: Units by state', `data review 12 example ${id}`],
      ['“gizmo” means Product', 'data review 12 synonym gizmo = product_name'],
      ['Rule: “wrong month”', 'data review 12 rule'],
      ['Resolved', 'data review 12 resolved'],
      ['Ignore', 'data review 12 ignored'],
    ])
    for (const { question } of 'choices' in answer ? answer.choices : [])
      expect(parseCommand(question).kind).toBe('data-review')
    expect(await run('data review 9')).toMatchObject({ title: 'There is no complaint 9' })
  })

  test('what came of it is told, with a way back; so is why nothing did', async () => {
    expect(await run('data review 12 rule', { settle: async () => ({ done: 'Done', lesson: 4 }) })).toMatchObject({
      title: 'Done',
      choices: [{ label: 'Undo', question: 'data forget lesson 4' }, { question: 'data review' }],
    })
    expect(await run('data review 12 rule', { settle: async () => ({ problem: 'Because.' }) })).toMatchObject({
      ...{ title: 'Nothing was changed', paragraphs: ['Because.'] },
      choices: [{ question: 'data review 12' }, { question: 'data review' }],
    })
    expect(await run('data review 9 rule')).toMatchObject({ title: 'There is no complaint 9' })
  })

  test('what was taught is listed, and forgotten by its number', async () => {
    const lessons: Reviewing['lessons'] = async () => [
      { nth: 1, kind: 'synonym', word: 'gizmo', of: 'dimension', name: 'product' },
      { nth: 2, kind: 'rule', rule: 'never count gifts' },
    ]
    expect(await run('data lessons', { lessons })).toMatchObject({
      items: [
        { term: '1 · synonym', text: '“gizmo” means product · to remove it: data forget lesson 1' },
        { term: '2 · rule', text: expect.stringMatching(/^never count gifts/) },
      ],
    })
    expect(await run('data forget lesson 1', { forget: async () => true })).toMatchObject({
      title: 'Lesson 1 is forgotten',
    })
    expect(await run('data forget lesson 1')).toMatchObject({ title: 'There is no lesson 1' })
  })

  test('it is for admins, and told to them alone', async () => {
    const refuse = () => Promise.reject(ChartroomError.of('access/admins-only'))
    const all = { list: refuse, open: refuse, settle: refuse, lessons: refuse, forget: refuse }
    for (const text of ['data review', 'data review 1', 'data review 1 rule', 'data lessons', 'data forget lesson 1'])
      expect(await run(text, all)).toMatchObject({ status: 'refused', code: 'access/admins-only' })
    expect(await run('data review', {}, { audience: 'place' })).toMatchObject({ onlyForAsker: true })
  })
})
