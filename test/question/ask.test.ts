import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { restrictParts } from '#src/access/restrict.ts'
import type { Rights } from '#src/access/rights.ts'
import { type Ask, createAsk } from '#src/ask.ts'
import type { Domain } from '#src/domain.ts'
import { fixedEffects } from '#src/effects.ts'
import { createThreads, type Threads } from '#src/threads.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { toRecords } from '#src/vocabulary/table.ts'
import { worldOf } from '#test/semantic/compile-world.ts'
import { openSampleShop } from './sample-shop.ts'

const effects = fixedEffects('2024-01-01T09:00:00Z')
let domain: Domain
let close: () => Promise<void>
beforeAll(async () => {
  ;({ domain, close } = await openSampleShop({ NUM_ORDERS: '800', NUM_CUSTOMERS: '60' }, effects))
  await domain.knowledge()
})
afterAll(() => close())

const asking = (of: () => Domain | Promise<Domain>): Ask =>
  createAsk({ domain: async () => of(), threads: createThreads(), warn: () => undefined, effects })
const ask = (text: string, more: Partial<Parameters<Ask>[0]> = {}) => asking(() => domain)({ text, ...more })

const as = <S extends Answer['status']>(answer: Answer, status: S): Extract<Answer, { status: S }> => {
  if (answer.status !== status) throw new Error(`${answer.status}: ${'message' in answer ? answer.message : ''}`)
  return answer as Extract<Answer, { status: S }>
}

