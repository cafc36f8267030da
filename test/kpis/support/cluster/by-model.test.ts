import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { fixedEffects, realEffects } from '#src/effects.ts'
import { readReply } from '#src/kpis/support/cluster/ask-model.ts'
import { classifierName, createModelClassifier, type ModelClassifierParts } from '#src/kpis/support/cluster/by-model.ts'
import { createRulesClassifier } from '#src/kpis/support/cluster/by-rules.ts'
import { readClusters } from '#src/kpis/support/cluster/clusters.ts'
import type { Complete, ModelReply, ModelRequest } from '#src/nl2sql/client/complete.ts'
import { openModel } from '#src/nl2sql/client/openai.ts'
import { type ClassifiedTexts, storedClassified } from '#src/store/classified.ts'
import type { Database } from '#src/store/database.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { createClassified } from '#test/fakes/classified.ts'
import { openFakeOpenAi } from '#test/fakes/openai.ts'
import { openTestState } from '#test/store/database.ts'

type Request = Pick<ModelRequest<unknown>, 'messages' | 'system' | 'schema' | 'prompt' | 'most'>
type Item = { n: number; text: string }

const itemsOf = ({ messages }: Pick<Request, 'messages'>) => JSON.parse(messages[0]?.content ?? '[]') as Item[]

/** Says 4 of everything, so that it is seen who decided: the rules would not. */
const fours = (request: Pick<Request, 'messages'>) => ({
  items: itemsOf(request).map(({ n }) => ({ n, cluster: 4 })),
})

const use = { model: 'any', input: 1, cached: 0, output: 1, ms: 1 }

/** A model that gives what a client would have read from its reply. */
const modelOf =
  (reply: (request: Request, signal: AbortSignal) => unknown): Complete =>
  async <T>(request: ModelRequest<T>, { signal = new AbortController().signal } = {}): Promise<ModelReply<T>> => ({
    value: request.schema.parse(await reply(request, signal)),
    use,
  })

const scripted = (reply: (request: Request, nth: number) => unknown = fours) => {
  const requests: Request[] = []
  return { complete: modelOf(request => reply(request, requests.push(request))), requests }
}

const rules = createRulesClassifier()
const texts = Array.from({ length: 100 }, (_, i) => `hello number ${i}`)

const make = (parts: Partial<ModelClassifierParts> & Pick<ModelClassifierParts, 'complete'>) => {
  const warned: [string, unknown][] = []
  const kept = parts.texts ?? createClassified()
  const classify = createModelClassifier(
    {
      rules,
      warn: (event, error) => warned.push([event, error]),
      ...parts,
      texts: kept,
      limits: { pause: 1, wait: 2000, ...parts.limits },
    },
    fixedEffects(),
  )
  return { classify, warned, kept }
}

