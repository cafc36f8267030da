import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jsonLine, toJson } from '#handlers/cli/json.ts'
import { type Ask, createAsk } from '#src/ask.ts'
import { createAskQuery } from '#src/ask-query.ts'
import { fixedEffects, realEffects } from '#src/effects.ts'
import type { Complete } from '#src/nl2sql/client/complete.ts'
import { openModel } from '#src/nl2sql/client/openai.ts'
import { openAgent } from '#src/nl2sql/open-agent.ts'
import { createThreads } from '#src/threads.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { openApi } from '#test/fakes/api.ts'
import { openFakeOpenAi } from '#test/fakes/openai.ts'
import { openSampleShop } from '#test/question/sample-shop.ts'

let shop: Awaited<ReturnType<typeof openSampleShop>>
let api: Awaited<ReturnType<typeof openApi>>
let ask: Ask

beforeAll(async () => {
  const effects = fixedEffects('2024-01-10T09:00:00Z')
  shop = await openSampleShop({ NUM_ORDERS: '800', NUM_CUSTOMERS: '60' }, effects)
  const domain = async (name?: string) => {
    if (name !== undefined && name !== 'ecommerce')
      throw ChartroomError.of('domain/unknown', { domain: name, known: ['ecommerce'] })
    return shop.domain
  }
  ask = createAsk({ domain, threads: createThreads(), warn: () => undefined, effects })
  const query = createAskQuery({ domain, ask }, effects)
  api = await openApi({ questions: { ask, query, print: answer => jsonLine(toJson(answer)) } })
})
afterAll(async () => {
  await api?.close()
  await shop?.close()
})

type Json = {
  status: string
  rows: Record<string, unknown>[]
  message: string
  sql: string
  receipt: { reading: string }
}

const get = async (path: string) => {
  const { status, json } = await api.get(path)
  return { http: status, json: json as Json }
}
/** What a question in words gives. */
const inWords = async (text: string) => JSON.parse(jsonLine(toJson(await ask({ text, today: '2024-01-10' })))) as Json
/** What differs from answer to answer. */
const same = ({ json }: { json: Json }) => ({ sql: json.sql, rows: json.rows, reading: json.receipt.reading })

describe('a question to the sample shop', () => {
  it('for which a language model takes too long says so, and does not blame the database', async () => {
    const server = await openFakeOpenAi(() => ({ hang: 'silent' }))
    const attempt = openModel({ baseUrl: server.url, model: 'm' }, realEffects)
    const complete = (async (request, options) => attempt(request, options?.signal)) as Complete
    const workOut = await openAgent(complete)
    const effects = fixedEffects('2024-01-10T09:00:00Z')
    const slow = createAsk({
      ...{ domain: async () => shop.domain, threads: createThreads(), warn: () => undefined },
      ...{ workOut: () => workOut, effects },
    })
    const questions = {
      ask: slow,
      query: createAskQuery({ domain: async () => shop.domain, ask: slow }, effects),
      print: () => '',
    }
    const hasty = await openApi({ questions, timeoutMs: 1500 })
    const { status, json } = await hasty.get('/ask?question=how+long+do+punters+wait+before+they+come+back')
    await hasty.close()
    await server.close()
    expect([status, json]).toEqual([504, expect.objectContaining({ code: 'language/slow', title: 'It took too long' })])
  })

  it('is answered as the terminal does', async () => {
    const { http, json } = await get('/ask?question=revenue+by+category+in+2023&today=2024-01-10')
    const terminal = await inWords('revenue by category in 2023')
    expect(http).toBe(200)
    expect({ ...json, id: '', receipt: { ...json.receipt, cached: false } }).toEqual({
      ...terminal,
      id: '',
      receipt: { ...terminal.receipt, cached: false },
    })
    expect(json.rows.length).toBe(7)
  })

  it('that is not understood is asked back, with status 200', async () => {
    const { http, json } = await get('/ask?question=flurbs+by+category')
    expect([http, json.status]).toEqual([200, 'clarify'])
  })

  it('of a domain that there is not is 400', async () => {
    expect((await get('/ask?question=revenue&domain=sales')).http).toBe(400)
    expect((await get('/query?measures=revenue&domain=sales')).http).toBe(400)
  })
})

describe('a query to the sample shop gives what the same question in words gives', () => {
  it.each([
    ['measures=revenue&dimensions=category&period=2023&order=revenue:desc', 'revenue by category in 2023'],
    ['measures=orders&dimensions=month&period=2023', 'orders by month in 2023'],
    ['measures=revenue&period=last%20month', 'revenue last month'],
    ['measures=revenue&filters=state:in:Texas|California&period=2023', 'revenue in Texas and California in 2023'],
    [
      'measures=revenue&dimensions=category&period=2023-05-01%20to%202023-05-31&order=revenue:desc&limit=3',
      'top 3 categories by revenue from 2023-05-01 to 2023-05-31',
    ],
    [
      'measures=revenue&dimensions=category&period=2023-Q2&compare=previous_period'.replace('2023-Q2', 'Q2%202023'),
      'revenue by category in Q2 2023 vs Q1 2023',
    ],
    ['measures=revenue&period=June%202023&compare=May%202023', 'revenue in June 2023 vs May 2023'],
    ['measures=orders,revenue&dimensions=segment&period=2023', 'orders and revenue by segment in 2023'],
  ])('%s', async (query, words) => {
    const { http, json } = await get(`/query?${query}&today=2024-01-10`)
    const said = await inWords(words)
    expect([http, json.status]).toEqual([200, 'answered'])
    const sorted = (rows: Json['rows']) => rows.map(row => JSON.stringify(row)).toSorted()
    expect(sorted(json.rows)).toEqual(sorted(said.rows))
    expect(json.rows.length).toBeGreaterThan(0)
  })

  it('two ways to write a range are one', async () => {
    const [words, slash, dots] = await Promise.all(
      ['2023-05-01 to 2023-05-31', '2023-05-01/2023-05-31', '2023-05-01..2023-05-31'].map(period =>
        get(`/query?measures=revenue&period=${encodeURIComponent(period)}`),
      ),
    )
    expect(same(slash!)).toEqual(same(words!))
    expect(same(dots!)).toEqual(same(words!))
  })

  it('values are bound, whatever they are', async () => {
    const nasty = `x' OR 1=1; DROP TABLE orders --`
    const { http, json } = await get(`/query?measures=orders&filters=${encodeURIComponent(`state:in:${nasty}`)}`)
    expect([http, json.status]).toEqual([200, 'answered'])
    expect(json.rows).toEqual([{ orders: 0 }])
    expect(json.sql).not.toContain('DROP')
  })

  it('what makes no sense is refused as a question would be', async () => {
    const { http, json } = await get('/query?measures=discounts&dimensions=category')
    expect([http, json.status]).toEqual([200, 'refused'])
  })
})

