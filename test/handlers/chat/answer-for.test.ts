import { describe, expect, test } from 'vitest'
import { answerFor } from '#handlers/chat/answer-for.ts'
import { filesIn, waitingFiles } from '#handlers/chat/sent-files.ts'
import { createChatEngine } from '#test/fakes/chat-engine.ts'
import { answered, told } from '#test/fakes/room-answers.ts'

const asker = { platform: 'slack', tenant: 'T1', user: 'U2', standing: 'member', groups: ['S1'] } as const

describe('the answer that somebody may see of one that was kept', () => {
  test('is itself where it is open to them', async () => {
    const engine = createChatEngine()
    const answer = answered('a', 'revenue')
    const found = { isOpen: true, kept: { answer } }
    expect(await answerFor(found, { asker, run: 'r1' }, engine.parts)).toBe(answer)
    expect(engine.asked).toEqual([])
  })

  test('is its query asked anew as them, for them alone, apart from any conversation', async () => {
    const engine = createChatEngine()
    const answer = answered('a', 'revenue')
    const found = { isOpen: false, kept: { answer, thread: 'secret' } }
    expect(await answerFor(found, { asker, run: 'r1' }, engine.parts)).toMatchObject({ id: 'a1' })
    expect(engine.asked).toEqual([{ text: 'revenue', query: answer.query, asker, audience: 'asker' }])
  })
})

describe('files that wait for their sender', () => {
  test('are kept with the words that came with them', () => {
    const files = [{ id: 'F1', name: 'sales.csv' }]
    expect(filesIn({ answer: waitingFiles({ id: 'w1', text: 'revenue by month', files }) })).toEqual({
      text: 'revenue by month',
      files,
    })
  })

  test('are not found in an answer', () => {
    expect(filesIn({ answer: told('t', 'help') })).toBeUndefined()
  })
})
