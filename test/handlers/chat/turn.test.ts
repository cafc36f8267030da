import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { isHeard, type Place, type Said, type Shown, takeTurn } from '#handlers/chat/turn.ts'
import { realEffects } from '#src/effects.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { type ChatEngine, createChatEngine } from '#test/fakes/chat-engine.ts'
import { told } from '#test/fakes/room-answers.ts'

const said = (text: string, over: Partial<Said> = {}): Said => ({
  key: text,
  thread: 't1',
  text,
  owner: { platform: 'slack', tenant: 'T1', user: 'U1' },
  ...over,
})

type Seen = { place: Place; calls: string[]; shown: Shown[] }

const watchPlace = (over: Partial<Place> = {}): Seen => {
  const calls: string[] = []
  const shown: Shown[] = []
  const place: Place = {
    status: words => void calls.push(`status ${words}`),
    working: async (words, run) => void calls.push(`working ${words} ${run.length > 10}`),
    show: async what => {
      calls.push(`show ${what.view.status}`)
      shown.push(what)
    },
    ...over,
  }
  return { place, calls, shown }
}

const take = (engine: ChatEngine, what: Said, { place }: Seen) =>
  takeTurn(what, { place, format: 'full' }, { ...engine.parts, effects: engine.effects })

const revenue = 'revenue by category in texs please'

