import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientOf } from '#handlers/http/api-limit.ts'
import { problemSchema } from '#handlers/http/problem.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { scriptedAnalytics } from '#test/fakes/analytics.ts'
import { answered } from '#test/fakes/answers.ts'
import { openApi, scriptedQuestions } from '#test/fakes/api.ts'

const may = 'start_date=2024-05-01&end_date=2024-05-31&product_context=pool'

const failing = scriptedAnalytics({
  volume: async () => {
    throw new TypeError('secret detail of /some/path')
  },
  engagement: async () => {
    throw ChartroomError.of('engine/timeout', { seconds: 30 })
  },
  retention: async () => {
    throw ChartroomError.of('engine/busy')
  },
  'tool-usage': (_, { signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))),
})
const { analytics, asked, paths } = scriptedAnalytics()
const script = scriptedQuestions()

let api: Awaited<ReturnType<typeof openApi>>
let broken: Awaited<ReturnType<typeof openApi>>
beforeAll(async () => {
  api = await openApi({ analytics, questions: script.questions })
  broken = await openApi({ analytics: failing.analytics, questions: script.questions, timeoutMs: 150 })
})
afterAll(() => Promise.all([api.close(), broken.close()]))

const faultsOf = ({ json }: { json: unknown }) =>
  Object.fromEntries((problemSchema.parse(json).errors ?? []).map(({ parameter, detail }) => [parameter, detail]))

describe('a KPI', () => {
  it.each(paths)('%s is at its own address', async path => {
    const { status, json } = await api.get(`/analytics/${path}?${may}`)
    expect([status, json]).toEqual([200, { kpi: path, product_context: 'pool', days_count: 31 }])
  })

  it('gets the filters as they were given, and the instants that they mean', async () => {
    await api.get(`/analytics/volume?${may}&environment=production&user_id=u%2F1%20%C3%A4`)
    expect(asked.at(-1)?.filters).toMatchObject({
      start_date: '2024-05-01',
      end_date: '2024-05-31',
      product_context: 'pool',
      environment: 'production',
      user_id: 'u/1 ä',
      from: '2024-04-30T22:00:00Z',
      until: '2024-05-31T22:00:00Z',
    })
  })

  it('an offset is read when its + is encoded', async () => {
    const { status } = await api.get(`/analytics/volume?${may.replace('2024-05-01', '2024-05-01T00:00:00%2B04:00')}`)
    expect([status, asked.at(-1)?.filters.from]).toEqual([200, '2024-04-30T20:00:00Z'])
  })

  it('is of a landscape as well as of a pool', async () => {
    const { json } = await api.get(`/analytics/volume?${may.replace('pool', 'landscape')}`)
    expect(json).toMatchObject({ product_context: 'landscape' })
  })
})

describe('the overview', () => {
  it('has all nine under their names, from the same filters', async () => {
    const { status, json } = await api.get(`/analytics/overview?${may}`)
    const expected = paths.map(path => [
      path.replaceAll('-', '_'),
      { kpi: path, product_context: 'pool', days_count: 31 },
    ])
    expect([status, json]).toEqual([200, Object.fromEntries(expected)])
  })

  it('asks all of them at once: the last begins before the first has answered', async () => {
    let open = 0
    let most = 0
    const slow = async () => {
      most = Math.max(most, ++open)
      await new Promise(resolve => setImmediate(resolve))
      open--
      return {}
    }
    const { analytics } = scriptedAnalytics(Object.fromEntries(paths.map(path => [path, slow])))
    const other = await openApi({ analytics, questions: script.questions })
    await other.get(`/analytics/overview?${may}`)
    await other.close()
    expect(most).toBe(9)
  })

  it('fails as a whole when one of them fails, and stops the others', async () => {
    const { status } = await broken.get(`/analytics/overview?${may}`)
    expect(status).toBeGreaterThanOrEqual(500)
    expect(failing.asked.filter(({ path }) => path === 'tool-usage').at(-1)?.signal.aborted).toBe(true)
  })
})

