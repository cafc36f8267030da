import { afterEach, describe, expect, test } from 'vitest'
import { createAsk } from '#src/ask.ts'
import { fixedEffects, realEffects } from '#src/effects.ts'
import type { Complete } from '#src/nl2sql/client/complete.ts'
import { openModel } from '#src/nl2sql/client/openai.ts'
import type { Draft } from '#src/nl2sql/draft.ts'
import { openAgent } from '#src/nl2sql/open-agent.ts'
import type { WrittenStep } from '#src/nl2sql/plan.ts'
import { createThreads } from '#src/threads.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import { type FakeOpenAi, openFakeOpenAi, type Scripted } from '#test/fakes/openai.ts'
import { shopTables, worldOf } from '#test/semantic/compile-world.ts'

const shop = worldOf('shop', shopTables)

const open: FakeOpenAi[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

const step = (wanted: WrittenStep): Scripted => ({ json: { thought: 'so', step: wanted } })

/** Asks the shop, with a model that replies as the script says, over real HTTP. */
const asking = async (script: Scripted[]) => {
  const server = await openFakeOpenAi((_, nth) => script[nth] ?? { status: 500, message: 'the script has ended' })
  open.push(server)
  const attempt = openModel({ baseUrl: server.url, model: 'm', limits: { retries: 0 } }, realEffects)
  const complete: Complete = async (request, options) => {
    const reply = await attempt(request, options?.signal)
    if ('problem' in reply) throw reply.problem
    return reply
  }
  const said: string[] = []
  const workOut = await openAgent(complete)
  const ask = createAsk({
    domain: async () => shop.domain,
    threads: createThreads(),
    workOut: () => workOut,
    warn: (event, error) => expect.fail(`${event}: ${error}`),
    effects: fixedEffects(),
  })
  return {
    calls: server.calls,
    said,
    ask: (text: string): Promise<Answer> =>
      ask({ text, thread: 't', today: '2023-04-04' }, { onStatus: words => said.push(words) }),
  }
}

const draft = (parts: Partial<Draft>): Draft => ({
  ...{
    measures: [{ measure: 'revenue', aggregation: null, look: 'plain' }],
    splits: [],
    filters: [],
    named_filters: [],
  },
  ...{ having: [], period: null, compare: null, order: [], limit: null },
  ...parts,
})

/** The rules cannot read this; what it is meant to be stands in the script. */
const riddle = 'which gizmos made the punters happiest'

describe('a question that the rules read', () => {
  test('is never sent', async () => {
    const { ask, calls } = await asking([])
    expect(await ask('revenue by region')).toMatchObject({ status: 'answered', receipt: { origin: 'certified' } })
    expect(calls).toHaveLength(0)
  })
})

describe('a question that they do not', () => {
  test('becomes a query where the semantic model can say it, certified like any other', async () => {
    const { ask, calls, said } = await asking([
      step({ kind: 'query', query: draft({ splits: ['region'], order: [{ by: 'revenue', direction: 'desc' }] }) }),
    ])
    const answer = await ask(riddle)
    const rules = await (await asking([])).ask('revenue by region')
    if (answer.status !== 'answered' || rules.status !== 'answered') throw new Error(JSON.stringify(answer))
    expect(answer.table.rows).toEqual(rules.table.rows)
    expect(answer.receipt).toMatchObject({ origin: 'certified', model: { name: 'm', tokens: 120, prompt: 'plan 2' } })
    expect(said).toContain('Thinking about it…')
    const [system, user] = calls[0]?.messages ?? []
    expect(user?.content).toBe(`Question: ${riddle}`)
    expect(system?.content).toMatch(/Today is 2023-04-04/)
    expect(system?.content).toMatch(/- revenue "revenue": sum of lines\.amount in lines, kept/)
  })

  test('becomes SQL where it cannot, checked by the guard, studied and marked as generated', async () => {
    const sql = 'SELECT channel, count(*) AS orders FROM orders GROUP BY channel ORDER BY orders DESC, channel'
    const { ask } = await asking([step({ kind: 'sql', sql, says: 'Orders by channel' })])
    const answer = await ask(riddle)
    if (answer.status !== 'answered') throw new Error(JSON.stringify(answer))
    expect(answer.table.rows).toEqual(await shop.check(sql))
    expect(answer.table.columns.map(({ name, role }) => [name, role])).toEqual([
      ['channel', 'dimension'],
      ['orders', 'measure'],
    ])
    expect(answer.receipt).toMatchObject({
      ...{ origin: 'generated', reading: 'Orders by channel', steps: [expect.stringContaining('Ran SQL over orders')] },
      notes: [expect.stringContaining('written by a language model')],
    })
    expect(answer.chart).toMatchObject({ kind: 'bar', subtitle: 'Orders by channel' })
    expect(answer.story.headline.text).toBe('Web has the most orders, 3')
  })

  test('that has several parts is split; each part is a question of its own', async () => {
    const { ask } = await asking([step({ kind: 'split', parts: ['revenue by region', 'orders by channel'] })])
    expect(await ask(riddle)).toMatchObject({
      status: 'told',
      items: [
        { term: 'revenue by region', ask: 'revenue by region', text: expect.stringContaining('revenue') },
        { term: 'orders by channel', ask: 'orders by channel' },
      ],
    })
  })

  test('that may mean two things is asked back with choices', async () => {
    const { ask } = await asking([
      step({ kind: 'ask', question: 'By stars or by returns?', choices: ['stars', 'returns'] }),
    ])
    expect(await ask(riddle)).toMatchObject({
      status: 'clarify',
      message: 'By stars or by returns?',
      by: 'model',
      choices: [{ label: 'stars', question: `${riddle} (stars)` }, { label: 'returns' }],
    })
  })

  test('that the data cannot answer is refused with the reason', async () => {
    const { ask } = await asking([step({ kind: 'decline', why: 'There is nothing on happiness.' })])
    expect(await ask(riddle)).toMatchObject({
      status: 'refused',
      by: 'model',
      message: 'There is nothing on happiness.',
    })
  })
})

describe('a step that does not work', () => {
  const good = step({ kind: 'sql', sql: 'SELECT channel, count(*) AS orders FROM orders GROUP BY 1', says: 'Orders' })

  test.each<[string, WrittenStep, RegExp]>([
    ['SQL with a table that is not there', { kind: 'sql', sql: 'SELECT * FROM order', says: '' }, /./],
    ['SQL with a column that is not there', { kind: 'sql', sql: 'SELECT chanel FROM orders', says: '' }, /channel/],
    [
      'SQL with a table where a column belongs',
      { kind: 'sql', sql: 'SELECT channel, sum(orders) AS n FROM orders GROUP BY 1', says: '' },
      /there is no column orders here: that is a table/,
    ],
    ['SQL of another kind', { kind: 'sql', sql: 'DROP TABLE orders', says: '' }, /SELECT/],
    ['a file', { kind: 'sql', sql: `SELECT * FROM read_text('/etc/passwd')`, says: '' }, /read_text/],
    [
      'a measure that is not there',
      { kind: 'query', query: draft({ measures: [{ measure: 'revenu', aggregation: null, look: 'plain' }] }) },
      /revenue/,
    ],
    [
      'a period without a day',
      { kind: 'query', query: draft({ period: { start: '2023-02-01', end: '2023-02-01', label: '' } }) },
      /no query/,
    ],
    ['a question back without words', { kind: 'ask', question: ' ', choices: [] }, /what you ask back/],
    ['a no without a reason', { kind: 'decline', why: '' }, /what is missing/],
    ['the same part twice', { kind: 'split', parts: ['a riddle', 'a riddle '] }, /Answer it/],
    ['a program without a result', { kind: 'compute', code: 'rows', says: '' }, /no result yet/],
  ])('%s is told to the model, with what may have been meant, and mended', async (_, wrong, told) => {
    const { ask, calls } = await asking([step(wrong), good])
    expect(await ask(riddle)).toMatchObject({ status: 'answered' })
    expect(calls[1]?.messages.at(-1)?.content).toMatch(/^That did not work: /)
    expect(calls[1]?.messages.at(-1)?.content).toMatch(told)
  })

  test('is mended three times at most; then the rules ask back', async () => {
    const wrong = step({ kind: 'sql', sql: 'SELECT chanel FROM orders', says: '' })
    const { ask, calls } = await asking([wrong, wrong, wrong, wrong, good])
    const answer = await ask(riddle)
    expect(answer.status).toBe('clarify')
    expect('message' in answer && answer.message).toMatch(/The language model did not find an answer either\.$/)
    expect(calls).toHaveLength(4)
  })

  test('is never answered with personal data', async () => {
    const { ask, calls } = await asking([
      step({ kind: 'sql', sql: 'SELECT customer_name FROM customers', says: '' }),
      good,
    ])
    await ask(riddle)
    expect(calls[1]?.messages.at(-1)?.content).toMatch(/^That did not work: /)
    expect(JSON.stringify(calls)).not.toMatch(/Ann|Bob/)
  })
})

describe('a result', () => {
  test('without rows is doubted once, and taken when the model stands by it', async () => {
    const none = step({ kind: 'sql', sql: `SELECT channel FROM orders WHERE channel = 'fax'`, says: 'Orders by fax' })
    const { ask, calls } = await asking([none, none])
    expect(await ask(riddle)).toMatchObject({ status: 'empty', message: 'Nothing matches: Orders by fax.' })
    expect(calls[1]?.messages.at(-1)?.content).toMatch(/It has no rows/)
  })

  test('can be looked at and computed on', async () => {
    const sql = 'SELECT channel, count(*) AS bought FROM orders GROUP BY 1 ORDER BY 1'
    const code = 'rows.map(r => ({ channel: r.channel, twice: r.bought * 2 }))'
    const { ask, calls } = await asking([
      step({ kind: 'sql', sql, says: 'Orders', look: true }),
      step({ kind: 'compute', code, says: 'Twice the orders by channel' }),
    ])
    const answer = await ask(riddle)
    if (answer.status !== 'answered') throw new Error(JSON.stringify(answer))
    const rows = await shop.check(sql)
    expect(answer.table.rows).toEqual(rows.map(([channel, bought]) => [channel, Number(bought) * 2]))
    expect(answer.receipt).toMatchObject({ sql, reading: 'Twice the orders by channel' })
    expect(calls[1]?.messages.at(-1)?.content).toMatch(/^3 rows; columns: channel text, bought integer; first: \[/)
  })
})

test('looking at values and finding words goes through what the asker may see', async () => {
  const { ask, calls } = await asking([
    step({ kind: 'values', column: 'orders.channel', like: 'WE' }),
    step({ kind: 'find', words: 'lamp' }),
    step({ kind: 'values', column: 'customers.customer_name', like: null }),
    step({ kind: 'decline', why: 'Enough.' }),
  ])
  await ask(riddle)
  const seen = calls.slice(1).map(call => call.messages.at(-1)?.content)
  expect(seen[0]).toMatch(/^orders\.channel has \[\{"value":"web","rows":\d+\}\]$/)
  expect(seen[1]).toBe('product has "Lamp"')
  expect(seen[2]).toMatch(/customer_name/)
  expect(seen[2]).not.toMatch(/Ann/)
})

describe('when the model fails', () => {
  test.each<[string, Scripted, RegExp]>([
    ['a key that is not taken', { status: 401 }, /did not accept the key\. .*answered without it\./],
    ['too many questions', { status: 429 }, /takes no more questions at the moment/],
    ['a server in trouble', { status: 503 }, /could not be reached/],
    ['prose', { text: 'Certainly!' }, /could not be read/],
    ['half a reply', { text: '{"thought": "a', finish: 'length' }, /could not be read/],
    ['a refusal', { refusal: 'No.' }, /declined/],
  ])('by %s, the rules ask back and say why', async (_, scripted, words) => {
    const { ask } = await asking([scripted])
    const answer = await ask(riddle)
    expect(answer.status).toBe('clarify')
    expect('message' in answer && answer.message).toMatch(words)
  })
})

describe('SQL that is too much at once', () => {
  const series = (days: number): WrittenStep => ({
    ...{ kind: 'sql', says: 'Pairs' },
    sql: `SELECT count(*) AS n FROM ${Array.from({ length: days }, (_, i) => `orders o${i}`).join(', ')}`,
  })

  test('is told to the model with how to ask for less; when it stays so, it is explained and split', async () => {
    const large = step(series(12))
    const { ask, calls } = await asking([large, large, large, large])
    expect(await ask('which gizmos sell together')).toMatchObject({
      ...{ status: 'refused', code: 'question/too-large' },
      message: expect.stringMatching(
        /^This question is too large: \d+ points of 100: .+, 11 joins \(22\)\. To ask for less: ask about fewer tables\. Or ask one of these:$/,
      ),
      choices: [
        { question: 'which gizmos sell together in April 2023' },
        { question: 'which gizmos sell together in 2023' },
      ],
    })
    expect(calls[1]?.messages.at(-1)?.content).toMatch(/points of 100/)
  })

  test('is mended by smaller SQL like any other', async () => {
    const { ask } = await asking([step(series(12)), step(series(1))])
    expect((await ask(riddle)).status).toBe('answered')
  })
})

test('a part of a question is not split again', async () => {
  const split = step({ kind: 'split', parts: ['which gizmos are happy', 'which punters are happy'] })
  const { ask, calls } = await asking([split, ...Array<Scripted>(30).fill(split)])
  expect(await ask(riddle)).toMatchObject({ status: 'told', title: '2 answers', by: 'model' })
  expect(calls).toHaveLength(1 + 2 * 4)
  expect(calls[2]?.messages.at(-1)?.content).toMatch(/part of a question already/)
})

test('what is asked back is cut to what can be read', async () => {
  const { ask } = await asking([
    step({ kind: 'ask', question: 'Which? '.repeat(200), choices: ['x'.repeat(500), 'x'.repeat(500), ''] }),
  ])
  const asked = await ask(riddle)
  if (asked.status !== 'clarify') throw new Error(asked.status)
  expect(asked.message.length).toBeLessThan(310)
  expect(asked.choices.map(({ label }) => label.length)).toEqual([100])
})

test('two columns of one name are told apart', async () => {
  const { ask } = await asking([step({ kind: 'sql', sql: 'SELECT 1 AS a, 2 AS a, 3 AS a_2', says: 'Three' })])
  expect(await ask(riddle)).toMatchObject({
    table: { columns: [{ name: 'a' }, { name: 'a_3' }, { name: 'a_2' }], rows: [[1, 2, 3]] },
  })
})

test('a column with a name that every object knows is renamed', async () => {
  const { ask } = await asking([step({ kind: 'sql', sql: 'SELECT 1 AS constructor, 2 AS "__proto__"', says: 'Two' })])
  expect(await ask(riddle)).toMatchObject({
    table: { columns: [{ name: 'constructor_2' }, { name: '__proto___2' }], rows: [[1, 2]] },
  })
})
