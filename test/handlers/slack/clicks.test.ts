import { describe, expect, test } from 'vitest'
import type { Message } from '#test/fakes/slack/world.ts'
import { type Connected, counted, finished, kindsOf, type Options, opener, warnedOf, wordsOf } from './connected.ts'

const open = opener()
const revenue = 'revenue by category in texs please'
const headline = 'Electronics brought $48.2k in Texas in December, 41% of the total'

/** An answer in a thread of #general. */
const answered = async (
  options: Options = {},
  text = revenue,
): Promise<Connected & { answer: Message; root: string }> => {
  const room = await open(options)
  const { message } = await room.slack.mention({ text })
  return { ...room, answer: await room.said('C0GENERAL'), root: message.ts }
}

/** An answer in #general that only U0ASKER sees. */
const privately = async (options: Options = {}, channel = 'C0GENERAL'): Promise<Connected & { answer: Message }> => {
  const room = await open(options)
  await room.slack.command({ command: '/chartroom', text: revenue, channel })
  return { ...room, answer: await room.said(channel) }
}

const changed = ({ slack }: Connected, message: Message, times = 1) =>
  slack.waitFor(() => message.earlier.length >= times)

describe.each(['http', 'socket'] as const)('a menu over %s', transport => {
  test('changes the asker’s message in place, and the old picture goes', async () => {
    const room = await answered({ transport })
    const { slack, engine, answer } = room
    const pictureOf = () => JSON.stringify(answer.blocks.find(b => b.type === 'image')?.slack_file)
    const before = pictureOf()
    expect(await slack.click({ message: answer, action: 'menu:split', option: 'State' })).toMatchObject({ status: 200 })
    await changed(room, answer)
    expect(slack.answers('C0GENERAL')).toEqual([answer])
    expect(engine.asked[1]).toMatchObject({ text: 'by state', query: { splits: [{ dimension: 'state' }] } })
    expect(engine.asked[1]?.thread).toBe(engine.asked[0]?.thread)
    expect(pictureOf()).not.toBe(before)
    await slack.waitFor(() => slack.callsOf('files.delete')[0])
    expect(JSON.stringify(slack.callsOf('files.delete')[0]?.args)).toContain(JSON.parse(before).id)
  })

  test('asks anew in the thread when it is somebody else’s, and the message stays', async () => {
    const { slack, engine, answer, root, said } = await answered({ transport })
    await slack.click({ message: answer, action: 'menu:split', option: 'State', user: 'U0OTHER' })
    expect(await said('C0GENERAL', 2)).toMatchObject({ threadTs: root })
    expect(answer.earlier).toEqual([])
    expect((await engine.answers.get('a2'))?.owner).toEqual({ platform: 'slack', tenant: 'T0CHART', user: 'U0OTHER' })
  })

  test('changes a private answer in place too', async () => {
    const room = await privately({ transport })
    const { slack, answer } = room
    await slack.click({ message: answer, action: 'menu:chart', option: 'Donut' })
    await changed(room, answer)
    expect(answer.visibleTo).toBe('U0ASKER')
    expect(wordsOf(answer)).toContain('Only you can see this')
    expect(slack.answers('C0GENERAL')).toEqual([answer])
  })
})

