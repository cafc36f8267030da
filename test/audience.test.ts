import { expect, test } from 'vitest'
import type { Ask } from '#src/ask.ts'
import { createForAudience } from '#src/audience.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Question } from '#src/vocabulary/question.ts'
import { told } from './fakes/answers.ts'

type Seen = NonNullable<Question['audience']>

/** An `ask` that answers by who will read it. */
const asking = (byAudience: Record<Seen, 'told' | 'clarify' | 'unknown' | 'lost'>) => {
  const asked: (string | undefined)[] = []
  const ask: Ask = async question => {
    asked.push(question.audience)
    const how = byAudience[question.audience ?? 'asker']
    if (how === 'unknown') throw ChartroomError.of('domain/unknown', { domain: 'pay', known: ['shop'] })
    if (how === 'lost') throw ChartroomError.of('engine/lost')
    return how === 'told'
      ? told({ id: question.audience ?? 'none' })
      : { status: 'clarify', id: 'c', question: '', domain: 'shop', message: '', unused: [], choices: [] }
  }
  return { ask, asked }
}

const inPlace: Question = { text: 'revenue', audience: 'place' }

test('an answer that its asker alone reads is made once, with their own rights', async () => {
  const { ask, asked } = asking({ place: 'told', asker: 'told' })
  const answer = await createForAudience(ask, { seesMore: () => true })({ text: 'revenue' })
  expect([answer.id, answer.onlyForAsker, asked]).toEqual(['none', undefined, [undefined]])
})

test('where all may see the same it is made once, whatever it is', async () => {
  const { ask, asked } = asking({ place: 'clarify', asker: 'told' })
  const answer = await createForAudience(ask, { seesMore: () => false })(inPlace)
  expect([answer.id, answer.onlyForAsker, asked]).toEqual(['c', undefined, ['place']])
})

test('what the place may see is made with the rights of the place, also when the asker may see more', async () => {
  const { ask, asked } = asking({ place: 'told', asker: 'told' })
  const answer = await createForAudience(ask, { seesMore: () => true })(inPlace)
  expect([answer.id, answer.onlyForAsker, asked]).toEqual(['place', undefined, ['place']])
})

test.each(['clarify', 'unknown'] as const)(
  'what the place may not see (%s) is for the asker alone, and says so',
  async how => {
    const { ask, asked } = asking({ place: how, asker: 'told' })
    const answer = await createForAudience(ask, { seesMore: () => true })(inPlace)
    expect([answer.id, answer.onlyForAsker, asked]).toEqual(['asker', true, ['place', 'asker']])
  },
)

test('what is asked back either way is asked back before everybody: nothing in it is for the asker alone', async () => {
  const { ask, asked } = asking({ place: 'clarify', asker: 'clarify' })
  const answer = await createForAudience(ask, { seesMore: () => true })(inPlace)
  expect([answer.status, answer.onlyForAsker, asked]).toEqual(['clarify', undefined, ['place', 'asker']])
})

test('what is written for the asker alone is not told while it is written: everybody would read it', async () => {
  const heard: string[] = []
  const ask: Ask = async ({ audience }, { onStory } = {}) => {
    onStory?.([`for ${audience}`])
    return audience === 'place'
      ? { status: 'clarify', id: 'c', question: '', domain: 'shop', message: '', unused: [], choices: [] }
      : told({ id: 'own' })
  }
  const onStory = (sentences: readonly string[]) => heard.push(...sentences)
  const answer = await createForAudience(ask, { seesMore: () => true })(inPlace, { onStory })
  expect([answer.onlyForAsker, heard]).toEqual([true, ['for place']])
})

test('a failure is not tried again with more rights', async () => {
  const { ask, asked } = asking({ place: 'lost', asker: 'told' })
  await expect(createForAudience(ask, { seesMore: () => true })(inPlace)).rejects.toMatchObject({ code: 'engine/lost' })
  expect(asked).toEqual(['place'])
})
