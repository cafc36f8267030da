import { describe, expect, test } from 'vitest'
import type { ChatUseCases } from '#handlers/chat/use-cases.ts'
import { answered, refused } from '#test/fakes/room-answers.ts'
import type { Message } from '#test/fakes/slack/world.ts'
import { kindsOf, type Options, opener, warnedOf, wordsOf } from './connected.ts'

const open = opener()
const revenue = 'revenue by category in texs please'
const headline = 'Electronics brought $48.2k in Texas in December, 41% of the total'
const neutral = 'Answered privately: it holds data that not everybody here may see.'

/** Answers are for the asker alone, from the nth question on. */
const alone = (from = 1): { useCases: Partial<ChatUseCases>; asked: string[]; finish: () => void } => {
  const asked: string[] = []
  const slow = Promise.withResolvers<void>()
  const ask: ChatUseCases['ask'] = async ({ text }, { onStatus }) => {
    asked.push(text)
    const id = `x${asked.length}`
    if (text === 'be slow') {
      onStatus('Counting orders')
      await slow.promise
    }
    return asked.length >= from ? { ...answered(id, text), onlyForAsker: true } : answered(id, text)
  }
  return { useCases: { ask }, asked, finish: () => slow.resolve() }
}

const publicOnes = (messages: Message[]) => messages.filter(m => m.visibleTo === undefined)

describe.each(['http', 'socket'] as const)('an answer that not all in a channel may see, over %s,', transport => {
  test('goes to its asker alone, with its picture, why, and Share; nothing else appears', async () => {
    const { slack, engine, said } = await open({ transport, ...alone() })
    await slack.mention({ text: revenue })
    const answer = await said('C0GENERAL')
    expect(answer).toMatchObject({ via: 'chat.postEphemeral', visibleTo: 'U0ASKER' })
    expect(kindsOf(answer)).toContain('image')
    expect(wordsOf(answer)).toContain(headline)
    expect(wordsOf(answer)).toContain('Only you can see this: it holds data that not everybody here may see')
    expect(wordsOf(answer)).toContain(`“${revenue}”`)
    expect(wordsOf(answer)).toContain('Share')
    expect(slack.answers('C0GENERAL')).toEqual([answer])
    expect(engine.warned).toEqual([])
  })

  test('leaves a neutral sentence in place of “working” that all saw, and stands in that thread', async () => {
    const { useCases, finish } = alone()
    const { slack } = await open({ transport, patience: 20, useCases })
    const { message } = await slack.mention({ text: 'be slow' })
    const working = await slack.waitFor(() => slack.answers('C0GENERAL')[0])
    finish()
    const answer = await slack.waitFor(() => slack.answers('C0GENERAL').find(m => m.visibleTo))
    expect(wordsOf(working)).toBe(neutral)
    expect(answer.threadTs).toBe(message.ts)
    expect(slack.answers('C0GENERAL')).toHaveLength(2)
    await slack.waitFor(() => slack.callsOf('agents.sessions.setStatus')[1])
  })

  test('stands in a thread that is there already, and where there is none in the channel, as Slack would not show it', async () => {
    const { slack, said } = await open({ transport, ...alone() })
    const root = slack.say({ text: 'How are we doing?' })
    await slack.mention({ text: revenue, thread: root.ts })
    expect((await said('C0GENERAL')).threadTs).toBe(root.ts)
    await slack.mention({ text: revenue })
    expect((await said('C0GENERAL', 2)).threadTs).toBeUndefined()
  })
})

