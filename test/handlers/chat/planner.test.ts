import { expect, test } from 'vitest'
import { plannerOf } from '#handlers/chat/planner.ts'
import type { Told } from '#src/vocabulary/answer.ts'
import { answered } from '#test/fakes/room-answers.ts'

test('what worked an answer out is told by its receipt, or by who wrote its words', () => {
  const { receipt, ...rest } = answered('a1', 'revenue')
  const model = { name: 'm', cost: 0.01, tokens: 100, prompt: 'p1' }
  const told: Told = {
    ...{ status: 'told', id: 't1', question: 'q', domain: 'd', title: 'T' },
    ...{ paragraphs: [], items: [], choices: [] },
  }
  expect(plannerOf(undefined)).toBe('none')
  expect(plannerOf({ ...rest, receipt })).toBe('rules')
  expect(plannerOf({ ...rest, receipt: { ...receipt, model } })).toBe('model')
  expect(plannerOf(told)).toBe('rules')
  expect(plannerOf({ ...told, words: 'model' })).toBe('model')
  expect(plannerOf({ ...told, by: 'model' })).toBe('model')
  const asksBack = { status: 'clarify' as const, message: 'Per what?', unused: [], choices: [] }
  const { id, question, domain } = told
  expect(plannerOf({ id, question, domain, ...asksBack })).toBe('rules')
  expect(plannerOf({ id, question, domain, ...asksBack, by: 'model' })).toBe('model')
})