describe('a turn', () => {
  test('ends in one message with the answer and its picture, and the answer is kept for its owner', async () => {
    const [engine, seen] = [createChatEngine(), watchPlace()]
    expect(await take(engine, said(revenue), seen)).toBe('answered')
    expect(seen.calls).toEqual(['show answered'])
    expect([...seen.shown[0]!.png!.subarray(1, 4)]).toEqual([0x50, 0x4e, 0x47])
    expect(await engine.answers.get('a1')).toMatchObject({ thread: 't1', owner: { tenant: 'T1', user: 'U1' } })
  })

  test('that is delivered again is answered once', async () => {
    const [engine, seen] = [createChatEngine(), watchPlace()]
    const outcomes = await Promise.all([1, 2, 3].map(() => take(engine, said(revenue), seen)))
    expect(outcomes.toSorted()).toEqual(['answered', 'duplicate', 'duplicate'])
    expect(engine.asked).toHaveLength(1)
    expect((await engine.parts.metrics.page()).text).toContain('chartroom_duplicates_total{platform="slack"} 2')
  })

  test.each([
    ['revenue', 'clarify'],
    ['revenue next month', 'refused'],
    ['orders in alaska in march 2021', 'empty'],
    ['help', 'told'],
  ])('“%s” is shown as %s, without a picture', async (text, status) => {
    const [engine, seen] = [createChatEngine(), watchPlace()]
    expect(await take(engine, said(text), seen)).toBe('answered')
    expect(seen.shown).toMatchObject([{ view: { status } }])
    expect(seen.shown[0]?.png).toBeUndefined()
  })

  test('a diagram that is told comes as a picture', async () => {
    const [engine, seen] = [createChatEngine(), watchPlace()]
    const frame = { kind: 'diagram' as const, title: 'Flow', subtitle: '', alt: 'a' }
    const chart = { ...frame, nodes: [{ id: 'a', label: 'Paid' }], edges: [] }
    const told = {
      status: 'told' as const,
      id: 'd1',
      question: 'q',
      domain: 'd',
      title: 'Flow',
      paragraphs: [],
      items: [],
    }
    await take(engine, { ...said(revenue), work: async () => ({ ...told, chart, choices: [] }) }, seen)
    expect([...seen.shown[0]!.png!.subarray(1, 4)]).toEqual([0x50, 0x4e, 0x47])
  })

  test('without a painter the answer comes without a picture', async () => {
    const [engine, seen] = [createChatEngine(), watchPlace()]
    engine.breakPainter()
    expect(await take(engine, said(revenue), seen)).toBe('answered')
    expect(seen.shown).toMatchObject([{ view: { status: 'answered' }, png: undefined }])
    expect(engine.warned.map(w => w.event)).toEqual(['picture'])
  })

  test('a known failure is shown with its sentence, an unknown one with an incident and nothing of what it says', async () => {
    const [engine, seen] = [createChatEngine(), watchPlace()]
    expect(await take(engine, said('time out'), seen)).toBe('failed')
    expect(await take(engine, said('break'), seen)).toBe('failed')
    expect(seen.shown.map(({ view }) => view)).toEqual([
      {
        status: 'failed',
        message: 'The database did not answer within 30 seconds.',
        next: 'Ask for a shorter period or fewer splits.',
        retry: false,
        incident: 'inc-1',
      },
      {
        status: 'failed',
        message: 'Something went wrong on our side (incident inc-2).',
        next: 'Try again; if it repeats, report the incident id.',
        retry: true,
      },
    ])
    expect(engine.logged).toHaveLength(2)
  })

  test('that takes long is shown as being worked on, with the words of now, and then as its answer', async () => {
    const [engine, seen] = [createChatEngine({ patience: 20 }), watchPlace()]
    const outcome = take(engine, said('be slow'), seen)
    await vi.waitFor(() => expect(seen.calls).toContain('working Counting orders true'))
    engine.finishSlow()
    expect(await outcome).toBe('answered')
    expect(seen.calls).toEqual(['status Counting orders', 'working Counting orders true', 'show answered'])
  })

  test('then shows what is written of its answer, at most every two seconds, and never before it is shown as worked on', async () => {
    const effects = { ...realEffects, ticks: () => now }
    let now = 0
    const engine = createChatEngine({ patience: 1 }, effects)
    const calls: string[] = []
    const shown = Promise.withResolvers<void>()
    const seen = watchPlace({
      working: async () => {
        calls.push('working')
        await shown.promise
      },
      telling: async sentences => void calls.push(sentences.join(' ')),
      show: async () => void calls.push('show'),
    })
    const outcome = take(engine, said('be slow'), seen)
    await vi.waitFor(() => expect(calls).toEqual(['working']))
    engine.write(['Too early.'])
    shown.resolve()
    await wait(20)
    engine.write(['A.'])
    engine.write(['A.', 'B.'])
    now = 2000
    engine.write(['A.', 'B.', 'C.'])
    await vi.waitFor(() => expect(calls).toHaveLength(3))
    engine.finishSlow()
    await outcome
    expect(calls).toEqual(['working', 'A.', 'A. B. C.', 'show'])
  })

  test('where what is written cannot be shown it is not tried again, and the answer comes', async () => {
    let now = 0
    const engine = createChatEngine({ patience: 1 }, { ...realEffects, ticks: () => now })
    const seen = watchPlace({ telling: () => Promise.reject(new Error('ratelimited')) })
    const outcome = take(engine, said('be slow'), seen)
    await vi.waitFor(() => expect(seen.calls).toHaveLength(2))
    for (now = 10_000; now < 40_000; now += 10_000) {
      engine.write(['A.'])
      await wait(5)
    }
    engine.finishSlow()
    expect(await outcome).toBe('answered')
    expect(engine.warned.map(w => w.event)).toEqual(['story'])
  })

  test('the answer waits for the working message that it replaces', async () => {
    const opened = Promise.withResolvers<void>()
    const calls: string[] = []
    const engine = createChatEngine({ patience: 1 })
    const seen = watchPlace({
      working: async () => {
        calls.push('working')
        await opened.promise
        calls.push('worked')
      },
      show: async () => void calls.push('show'),
    })
    const outcome = take(engine, said('be slow'), seen)
    await vi.waitFor(() => expect(calls).toEqual(['working']))
    engine.finishSlow()
    await wait(20)
    expect(calls).toEqual(['working'])
    opened.resolve()
    await outcome
    expect(calls).toEqual(['working', 'worked', 'show'])
  })

  test('trouble with status words harms nothing', async () => {
    const engine = createChatEngine({ patience: 1 })
    const fail = () => Promise.reject(new Error('no status'))
    const seen = watchPlace({ status: fail, working: fail })
    const outcome = take(engine, said('be slow'), seen)
    await vi.waitFor(() => expect(engine.warned.map(w => w.event)).toEqual(['status', 'working']))
    engine.finishSlow()
    expect(await outcome).toBe('answered')
    expect(seen.shown).toHaveLength(1)
  })

  test('that is stopped stops the query and says so', async () => {
    const [engine, seen] = [createChatEngine(), watchPlace()]
    const outcome = take(engine, said('be slow'), seen)
    await vi.waitFor(() => expect(engine.asked).toHaveLength(1))
    expect(engine.running.stopThread('t1')).toBe(1)
    expect(await outcome).toBe('stopped')
    expect(engine.stopped).toEqual(['a1'])
    expect(seen.shown).toMatchObject([{ view: { message: 'Stopped. Nothing more is running.' } }])
    expect(engine.logged).toEqual([])
  })

  test('waits for the turn before in its thread, and for none of another', async () => {
    const [engine, seen] = [createChatEngine(), watchPlace()]
    const slow = take(engine, said('be slow'), seen)
    const next = take(engine, said(revenue), seen)
    await take(engine, said('help', { thread: 't2' }), seen)
    expect(engine.asked.map(a => a.text)).toEqual(['be slow', 'help'])
    engine.finishSlow()
    await Promise.all([slow, next])
    expect(engine.asked.map(a => a.text)).toEqual(['be slow', 'help', revenue])
  })

  test('waits when too many are worked on, says so, and can be stopped while it waits', async () => {
    const [engine, seen] = [createChatEngine({ seats: 1 }), watchPlace()]
    const slow = take(engine, said('be slow'), watchPlace())
    await vi.waitFor(() => expect(engine.asked).toHaveLength(1))
    const waiting = take(engine, said(revenue, { thread: 't2' }), seen)
    const stopped = take(engine, said('help', { thread: 't3' }), seen)
    await vi.waitFor(() => expect(engine.parts.seats.waiting()).toBe(2))
    expect(engine.running.stopThread('t3')).toBe(1)
    expect(await stopped).toBe('stopped')
    expect(engine.asked).toHaveLength(1)
    engine.finishSlow()
    expect(await Promise.all([slow, waiting])).toEqual(['answered', 'answered'])
    expect(seen.calls).toContain('status Many questions at once: this one waits its turn…')
    expect(engine.parts.seats.waiting()).toBe(0)
  })

  test('whose answer nobody takes is counted and logged once', async () => {
    const engine = createChatEngine()
    const seen = watchPlace({ show: () => Promise.reject(new Error('channel_not_found')) })
    expect(await take(engine, said(revenue), seen)).toBe('undelivered')
    expect(engine.logged.map(l => (l.error as Error).message)).toEqual(['channel_not_found'])
    expect((await engine.parts.metrics.page()).text).toContain('chartroom_undelivered_total{platform="slack"} 1')
  })

  test('a program that ends waits for it, and stops what takes too long', async () => {
    const [engine, seen] = [createChatEngine(), watchPlace()]
    const outcome = take(engine, said('be slow'), seen)
    await vi.waitFor(() => expect(engine.asked).toHaveLength(1))
    await engine.running.drain(10)
    expect(await outcome).toBe('stopped')
    expect(seen.shown).toHaveLength(1)
    expect(await take(engine, said('help'), seen)).toBe('stopped')
    expect(engine.asked).toHaveLength(1)
  })

  test('is counted by platform, planner and status', async () => {
    const [engine, seen] = [createChatEngine(), watchPlace()]
    await take(engine, said(revenue), seen)
    await take(engine, said('time out'), seen)
    const { text } = await engine.parts.metrics.page()
    expect(text).toContain('chartroom_questions_total{platform="slack",status="answered",planner="rules"} 1')
    expect(text).toContain('chartroom_questions_total{platform="slack",status="failed",planner="none"} 1')
    expect(text).toContain('chartroom_step_seconds_count{step="turn"} 2')
  })

  test('passes on who asks, from where, who reads the answer, and which data it is about', async () => {
    const [engine, seen] = [createChatEngine(), watchPlace()]
    const about = { place: 'C1', standing: 'guest', groups: ['S1'], audience: 'place' } as const
    await take(engine, said(revenue, { about, domain: 'sales_2024' }), seen)
    const asker = { platform: 'slack', tenant: 'T1', user: 'U1', place: 'C1', standing: 'guest', groups: ['S1'] }
    expect(engine.asked).toEqual([
      { text: revenue, query: undefined, thread: 't1', domain: 'sales_2024', asker, audience: 'place' },
    ])
  })

  test('may be work that is no question: told like one, stopped like one, and not tried again', async () => {
    const [engine, seen] = [createChatEngine({ seats: 0 }), watchPlace()]
    const work: Said['work'] = async ({ onStatus }) => {
      onStatus('Reading')
      return told('t9', 'sales.csv')
    }
    expect(await take(engine, said('sales.csv', { work }), seen)).toBe('answered')
    expect(seen.calls).toEqual(['status Reading', 'show told'])
    const broken = { work: () => Promise.reject(new Error('disk')), key: 'k2' }
    expect(await take(engine, said('sales.csv', broken), seen)).toBe('failed')
    expect(seen.shown[1]).toMatchObject({ view: { status: 'failed', retry: true }, again: undefined })
    expect(engine.asked).toEqual([])
  })

  test('only the one who asked may stop it', async () => {
    const [engine, seen] = [createChatEngine({ patience: 1 }), watchPlace()]
    const runs: string[] = []
    seen.place.working = async (_, run) => void runs.push(run)
    const outcome = take(engine, said('be slow'), seen)
    await vi.waitFor(() => expect(runs).toHaveLength(1))
    expect([engine.running.stop(runs[0]!, 'U2'), engine.running.stop('other', 'U1')]).toEqual([false, false])
    expect(engine.running.stop(runs[0]!, 'U1')).toBe(true)
    expect(await outcome).toBe('stopped')
  })

  test('a cancelled database statement counts as stopped, not as a failure to be looked into', async () => {
    const ask = () => Promise.reject(ChartroomError.of('engine/cancelled'))
    const [engine, seen] = [createChatEngine({ useCases: { ask } }), watchPlace()]
    expect(await take(engine, said('x'), seen)).toBe('stopped')
    expect(engine.logged).toEqual([])
  })
})

describe('who is listened to', () => {
  test('are members, unless it is said otherwise', async () => {
    const heard = async (parts: Parameters<typeof isHeard>[1]) =>
      Promise.all((['member', 'guest', 'external'] as const).map(standing => isHeard(standing, parts)))
    expect(await heard({})).toEqual([true, false, false])
    expect(await heard({ mayAsk: async standing => standing !== 'external' })).toEqual([true, true, false])
  })
})
