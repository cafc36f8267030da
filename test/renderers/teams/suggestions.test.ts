import { describe, expect, it } from 'vitest'
import { suggestions } from '#renderers/teams/suggestions.ts'
import { clarify, query, told } from '#test/fakes/room-answers.ts'
import { answeredView, viewOf } from '#test/renderers/view/views.ts'

describe('suggested questions', () => {
  it('are what one may ask next, and say the question when they are clicked', () => {
    expect(suggestions(answeredView(), ['29:ann'])).toEqual({
      to: ['29:ann'],
      actions: [
        { type: 'imBack', title: 'And by month?', value: 'and by month?' },
        { type: 'imBack', title: 'Only Electronics', value: 'only Electronics' },
        { type: 'imBack', title: 'Why did Clothing fall?', value: 'why did revenue of Clothing fall in December?' },
      ],
    })
  })

  it('are three at most, for Teams shows no more', () => {
    const next = Array.from({ length: 5 }, (_, i) => ({ label: `q${i}`, question: `q${i}` }))
    expect(suggestions({ ...answeredView(), next })?.actions.map(a => a.value)).toEqual(['q0', 'q1', 'q2'])
  })

  it('are for everybody when nobody is named', () => {
    expect(suggestions(viewOf(told('t1', 'help')))).toEqual({
      to: [],
      actions: [{ type: 'imBack', title: 'Which KPIs are there?', value: 'which KPIs are there?' }],
    })
  })

  it.each([
    ['a reading, which words alone do not say', { label: 'Revenue', question: 'revenue', query }],
    ['no words', { label: 'Revenue', question: ' ' }],
    ['more words than anybody types', { label: 'Revenue', question: 'x'.repeat(301) }],
  ])('leave out %s', (_, choice) => {
    expect(suggestions({ ...answeredView(), next: [choice] })).toBeUndefined()
  })

  it('are not given with what has buttons of its own', () => {
    expect(suggestions(viewOf(clarify('c1', 'revenue')))).toBeUndefined()
    expect(suggestions({ status: 'failed', message: 'x', next: 'y', retry: true })).toBeUndefined()
  })
})