describe('an answer for the asker alone', () => {
  test('takes away the status that the thread showed', async () => {
    const { useCases, finish } = alone()
    const { slack } = await open({ useCases })
    const { message } = await slack.mention({ text: 'be slow' })
    await slack.waitFor(() => slack.status('C0GENERAL', message.ts))
    finish()
    await slack.waitFor(() => slack.answers('C0GENERAL')[0])
    expect(slack.status('C0GENERAL', message.ts)).toBeFalsy()
  })

  test.each([
    ['no picture is taken there', { ephemeralFiles: 'refused' }, 'data_visualization'],
    ['no newer block either', { ephemeralFiles: 'refused', newBlocks: 'refused' }, 'section'],
  ] as const)('comes in a plainer form where %s', async (_, settings, kind) => {
    const { slack, said } = await open({ slack: settings, ...alone() })
    await slack.mention({ text: revenue })
    const answer = await said('C0GENERAL')
    expect(answer.visibleTo).toBe('U0ASKER')
    expect(kindsOf(answer)).toContain(kind)
    expect(kindsOf(answer)).not.toContain('image')
  })

  test.each(['user_not_in_channel', 'channel_not_found'])(
    'becomes a direct message that says what was asked when Slack says %s',
    async error => {
      const { slack, engine, said } = await open(alone())
      slack.fail('chat.postEphemeral', { error }, { times: 10 })
      await slack.mention({ text: revenue })
      const answer = await said('D0ASKER')
      expect(wordsOf(answer)).toContain(headline)
      expect(wordsOf(answer)).toContain(`“${revenue}”`)
      expect(slack.answers('C0GENERAL')).toEqual([])
      expect(warnedOf(engine)).toEqual(['slack/elsewhere'])
    },
  )

  test('is like any other in a direct message', async () => {
    const { slack, said } = await open(alone())
    const { message } = await slack.dm({ text: revenue })
    expect(await said('D0ASKER')).toMatchObject({ via: 'chat.postMessage', threadTs: message.ts })
  })

  test('gives its rows in a direct message', async () => {
    const { slack, said } = await open(alone())
    await slack.mention({ text: revenue })
    await slack.click({ message: await said('C0GENERAL'), action: 'answer:csv' })
    const share = await slack.waitFor(() => slack.answers('D0ASKER').find(m => m.via === 'share'))
    expect(share.files).toHaveLength(1)
    await slack.dm({ text: revenue })
    const own = await slack.waitFor(() => slack.answers('D0ASKER').find(m => kindsOf(m).includes('image')))
    await slack.click({ message: own, action: 'answer:csv' })
    const rows = await slack.waitFor(() => slack.answers('D0ASKER').find(m => m.via === 'share' && m.ts > own.ts))
    expect(rows.threadTs).toBe(own.threadTs)
    expect(publicOnes(slack.answers('C0GENERAL'))).toEqual([])
  })

  test('is given although “working” could not be covered', async () => {
    const { useCases, finish } = alone()
    const { slack, engine } = await open({ patience: 20, useCases })
    await slack.mention({ text: 'be slow' })
    const working = await slack.waitFor(() => slack.answers('C0GENERAL')[0])
    working.deleted = true
    finish()
    const answer = await slack.waitFor(() => slack.answers('C0GENERAL')[0])
    expect(answer.visibleTo).toBe('U0ASKER')
    expect(warnedOf(engine)).toEqual(['slack/cover'])
  })
})

describe('a click that leads to one', () => {
  test('leaves the message as all saw it, menu and picture reset, and shows it to the asker beside it', async () => {
    const { slack, engine, said } = await open(alone(2))
    await slack.mention({ text: revenue })
    const answer = await said('C0GENERAL')
    const before = answer.blocks.map(b => b.block_id)
    await slack.click({ message: answer, action: 'menu:split', option: 'State' })
    const own = await slack.waitFor(() => slack.answers('C0GENERAL').find(m => m.visibleTo))
    expect(wordsOf(own)).toContain('it holds data that not everybody here may see')
    expect(own.threadTs).toBe(answer.threadTs)
    expect(publicOnes(slack.answers('C0GENERAL'))).toEqual([answer])
    expect(wordsOf(answer)).toContain(headline)
    expect(kindsOf(answer)).toContain('image')
    expect(answer.blocks.filter(b => before.includes(b.block_id))).toEqual([])
    expect(JSON.stringify(answer.blocks)).toContain('.x1"')
    expect(JSON.stringify(answer.blocks)).not.toContain('.x2"')
    await engine.running.drain(100)
    expect(slack.callsOf('files.delete')).toEqual([])
  })

  test('on “Try again” covers the failure with the neutral sentence', async () => {
    let times = 0
    const ask: ChatUseCases['ask'] = async ({ text }) => {
      if (++times === 1) throw new Error('broken')
      return { ...answered('x2', text), onlyForAsker: true }
    }
    const { slack, said } = await open({ useCases: { ask } })
    await slack.mention({ text: revenue })
    const failure = await said('C0GENERAL')
    await slack.click({ message: failure, action: 'answer:again' })
    const own = await slack.waitFor(() => slack.answers('C0GENERAL').find(m => m.visibleTo))
    expect(wordsOf(own)).toContain(headline)
    expect(wordsOf(failure)).toBe(neutral)
  })

  test('of somebody else shows it to that person', async () => {
    const { slack, said } = await open(alone(2))
    await slack.mention({ text: revenue })
    const answer = await said('C0GENERAL')
    await slack.click({ message: answer, action: 'menu:split', option: 'State', user: 'U0OTHER' })
    const own = await slack.waitFor(() => slack.answers('C0GENERAL').find(m => m.visibleTo))
    expect([own.visibleTo, own.threadTs]).toEqual(['U0OTHER', answer.threadTs])
    expect(answer.earlier).toEqual([])
  })
})

