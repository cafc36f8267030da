import { beforeEach, describe, expect, test } from 'vitest'
import { readClicked } from '#handlers/chat/clicked.ts'
import type { Owner } from '#src/store/answers.ts'
import { type ChatEngine, createChatEngine } from '#test/fakes/chat-engine.ts'
import { answered, clarify, told } from '#test/fakes/room-answers.ts'

const owner: Owner = { platform: 'slack', tenant: 'T1', user: 'U1' }
const colleague: Owner = { ...owner, user: 'U2' }

let engine: ChatEngine
beforeEach(async () => {
  engine = createChatEngine()
  for (const answer of [answered('a', 'revenue by category'), clarify('c', 'revenue'), told('t', 'help')])
    await engine.answers.put({ answer, owner, thread: 'th' })
})

const read = (text: string, who = owner, place?: string) => readClicked(text, who, { ...engine.parts, place })

describe('what a click comes to', () => {
  test('a choice of a menu asks the reading that the menu shows at that place', async () => {
    expect(await read('menu.period.1.a')).toMatchObject({
      kind: 'ask',
      mine: true,
      asked: { text: 'in November 2023', query: { period: { label: 'November 2023' } } },
      kept: { thread: 'th' },
    })
    expect(await read('menu.chart.1.a')).toMatchObject({ asked: { query: { chart: 'donut' } } })
  })

  test('somebody else may click too, and is known to be another', async () => {
    expect(await read('menu.split.1.a', colleague)).toMatchObject({ kind: 'ask', mine: false })
  })

  test('a choice of a question back, and an item of something told, are asked as they stand there', async () => {
    const { choices } = clarify('c', 'revenue') as { choices: { question: string }[] }
    expect(await read('choice.0.c')).toMatchObject({ kind: 'ask', asked: { text: choices[0]?.question } })
    const { items } = told('t', 'help') as { items: { ask?: string }[] }
    const at = items.findIndex(item => item.ask)
    expect(await read(`item.${at}.t`)).toMatchObject({ kind: 'ask', asked: { text: items[at]?.ask } })
  })

  test('again asks the words of the question once more', async () => {
    expect(await read('deed.again.a')).toMatchObject({ kind: 'ask', asked: { text: 'revenue by category' } })
  })

  test('details come with the answer written out', async () => {
    expect(await read('deed.details.a', colleague)).toMatchObject({
      kind: 'deed',
      deed: 'details',
      mine: false,
      view: { status: 'answered', question: 'revenue by category' },
    })
  })

  test.each(['deed.details.a', 'deed.csv.a', 'deed.up.a', 'deed.down.a'])(
    '%s: the answer is open to whoever asked it, and to others where it stands before all of them',
    async text => {
      await engine.answers.place('C1:1', 'a')
      await engine.answers.place('C1:2', 'c')
      const isOpen = async (who: Owner, place?: string) => {
        const clicked = await read(text, who, place)
        return clicked.kind === 'deed' && clicked.isOpen
      }
      expect(await isOpen(owner)).toBe(true)
      expect(await isOpen(colleague, 'C1:1')).toBe(true)
      expect(await isOpen(colleague)).toBe(false)
      expect(await isOpen(colleague, 'C1:2')).toBe(false)
      expect(await isOpen(colleague, 'C2:1')).toBe(false)
    },
  )

  test.each(['deed.share.a', 'deed.delete.a', 'deed.alone.a', 'deed.together.a'])(
    '%s is for the one who asked',
    async text => {
      expect(await read(text)).toMatchObject({ kind: 'deed' })
      expect(await read(text, colleague)).toEqual({
        kind: 'told',
        message: 'Only the person who asked can do that.',
      })
    },
  )

  test('stop names what runs', async () => {
    expect(await read('stop.r1')).toEqual({ kind: 'stop', run: 'r1' })
  })

  test.each<[string, string, Owner?]>([
    ['an answer that is no longer kept', 'menu.period.1.year-old'],
    ['a place in a menu that is not there', 'menu.period.99.a'],
    ['a menu of something that has none', 'menu.period.0.c'],
    ['something that is no click', 'drop table'],
    ['an answer of another workspace', 'deed.details.a', { ...owner, tenant: 'T2' }],
    ['an answer of another platform', 'deed.details.a', { ...owner, platform: 'teams' }],
  ])('%s is told in a sentence', async (_, text, who = owner) => {
    expect(await read(text, who)).toEqual({
      kind: 'told',
      message: 'That answer is no longer kept, so it cannot be changed. Please ask the question again.',
    })
  })

  test('an answer of the local room belongs to no chat', async () => {
    await engine.answers.put({ answer: answered('r', 'x') })
    expect(await read('deed.details.r')).toMatchObject({ kind: 'told' })
  })
})