describe('the classifier by a language model', () => {
  test('asks in batches, tells names and descriptions but no examples, and says that the model did it', async () => {
    const { complete, requests } = scripted()
    const { clusters, by, leftToRules } = await make({ complete, limits: { batch: 30 } }).classify(texts)
    expect([by, leftToRules, clusters.size]).toEqual(['model', undefined, 100])
    expect(new Set(clusters.values())).toEqual(new Set([4]))
    // They run side by side, so that any may come first.
    const bySize = requests.toSorted((a, b) => itemsOf(b).length - itemsOf(a).length)
    expect(bySize.map(request => itemsOf(request).length)).toEqual([30, 30, 30, 10])
    const [{ system, schema, prompt, most }] = bySize as [Request]
    expect([prompt.name, most]).toEqual(['support/classify', 800])
    for (const { id, name, description, examples } of readClusters().clusters) {
      expect(system).toContain(`${id}. ${name}: ${description}`)
      expect(
        examples.filter(example => example !== name && system.includes(example)).filter(e => e.length > 20),
      ).toEqual([])
    }
    expect(system).not.toContain('{{')
    expect(z.toJSONSchema(schema)).toMatchObject({
      type: 'object',
      required: ['items'],
      additionalProperties: false,
      properties: {
        items: {
          items: {
            required: ['n', 'cluster'],
            additionalProperties: false,
            properties: { cluster: { enum: [0, 1, 2, 3, 4] } },
          },
        },
      },
    })
  })

  test('pays for a text once, however often and by whomever it is asked', async () => {
    const { complete, requests } = scripted()
    const { classify, kept } = make({ complete })
    await classify(['hello', 'hello', 'hello there'])
    await classify(['hello'])
    const another = make({ complete, texts: kept })
    expect((await another.classify(['hello there', 'hello'])).by).toBe('model')
    expect(requests.flatMap(itemsOf).map(({ text }) => text)).toEqual(['hello', 'hello there'])
  })

  test('sends no address, telephone or card, and texts that differ in nothing else are one', async () => {
    const { complete, requests } = scripted()
    const { clusters } = await make({ complete }).classify([
      'mail joe@mail.example about 59052900',
      'mail ann@mail.example about 59052900',
      'call (813) 555-0134, card 4111 1111 1111 1111',
    ])
    expect(requests.flatMap(itemsOf).map(({ text }) => text)).toEqual([
      'mail [email] about 59052900',
      'call [phone], card [card]',
    ])
    expect([...clusters.values()]).toEqual([4, 4, 4])
  })

  test('does not ask about what has no words', async () => {
    const { complete, requests } = scripted()
    const { clusters } = await make({ complete }).classify(['', '  ', '👍', '?!'])
    expect([...clusters.values()]).toEqual([0, 0, 0, 0])
    expect(requests).toEqual([])
  })

  test('shows only the beginning of a long text', async () => {
    const { complete, requests } = scripted()
    await make({ complete }).classify([`pump ${'x'.repeat(10_000)}`])
    expect(itemsOf(requests[0]!)[0]?.text.length).toBe(500)
  })

  test('never has more requests under way than it may', async () => {
    let open = 0
    let most = 0
    const complete = modelOf(async request => {
      most = Math.max(most, ++open)
      await new Promise(resolve => setTimeout(resolve, 5))
      open--
      return fours(request)
    })
    await make({ complete, limits: { batch: 5, atOnce: 3 } }).classify(texts)
    expect(most).toBe(3)
  })

  test('tries again what failed', async () => {
    const { complete, requests } = scripted((request, nth) => {
      if (nth < 2) throw new Error('503')
      return fours(request)
    })
    const { classify, warned } = make({ complete })
    expect(await classify(['hello'])).toMatchObject({ by: 'model' })
    expect([requests.length, warned]).toEqual([2, []])
  })

  test('leaves to the rules what the model does not answer, says how many, and asks again the next time', async () => {
    let down = true
    const { complete, requests } = scripted(request => {
      if (down) throw new Error('no')
      return fours(request)
    })
    const { classify, warned, kept } = make({ complete, limits: { batch: 60 } })
    const failed = await classify([...texts, 'stock 340039'])
    expect([failed.by, failed.leftToRules?.size, failed.clusters.get('stock 340039')]).toEqual(['rules', 101, 3])
    expect([requests.length, warned.map(([event]) => event)]).toEqual([4, ['classify/model', 'classify/model']])
    expect((kept as ReturnType<typeof createClassified>).taken.size).toBe(0)
    down = false
    expect(await classify(['stock 340039'])).toEqual({ by: 'model', clusters: new Map([['stock 340039', 4]]) })
  })

  test('gives up for this time when request after request fails', async () => {
    const { complete, requests } = scripted(() => {
      throw ChartroomError.of('language/unreadable')
    })
    const limits = { batch: 2, atOnce: 1, retries: 0, failures: 3 }
    expect(await make({ complete, limits }).classify(texts)).toEqual(
      expect.objectContaining({ by: 'rules', leftToRules: new Set(texts) }),
    )
    expect(requests).toHaveLength(3)
  })

  test('does not try again what will not become better', async () => {
    const { complete, requests } = scripted(() => {
      throw ChartroomError.of('config/invalid', { problems: ['no key'] })
    })
    expect((await make({ complete }).classify(['hello'])).by).toBe('rules')
    expect(requests.length).toBe(1)
  })

  test('asks once more for what a reply leaves out', async () => {
    const { complete, requests } = scripted((request, nth) => ({
      items: fours(request).items.slice(0, nth === 1 ? 1 : 10),
    }))
    const { clusters, by } = await make({ complete }).classify(['one', 'two', 'three'])
    expect([by, [...clusters.values()], requests.length]).toEqual(['model', [4, 4, 4], 2])
    expect(itemsOf(requests[1]!).map(({ text }) => text)).toEqual(['two', 'three'])
  })

  test('a reply that says nothing leaves all to the rules, after two requests', async () => {
    const { complete, requests } = scripted(() => 'I would rather talk about ducks.')
    const { by, leftToRules } = await make({ complete }).classify(['one', 'two'])
    expect([by, leftToRules?.size, requests.length]).toEqual(['rules', 2, 2])
  })

  test('keeps to its budget of the day', async () => {
    const { complete, requests } = scripted()
    const { classify } = make({ complete, limits: { textsPerDay: 30, batch: 20 } })
    const { by, leftToRules, clusters } = await classify(texts)
    expect([by, leftToRules?.size, clusters.size]).toEqual(['model', 70, 100])
    expect(requests.flatMap(itemsOf).length).toBe(30)
    expect((await classify(texts)).leftToRules?.size).toBe(70)
    expect(requests.flatMap(itemsOf).length).toBe(30)
  })

  test('stops when it is told to, and gives back what it had taken', async () => {
    const stop = new AbortController()
    const complete = modelOf(
      (_, signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))),
    )
    const { classify, kept } = make({ complete })
    const running = classify(['hello'], { signal: stop.signal })
    setTimeout(() => stop.abort(), 20)
    await expect(running).rejects.toThrow(ChartroomError.of('engine/cancelled').message)
    expect((kept as ReturnType<typeof createClassified>).taken.size).toBe(0)
  })

  test('lives on without its store: the rules decide', async () => {
    const away = async () => {
      throw ChartroomError.of('state/unavailable')
    }
    const { complete, requests } = scripted()
    const broken = { ...createClassified(), find: away }
    const { classify, warned } = make({ complete, texts: broken })
    expect((await classify(['hello'])).by).toBe('rules')
    expect([requests.length, warned.length]).toEqual([0, 1])
  })

  test('what is kept changes its name with the model and with what the clusters mean', () => {
    expect(classifierName('m', { version: 3 })).toBe('m/clusters-3')
    expect(classifierName('m')).toBe(`m/clusters-${readClusters().version}`)
  })
})