describe('sharing', () => {
  const shareAs =
    (made: (id: string) => ReturnType<ChatUseCases['ask']>, seen: unknown[] = []): Partial<ChatUseCases>['share'] =>
    async (answer, sharing) => {
      seen.push([answer.id, sharing])
      return made(answer.id)
    }
  const privately = async (options: Options) => {
    const room = await open(options)
    await room.slack.mention({ text: revenue })
    return { ...room, answer: await room.said('C0GENERAL') }
  }

  test('asks again with the rights of all who will see it, and posts that answer with a picture of its own', async () => {
    const seen: unknown[] = []
    const fewer = async () => {
      const all = answered('s1', revenue)
      return { ...all, story: { ...all.story, headline: { text: 'Less is known to all', cites: [] } } }
    }
    const { useCases } = alone()
    const { slack, answer, engine } = await privately({ useCases: { ...useCases, share: shareAs(fewer, seen) } })
    await slack.click({ message: answer, action: 'answer:share' })
    const shared = await slack.waitFor(() => publicOnes(slack.answers('C0GENERAL'))[0])
    expect(wordsOf(shared)).toContain('Less is known to all')
    expect(wordsOf(shared)).not.toContain(headline)
    expect(wordsOf(shared)).not.toContain('Only you')
    const files = [...slack.files.values()].map(f => f.id)
    expect(files).toHaveLength(2)
    expect(JSON.stringify(shared.blocks)).toContain(files[1])
    const asker = { platform: 'slack', tenant: 'T0CHART', user: 'U0ASKER', standing: 'member', place: 'C0GENERAL' }
    expect(seen).toEqual([['x1', { asker, place: 'C0GENERAL' }]])
    await engine.running.drain(1000)
    expect((await engine.answers.at(`slack:T0CHART:C0GENERAL:${shared.ts}`))?.answer.id).toBe('s1')
  })

  test('posts into the thread in which it was asked, once, and again when that is gone', async () => {
    const { useCases } = alone()
    const { slack, answer, said } = await privately({
      useCases: { ...useCases, share: shareAs(async () => answered('s1', revenue)) },
    })
    await slack.click({ message: answer, action: 'answer:share' })
    const shared = await slack.waitFor(() => publicOnes(slack.answers('C0GENERAL'))[0])
    expect(shared.threadTs).toBe(slack.messages('C0GENERAL')[0]?.ts)
    await slack.click({ message: answer, action: 'answer:share' })
    expect(wordsOf(await said('C0GENERAL', 3))).toBe('This answer is shared here already.')
    await slack.click({ message: shared, action: 'answer:delete' })
    await slack.waitFor(() => shared.deleted)
    await slack.click({ message: answer, action: 'answer:share' })
    await slack.waitFor(() => publicOnes(slack.answers('C0GENERAL'))[0])
  })

  test.each<[string, Partial<ChatUseCases>['share'], string]>([
    [
      'refused for them',
      shareAs(async () => ({ ...refused('r1', revenue), message: 'People here may not see revenue.' })),
      'People here may not see revenue.',
    ],
    [
      'for one person alone again',
      shareAs(async () => ({ ...answered('s1', revenue), onlyForAsker: true })),
      'This answer holds data that not everybody here may see, so it was not shared.',
    ],
    [
      'asked by nobody, as nothing can ask it',
      undefined,
      'This answer holds data that not everybody here may see, so it was not shared.',
    ],
  ])('an answer that is %s posts nothing, and only the sharer is told', async (_, share, words) => {
    const { useCases } = alone()
    const { slack, answer, said } = await privately({ useCases: { ...useCases, share } })
    await slack.click({ message: answer, action: 'answer:share' })
    const told = await said('C0GENERAL', 2)
    expect([told.visibleTo, wordsOf(told)]).toEqual(['U0ASKER', words])
    expect(publicOnes(slack.answers('C0GENERAL'))).toEqual([])
    await slack.click({ message: answer, action: 'answer:share' })
    expect(wordsOf(await said('C0GENERAL', 3))).toBe(words)
  })

  test('that fails says so, and may be tried again', async () => {
    let times = 0
    const share = shareAs(async () => {
      if (++times === 1) throw new Error('broken')
      return answered('s1', revenue)
    })
    const { useCases } = alone()
    const { slack, answer, said } = await privately({ useCases: { ...useCases, share } })
    await slack.click({ message: answer, action: 'answer:share' })
    expect(wordsOf(await said('C0GENERAL', 2))).toContain('Something went wrong on our side')
    await slack.click({ message: answer, action: 'answer:share' })
    await slack.waitFor(() => publicOnes(slack.answers('C0GENERAL'))[0])
  })
})