describe('wrong parameters', () => {
  it('are told all at once, as RFC 9457 has it', async () => {
    const before = asked.length
    const reply = await api.get('/analytics/volume?start_date=31.5.2024&product_context=garden&enviroment=x&user_id=')
    expect(reply.status).toBe(400)
    expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(problemSchema.parse(reply.json)).toMatchObject({
      type: '/problems/parameters',
      title: 'Parameters are wrong',
      status: 400,
      instance: '/analytics/volume',
    })
    expect(faultsOf(reply)).toEqual({
      enviroment: 'is no parameter; did you mean environment?',
      start_date: 'must be a date such as 2023-05-01, or a time such as 2023-05-01T09:30:00Z',
      end_date: 'is required',
      product_context: 'must be pool or landscape',
      user_id: 'must not be empty',
    })
    expect(asked.length).toBe(before)
  })

  it.each([
    ['start_date=2024-05-02&end_date=2024-05-01&product_context=pool', 'end_date', /before start_date/],
    ['start_date=2018-05-02&end_date=2024-05-01&product_context=pool', 'end_date', /at most 5 years/],
    ['start_date=2024-02-30&end_date=2024-05-01&product_context=pool', 'start_date', /must be a date/],
    [`${may}&product_context=landscape`, 'product_context', /more than once/],
    [`${may.replace('2024-05-01', '2024-05-01T00:00:00+02:00')}`, 'start_date', /a \+ is written %2B, as in/],
    [`${may.replace('2024-05-31', '2024-05-31T00:00+0200')}`, 'end_date', /a \+ is written %2B, as in/],
    [`${may.replace('2024-05-31', '2024-05-31%20noon')}`, 'end_date', /must be a date such as/],
    [`${may}&user_id[]=u1`, 'user_id[]', /did you mean user_id/],
    [`${may}&environment=${'x'.repeat(201)}`, 'environment', /at most 200 characters/],
    [`${may}&__proto__=1`, '__proto__', /is no parameter/],
    [`${may}&constructor=1`, 'constructor', /is no parameter/],
    [`${may}&limit=1`, 'limit', /is no parameter; there is start_date, end_date, product_context/],
  ])('%s', async (query, parameter, detail) => {
    for (const path of ['/analytics/overview', '/analytics/segments']) {
      const reply = await api.get(`${path}?${query}`)
      expect([reply.status, faultsOf(reply)]).toEqual([400, { [parameter]: expect.stringMatching(detail) }])
    }
  })

  it('have a page that says what kind of problem they are', async () => {
    expect((await api.get('/problems/parameters')).json).toEqual({
      type: '/problems/parameters',
      title: 'Parameters are wrong',
    })
    expect((await api.get('/problems/toString')).status).toBe(404)
  })

  it('an address of 20 KB is refused, and the listener lives on', async () => {
    expect((await api.request(`/ask?question=${'x'.repeat(20_000)}`)).status).toBe(431)
    expect((await api.get('/ask?question=revenue')).status).toBe(200)
  })
})

describe('what is kept', () => {
  it('a range that is over has an ETag and may be kept; asked again, nothing is sent', async () => {
    const first = await api.get(`/analytics/volume?${may}`)
    const etag = String(first.headers.etag)
    expect(first.headers['cache-control']).toBe('private, max-age=300')
    expect(etag).toMatch(/^"[\w-]{22}"$/)
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await api.get(`/analytics/volume?${may}`, { 'if-none-match': tag })
      expect([again.status, again.body, again.headers.etag]).toEqual([304, '', etag])
    }
    expect((await api.get(`/analytics/volume?${may}`, { 'if-none-match': '"other"' })).status).toBe(200)
    const other = await api.get(`/analytics/volume?${may.replace('05-31', '05-30')}`)
    expect(other.headers.etag).not.toBe(etag)
  })

  it('a range that reaches into today or later is not', async () => {
    for (const end of ['2024-06-15', '2024-12-31']) {
      const { headers } = await api.get(`/analytics/volume?${may.replace('2024-05-31', end)}`)
      expect([headers.etag, headers['cache-control']]).toEqual([undefined, 'no-store'])
    }
    const { headers } = await api.get(`/analytics/volume?${may.replace('2024-05-31', '2024-06-14')}`)
    expect(headers['cache-control']).toBe('private, max-age=300')
  })

  it('neither is an answer or a problem', async () => {
    for (const path of ['/ask?question=x', '/query?measures=revenue', '/ask', '/analytics/nothing'])
      expect((await api.get(path)).headers['cache-control']).toBe('no-store')
  })
})