describe('a menu', () => {
  test('that takes long shows Stop in the message, and the answer comes back when it is stopped', async () => {
    const room = await answered({ patience: 20 })
    const { slack, engine, answer } = room
    engine.answers.put({ answer: { ...(await slowAnswer(room)), id: 'a1' }, owner, thread: 't' })
    await slack.click({ message: answer, action: 'choice:0' })
    await changed(room, answer)
    expect(wordsOf(answer)).toContain('Stop')
    await slack.click({ message: answer, action: 'run:stop' })
    await changed(room, answer, 2)
    expect(wordsOf(answer)).toContain(headline)
    expect(kindsOf(answer)).toContain('image')
    const told = await slack.waitFor(() => slack.answers('C0GENERAL').find(m => m.visibleTo))
    expect(wordsOf(told)).toContain('Stopped. Nothing more is running.')
    const first = answer.earlier[0]!.blocks.map(b => b.block_id)
    expect(answer.blocks.filter(b => first.includes(b.block_id))).toEqual([])
  })

  test('of a private answer that takes long can be stopped too, and the answer comes back', async () => {
    const room = await privately({ patience: 20 })
    const { slack, engine, answer } = room
    engine.answers.put({ answer: { ...(await slowAnswer(room)), id: 'a1' }, owner, thread: 't' })
    await slack.click({ message: answer, action: 'choice:0' })
    await changed(room, answer)
    await slack.click({ message: answer, action: 'run:stop' })
    await changed(room, answer, 2)
    expect(wordsOf(answer)).toContain(headline)
    expect(wordsOf(await slack.waitFor(() => slack.answers('C0GENERAL')[1]))).toContain('Stopped.')
  })

  test('whose question fails leaves the answer, resets the menu and says why', async () => {
    const room = await answered({
      useCases: { options: () => ({ periods: [{ label: 'Broken', question: 'time out' }], splits: [], charts: [] }) },
    })
    const { slack, answer } = room
    await slack.click({ message: answer, action: 'menu:period', option: 'Broken' })
    await changed(room, answer)
    expect(wordsOf(answer)).toContain(headline)
    const told = await slack.waitFor(() => slack.answers('C0GENERAL').find(m => m.visibleTo === 'U0ASKER'))
    expect(wordsOf(told)).toContain('The database did not answer within 30 seconds.')
  })

  test('clicked twice at once: the later one wins, one after the other, and nobody is told of an error', async () => {
    const room = await answered()
    const { slack, engine, answer } = room
    await Promise.all([
      slack.click({ message: answer, action: 'menu:split', option: 'State' }),
      slack.click({ message: answer, action: 'menu:split', option: 'Month' }),
    ])
    await changed(room, answer)
    await engine.running.drain(2000)
    expect(engine.asked.at(-1)?.text).toBe('by month')
    const last = engine.asked.length
    expect(JSON.stringify(answer.blocks)).toContain(`menu.split.0.a${last}`)
    expect(slack.answers('C0GENERAL')).toEqual([answer])
    expect(engine.logged).toEqual([])
  })

  test('delivered twice is done once', async () => {
    const room = await answered({ transport: 'socket' })
    const { slack, engine, answer } = room
    const { sent } = await slack.click({ message: answer, action: 'menu:split', option: 'State' })
    await changed(room, answer)
    await slack.replay(sent)
    await engine.running.drain(1000)
    expect(engine.asked).toHaveLength(2)
    expect(answer.earlier).toHaveLength(1)
    expect(await counted(engine, 'chartroom_duplicates_total{platform="slack"}')).toBe(1)
  })

  test('in a message that was deleted meanwhile: the answer is posted anew', async () => {
    const { slack, engine, answer, root } = await answered()
    answer.deleted = true
    await slack.click({ message: answer, action: 'menu:split', option: 'State' })
    const again = await slack.waitFor(() => finished(slack, 'C0GENERAL')[0])
    expect(again).toMatchObject({ threadTs: root })
    expect(warnedOf(engine)).toEqual(['slack/elsewhere'])
  })
})

const owner = { platform: 'slack', tenant: 'T0CHART', user: 'U0ASKER' } as const

const slowAnswer = async ({ engine }: Connected) => {
  const { answer } = (await engine.answers.get('a1'))!
  if (answer.status !== 'answered') throw new Error('not answered')
  return { ...answer, next: [{ label: 'Slowly', question: 'be slow' }] }
}

describe('a choice', () => {
  test('of a question back is asked in its place', async () => {
    const room = await answered({}, 'revenue')
    const { slack, engine, answer } = room
    expect(wordsOf(answer)).toContain('Which revenue do you mean?')
    await slack.click({ message: answer, action: 'choice:0' })
    await changed(room, answer)
    expect(wordsOf(answer)).toContain(headline)
    expect(engine.asked[1]?.query).toBeDefined()
  })

  test('of something told is asked as its words', async () => {
    const room = await answered({}, 'help')
    const { slack, engine, answer } = room
    await slack.click({ message: answer, action: 'item:0' })
    await changed(room, answer)
    expect(engine.asked[1]?.text).toBe('revenue last month')
  })

  test('“Try again” under a failure asks the same words in its place', async () => {
    const room = await open()
    const { slack, engine, said } = room
    await slack.mention({ text: 'break' })
    const failure = await said('C0GENERAL')
    expect(wordsOf(failure)).toContain('Something went wrong on our side (incident inc-1).')
    await slack.click({ message: failure, action: 'answer:again' })
    await changed(room, failure)
    expect(wordsOf(failure)).toContain('Something went wrong on our side (incident inc-2).')
    expect(wordsOf(failure)).toContain('Try again')
    expect(engine.asked.map(q => q.text)).toEqual(['break', 'break'])
  })
})