describe('a reply', () => {
  test('is read by the places of the texts; what is not asked about or said in two ways is left out', () => {
    const items = [
      { n: 0, cluster: 3 as const },
      { n: 0, cluster: 3 as const },
      { n: 1, cluster: 1 as const },
      { n: 1, cluster: 2 as const },
      { n: 2, cluster: 0 as const },
      { n: 3, cluster: 4 as const },
      { n: -1, cluster: 4 as const },
    ]
    expect([...readReply({ items }, 3)]).toEqual([
      [0, 3],
      [2, 0],
    ])
    expect([...readReply({ items: [] }, 3)]).toEqual([])
  })
})

describe('several bots on one database', () => {
  let database: Database
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ database, close } = await openTestState())
  })
  beforeEach(() => database.query('truncate chartroom.classified'))
  afterAll(() => close())

  const stored = (effects = fixedEffects(), classifier = 'm/clusters-1'): ClassifiedTexts =>
    storedClassified(database, { classifier }, effects)

  test('a text is given out once, and again when it was given back or forgotten for a minute', async () => {
    const effects = fixedEffects()
    const [one, two] = [stored(effects), stored(effects)]
    const given = await Promise.all([one.reserve(['a', 'b', 'c']), two.reserve(['c', 'b', 'a'])])
    expect(given.flat().toSorted()).toEqual(['a', 'b', 'c'])
    await one.put(new Map([['a', 3]]))
    await one.release(['a', 'b'])
    expect(await two.reserve(['a', 'b', 'c'])).toEqual(['b'])
    expect([...(await two.find(['a', 'b', 'c']))]).toEqual([['a', 3]])
    effects.advance(61_000)
    expect((await two.reserve(['a', 'b', 'c'])).toSorted()).toEqual(['b', 'c'])
    expect(await stored(effects, 'other').find(['a'])).toEqual(new Map())
  })

  test('counts what was taken or found out since then', async () => {
    const effects = fixedEffects()
    const texts = stored(effects)
    await texts.put(new Map([['a', 1]]))
    effects.advance(1000)
    await texts.reserve(['b', 'c'])
    expect([await texts.countSince(effects.now()), await texts.countSince(effects.now() - 1000)]).toEqual([2, 3])
  })

  test('two that are asked the same at the same time pay for it once, and both know it', async () => {
    const slow = scripted()
    const complete: Complete = async (request, options) => {
      await new Promise(resolve => setTimeout(resolve, 50))
      return slow.complete(request, options)
    }
    const bots = [make({ complete, texts: stored() }), make({ complete, texts: stored() })]
    const results = await Promise.all(bots.map(({ classify }) => classify(texts)))
    for (const { by, leftToRules, clusters } of results)
      expect([by, leftToRules, new Set(clusters.values())]).toEqual(['model', undefined, new Set([4])])
    expect(slow.requests.flatMap(itemsOf).length).toBe(100)
  })

  test('a bot that is started anew pays for nothing again', async () => {
    const { complete, requests } = scripted()
    await make({ complete, texts: stored() }).classify(texts)
    expect((await make({ complete, texts: stored() }).classify(texts)).by).toBe('model')
    expect(requests.flatMap(itemsOf).length).toBe(100)
  })

  test('of a text only a hash is kept', async () => {
    await make({ complete: scripted().complete, texts: stored() }).classify(['hello from nowhere'])
    const rows = await database.query('select * from chartroom.classified')
    expect(JSON.stringify(rows)).not.toContain('hello')
    expect(rows).toEqual([expect.objectContaining({ classifier: 'm/clusters-1', cluster: 4 })])
  })
})