describe('a query with wrong names', () => {
  it('tells all of them, with the nearest', async () => {
    const { json } = await api.get(
      '/query?measures=revenu,orders&dimensions=categry,month&filters=statte:in:Texas&filters=state~Texas&period=whenever&compare=never&order=profit:up&limit=3',
    )
    const { errors } = json as { errors: { parameter: string; detail: string }[] }
    expect(errors.map(({ parameter, detail }) => `${parameter} ${detail}`)).toEqual([
      expect.stringMatching(/^measures has no measure "revenu"; did you mean revenue/),
      expect.stringMatching(/^dimensions has no dimension "categry"; did you mean category/),
      expect.stringMatching(/^filters has no dimension "statte"; did you mean state/),
      expect.stringMatching(/^filters must be like state:in:Texas\|California/),
      expect.stringMatching(/^order has no column in this query called "profit"/),
      expect.stringMatching(/^period must be a period such as "last month"/),
    ])
  })

  it.each([
    ['measures=name', 'measures'],
    ['measures=constructor', 'measures'],
    ['measures=revenue&dimensions=email', 'dimensions'],
    ['measures=revenue&dimensions=__proto__', 'dimensions'],
    ['measures=revenue&filters=email:in:a@b.example', 'filters'],
    ['measures=revenue,revenue', 'measures'],
    ['measures=revenue&dimensions=state,state', 'dimensions'],
    ['measures=a,b,c,d,e,f,g', 'measures'],
    ['measures=,', 'measures'],
    ['measures=revenue&dimensions=state,city,category,month', 'dimensions'],
    ['measures=revenue&filters=state:like:T%25', 'filters'],
    ['measures=revenue&filters=state:gt:', 'filters'],
    ['measures=revenue&filters=list_price:gt:many', 'filters'],
    ['measures=revenue&filters=ordered_at:gt:soon', 'filters'],
    ['measures=revenue&filters=ordered_at:gte:2023-05-01T25:00', 'filters'],
    ['measures=revenue&filters=signup_date:in:2023-02-30', 'filters'],
    ['measures=revenue&filters=list_price:between:5', 'filters'],
    ['measures=revenue&filters=list_price:between:9|5', 'filters'],
    ['measures=revenue&filters=ordered_at:between:2023-05-31|2023-05-01', 'filters'],
    ['measures=revenue&filters=state:between:2023-05-01|2023-05-31', 'filters'],
    ['measures=revenue&filters=channel:is_null:x', 'filters'],
    ['measures=revenue&period=2023-02-30', 'period'],
    ['measures=revenue&compare=never', 'compare'],
    ['measures=sum()', 'measures'],
    ['measures=explode(revenue)', 'measures'],
    ['measures=revenue&dimensions=state&order=state:down', 'order'],
  ])('%s', async (query, parameter) => {
    const { status, json } = await api.get(`/query?${query}`)
    const { errors } = json as { errors?: { parameter: string }[] }
    expect([status, [...new Set(errors?.map(e => e.parameter))]]).toEqual([400, [parameter]])
  })

  it('ends in the wrong order are told apart from ends that are missing', async () => {
    const { json } = await api.get('/query?measures=revenue&filters=list_price:between:9|5')
    expect(JSON.stringify(json)).toContain(
      'must give the smaller end of list_price first, as in list_price:between:5|9',
    )
  })
})

it.each([
  ['in:2023-03-01', '2023-03-01 to 2023-03-01'],
  ['eq:2023-03-01', '2023-03-01 to 2023-03-01'],
  ['lte:2023-03-01', '2020-01-01 to 2023-03-01'],
  ['gt:2023-03-01', '2023-03-02 to 2030-12-31'],
  ['between:2023-03-01|2023-03-02', '2023-03-01 to 2023-03-02'],
])('a bare day of moments is all of that day: %s', async (filter, period) => {
  const filtered = await get(`/query?measures=orders&filters=ordered_at:${filter}`)
  const within = await get(`/query?measures=orders&period=${encodeURIComponent(period)}`)
  expect([filtered.http, within.http]).toEqual([200, 200])
  expect(filtered.json.rows[0]?.orders, filtered.json.sql).toBe(within.json.rows[0]?.orders)
  expect(filtered.json.rows[0]?.orders).toBeGreaterThan(0)
})