describe('a question', () => {
  it('is answered with the JSON of the terminal', async () => {
    const { status, body } = await api.request('/ask?question=revenue%20by%20category&today=2024-01-31')
    expect([status, body]).toEqual([200, script.questions.print(answered({ question: 'revenue by category' }))])
    expect(script.asked.at(-1)).toEqual({ text: 'revenue by category', today: '2024-01-31' })
  })

  it('a query is read from its parameters, filters as often as they are given', async () => {
    const { status } = await api.get(
      '/query?measures=revenue,orders&dimensions=month&filters=state:in:Texas&filters=kept&limit=5&domain=ecommerce&order=revenue:desc&compare=previous_year&period=2023',
    )
    expect(status).toBe(200)
    expect(script.queried.at(-1)).toEqual({
      measures: 'revenue,orders',
      dimensions: 'month',
      filters: ['state:in:Texas', 'kept'],
      limit: 5,
      domain: 'ecommerce',
      order: 'revenue:desc',
      compare: 'previous_year',
      period: '2023',
    })
  })

  it('says every parameter that is wrong', async () => {
    expect(faultsOf(await api.get('/ask?q=x&today=tomorrow'))).toEqual({
      q: expect.stringContaining('is no parameter'),
      question: 'is required',
      today: 'must be a day such as 2024-01-31',
    })
    expect(faultsOf(await api.get('/query?limit=0&mesures=revenue'))).toEqual({
      mesures: 'is no parameter; did you mean measures?',
      measures: 'is required',
      limit: 'must be at least 1',
    })
    expect(faultsOf(await api.get('/query?measures=profit'))).toEqual({ measures: 'has no measure "profit"' })
    expect(faultsOf(await api.get('/ask?question='))).toEqual({ question: 'must not be empty' })
  })

  it.each([
    'ten',
    '0x10',
    '1e3',
    '5.0',
    '+5',
    '%2B5',
    '%205',
    '5%20',
    '',
    '%EF%BC%95',
    '-1',
    '1,000',
    '0b11',
    'Infinity',
    'null',
  ])('a limit is decimal digits and nothing else: %s', async limit => {
    expect(faultsOf(await api.get(`/query?measures=revenue&limit=${limit}`))).toEqual({
      limit: 'must be a whole number in decimal digits, such as 10',
    })
  })

  it.each(['10001', '99999999999999999999', '9'.repeat(400)])('a limit has an end: %s', async limit => {
    expect(faultsOf(await api.get(`/query?measures=revenue&limit=${limit}`))).toEqual({
      limit: 'must be at most 10,000',
    })
  })

  it.each([
    ['limit=5&limit=6', 'limit', 'is given more than once'],
    ['limit[]=5', 'limit[]', 'is no parameter; did you mean limit?'],
    ['filters[]=kept', 'filters[]', 'is no parameter; did you mean filters?'],
    ['filters[0]=kept', 'filters[0]', 'is no parameter; did you mean filters?'],
    ['today=2024-02-30', 'today', 'must be a day such as 2024-01-31'],
    ['today=', 'today', 'must be a day such as 2024-01-31'],
    ['period=', 'period', 'must not be empty'],
    [`order=${'x'.repeat(2001)}`, 'order', 'must have at most 2,000 characters'],
    [Array(21).fill('filters=kept').join('&'), 'filters', 'may be given at most 20 times'],
  ])('a query with %s is told what is wrong', async (query, parameter, detail) => {
    expect(faultsOf(await api.get(`/query?measures=revenue&${query}`))).toEqual({ [parameter]: detail })
  })

  it('of a domain that there is not names the parameter', async () => {
    const questions = {
      ...script.questions,
      ask: async () => {
        throw ChartroomError.of('domain/unknown', { domain: 'x', known: ['ecommerce'] })
      },
    }
    const other = await openApi({ questions })
    const reply = await other.get('/ask?question=revenue&domain=x')
    await other.close()
    expect([reply.status, faultsOf(reply).domain]).toEqual([400, expect.stringContaining('There is: ecommerce.')])
  })
})

describe('other methods', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s is told 405, with a body of any kind', async method => {
    for (const path of ['/analytics/volume', '/analytics/overview', '/ask', '/query', '/openapi.json', '/docs'])
      for (const type of ['', 'text/plain', 'application/json']) {
        const headers = { 'content-length': '1', ...(type !== '' && { 'content-type': type }) }
        const reply = await api.request(`${path}?${may}`, { method, headers, body: 'x' })
        expect([path, reply.status, reply.headers.allow]).toEqual([path, 405, 'GET, HEAD'])
        expect(problemSchema.parse(JSON.parse(reply.body)).detail).toContain('use GET')
      }
  })

  it('HEAD is a GET without its body', async () => {
    const reply = await api.request(`/analytics/volume?${may}`, { method: 'HEAD' })
    expect([reply.status, reply.body, typeof reply.headers.etag]).toEqual([200, '', 'string'])
  })

  it('the room still takes its questions', async () => {
    const headers = { 'content-type': 'application/json' }
    expect((await api.request('/room/ask', { method: 'POST', headers, body: '{}' })).body).toBe('{"room":true}')
    expect((await api.request('/room/ask', { method: 'POST', body: 'x' })).status).toBe(415)
  })
})

