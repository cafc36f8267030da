import { describe, expect, it } from 'vitest'
import { teamsCard } from '#renderers/teams/card.ts'
import { problemsOf } from '#renderers/teams/check-card.ts'
import { detailsCard } from '#renderers/teams/details-card.ts'
import { lineOf, plainMessage } from '#renderers/teams/plain.ts'
import { suggestions } from '#renderers/teams/suggestions.ts'
import { welcomeCard } from '#renderers/teams/welcome.ts'
import { workingCard } from '#renderers/teams/working.ts'
import type { AnswerView, FailureView } from '#renderers/view/view.ts'
import { fixedEffects } from '#src/effects.ts'
import { checkCard } from '#test/fakes/teams/check-card.ts'
import { hostileAnswered, hostileTexts, hostileView } from '#test/renderers/view/hostile-views.ts'

const many = (n: number): (AnswerView | FailureView)[] => {
  const { random } = fixedEffects()
  return Array.from({ length: n }, () => hostileView(random))
}
const problems = (card: unknown) => [...problemsOf(card), ...checkCard(card)]

const flags = [
  {},
  { picture: { url: 'https://bot.example/1.png' }, private: true },
  { picture: { url: 'https://bot.example/1.png' }, expanded: true, asked: true, most: 20_000 },
]

describe('whatever an answer holds', () => {
  it.each(['picture', 'native', 'table', 'text'] as const)(
    'on the rung %s its card is one that Teams takes',
    rung => {
      for (const view of many(40))
        for (const options of flags) expect(problems(teamsCard(view, { rung, id: 'q1', ...options }))).toEqual([])
    },
    60_000,
  )

  it('its details are a card that Teams takes', () => {
    const { random } = fixedEffects()
    for (let i = 0; i < 40; i++) expect(problems(detailsCard(hostileAnswered(random)))).toEqual([])
  }, 60_000)

  it('its words are plain text of bounded length, on lines of their own', () => {
    for (const view of many(60)) {
      expect(plainMessage(view).length).toBeLessThanOrEqual(20_000)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      expect(plainMessage(view)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/)
      expect(lineOf(view)).toMatch(/^[^\p{Cc}\u202a-\u202e]+$/u)
    }
  })

  it.each(hostileTexts.map(text => ({ name: JSON.stringify(text.slice(0, 40)), text })))(
    '$name is taken everywhere else too',
    ({ text }) => {
      expect(problems(workingCard(text, 'r1'))).toEqual([])
      expect(problems(welcomeCard({ examples: Array(9).fill(text), scope: 'group' }))).toEqual([])
      const next = [{ label: text, question: text }]
      const shown = suggestions({
        status: 'told',
        id: 't',
        question: '',
        title: '',
        paragraphs: [],
        items: [],
        choices: next,
      })
      for (const { title, value } of shown?.actions ?? []) expect([title, value]).not.toContain('')
    },
  )
})