describe('what can be done with an answer', () => {
  test('details open over Slack, for anybody who sees the answer', async () => {
    const { slack, answer } = await answered()
    await slack.click({ message: answer, action: 'answer:details', user: 'U0OTHER' })
    const modal = await slack.waitFor(() => [...slack.views.values()].find(v => v.open))
    expect(modal).toMatchObject({ user: 'U0OTHER', view: { callback_id: 'details' } })
    expect(JSON.stringify(modal.view)).toContain('SELECT o.')
  })

  test('details whose trigger is spent are said to have taken too long', async () => {
    const { slack, answer } = await answered()
    slack.fail('views.open', { error: 'expired_trigger_id' })
    await slack.click({ message: answer, action: 'answer:details' })
    const told = await slack.waitFor(() => slack.answers('C0GENERAL').find(m => m.visibleTo))
    expect(wordsOf(told)).toBe('That took longer than Slack waits. Please click again.')
  })

  test('the rows come as a CSV file into the thread', async () => {
    const { slack, answer, root } = await answered()
    await slack.click({ message: answer, action: 'answer:csv', user: 'U0OTHER' })
    const share = await slack.waitFor(() => slack.answers('C0GENERAL').find(m => m.via === 'share'))
    expect(share.threadTs).toBe(root)
    const file = slack.files.get(share.files[0]!)
    expect(file).toMatchObject({ name: 'revenue-by-category-in-texas-december-2023.csv' })
    expect(file?.bytes?.toString('utf8').split('\r\n')[1]).toBe('Electronics,48210.5,41007')
  })

  test('the rows of a private answer come as a direct message', async () => {
    const { slack, answer } = await privately()
    await slack.click({ message: answer, action: 'answer:csv' })
    const share = await slack.waitFor(() => slack.answers('D0ASKER').find(m => m.via === 'share'))
    expect(share.threadTs).toBe(slack.answers('D0ASKER')[0]?.ts)
    expect(slack.answers('C0GENERAL')).toEqual([answer])
  })

  test('a thumb up is noted and thanked for in private', async () => {
    const { slack, engine, answer } = await answered()
    await slack.click({ message: answer, action: 'answer:feedback', option: 'positive', user: 'U0OTHER' })
    const told = await slack.waitFor(() => slack.answers('C0GENERAL').find(m => m.visibleTo === 'U0OTHER'))
    expect(wordsOf(told)).toContain('Thanks')
    expect(engine.feedback).toEqual([
      { answerId: 'a1', verdict: 'up', by: { platform: 'slack', tenant: 'T0CHART', user: 'U0OTHER' } },
    ])
    expect(answer.earlier).toEqual([])
  })

  test('a thumb down asks why, and the reason is noted once', async () => {
    const { slack, engine, answer } = await answered({ transport: 'socket' })
    await slack.click({ message: answer, action: 'answer:feedback', option: 'negative' })
    await slack.waitFor(() => [...slack.views.values()].find(v => v.open))
    expect(engine.feedback).toEqual([])
    const ack = await slack.submitView({ values: { 'reason:kind': 'number', 'reason:words': ' It was 5. ' } })
    expect(ack).toMatchObject({ status: 200 })
    await slack.waitFor(() => engine.feedback[0])
    await slack.replay(ack.sent)
    await engine.running.drain(100)
    expect(engine.feedback).toEqual([
      {
        answerId: 'a1',
        verdict: 'down',
        reason: 'number: It was 5.',
        by: { platform: 'slack', tenant: 'T0CHART', user: 'U0ASKER' },
      },
    ])
    const told = slack.answers('C0GENERAL').filter(m => m.visibleTo === 'U0ASKER')
    expect(told.map(wordsOf)).toEqual(['Thanks. The people who run Chartroom read what you wrote.'])
    expect(told[0]?.threadTs).toBe(answer.threadTs)
  })

  test('deleting takes the message and its picture away, for the asker', async () => {
    const { slack, engine, answer } = await answered()
    await slack.click({ message: answer, action: 'answer:delete', user: 'U0OTHER' })
    const told = await slack.waitFor(() => slack.answers('C0GENERAL').find(m => m.visibleTo === 'U0OTHER'))
    expect(wordsOf(told)).toBe('Only the person who asked can do that.')
    expect(answer.deleted).toBe(false)
    await slack.click({ message: answer, action: 'answer:delete' })
    await slack.waitFor(() => answer.deleted)
    await slack.waitFor(() => [...slack.files.values()][0]?.state === 'deleted')
    expect(engine.logged).toEqual([])
  })

  test.each(['message', 'private'] as const)(
    'deleting a %s that is being changed stops that, and nothing comes after',
    async kind => {
      const room = kind === 'message' ? await answered() : await privately()
      const { slack, engine, answer } = room
      engine.answers.put({ answer: { ...(await slowAnswer(room)), id: 'a1' }, owner, thread: 't' })
      await slack.click({ message: answer, action: 'choice:0' })
      await slack.waitFor(() => engine.running.size() === 1)
      await slack.click({ message: answer, action: 'answer:delete' })
      await slack.waitFor(() => answer.deleted)
      await slack.waitFor(() => engine.running.size() === 0)
      await engine.running.drain(1000)
      expect(slack.answers('C0GENERAL')).toEqual([])
      expect(slack.answers('D0ASKER')).toEqual([])
      expect(engine.logged).toEqual([])
    },
  )

  test('a private answer is deleted through its response URL', async () => {
    const { slack, answer } = await privately()
    await slack.click({ message: answer, action: 'answer:delete' })
    await slack.waitFor(() => answer.deleted)
    await slack.waitFor(() => [...slack.files.values()][0]?.state === 'deleted')
  })
})

