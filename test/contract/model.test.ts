import { afterAll, beforeAll, expect, test } from 'vitest'
import { roomView } from '#renderers/room/answer.ts'
import { realEffects } from '#src/effects.ts'
import type { Complete } from '#src/nl2sql/client/complete.ts'
import { openModel } from '#src/nl2sql/client/openai.ts'
import { openAgent } from '#src/nl2sql/open-agent.ts'
import { makeHome } from '#test/cli/program.ts'
import { type FakeOpenAi, openFakeOpenAi } from '#test/fakes/openai.ts'
import { platforms } from './platforms.ts'
import { openRealShop } from './real-shop.ts'

/** Nothing of the semantic model says it; the model of the language does, in SQL. */
const question = 'how long do punters wait before they come back'
const sql = `SELECT shipping_state AS state, count(*) AS orders FROM orders GROUP BY shipping_state ORDER BY orders DESC, state LIMIT 3`
const says = 'Orders of the three busiest states'

let shop: Awaited<ReturnType<typeof openRealShop>>
let server: FakeOpenAi
beforeAll(async () => {
  shop = await openRealShop()
  server = await openFakeOpenAi(() => ({ json: { thought: 'so', step: { kind: 'sql', sql, says } } }))
})
afterAll(async () => {
  await shop.close()
  await server.close()
})

const openWorkOut = async () => {
  const attempt = openModel({ baseUrl: server.url, model: 'm' }, realEffects)
  const complete: Complete = async (request, options) => {
    const reply = await attempt(request, options?.signal)
    if ('problem' in reply) throw reply.problem
    return reply
  }
  return openAgent(complete)
}

const inRoom = async () => {
  const useCases = shop.chat(await openWorkOut())
  const signal = AbortSignal.timeout(60_000)
  const answer = await useCases.ask({ text: question, thread: 'room' }, { signal, onStatus: () => undefined })
  if (answer.status !== 'answered') throw new Error(JSON.stringify(answer))
  return { answer, view: roomView(answer, { periods: [], splits: [], charts: [] }) }
}

test('the room tells what a language model wrote as generated, with its SQL, steps and use', async () => {
  const { answer } = await inRoom()
  expect(answer.receipt).toMatchObject({
    ...{ origin: 'generated', sql, reading: says, steps: [expect.stringMatching(/^Ran SQL over orders: 3 rows/)] },
    model: { name: 'm', tokens: 120 },
  })
  expect(answer.table.rows).toHaveLength(3)
})

test.each(platforms)('$name says the same, marked as generated', async contract => {
  const { answer } = await inRoom()
  const chat = await contract.open({ useCases: shop.chat(await openWorkOut()) })
  try {
    await chat.mention(question)
    await expect.poll(() => chat.seen().some(({ words }) => words.includes(answer.story.headline.text))).toBe(true)
    const message = chat.seen().find(({ words }) => words.includes(answer.story.headline.text))
    expect(message?.words).toMatch(/Generated/)
    expect(message?.words).not.toMatch(/Certified/)
    expect(message?.pictures).toHaveLength(1)
  } finally {
    await chat.close()
  }
})

test('the terminal says the same', async () => {
  const home = makeHome()
  const settings = { OPENAI_BASE_URL: server.url, OPENAI_MODEL: 'm', NUM_ORDERS: '800', NUM_CUSTOMERS: '60' }
  const { code, out } = await home.run(['ask', question, '--json'], { settings })
  const withoutModel = await home.run(['ask', question, '--json', '--no-llm'], { settings })
  await home.clear()
  const told = JSON.parse(out)
  expect([code, told.status, told.receipt.origin, told.sql]).toEqual([0, 'answered', 'generated', sql])
  expect(told.rows).toEqual((await inRoom()).answer.table.rows.map(([state, orders]) => ({ state, orders })))
  expect(JSON.parse(withoutModel.out).status).toBe('clarify')
})
