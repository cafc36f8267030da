import { afterEach, describe, expect, test } from 'vitest'
import type { ChatUseCases } from '#handlers/chat/use-cases.ts'
import { clickText } from '#renderers/view/click.ts'
import type { Asked } from '#src/ask.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import { createRoomEngine } from '#test/fakes/room-engine.ts'
import type { Message } from '#test/fakes/teams/chat.ts'
import type { FakeTeams } from '#test/fakes/teams/teams.ts'
import type { Json, Place } from '#test/fakes/teams/world.ts'
import { all, type Bot, type BotOptions, says, startBot } from './bot.ts'

let bot: Bot
afterEach(() => bot.stop())

const revenue = 'revenue by category in texs please'
const finding = 'Electronics brought $48.2k in Texas in December, 41% of the total'
const privately = 'Answered privately: it holds data that not everybody here may see.'

/** Whatever is asked aloud is answered with what only its asker may see; `slow` takes until it is finished. */
const guarded = (asked: Asked[] = []): Partial<ChatUseCases> => {
  const { useCases } = createRoomEngine()
  return {
    ask: async (question, running) => {
      asked.push(question)
      const text = question.text === 'be slow' ? revenue : question.text
      if (question.text === 'be slow') await new Promise(done => setTimeout(done, 150))
      const answer: Answer = { ...(await useCases.ask({ ...question, text }, running)), id: `g${asked.length}` }
      return question.audience === 'place' ? { ...answer, onlyForAsker: true } : answer
    },
  }
}

const start = async ({ useCases, ...options }: BotOptions = {}) => {
  const asked: Asked[] = []
  bot = await startBot({ ...options, useCases: { ...guarded(asked), ...useCases } })
  return { ...bot, asked }
}

const there = (teams: FakeTeams, place: Place, count = 1) =>
  teams.waitFor(() => teams.messages(place).length >= count && teams.messages(place))
const value = ({ body }: { body: unknown }) => (body as Json).value
const titles = (message: Message) => all(message.activity, 'Action.Execute').map(({ title }) => title)
const readers = (teams: FakeTeams, place: Place) => teams.messages(place).map(({ to }) => to?.key)

describe('an answer that holds what not everybody there may see', () => {
  test.each(['group', 'channel'] as const)('in a %s is shown to its asker alone, to be shared', async place => {
    const { teams, quiet } = await start()
    await teams.message({ text: revenue, conversation: place })
    await quiet()
    const [message, ...more] = teams.messages(place)
    expect([more, message?.to?.key]).toEqual([[], 'asker'])
    for (const part of [finding, 'Only you can see this', `“${revenue}”`]) expect(says(message)).toContain(part)
    expect(titles(message!)).toContain('Share')
    expect(teams.seenBy('colleague', place).map(({ from }) => from)).not.toContain('bot')
    expect(teams.failed()).toEqual([])
  })

  test('in the personal chat is an answer like any other', async () => {
    const { teams, quiet } = await start({
      useCases: { ask: async q => ({ ...(await createRoomEngine().useCases.ask(q, never)), onlyForAsker: true }) },
    })
    await teams.message({ text: revenue })
    await quiet()
    expect(says(teams.messages('personal')[0])).toContain(finding)
    expect(says(teams.messages('personal')[0])).not.toContain('Only you can see this')
  })

  test('and takes long: what everybody saw of it becomes a sentence that tells nothing', async () => {
    const { teams, quiet } = await start({ patience: 0 })
    await teams.message({ text: 'be slow', conversation: 'channel' })
    await there(teams, 'channel')
    await quiet()
    expect(teams.messages('channel').map(message => [message.to?.key, says(message).includes(finding)])).toEqual([
      [undefined, false],
      ['asker', true],
    ])
    expect(says(teams.messages('channel')[0])).toBe(privately)
    expect(teams.failed()).toEqual([])
  })

  test('that cannot be shown there to one person comes in their personal chat, to be shared from there', async () => {
    const { teams, quiet, asked } = await start()
    await teams.message({ text: 'help' })
    await there(teams, 'personal')
    teams.script({ status: 404, code: 'MemberNotFoundInConversation' })
    const sent = await teams.message({ text: revenue, conversation: 'channel' })
    const [, message] = await there(teams, 'personal', 2)
    for (const part of [finding, 'Only you can see this', `“${revenue}”`]) expect(says(message)).toContain(part)
    expect(teams.messages('channel')).toEqual([])
    await teams.press(message!, 'Apply', { inputs: { period: choice('period', 1, 'g2') } })
    expect(asked.at(-1)).toMatchObject({ audience: 'asker', thread: expect.stringContaining('@thread.tacv2') })
    expect(message!.earlier).toHaveLength(1)
    expect(value(await teams.execute({ replyToId: message!.id, ...share('g2') }))).toBe(
      'This answer holds data that not everybody here may see, so it was not shared.',
    )
    await quiet()
    expect([teams.messages('channel'), sent.status]).toEqual([[], 200])
  })

  test('that can be shown nowhere: a sentence tells to ask in the personal chat, and nothing of it', async () => {
    const { teams, quiet } = await start()
    teams.script({ status: 404, code: 'MemberNotFoundInConversation' })
    await teams.message({ text: revenue, conversation: 'channel' })
    await quiet()
    expect(teams.messages('channel').map(message => [message.to, says(message)])).toEqual([
      [undefined, 'The answer holds data that not everybody here may see. Please ask me in our own chat.'],
    ])
  })

  test('is changed by its asker alone, for them alone, in the same conversation', async () => {
    const { teams, asked, quiet } = await start()
    await teams.message({ text: revenue, conversation: 'group' })
    const [message] = await there(teams, 'group')
    const aloud = await teams.message({ text: 'hello', conversation: 'group', mention: false })
    for (const replyToId of [message!.id, String(aloud.activity.id)]) {
      for (const click of ['deed.details.g1', 'deed.csv.g1', 'menu.period.1.g1', 'deed.share.g1']) {
        const press = { conversation: 'group', replyToId, from: 'colleague', verb: 'click', data: { click } } as const
        expect(value(await teams.execute(press))).toMatch(/^(This is not yours to change|Only the person who asked)/)
      }
    }
    await teams.press(message!, 'Apply', { inputs: { period: choice('period', 1, 'g1') } })
    await teams.press(message!, 'Apply', { inputs: { split: choice('split', 1, 'g2') } })
    await quiet()
    expect(asked.map(({ thread, audience }) => [thread === asked[0]!.thread, audience])).toEqual([
      [true, 'place'],
      [true, 'asker'],
      [true, 'asker'],
    ])
    expect([readers(teams, 'group'), message!.earlier.length]).toEqual([['asker'], 2])
  })
})