describe('sharing a private answer', () => {
  test('posts it to the channel, with what was asked and the same picture, once', async () => {
    const { slack, answer, said, engine } = await privately()
    await slack.click({ message: answer, action: 'answer:share' })
    const shared = await said('C0GENERAL', 2)
    expect(shared).toMatchObject({ via: 'chat.postMessage', threadTs: undefined })
    expect(wordsOf(shared)).toContain(`“${revenue}”`)
    expect(wordsOf(shared)).not.toContain('Only you can see this')
    expect(JSON.stringify(shared.blocks)).toContain([...slack.files.keys()][0])
    await slack.click({ message: answer, action: 'answer:share' })
    expect(wordsOf(await said('C0GENERAL', 3))).toBe('This answer is shared here already.')
    await slack.click({ message: answer, action: 'answer:delete' })
    await slack.waitFor(() => answer.deleted)
    await engine.running.drain(100)
    expect(slack.callsOf('files.delete')).toEqual([])
  })

  test('once more is possible when the shared message was deleted', async () => {
    const { slack, answer, said } = await privately()
    await slack.click({ message: answer, action: 'answer:share' })
    const shared = await said('C0GENERAL', 2)
    await slack.click({ message: shared, action: 'answer:delete' })
    await slack.waitFor(() => shared.deleted)
    await slack.click({ message: answer, action: 'answer:share' })
    const again = await said('C0GENERAL', 2)
    expect(again).toMatchObject({ via: 'chat.postMessage' })
    expect(kindsOf(again)).toContain('image')
  })

  test('the shared answer has its buttons, and what the asker says below follows up on it', async () => {
    const room = await privately()
    const { slack, answer, said, engine } = room
    await slack.click({ message: answer, action: 'answer:share' })
    const shared = await said('C0GENERAL', 2)
    await slack.click({ message: shared, action: 'menu:split', option: 'State' })
    await changed(room, shared)
    await slack.mention({ text: 'and by month?', thread: shared.ts })
    await said('C0GENERAL', 3)
    await slack.mention({ text: 'and mine?', thread: shared.ts, user: 'U0OTHER' })
    await said('C0GENERAL', 4)
    const own = 'slack:T0CHART:C0GENERAL:U0ASKER'
    expect(engine.asked.map(q => q.thread)).toEqual([own, own, own, `slack:T0CHART:C0GENERAL:${shared.ts}`])
  })

  test.each(['C0QUIET', 'G0BOARD'])(
    'in %s, where the bot is not, it says how to invite it; then it works',
    async channel => {
      const { slack, answer, said, engine } = await privately({}, channel)
      await slack.click({ message: answer, action: 'answer:share' })
      expect(wordsOf(await said(channel, 2))).toContain('Type /invite @Chartroom')
      expect(engine.logged).toEqual([])
      slack.world.teams.get('T0CHART')?.channels.get(channel)?.members.add('U0CHARTBOT')
      await slack.click({ message: answer, action: 'answer:share' })
      expect(await said(channel, 3)).toMatchObject({ via: 'chat.postMessage' })
    },
  )
})