describe('what fails', () => {
  it('tells nothing of what nobody foresaw, but the incident under which it was logged, once', async () => {
    const { status, json, body } = await broken.get(`/analytics/volume?${may}`)
    expect([status, json]).toEqual([
      500,
      {
        type: '/problems/internal',
        title: 'Something went wrong on our side',
        status: 500,
        instance: '/analytics/volume',
        detail: 'Something went wrong on our side (incident incident-2).',
        code: 'internal/bug',
        incident: 'incident-2',
      },
    ])
    expect(body).not.toContain('secret')
    expect(broken.reported).toEqual([expect.any(TypeError), expect.any(TypeError)])
  })

  it.each([
    ['engagement', 504, 'engine/timeout', 'timeout'],
    ['retention', 503, 'engine/busy', 'unavailable'],
    ['tool-usage', 504, 'engine/timeout', 'timeout'],
  ])('%s: %i with the code', async (path, status, code, kind) => {
    const { status: got, json } = await broken.get(`/analytics/${path}?${may}`)
    expect([got, json]).toEqual([status, expect.objectContaining({ code, type: `/problems/${kind}`, status })])
  })

  it('says whether the database or the language model took too long', async () => {
    const waits =
      (code: 'language/slow' | 'engine/cancelled') =>
      async (_: unknown, { signal }: { signal: AbortSignal }) =>
        new Promise<never>((_, reject) =>
          signal.addEventListener('abort', () =>
            reject(code === 'language/slow' ? ChartroomError.of(code, { seconds: 9 }) : ChartroomError.of(code)),
          ),
        )
    const told = async (code: Parameters<typeof waits>[0]) => {
      const slow = await openApi({ questions: { ...script.questions, ask: waits(code) }, timeoutMs: 100 })
      const { status, json } = await slow.get('/ask?question=x')
      await slow.close()
      return [status, json]
    }
    expect(await told('language/slow')).toEqual([
      504,
      expect.objectContaining({ code: 'language/slow', detail: expect.stringMatching(/^The language model did not/) }),
    ])
    expect(await told('engine/cancelled')).toEqual([504, expect.objectContaining({ code: 'engine/timeout' })])
  })

  it('stops working it out when the reader goes away', async () => {
    const patient = await openApi({ analytics: failing.analytics, questions: script.questions })
    const begun = failing.asked.length
    const sent = httpRequest({ host: '127.0.0.1', port: patient.port, path: `/analytics/tool-usage?${may}` })
    sent.on('error', () => undefined)
    sent.end()
    await until(() => failing.asked.length > begun)
    const signal = failing.asked.at(-1)?.signal
    expect(signal?.aborted).toBe(false)
    sent.destroy()
    await until(() => signal?.aborted === true)
    await patient.close()
  })

  it('an address that there is not says what there is', async () => {
    const { status, json } = await api.get('/analytics/sessions')
    expect([status, json]).toMatchObject([404, { detail: expect.stringContaining('/analytics/session-metrics') }])
    const bare = await openApi({ questions: script.questions })
    expect((await bare.get(`/analytics/volume?${may}`)).status).toBe(404)
    await bare.close()
  })
})

describe('the limit', () => {
  it('is told with every reply, and more is refused until the minute is over', async () => {
    const limited = await openApi({ analytics, questions: script.questions, perMinute: 3 })
    const ask = () => limited.get('/ask?question=x')
    const replies = [await ask(), await ask(), await limited.get(`/analytics/nothing`)]
    expect(replies.map(({ headers }) => headers.ratelimit)).toEqual([
      '"default";r=2;t=60',
      '"default";r=1;t=60',
      '"default";r=0;t=60',
    ])
    expect(replies[0]?.headers['ratelimit-policy']).toBe('"default";q=3;w=60')
    limited.effects.advance(20_000)
    const refused = await ask()
    expect([refused.status, refused.headers['retry-after'], refused.headers.ratelimit]).toEqual([
      429,
      '40',
      '"default";r=0;t=40',
    ])
    expect(problemSchema.parse(refused.json).type).toBe('/problems/too-many')
    expect((await limited.get('/openapi.json')).status).toBe(200)
    limited.effects.advance(40_000)
    expect((await ask()).headers.ratelimit).toBe('"default";r=2;t=60')
    await limited.close()
  })

  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::ffff:10.0.0.7', '10.0.0.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['', ''],
  ])('a client is an address, or a network of IPv6: %s', (address, client) => {
    expect(clientOf(address)).toBe(client)
  })
})

describe('who may ask', () => {
  it('only this machine, under its own name', async () => {
    expect((await api.get(`/analytics/volume?${may}`, { host: 'evil.example' })).status).toBe(421)
    expect((await api.get(`/analytics/volume?${may}`, { origin: 'http://evil.example' })).status).toBe(403)
    const { headers } = await api.get(`/analytics/volume?${may}`, { origin: `http://127.0.0.1:${api.port}` })
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })
})

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise(resolve => setTimeout(resolve, 5))
}