describe('a press after which an answer is only for the one who pressed', () => {
  const onlyWhenChanged = (asked: Asked[]): Partial<ChatUseCases> => {
    const { ask } = guarded(asked)
    return {
      ask: async (question, running) => {
        const { onlyForAsker, ...answer } = await ask!(question, running)
        return question.query ? { ...answer, onlyForAsker: true as const } : answer
      },
    }
  }

  test.each(['asker', 'colleague'] as const)('(%s) leaves the answer of all as it is', async from => {
    const { teams, quiet } = await start({ useCases: onlyWhenChanged([]) })
    await teams.message({ text: revenue, conversation: 'channel' })
    const [message] = await there(teams, 'channel')
    const pressed = await teams.press(message!, 'Apply', { from, inputs: { period: choice('period', 1, 'g1') } })
    expect(value(pressed)).toBe(
      from === 'asker'
        ? 'The answer is only for you, in a message of its own.'
        : 'The answer comes in a message of its own.',
    )
    await quiet()
    expect([readers(teams, 'channel'), message!.earlier]).toEqual([[undefined, from], []])
    expect(says(message)).toContain(finding)
  })

  test('that takes long gives the asker the answer of all back', async () => {
    const asked: Asked[] = []
    const slow = onlyWhenChanged(asked)
    const { teams, quiet } = await start({
      patience: 0,
      useCases: { ask: (q, r) => slow.ask!({ ...q, text: q.query ? 'be slow' : q.text }, r) },
    })
    await teams.message({ text: revenue, conversation: 'channel' })
    const [message] = await there(teams, 'channel')
    await teams.waitFor(() => says(message).includes(finding))
    const pressed = await teams.press(message!, 'Apply', { inputs: { period: choice('period', 1, 'g1') } })
    expect(all(value(pressed), 'Action.Execute').map(({ title }) => title)).toEqual(['Stop'])
    await quiet()
    expect(says(message, 'asker')).toContain(finding)
    expect(readers(teams, 'channel')).toEqual([undefined, 'asker'])
  })
})