describe('a click in a channel that is shared with another organisation', () => {
  const stranger = { id: 'U9FOREIGN', team_id: 'T9FOREIGN' }

  test.each(['answer:csv', 'answer:details', 'menu:split'])(
    'of somebody from there on %s gives nothing away',
    async action => {
      const { slack, engine, answer } = await answered()
      const calls = slack.calls.length
      const option = action === 'menu:split' ? 'State' : undefined
      await slack.click({ message: answer, action, option, user: 'U0OTHER', payload: { user: stranger } })
      await slack.waitFor(() => slack.answers('C0GENERAL').length === 2)
      await engine.running.drain(100)
      expect(slack.calls.slice(calls).map(c => c.method)).toEqual(['response_url'])
      expect(wordsOf(slack.answers('C0GENERAL')[1]!)).toContain('members of the workspace')
      expect(engine.asked).toHaveLength(1)
    },
  )

  test.each([
    ['the workspace itself', 'T0CHART', undefined],
    ['the organisation of the workspace', 'E0ORG', 'E0ORG'],
    ['another workspace of the organisation', 'T0SISTER', 'E0ORG'],
  ])('of somebody from %s is one like any other', async (_, home, enterprise) => {
    const { slack, answer, said } = await answered()
    const payload = { user: { id: 'U0OTHER', team_id: home }, team: { id: 'T0CHART', enterprise_id: enterprise } }
    await slack.click({ message: answer, action: 'menu:split', option: 'State', user: 'U0OTHER', payload })
    expect((await said('C0GENERAL', 2)).visibleTo).toBeUndefined()
  })
})

describe('a button that means nothing any more', () => {
  test('of an answer that is no longer kept says so', async () => {
    const { slack, answer, engine } = await answered()
    const old = { ...answer, blocks: JSON.parse(JSON.stringify(answer.blocks).replaceAll('.a1"', '.long-gone"')) }
    await slack.click({ message: old, action: 'menu:split', option: 'State' })
    const told = await slack.waitFor(() => slack.answers('C0GENERAL').find(m => m.visibleTo === 'U0ASKER'))
    expect(wordsOf(told)).toContain('That answer is no longer kept')
    expect(engine.asked).toHaveLength(1)
  })

  test('of another workspace is told no more than that', async () => {
    const { slack, answer, engine } = await answered()
    const { answer: kept } = (await engine.answers.get('a1'))!
    await engine.answers.put({ answer: kept, owner: { ...owner, tenant: 'T0OTHER' } })
    await slack.click({ message: answer, action: 'answer:details' })
    const told = await slack.waitFor(() => slack.answers('C0GENERAL').find(m => m.visibleTo))
    expect(wordsOf(told)).toContain('That answer is no longer kept')
  })

  test.each([
    ['something we never offered', [{ type: 'button', action_id: 'somebody:elses', action_ts: '1.1', value: 'x' }]],
    ['no action at all', [{ type: 'button', action_id: 'answer:csv', action_ts: '1.1' }]],
    ['a text that is no click', [{ type: 'button', action_id: 'answer:csv', action_ts: '1.1', value: 'DROP TABLE' }]],
  ])('%s is acknowledged and does nothing', async (_, actions) => {
    const { slack, answer, engine } = await answered()
    expect(await slack.click({ message: answer, action: 'answer:csv', payload: { actions } })).toMatchObject({
      status: 200,
    })
    await engine.running.drain(100)
    expect(engine.asked).toHaveLength(1)
    expect(engine.logged).toEqual([])
  })
})
