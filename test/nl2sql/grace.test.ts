import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { type Asking, createAsk } from '#src/ask.ts'
import { readConfig } from '#src/config.ts'
import type { Domain } from '#src/domain.ts'
import { fixedEffects, realEffects } from '#src/effects.ts'
import { openModel } from '#src/main/model.ts'
import { createComplete } from '#src/nl2sql/client/accounted.ts'
import { createBudgets } from '#src/nl2sql/client/budgets.ts'
import { openModel as openClient } from '#src/nl2sql/client/openai.ts'
import { openAgent } from '#src/nl2sql/open-agent.ts'
import type { WrittenStep } from '#src/nl2sql/plan.ts'
import { openRetell } from '#src/nl2sql/retell.ts'
import { openGiven } from '#src/open.ts'
import { createThreads } from '#src/threads.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { buildFile } from '#test/engines/duckdb/files.ts'
import { type FakeOpenAi, type ModelCall, openFakeOpenAi, type Scripted } from '#test/fakes/openai.ts'
import { shopTables, worldOf } from '#test/semantic/compile-world.ts'

const shop = worldOf('shop', shopTables)

const open: FakeOpenAi[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

const step = (wanted: WrittenStep): Scripted => ({ json: { thought: 'so', step: wanted } })
const sql = (text: string) => step({ kind: 'sql', sql: text, says: 'Orders by channel' })
const good = sql('SELECT channel, count(*) AS n FROM orders GROUP BY channel')
const riddle = 'which gizmos made the punters happiest'

type Options = { domain?: Domain; spent?: number; seconds?: number }

/** Asks the shop with everything that stands around a model, which replies as the script says, over real HTTP. */
const world = async (script: (call: ModelCall, nth: number) => Scripted, options: Options = {}) => {
  const server = await openFakeOpenAi(script)
  open.push(server)
  const calls = { write: async () => undefined, spent: async () => options.spent ?? 0 }
  const complete = createComplete(
    openClient(
      { baseUrl: server.url, model: 'm', seconds: options.seconds ?? 5, limits: { longestWait: 1000, retries: 1 } },
      realEffects,
    ),
    {
      ...{ calls, prices: [], onWarning: () => undefined, warn: (event, error) => expect.fail(`${event}: ${error}`) },
      budgets: createBudgets({ person: {}, workspace: {}, domain: { day: 1 } }, calls, fixedEffects()),
    },
  )
  const workOut = await openAgent(complete, { retell: await openRetell(complete, { seconds: 1 }) })
  const ask = createAsk({
    domain: async () => options.domain ?? shop.domain,
    ...{ threads: createThreads(), workOut: () => workOut, effects: fixedEffects() },
    warn: (event, error) => expect.fail(`${event}: ${error}`),
  })
  return {
    calls: server.calls,
    ask: (text: string, asking?: Asking): Promise<Answer> => ask({ text, today: '2023-04-04' }, asking),
  }
}

const messageOf = (answer: Answer) => ('message' in answer ? answer.message : answer.status)

describe('whatever becomes of the language model, a sentence says it, and the rules go on answering', () => {
  test.each<[string, Scripted, RegExp, Options?]>([
    ['a wrong key', { status: 401 }, /did not accept the key\. Check OPENAI_API_KEY/],
    ['a model that is not there', { status: 404 }, /knows no model called m\. Set OPENAI_MODEL/],
    [
      '429 for minutes',
      { status: 429, headers: { 'retry-after': '300' } },
      /takes no more questions at the moment\. Try again in a minute/,
    ],
    ['trouble at the server', { status: 502 }, /could not be reached\. Ask with the names of measures/],
    ['a connection that is cut', { cut: 'before' }, /could not be reached/],
    ['half a connection', { cut: 'within' }, /could not be (reached|read)/],
    ['prose', { text: 'Sure, happy to help!' }, /could not be read\. Put the question another way/],
    ['half a JSON', { text: '{"thought": "so", "step": {"kind": "sql", "sq', finish: 'length' }, /could not be read/],
    ['a refusal', { refusal: 'No.' }, /declined to work on this question\. Put it another way/],
    ['a reply that a filter stopped', { text: '', finish: 'content_filter' }, /declined/],
    ['silence', { hang: 'silent' }, /did not reply within 0\.3 seconds/, { seconds: 0.3 }],
    ['a reply without an end', { hang: 'endless' }, /did not reply within 0\.3 seconds/, { seconds: 0.3 }],
    ['a reply that fills the memory', { hang: 'flood' }, /could not be (reached|read)|did not reply/, { seconds: 3 }],
    ['a budget that is spent', good, /The daily budget for the language model of tiny \(\$1\) is spent/, { spent: 1 }],
  ])('%s', async (_, scripted, words, options) => {
    const { ask } = await world(() => scripted, options)
    const answer = await ask(riddle)
    expect([answer.status, messageOf(answer)]).toEqual(['clarify', expect.stringMatching(words)])
    expect(messageOf(answer)).toMatch(/^I could not make use of/)
    expect(await ask('revenue by region')).toMatchObject({ status: 'answered', receipt: { origin: 'certified' } })
  })

  test('no key: nothing is opened, and what the rules do not read is asked back', async () => {
    const warn = (event: string) => expect.fail(event)
    expect(await openModel({ config: readConfig({}), warn }, realEffects)).toBeUndefined()
    const ask = createAsk({
      ...{ domain: async () => shop.domain, threads: createThreads(), effects: fixedEffects() },
      warn,
    })
    expect(messageOf(await ask({ text: riddle, today: '2023-04-04' }))).toMatch(/^I could not make use of/)
  })

  test('a story that fails leaves the numbers: they are told by rules, and the receipt says why', async () => {
    const { ask } = await world((_, nth) => (nth === 0 ? good : { hang: 'silent' }))
    const answer = await ask(riddle)
    if (answer.status !== 'answered') throw new Error(messageOf(answer))
    expect(answer.table.rows).toHaveLength(3)
    expect(answer.receipt.steps?.at(-1)).toBe('The story is told by rules. It did not answer within 1 seconds.')
  })
})

describe('whatever becomes of the database', () => {
  const failing = (code: 'engine/unreachable' | 'engine/busy' | 'engine/lost'): Domain => ({
    ...shop.domain,
    runText: async () => {
      throw ChartroomError.of(code)
    },
  })

  test.each(['engine/unreachable', 'engine/busy', 'engine/lost'] as const)(
    '%s is told at once: no model could mend it',
    async code => {
      const { ask, calls } = await world(() => good, { domain: failing(code) })
      await expect(ask(riddle)).rejects.toMatchObject({ code })
      expect(calls).toHaveLength(1)
    },
  )

  test('a statement that takes too long is mended once; the second time it is told', async () => {
    const slow: Domain = {
      ...shop.domain,
      runText: async text => {
        if (!text.includes('LIMIT 1')) throw ChartroomError.of('engine/timeout', { seconds: 30 })
        return shop.domain.runText(text)
      },
    }
    const mended = await world((_, nth) => (nth === 0 ? good : sql('SELECT channel FROM orders ORDER BY 1 LIMIT 1')), {
      domain: slow,
    })
    expect((await mended.ask(riddle)).status).toBe('answered')
    expect(mended.calls[1]?.messages.at(-1)?.content).toMatch(
      /^That did not work: The database did not answer within 30 seconds/,
    )
    const { ask, calls } = await world(() => good, { domain: slow })
    await expect(ask(riddle)).rejects.toMatchObject({ code: 'engine/timeout' })
    expect(calls).toHaveLength(2)
  })

  test('a statement that really takes too long ends, and is told', { timeout: 60_000 }, async () => {
    const big = await millions({ QUERY_TIMEOUT: '1' })
    const windows = ['kind, id', 'id % 1000, kind, id', 'id % 77, id'].map(
      (by, i) => `sum(id) OVER (ORDER BY ${by}) AS n${i}`,
    )
    const slow = `SELECT max(n0) AS a, max(n1) AS b, max(n2) AS c FROM (SELECT ${windows.join(', ')} FROM events) x`
    const { ask, calls } = await world(() => sql(slow), { domain: big.domain })
    await expect(ask(riddle)).rejects.toMatchObject({
      code: 'engine/timeout',
      message: expect.stringMatching(/1 seconds/),
    })
    expect(calls).toHaveLength(2)
    await big.close()
  })

  test('ten million rows are cut, doubted once, and told with a note', { timeout: 60_000 }, async () => {
    const big = await millions()
    const { ask, calls } = await world(() => sql('SELECT id, kind FROM events'), { domain: big.domain })
    const answer = await ask(riddle)
    await big.close()
    if (answer.status !== 'answered') throw new Error(messageOf(answer))
    expect(calls[1]?.messages.at(-1)?.content).toMatch(/It has more rows than may be read \(\d+\)\. Aggregate further/)
    expect(answer.table).toMatchObject({ truncated: true })
    expect(answer.table.rows.length).toBeLessThanOrEqual(10_000)
    expect(answer.receipt).toMatchObject({ truncated: true, rows: answer.table.rows.length })
  })
})

/** Ten million rows in a file. */
const millions = async (settings: Record<string, string> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'chartroom-millions-'))
  const path = await buildFile(join(folder, 'big.duckdb'), [
    `create table events as select range::integer as id, 'k' || range % 9 as kind from range(10000000)`,
  ])
  const model = join(folder, 'big.yaml')
  writeFileSync(
    model,
    `domain: tiny
label: events
description: Many events.
tables:
  events: { label: event, key: id, columns: { id: { type: number }, kind: { type: text } } }
dimensions:
  kind: { column: events.kind, description: Kind of the event. }
measures:
  events: { table: events, count: rows, description: How many events there are. }
`,
  )
  const config = readConfig({ CHARTROOM_HOME: join(folder, 'home'), ...settings })
  const domain = await openGiven({ data: path, model }, { config }, realEffects)
  return {
    domain,
    close: async () => {
      await domain.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

describe('Stop ends it at once', () => {
  const forever = step({ kind: 'compute', code: 'while (true) {}', says: 'x' })
  const look = step({ kind: 'sql', sql: 'SELECT channel FROM orders', says: 'x', look: true })

  test.each<[string, Scripted[], RegExp]>([
    ['while the model is silent', [{ hang: 'silent' }], /Thinking/],
    ['while a program hangs', [look, forever], /Computing/],
    ['while a story is written', [good, { hang: 'silent' }], /Putting it into words/],
  ])('%s', async (_, script, status) => {
    const { ask } = await world((_call, nth) => script[nth] ?? { status: 500 }, { seconds: 60 })
    const stop = new AbortController()
    const onStatus = (words: string) => {
      if (status.test(words)) setTimeout(() => stop.abort(), 20)
    }
    await expect(ask(riddle, { signal: stop.signal, onStatus })).rejects.toMatchObject({ code: 'engine/cancelled' })
  })
})

describe('a question with several parts', () => {
  test('of which one cannot be worked out has the others, and says so of that one', async () => {
    const parts = ['revenue by region', riddle, 'orders by channel']
    const { ask } = await world(({ messages }) =>
      messages.at(-1)?.content.includes('Question: what of both') ? step({ kind: 'split', parts }) : { refusal: 'No.' },
    )
    const answer = await ask('what of both then')
    if (answer.status !== 'told') throw new Error(messageOf(answer))
    expect(answer.title).toBe('3 answers')
    expect(answer.items.map(({ term, ask: again }) => [term, again])).toEqual(parts.map(part => [part, part]))
    expect(answer.items.map(({ text }) => text)).toEqual([
      expect.stringMatching(/revenue/i),
      expect.stringMatching(/declined to work on this question/),
      expect.stringMatching(/orders/i),
    ])
  })

  test('has at most five, each once, and each that needs it is worked out by the model with SQL of its own', async () => {
    const parts = [
      'which gizmos are liked',
      'which gizmos are liked',
      'which punters are happy',
      'c d',
      'e f',
      'g h',
      'i j',
    ]
    const { ask, calls } = await world(({ messages, response_format: format }) => {
      if (format?.json_schema?.name === 'story') return { text: 'none' }
      return messages.at(-1)?.content.includes('Question: what of all') ? step({ kind: 'split', parts }) : good
    })
    const answer = await ask('what of all then')
    if (answer.status !== 'told') throw new Error(messageOf(answer))
    expect(answer.items.map(({ term }) => term)).toEqual([parts[0], parts[2], 'c d', 'e f', 'g h'])
    const asked = calls.flatMap(({ messages }) => /Question: (.*)/.exec(messages.at(-1)?.content ?? '')?.[1] ?? [])
    expect(asked).toEqual(['what of all then', parts[0], parts[2], 'c d', 'e f', 'g h'])
  })
})

test('a choice that was offered when the model asked back goes to the model with what was chosen', async () => {
  const { ask, calls } = await world(({ messages }) =>
    messages.at(-1)?.content.endsWith('(by stars)')
      ? good
      : step({ kind: 'ask', question: 'By stars or by returns?', choices: ['by stars', 'by returns'] }),
  )
  const asked = await ask(riddle)
  if (asked.status !== 'clarify') throw new Error(asked.status)
  expect(asked.choices.map(({ label }) => label)).toEqual(['by stars', 'by returns'])
  expect((await ask(asked.choices[0]!.question)).status).toBe('answered')
  expect(calls[1]?.messages.at(-1)?.content).toBe(`Question: ${riddle} (by stars)`)
})