describe('what somebody else may have of an answer', () => {
  const owner = { platform: 'slack', tenant: 'T0CHART', user: 'U0ASKER' } as const

  test('that stands before all in the channel is what was kept: details and rows', async () => {
    const { slack, engine, said } = await open()
    await slack.mention({ text: revenue })
    const answer = await said('C0GENERAL')
    await slack.click({ message: answer, action: 'answer:details', user: 'U0OTHER' })
    await slack.waitFor(() => [...slack.views.values()].find(v => v.open))
    await slack.click({ message: answer, action: 'answer:csv', user: 'U0OTHER' })
    await slack.waitFor(() => slack.answers('C0GENERAL').find(m => m.via === 'share'))
    expect(engine.asked).toHaveLength(1)
  })

  /** A message that names an answer which, as far as is known, was never shown there. */
  const named = async (options: Options = {}) => {
    const room = await open(options)
    await room.slack.mention({ text: revenue })
    const answer = await room.said('C0GENERAL')
    const kept = { ...answered('secret', 'secret question'), query: { ...answered('x', 'x').query, limit: 7 } }
    await room.engine.answers.put({ answer: kept, owner, thread: 'secret' })
    const blocks = JSON.parse(JSON.stringify(answer.blocks).replaceAll('.a1"', '.secret"'))
    return { ...room, message: { ...answer, blocks }, query: kept.query }
  }

  test('that does not is asked anew as that person: rows go to them alone', async () => {
    const { slack, engine, message, query } = await named()
    await slack.click({ message, action: 'answer:csv', user: 'U0OTHER' })
    await slack.waitFor(() => slack.answers('D0OTHER').find(m => m.via === 'share'))
    expect(engine.asked[1]).toEqual({
      text: 'secret question',
      query,
      asker: { platform: 'slack', tenant: 'T0CHART', user: 'U0OTHER', standing: 'member', place: 'C0GENERAL' },
      audience: 'asker',
    })
    expect(slack.answers('C0GENERAL')).toHaveLength(1)
  })

  test('that does not: details are those of the new answer', async () => {
    const { slack, engine, message } = await named()
    await slack.click({ message, action: 'answer:details', user: 'U0OTHER' })
    await slack.waitFor(() => [...slack.views.values()].find(v => v.open))
    expect(engine.asked).toHaveLength(2)
  })

  test.each(['answer:csv', 'answer:details'])('that they are refused: %s tells why', async action => {
    const ask: ChatUseCases['ask'] = async ({ text, asker }) =>
      asker?.user === 'U0OTHER' ? { ...refused('r1', text), message: 'You may not see revenue.' } : answered('a1', text)
    const { slack, message } = await named({ useCases: { ask } })
    await slack.click({ message, action, user: 'U0OTHER' })
    const told = await slack.waitFor(() => slack.answers('C0GENERAL').find(m => m.visibleTo === 'U0OTHER'))
    expect(wordsOf(told)).toBe('You may not see revenue.')
    expect([slack.views.size, slack.answers('D0OTHER').length]).toEqual([0, 0])
  })

  test('that does not: the form for a thumb down says nothing of it', async () => {
    const { slack, message } = await named()
    await slack.click({ message, action: 'answer:feedback', option: 'negative', user: 'U0OTHER' })
    const modal = await slack.waitFor(() => [...slack.views.values()].find(v => v.open))
    expect(JSON.stringify(modal.view)).not.toContain(headline)
  })
})
