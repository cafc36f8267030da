import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { realEffects } from '#src/effects.ts'
import type { ModelRequest } from '#src/nl2sql/client/complete.ts'
import { type ModelSettings, openModel } from '#src/nl2sql/client/openai.ts'
import { type FakeOpenAi, type ModelCall, openFakeOpenAi, type Scripted } from '#test/fakes/openai.ts'

const open: FakeOpenAi[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

const schema = z.object({ measure: z.string(), limit: z.number().nullable() })

const asked = (more: Partial<ModelRequest<z.infer<typeof schema>>> = {}) => ({
  step: 'plan',
  prompt: { name: 'plan', version: 1 },
  system: 'You plan.',
  messages: [{ role: 'user' as const, content: 'revenue' }],
  schema,
  ...more,
})

const quick = { retries: 2, longestWait: 300 }

const modelWith = async (
  script: Scripted[] | ((call: ModelCall, nth: number) => Scripted),
  settings: Partial<ModelSettings> = {},
) => {
  const server = await openFakeOpenAi((call, nth) =>
    typeof script === 'function' ? script(call, nth) : (script[Math.min(nth, script.length - 1)] as Scripted),
  )
  open.push(server)
  const attempt = openModel(
    { apiKey: 'sk-test', baseUrl: server.url, model: 'test-model', limits: quick, ...settings },
    realEffects,
  )
  return { attempt, calls: server.calls }
}

const good: Scripted = { json: { measure: 'revenue', limit: 5 }, usage: { input: 1000, cached: 400, output: 50 } }

describe('a reply', () => {
  test('is a value of the schema, with what was used', async () => {
    const { attempt, calls } = await modelWith([good])
    expect(await attempt(asked({ temperature: 0.2, most: 300 }))).toEqual({
      value: { measure: 'revenue', limit: 5 },
      use: { model: 'test-model', input: 1000, cached: 400, output: 50, ms: expect.any(Number) },
    })
    expect(calls).toMatchObject([
      {
        model: 'test-model',
        authorization: 'Bearer sk-test',
        temperature: 0.2,
        max_completion_tokens: 300,
        messages: [
          { role: 'system', content: 'You plan.' },
          { role: 'user', content: 'revenue' },
        ],
        response_format: { type: 'json_schema', json_schema: { name: 'plan', strict: true } },
      },
    ])
  })

  test('comes from the model that a step names', async () => {
    const { attempt, calls } = await modelWith([good])
    await attempt(asked({ model: 'small-model' }))
    expect(calls[0]?.model).toBe('small-model')
  })

  test.each([
    ['fenced', '```json\n{"measure": "revenue", "limit": null}\n```'],
    ['among words', 'Sure! Here it is: {"measure": "revenue", "limit": null} – anything else?'],
    ['with a comma too many', '{"measure": "revenue", "limit": null,}'],
    ['in a further object', '{"plan": {"measure": "revenue", "limit": null}}'],
    ['after a byte order mark', '\uFEFF{"measure": "revenue", "limit": null}'],
  ])('%s is read', async (_, text) => {
    const { attempt } = await modelWith([{ text }])
    expect(await attempt(asked())).toMatchObject({ value: { measure: 'revenue', limit: null } })
  })

  test.each<[string, Scripted, string]>([
    ['in prose', { text: 'I think you want revenue.' }, 'language/unreadable'],
    ['that is cut off', { text: '{"measure": "rev', finish: 'length' }, 'language/unreadable'],
    ['of another shape', { json: { measure: 7 } }, 'language/unreadable'],
    ['that is empty', { text: '' }, 'language/unreadable'],
    ['that is a refusal', { refusal: 'I cannot help with that.' }, 'language/declined'],
    ['that a filter stopped', { text: '', finish: 'content_filter' }, 'language/declined'],
  ])('%s is none, and what it used is known', async (_, scripted, code) => {
    const { attempt, calls } = await modelWith([scripted])
    expect(await attempt(asked())).toMatchObject({ problem: { code }, use: { input: 100, output: 20 } })
    expect(calls).toHaveLength(1)
  })
})

describe('a server that does not take all that OpenAI takes', () => {
  const without = (part: keyof ModelCall, param: string) => (call: ModelCall) =>
    call[part] === undefined ? good : { status: 400, message: `Unsupported parameter: ${param}`, param }

  test.each([
    ['a schema', 'response_format'],
    ['a temperature', 'temperature'],
    ['the newer name of the most tokens', 'max_completion_tokens'],
  ] as const)('is not sent %s twice', async (_, part) => {
    const { attempt, calls } = await modelWith(without(part, part))
    for (let i = 0; i < 2; i++) expect(await attempt(asked({ temperature: 0 }))).toMatchObject({ value: {} })
    expect(calls.map(call => call[part] !== undefined)).toEqual([true, false, false])
  })

  test('is told the schema in words, and still has the most tokens', async () => {
    const { attempt, calls } = await modelWith(call =>
      call.response_format || call.max_completion_tokens
        ? { status: 400, message: call.response_format ? 'response_format?' : 'max_completion_tokens?' }
        : good,
    )
    await attempt(asked({ most: 70 }))
    expect(calls.at(-1)).toMatchObject({ max_tokens: 70 })
    expect(calls.at(-1)?.messages[0]?.content).toMatch(/Reply with JSON of this schema.*"measure"/s)
  })

  test('gets a schema that is not strict enough in words', async () => {
    const loose = z.object({ measure: z.string(), limit: z.number().optional() })
    const { attempt, calls } = await modelWith([{ json: { measure: 'revenue' } }])
    expect(await attempt(asked({ schema: loose as never }))).toMatchObject({ value: { measure: 'revenue' } })
    expect(calls.map(call => call.response_format !== undefined)).toEqual([true, false])
  })
})

describe('a reply that is told of as it comes', () => {
  const streaming = async (script: Parameters<typeof modelWith>[0], settings: Partial<ModelSettings> = {}) => {
    const { attempt, calls } = await modelWith(script, settings)
    const heard: string[] = []
    const reply = await attempt(asked(), undefined, { onText: soFar => heard.push(soFar) }).catch(({ code }) => ({
      code,
    }))
    return { reply, heard, calls }
  }

  test('is the same in the end, with what was used', async () => {
    const { reply, heard, calls } = await streaming([good])
    expect(reply).toMatchObject({
      value: { measure: 'revenue', limit: 5 },
      use: { input: 1000, cached: 400, output: 50 },
    })
    expect(heard).toEqual(['{"measure":"revenue"', '{"measure":"revenue","limit":5}'])
    expect(calls).toMatchObject([{ stream: true, stream_options: { include_usage: true } }])
  })

  test.each([
    ['that refuses to tell what was used', 'stream_options'],
    ['that refuses it', 'stream'],
  ] as const)('by a server %s is asked for without, and never again so', async (_, part) => {
    const { attempt, calls } = await modelWith(call =>
      call[part] === undefined ? good : { status: 400, message: `Unsupported parameter: ${part}`, param: part },
    )
    for (let i = 0; i < 2; i++)
      expect(await attempt(asked(), undefined, { onText: () => undefined })).toMatchObject({
        value: { measure: 'revenue' },
      })
    expect(calls.at(-1)?.[part]).toBeUndefined()
    expect(calls.filter(call => call[part] !== undefined)).toHaveLength(1)
  })

  test('by a server that sends it whole all the same is asked for once more, whole', async () => {
    const { reply, heard, calls } = await streaming([{ json: { measure: 'revenue', limit: 5 }, whole: true }])
    expect(reply).toMatchObject({ value: { measure: 'revenue' } })
    expect(heard).toEqual([])
    expect(calls.map(({ stream }) => stream)).toEqual([true, undefined])
  })

  test.each<[string, Scripted, string]>([
    ['prose', { text: 'I think you want revenue, in all of its beauty.' }, 'language/unreadable'],
    ['a refusal', { refusal: 'No.' }, 'language/declined'],
    ['what a filter stopped', { text: '{"measure"', finish: 'content_filter' }, 'language/declined'],
  ])('%s is none', async (_, scripted, code) => {
    expect((await streaming([scripted])).reply).toMatchObject({ problem: { code } })
  })

  test('that is cut off is tried again, from its beginning', async () => {
    const { reply, heard, calls } = await streaming([{ cut: 'within' }, good])
    expect(reply).toMatchObject({ value: { measure: 'revenue' } })
    expect(heard.slice(0, 2)).toEqual(['{', '{"measure":"revenue"'])
    expect(calls).toHaveLength(2)
  })

  test.each(['silent', 'endless', 'flood'] as const)('that is %s ends all the same', async how => {
    const { reply } = await streaming([{ hang: how }], { seconds: 0.3, limits: { retries: 0 } })
    expect(reply).toMatchObject({ code: expect.stringMatching(/^language\/(slow|un)/) })
  })

  test('that stops in the middle ends in time, and at once when whoever asked stops it', async () => {
    const never = new Promise(() => undefined)
    const { reply, heard } = await streaming([{ bits: ['{"measure"', never] }], { seconds: 0.3 })
    expect([reply, heard]).toEqual([{ code: 'language/slow' }, ['{"measure"']])
    const { attempt } = await modelWith([{ bits: ['{"measure"', never] }])
    const stop = new AbortController()
    const stopped = attempt(asked(), stop.signal, { onText: () => stop.abort() })
    await expect(stopped).rejects.toMatchObject({ code: 'engine/cancelled' })
  })
})

describe('a failure', () => {
  test.each<[string, Scripted, string, number]>([
    ['a key that is not taken', { status: 401 }, 'language/key', 1],
    ['a model that is not there', { status: 404 }, 'language/no-model', 1],
    ['a request that is not taken', { status: 400, message: 'context too long' }, 'language/unreadable', 1],
    ['too many requests', { status: 429 }, 'language/busy', 3],
    ['too many requests for minutes', { status: 429, headers: { 'retry-after': '120' } }, 'language/busy', 1],
    ['a server in trouble', { status: 503 }, 'language/unreachable', 3],
    ['a connection that is cut', { cut: 'before' }, 'language/unreachable', 3],
  ])('by %s is told, after the tries that make sense', async (_, scripted, code, tries) => {
    const { attempt, calls } = await modelWith([scripted])
    await expect(attempt(asked())).rejects.toMatchObject({ code })
    expect(calls).toHaveLength(tries)
  })

  test('that passes is not noticed', async () => {
    const { attempt, calls } = await modelWith([
      { status: 429, headers: { 'retry-after-ms': '5' } },
      { cut: 'before' },
      good,
    ])
    expect(await attempt(asked())).toMatchObject({ value: { measure: 'revenue' } })
    expect(calls).toHaveLength(3)
  })

  test.each(['silent', 'endless'] as const)('by a reply that is %s ends in time', async how => {
    const { attempt } = await modelWith([{ hang: how }], { seconds: 0.3 })
    await expect(attempt(asked())).rejects.toMatchObject({ code: 'language/slow' })
  })

  test('by a reply that fills the memory ends before it does', async () => {
    const { attempt } = await modelWith([{ hang: 'flood' }], { seconds: 20, limits: { retries: 0 } })
    await expect(attempt(asked())).rejects.toMatchObject({ code: expect.stringMatching(/^language\/un/) })
  })

  test('that lasts stops the calls for a while; then one is tried', async () => {
    let works = false
    const { attempt, calls } = await modelWith(() => (works ? good : { status: 500 }), {
      limits: { retries: 0, failures: 2, pause: 200 },
    })
    for (let i = 0; i < 5; i++) await expect(attempt(asked())).rejects.toMatchObject({ code: 'language/unreachable' })
    expect(calls).toHaveLength(2)
    works = true
    await new Promise(resolve => setTimeout(resolve, 250))
    expect(await attempt(asked())).toMatchObject({ value: { measure: 'revenue' } })
  })

  test('that is silence stops the calls too, so that those who wait are told at once', async () => {
    const { attempt, calls } = await modelWith([{ hang: 'silent' }], {
      seconds: 0.1,
      limits: { failures: 2, atOnce: 1, waiting: 9, pause: 60_000 },
    })
    const ended = await Promise.all(Array.from({ length: 5 }, () => attempt(asked()).catch(({ code }) => code)))
    expect(ended).toEqual(['language/slow', 'language/slow', ...Array(3).fill('language/unreachable')])
    expect(calls).toHaveLength(2)
  })

  test('says nothing of the key or of the words of the server', async () => {
    const { attempt } = await modelWith([{ status: 401, message: 'Incorrect API key provided: sk-test' }])
    const error = await attempt(asked()).catch(thrown => thrown as Error)
    expect((error as Error).message).toBe('The language model did not accept the key.')
  })
})

describe('stopping', () => {
  test('ends the call at once', async () => {
    const { attempt } = await modelWith([{ hang: 'silent' }])
    const stop = new AbortController()
    const running = attempt(asked(), stop.signal)
    setTimeout(() => stop.abort(), 50)
    await expect(running).rejects.toMatchObject({ code: 'engine/cancelled' })
  })

  test('by the end of the time that whoever asked has is told as such', async () => {
    const { attempt } = await modelWith([{ hang: 'silent' }])
    await expect(attempt(asked(), AbortSignal.timeout(100))).rejects.toMatchObject({ code: 'language/slow' })
  })

  test('before the call sends nothing', async () => {
    const { attempt, calls } = await modelWith([good])
    await expect(attempt(asked(), AbortSignal.abort())).rejects.toMatchObject({ code: 'engine/cancelled' })
    expect(calls).toHaveLength(0)
  })

  test('a wait for the next try ends it too', async () => {
    const { attempt } = await modelWith([{ status: 503, headers: { 'retry-after': '10' } }], {
      limits: { retries: 2, longestWait: 20_000 },
    })
    const stop = new AbortController()
    const running = attempt(asked(), stop.signal)
    setTimeout(() => stop.abort(), 100)
    await expect(running).rejects.toMatchObject({ code: 'engine/cancelled' })
  })
})

test('no more calls run at once than may, and those that find no place are told', async () => {
  const waiting: (() => void)[] = []
  const server = await openFakeOpenAi(() => new Promise<Scripted>(resolve => waiting.push(() => resolve(good))))
  open.push(server)
  const limits = { atOnce: 2, waiting: 1, retries: 0 }
  const attempt = openModel({ baseUrl: server.url, model: 'm', limits }, realEffects)
  const running = [1, 2, 3].map(() => attempt(asked()))
  await expect(attempt(asked())).rejects.toMatchObject({ code: 'language/busy' })
  await expect.poll(() => waiting.length).toBe(2)
  expect(server.calls).toHaveLength(2)
  while (waiting.length > 0 || server.calls.length < 3) {
    waiting.shift()?.()
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  expect(await Promise.all(running)).toHaveLength(3)
})
