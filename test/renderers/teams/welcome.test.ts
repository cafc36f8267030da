import { describe, expect, it } from 'vitest'
import { problemsOf } from '#renderers/teams/check-card.ts'
import { welcomeCard } from '#renderers/teams/welcome.ts'
import { checkCard } from '#test/fakes/teams/check-card.ts'

const examples = ['revenue last month', 'orders by state', 'top 5 products', 'why did returns rise?', 'a fifth']
const textsOf = (scope: 'personal' | 'group') =>
  welcomeCard({ examples, scope }).body.map(e => (e.type === 'TextBlock' ? e.text : e.type))

describe('the first card', () => {
  it('says what it does and how to ask, and offers four questions', () => {
    expect(textsOf('personal')).toEqual([
      'Hello, I am Chartroom',
      'Ask me about your data in plain English. You get the number, a chart, a short story, and a receipt that says how it was worked out.',
      'Just type a question.',
      'Try one of these:',
      'ActionSet',
      'ActionSet',
      'ActionSet',
      'ActionSet',
      '“kpi” lists the KPIs, “data” says what there is, “help” says more.',
    ])
  })

  it('in a group says that it wants to be mentioned', () => {
    expect(textsOf('group')[2]).toBe('Mention me and ask; I answer in the thread, and follow-up questions work there.')
  })

  it('has buttons that say the question', () => {
    expect(welcomeCard({ examples, scope: 'personal' }).body[4]).toEqual({
      type: 'ActionSet',
      actions: [
        {
          type: 'Action.Submit',
          title: 'revenue last month',
          data: { msteams: { type: 'imBack', value: 'revenue last month' } },
        },
      ],
    })
  })

  it('without examples does without', () => {
    const card = welcomeCard({ examples: [' ', 'x'.repeat(301)], scope: 'personal' })
    expect(card.body.map(e => e.type)).toEqual(['TextBlock', 'TextBlock', 'TextBlock', 'TextBlock'])
  })

  it('is a card that Teams takes', () => {
    const card = welcomeCard({ examples, scope: 'group' })
    expect([...problemsOf(card), ...checkCard(card)]).toEqual([])
  })
})