describe('with our client of language models and a server that speaks as OpenAI’s', () => {
  const clientOf = (url: string): Complete => {
    const attempt = openModel({ apiKey: 'test', baseUrl: url, model: 'any', limits: { pause: 10 } }, realEffects)
    return async (request, { signal } = {}) => {
      const reply = await attempt(request, signal)
      if ('problem' in reply) throw reply.problem
      return reply
    }
  }

  test('structured output is asked for as strictly as it takes, and read', async () => {
    const server = await openFakeOpenAi(call => ({ json: fours({ messages: call.messages.slice(1) as never }) }))
    const { clusters, by } = await make({ complete: clientOf(server.url) }).classify(['hello', 'stock 340039'])
    await server.close()
    expect([by, ...clusters.values()]).toEqual(['model', 4, 4])
    expect(server.calls.length).toBe(1)
    expect(server.calls[0]?.response_format?.json_schema).toMatchObject({ strict: true })
  })

  test.each([
    ['talks of ducks', { text: 'I would rather talk about ducks.' }],
    ['names clusters that there are not', { json: { items: [{ n: 0, cluster: 9 }] } }],
    ['declines', { refusal: 'No.' }],
    ['does not let us in', { status: 401 }],
    ['cuts its reply off', { text: '{"items":[{"n":0,', finish: 'length' }],
  ] as const)('a model that %s leaves the texts to the rules', async (_, reply) => {
    const server = await openFakeOpenAi(() => reply)
    const { classify, kept } = make({ complete: clientOf(server.url) })
    expect(await classify(['stock 340039'])).toEqual({
      by: 'rules',
      leftToRules: new Set(['stock 340039']),
      clusters: new Map([['stock 340039', 3]]),
    })
    await server.close()
    expect([(kept as ReturnType<typeof createClassified>).taken.size, server.calls.length]).toEqual([
      0,
      expect.toSatisfy((n: number) => n >= 1 && n <= 4),
    ])
  })
})
