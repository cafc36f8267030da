import { describe, expect, test } from 'vitest'
import { fixedEffects } from '#src/effects.ts'
import { createAnswers } from '#src/store/answers.ts'
import { createClaims } from '#src/store/claims.ts'
import { told } from '#test/fakes/room-answers.ts'

describe('claims', () => {
  test('a key is given out once, until it is forgotten', async () => {
    const effects = fixedEffects()
    effects.advance(1)
    const claims = createClaims({ seconds: 60 }, effects)
    expect(await Promise.all([claims.claim('a'), claims.claim('a'), claims.claim('b')])).toEqual([true, false, true])
    effects.advance(59_000)
    expect(await claims.claim('a')).toBe(false)
    effects.advance(2_000)
    expect(await claims.claim('a')).toBe(true)
  })
})

describe('answers that were given', () => {
  const answers = () => {
    const effects = fixedEffects()
    effects.advance(1)
    return { effects, answers: createAnswers({ seconds: 60, most: 2 }, effects) }
  }

  test('the latest are kept; the one that was not used for longest goes first', async () => {
    const { answers: kept } = answers()
    await kept.put({ answer: told('a', 'help') })
    await kept.put({ answer: told('b', 'help') })
    await kept.get('a')
    await kept.put({ answer: told('c', 'help') })
    expect(await Promise.all(['a', 'b', 'c'].map(async id => (await kept.get(id))?.answer.id))).toEqual([
      'a',
      undefined,
      'c',
    ])
  })

  test('the same id is the same answer', async () => {
    const { answers: kept } = answers()
    await kept.put({ answer: told('a', 'one') })
    await kept.put({ answer: told('a', 'two') })
    expect((await kept.get('a'))?.answer.question).toBe('two')
  })

  test('an answer is found by the message that it stands in, until it is too old', async () => {
    const { answers: kept, effects } = answers()
    await kept.put({ answer: told('a', 'help'), thread: 't' })
    await kept.place('slack:T1:C1:17.01', 'a')
    expect(await kept.at('slack:T1:C1:17.01')).toMatchObject({ thread: 't', answer: { id: 'a' } })
    expect(await kept.at('slack:T1:C1:17.02')).toBeUndefined()
    effects.advance(61_000)
    expect(await kept.at('slack:T1:C1:17.01')).toBeUndefined()
  })
})