describe('an answer', () => {
  test('has the rows asked for, a story, a chart, a receipt and what may be asked next', async () => {
    const answer = as(await ask('revenue by channel in March'), 'answered')
    expect(answer.table.columns.map(c => [c.name, c.role])).toEqual([
      ['channel', 'dimension'],
      ['revenue', 'measure'],
    ])
    expect(
      toRecords(answer.table)
        .map(r => r.channel)
        .toSorted(),
    ).toEqual(['mobile', 'store', 'web'])
    expect(answer.query).toMatchObject({
      measures: [{ measure: 'revenue' }],
      splits: [{ dimension: 'channel' }],
      period: { start: '2023-03-01', end: '2023-04-01' },
    })
    expect(answer.story.headline.text).not.toBe('')
    expect(answer.chart.kind).toBe('bar')
    expect(answer.unused).toEqual([])
    expect(answer.next.length).toBeGreaterThan(0)
    expect(answer.next.every(choice => choice.query && choice.label)).toBe(true)
  })

  test('its receipt says how it was worked out', async () => {
    const { receipt } = as(await ask('orders paid by PayPal by month in 2023, without cancelled ones'), 'answered')
    expect(receipt).toMatchObject({
      domain: 'ecommerce',
      origin: 'certified',
      period: '2023',
      filters: ['payment method PayPal', 'status not cancelled'],
      rows: 12,
      truncated: false,
      cached: false,
      params: ['PayPal', 'cancelled', '2023-01-01', '2024-01-01'],
      freshness: { dataUntil: '2023-12-31', source: 'the sample shop that Chartroom makes itself' },
      measures: [{ name: 'orders', label: 'orders' }],
    })
    expect(receipt.sql).toMatch(/^with "part_1" as \(select/)
    expect(receipt.reading).toBe('Orders by month, 2023, payment method PayPal, status not cancelled')
  })

  test('the same question a second time comes from what was kept', async () => {
    const twice = asking(() => domain)
    const text = 'units by segment in February'
    expect(as(await twice({ text }), 'answered').receipt.cached).toBe(false)
    expect(as(await twice({ text }), 'answered').receipt.cached).toBe(true)
  })

  test('a slip of the hand is confessed', async () => {
    const { receipt } = as(await ask('revnue by categroy'), 'answered')
    expect(receipt.notes).toEqual(
      expect.arrayContaining(['Read “revnue” as “revenue”.', 'Read “categroy” as “category”.']),
    )
  })

  test('a period read again from the data’s end is confessed', async () => {
    const answer = as(await ask('revenue this month'), 'answered')
    expect(answer.query.period).toMatchObject({ start: '2023-12-01', insteadOf: '1 Jan 2024' })
    expect(answer.receipt.notes.join(' ')).toContain('1 Jan 2024')
    expect(answer.receipt.notes.join(' ')).toContain('December 2023')
  })

  test('parts that add up to more than the whole are confessed', async () => {
    const { receipt } = as(await ask('orders by category'), 'answered')
    expect(receipt.notes.join(' ')).toContain('may add up to more than the total')
  })

  test('every answer has an id of its own', async () => {
    const [a, b] = [await ask('revenue'), await ask('revenue')]
    expect(a.id).not.toBe(b.id)
  })
})

describe('asked back', () => {
  test('a word that was not used is named, and nothing is run', async () => {
    let runs = 0
    const counted: Domain = {
      ...domain,
      run: (q, o) => {
        runs += 1
        return domain.run(q, o)
      },
    }
    const answer = as(await asking(() => counted)({ text: 'revenue by blorbex' }), 'clarify')
    expect(answer.unused).toEqual(['blorbex'])
    expect(answer.message).toContain('“blorbex”')
    expect(answer.choices.length).toBeGreaterThan(0)
    expect(runs).toBe(0)
  })

  test.each(['', '   ', '?!?', '🙂🙂', 'x'.repeat(3000), 'выручка по штатам', '売上'])(
    '“%.12s” comes to nothing, kindly',
    async text => {
      const answer = as(await ask(text), 'clarify')
      expect(answer.message.length).toBeLessThan(250)
      expect(answer.choices.length).toBeGreaterThan(0)
    },
  )

  test('two readings with different figures are both offered', async () => {
    const answer = as(await asking(() => ways.domain)({ text: 'trips Rome' }), 'clarify')
    expect(answer.choices.map(c => c.label)).toEqual(['Trips, sender city Rome', 'Trips, receiver city Rome'])
    const [, second] = answer.choices
    const chosen = await asking(() => ways.domain)({ text: second?.question ?? '', query: second?.query })
    expect(as(chosen, 'answered').table.rows).toEqual([[1]])
  })

  test('two readings with the same figures are one answer', async () => {
    expect(as(await asking(() => ways.domain)({ text: 'trips Oslo' }), 'answered').table.rows).toEqual([[2]])
  })
})

describe('refused', () => {
  test.each<[string, string]>([
    ['shipping fees by category', 'measure/not-by-dimension'],
    ['revenue next month', 'period/future'],
    ['revenue by customer email', 'dimension/personal'],
  ])('%s', async (text, code) => {
    const answer = await ask(text)
    if (answer.status === 'answered') throw new Error(JSON.stringify(answer.query))
    expect(as(answer, 'refused').code).toBe(code)
    expect(as(answer, 'refused').message).toMatch(/^\p{Lu}.*[.?:]$/su)
  })

  test('with what can be asked instead, ready to be clicked', async () => {
    const { choices } = as(await ask('shipping fees by category'), 'refused')
    expect(choices.length).toBeGreaterThan(0)
    for (const choice of choices)
      expect(as(await ask(choice.question, { query: choice.query }), 'answered').table.rows.length).toBeGreaterThan(1)
  })
})

describe('nothing found', () => {
  test('says from when to when the data goes, and offers all of it', async () => {
    const answer = as(await ask('revenue in 2019'), 'empty')
    expect(answer.message).toBe('There is no data for 2019: it goes from 2023-01-01 to 2023-12-31.')
    expect(answer.choices).toMatchObject([{ label: 'The same over all data', query: { period: undefined } }])
    expect(answer.receipt.rows).toBe(1)
    const [choice] = answer.choices
    expect(as(await ask('', { query: choice?.query }), 'answered').table.rows).toHaveLength(1)
  })
})

describe('told', () => {
  test.each([
    ['what can you do', 'Ask me about online shop'],
    ['what is AOV', 'Average order value'],
    ['which KPIs are there?', 'What can be measured in online shop'],
    ['how fresh is the data', 'How fresh the data is'],
  ])('%s', async (text, title) => {
    const answer = as(await ask(text), 'told')
    expect(answer.title).toBe(title)
    expect(answer.paragraphs.length + answer.items.length).toBeGreaterThan(0)
  })
})

describe('a conversation', () => {
  test('changes one part at a time, and goes back', async () => {
    const say = asking(() => domain)
    const turn = async (text: string) => {
      const answer = await say({ text, thread: 't' })
      return answer.status === 'answered'
        ? answer.receipt.reading
        : `${answer.status}: ${'message' in answer ? answer.message : ''}`
    }
    expect(await turn('revenue in March')).toBe('Revenue, March 2023')
    expect(await turn('and by category?')).toBe('Revenue by category, March 2023')
    expect(await turn('what about April')).toBe('Revenue by category, April 2023')
    expect(await turn('back')).toBe('Revenue by category, March 2023')
    expect(await turn('back')).toBe('Revenue, March 2023')
    expect(await turn('back')).toBe('clarify: There is nothing to go back to in this conversation.')
    expect(await turn('only Texas')).toBe('Revenue, March 2023, state Texas')
  })

  test('two conversations know nothing of each other, and a question without one remembers nothing', async () => {
    const say = asking(() => domain)
    await say({ text: 'revenue in March', thread: 'a' })
    expect((await say({ text: 'and by category?', thread: 'b' })).status).not.toBe('answered')
    expect((await say({ text: 'and by category?' })).status).not.toBe('answered')
    expect((await say({ text: 'and by category?', thread: 'a' })).status).toBe('answered')
  })

  test('goes on for somebody who may see less without what is hidden from them, and does not name it', async () => {
    const rights: Rights = {
      ...{ role: 'viewer', level: 'viewer', kpis: {}, rows: {}, session: {} },
      hide: { ecommerce: ['discounts', 'payment_method'] },
    }
    const narrow = domain.as({ key: 'narrow', narrow: parts => restrictParts(parts, rights) })
    const say = asking(() => sight)
    let sight = domain
    const words = async (text: string) => {
      const answer = await say({ text, thread: 'shared' })
      return answer.status === 'answered' ? answer.receipt.reading : 'message' in answer ? answer.message : ''
    }
    expect(await words('revenue in March')).toBe('Revenue, March 2023')
    expect(await words('discounts paid by PayPal in March')).toMatch(/^Discounts/)
    sight = narrow
    for (const text of ['by channel', 'only Texas', 'why'])
      expect(await words(text)).not.toMatch(/discount|payment|paypal/i)
    sight = domain
    expect(await words('revenue by channel')).toBe('Revenue by channel')
    sight = narrow
    expect(await words('back')).toBe('There is nothing to go back to in this conversation.')
  })

  test('a turn that was not answered leaves the conversation as it was', async () => {
    const say = asking(() => domain)
    await say({ text: 'revenue in March', thread: 'c' })
    await say({ text: 'by blorbex', thread: 'c' })
    const answer = as(await say({ text: 'by channel', thread: 'c' }), 'answered')
    expect(answer.receipt.reading).toBe('Revenue by channel, March 2023')
  })

  test('a click on a button is a turn too', async () => {
    const say = asking(() => domain)
    const first = as(await say({ text: 'revenue in March', thread: 'd' }), 'answered')
    const [choice] = first.next
    await say({ text: choice?.label ?? '', query: choice?.query, thread: 'd' })
    const answer = as(await say({ text: 'only Texas', thread: 'd' }), 'answered')
    expect(answer.query.splits).toEqual(choice?.query?.splits)
  })
})

describe('a query that is passed as it is', () => {
  const query = {
    domain: 'ecommerce',
    measures: [{ measure: 'orders' }],
    splits: [],
    filters: [],
    having: [],
    order: [],
    intent: 'value' as const,
  }

  test('is run without reading any words', async () => {
    const answer = as(await ask('zzqx', { query }), 'answered')
    expect(answer.table.rows).toEqual([[800]])
    expect(answer.question).toBe('zzqx')
  })

  test('is refused when it makes no sense', async () => {
    const bad = { ...query, order: [{ by: 'profit', direction: 'desc' as const }] }
    expect(as(await ask('x', { query: bad }), 'refused').code).toBe('query/unknown-name')
    const personal = { ...query, splits: [{ dimension: 'customer_email' }] }
    expect(as(await ask('x', { query: personal }), 'refused').code).toBe('dimension/personal')
  })
})

describe('when it does not come to an answer', () => {
  test('stopping it throws, and the conversation is as it was', async () => {
    const say = asking(() => domain)
    const stopped = AbortSignal.abort()
    await expect(say({ text: 'gross margin by city and product', thread: 'e' }, { signal: stopped })).rejects.toThrow()
    expect((await say({ text: 'by channel', thread: 'e' })).status).not.toBe('answered')
  })

  test('a failure of the engine comes through with its code', async () => {
    const failing: Domain = {
      ...domain,
      run: () => Promise.reject(ChartroomError.of('engine/timeout', { seconds: 1 })),
    }
    await expect(asking(() => failing)({ text: 'revenue' })).rejects.toMatchObject({ code: 'engine/timeout' })
  })

  test('a failure while looking further does not spoil the answer', async () => {
    let runs = 0
    const failing: Domain = {
      ...domain,
      run: (q, o) =>
        runs++ === 0 ? domain.run(q, o) : Promise.reject(ChartroomError.of('engine/timeout', { seconds: 1 })),
    }
    const warned: string[] = []
    const say = createAsk({
      domain: async () => failing,
      threads: createThreads(),
      warn: event => warned.push(event),
      effects,
    })
    expect((await say({ text: 'why did revenue go up in November?' })).status).toBe('answered')
    expect(warned).toContain('study/further-query')
  })

  test('an answer that cannot be remembered is given all the same', async () => {
    const warned: string[] = []
    const away = () => Promise.reject(ChartroomError.of('state/unavailable'))
    const forgetful = (threads: Partial<Threads>) =>
      createAsk({
        domain: async () => domain,
        threads: { ...createThreads(), ...threads },
        warn: event => warned.push(event),
        effects,
      })
    const answer = await forgetful({ remember: away })({ text: 'revenue', thread: 't' })
    expect([answer.status, warned]).toEqual(['answered', ['threads/remember']])
    // What it would follow up on is not known, so any answer might be a wrong one.
    await expect(forgetful({ last: away })({ text: 'only Texas', thread: 't' })).rejects.toMatchObject({
      code: 'state/unavailable',
    })
  })

  test('an unknown domain comes through', async () => {
    const none = () => Promise.reject(ChartroomError.of('domain/unknown', { domain: 'x', known: ['ecommerce'] }))
    await expect(asking(none)({ text: 'revenue', domain: 'x' })).rejects.toMatchObject({ code: 'domain/unknown' })
  })
})

test('the steps are told while it works', async () => {
  const heard: string[] = []
  await asking(() => domain)({ text: 'revenue by state' }, { onStatus: words => heard.push(words) })
  expect(heard).toEqual(['Reading the question…', 'Working it out…', 'Looking at what stands out…'])
})

const ways = worldOf('ways', [
  `create table trips (id integer, made_on date, sender varchar, receiver varchar, weight double)`,
  `insert into trips values (1, '2023-05-01', 'Rome', 'Bonn', 5), (2, '2023-05-02', 'Rome', 'Bonn', 6), (3, '2023-05-03', 'Bonn', 'Rome', 7), (4, '2023-05-04', 'Oslo', 'Oslo', 1), (5, '2023-05-05', 'Oslo', 'Oslo', 2)`,
])