describe('sharing', () => {
  const sharing = (result: (answer: Answer) => Answer) => {
    const shared: Parameters<NonNullable<ChatUseCases['share']>>[1][] = []
    const share: ChatUseCases['share'] = async (answer, where) => {
      shared.push(where)
      return result(answer)
    }
    return { shared, share }
  }

  test.each<[Place, targeted: boolean]>([
    ['group', false],
    ['channel', false],
    ['group', true],
    ['channel', true],
  ])('in a %s (asked privately: %s) shows what is allowed for all', async (place, targeted) => {
    const { shared, share } = sharing(({ onlyForAsker, ...answer }) => ({ ...answer, id: 'for-all' }))
    const { teams } = await start({ useCases: { share } })
    const sent = await teams.message({ text: revenue, conversation: place, targeted })
    const [message] = await there(teams, place)
    expect(value(await teams.press(message!, 'Share'))).toBe('Shared.')
    const { tenantId: tenant, people, conversations } = teams.world
    const { id } = conversations[place]
    const asker = { platform: 'teams', tenant, user: people.asker.aadObjectId, standing: 'member', place: id }
    expect(shared).toEqual([{ asker, place: id }])
    const posted = teams.messages(place).filter(({ to }) => to === undefined)
    expect(posted).toHaveLength(1)
    expect(says(posted[0])).toContain(finding)
    expect(says(posted[0])).not.toContain('Only you can see this')
    expect(posted[0]!.thread).toBe(place === 'channel' && !targeted ? sent.activity.id : undefined)
    expect(teams.failed()).toEqual([])
  })

  test.each<[string, (answer: Answer) => Answer, string]>([
    [
      'refused for all',
      ({ id, question }) => ({
        ...{ status: 'refused', id, question, domain: '', code: 'access/measure', choices: [] },
        message: 'Margin is not for everybody here.',
      }),
      'Margin is not for everybody here.',
    ],
    [
      'only for its asker still',
      answer => ({ ...answer, onlyForAsker: true }),
      'This answer holds data that not everybody here may see, so it was not shared.',
    ],
  ])('what is %s posts nothing, says why, and can be tried again', async (_, result, sentence) => {
    const { share } = sharing(result)
    const { teams } = await start({ useCases: { share } })
    await teams.message({ text: revenue, conversation: 'channel' })
    const [message] = await there(teams, 'channel')
    expect(value(await teams.press(message!, 'Share'))).toBe(sentence)
    expect(value(await teams.press(message!, 'Share'))).toBe(sentence)
    expect(readers(teams, 'channel')).toEqual(['asker'])
  })

  test('that takes longer than the client waits says in a message that it was not done', async () => {
    const share: ChatUseCases['share'] = async answer => {
      await new Promise(done => setTimeout(done, 3700))
      return { ...answer, onlyForAsker: true }
    }
    const { teams } = await start({ useCases: { share } })
    await teams.message({ text: revenue, conversation: 'channel' })
    const [message] = await there(teams, 'channel')
    expect(value(await teams.press(message!, 'Share'))).toBe('Working on it…')
    const [, told] = await there(teams, 'channel', 2)
    expect([told?.to?.key, says(told)]).toEqual([
      'asker',
      'This answer holds data that not everybody here may see, so it was not shared.',
    ])
  }, 15_000)

  test('from the personal chat posts where it was asked', async () => {
    const { share } = sharing(({ onlyForAsker, ...answer }) => answer)
    const { teams } = await start({ useCases: { share } })
    await teams.message({ text: 'help' })
    await there(teams, 'personal')
    teams.script({ status: 404, code: 'MemberNotFoundInConversation' })
    const sent = await teams.message({ text: revenue, conversation: 'channel' })
    const [, message] = await there(teams, 'personal', 2)
    expect(value(await teams.press(message!, 'Share'))).toBe('Shared.')
    const [posted] = teams.messages('channel')
    expect([posted?.to, posted?.thread]).toEqual([undefined, sent.activity.id])
    expect(says(posted)).toContain(finding)
  })
})

describe('rows and details of an answer of all', () => {
  test('asked for at another message are worked out anew, with the rights of whoever asks', async () => {
    const anew: Asked[] = []
    const { teams } = await start({
      useCases: {
        ask: async (question, running) => {
          anew.push(question)
          return createRoomEngine().useCases.ask(question, running)
        },
      },
    })
    await teams.message({ text: revenue, conversation: 'channel' })
    const [message] = await there(teams, 'channel')
    for (const name of ['csv', 'details'] as const) {
      const click = clickText({ kind: 'deed', deed: name, answer: 'a1' })
      await teams.execute({
        ...{ conversation: 'channel', replyToId: `${Number(message!.id) + 77}`, from: 'colleague' },
        ...{ verb: 'click', data: { click } },
      })
    }
    const { colleague } = teams.world.people
    expect(anew.slice(1).map(({ asker, audience, query }) => [asker?.user, audience, query?.domain])).toEqual([
      [colleague.aadObjectId, 'asker', 'ecommerce'],
      [colleague.aadObjectId, 'asker', 'ecommerce'],
    ])
  })
})

const never = { signal: new AbortController().signal, onStatus: () => {} }
const choice = (menu: 'period' | 'split', index: number, answer: string) =>
  clickText({ kind: 'menu', menu, index, answer })
const share = (answer: string) => ({
  verb: 'click',
  data: { click: clickText({ kind: 'deed', deed: 'share', answer }) },
})
