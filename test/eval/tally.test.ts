import { expect, test } from 'vitest'
import type { Outcome } from '#src/eval/evaluate.ts'
import type { Verdict } from '#src/eval/judge.ts'
import { duelLines, evalLines } from '#src/eval/report.ts'
import { duel, tally } from '#src/eval/tally.ts'

const outcome = (id: string, verdict: Verdict, more: Partial<Outcome> = {}): Outcome => ({
  ...{ verdict, got: 'answered', detail: 'so', planner: 'rules', ms: 10, calls: 0, uses: [] },
  worked: { id, kind: id.slice(0, 1), question: `What is ${id}?`, expect: 'answered' },
  ...more,
})

const use = { model: 'm', input: 900, cached: 0, output: 100, cost: 0.002, ms: 5 }
const modelled = { planner: 'model' as const, calls: 1, uses: [use], ms: 30 }

test('verdicts are counted by planner and by kind, with what they took', () => {
  const found = tally([
    outcome('a1', 'right'),
    outcome('a2', 'wrong', modelled),
    outcome('b1', 'right', { ...modelled, uses: [use, use] }),
    outcome('b2', 'failed', { ...modelled, uses: [] }),
  ])
  expect(found.all).toEqual({
    ...{ questions: 4, right: 2, wrong: 1, asked: 0, refused: 0, failed: 1 },
    ...{ cost: 0.006, tokens: 3000, ms: 30 },
  })
  expect(found.byPlanner.model).toMatchObject({ questions: 3, right: 1, tokens: 3000 })
  expect(Object.keys(found.byKind)).toEqual(['a', 'b'])
})

test('the table says the same, and names what was not right', () => {
  const lines = evalLines('shop, rules and m', [outcome('a1', 'right'), outcome('b1', 'asked', modelled)])
  expect(lines).toEqual([
    'shop, rules and m: 2 questions',
    '',
    '           right    wrong    asked  refused   failed     cost   tokens       ms',
    'planner',
    '  rules        1        0        0        0        0        –        –       10',
    '  model        0        0        1        0        0  $0.0020    1,000       30',
    'kind',
    '  a            1        0        0        0        0        –        –       10',
    '  b            0        0        1        0        0  $0.0020    1,000       30',
    'all            1        0        1        0        0  $0.0020    1,000       30',
    '',
    'asked b1 [b, model] What is b1?\n      → so',
  ])
})

test('of two texts the one is better that alone got more questions right', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  const current = ids.map(id => outcome(id, id === 'h' ? 'right' : 'wrong'))
  const next = ids.map(id => outcome(id, id === 'h' ? 'wrong' : 'right'))
  const found = duel(current, next)
  // One of eight or fewer goes the other way in 2 · (1 + 8) of 256 cases.
  expect(found).toEqual({ wins: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], losses: ['h'], ties: 0, chance: 18 / 256 })
  expect(duelLines(found).at(-1)).toBe(
    'next did better, but so few questions tell them apart that it may be chance (7 %). Ask more.',
  )
  const all = duel(current.slice(0, 6), next.slice(0, 6))
  expect(all.chance).toBe(2 / 64)
  expect(duelLines(all)).toEqual([
    'next against current: 6 wins, 0 losses, 0 ties',
    '  won: a, b, c, d, e, f',
    'next is better.',
  ])
  expect(duelLines(duel(next.slice(0, 6), current.slice(0, 6))).at(-1)).toBe('current is better.')
  expect(duelLines(duel(current, current)).at(-1)).toBe('Neither is better on these questions.')
})
