import { expect, test } from 'vitest'
import { createAsk } from '#src/ask.ts'
import { fixedEffects } from '#src/effects.ts'
import type { Worked } from '#src/nl2sql/outcome.ts'
import type { Retell } from '#src/nl2sql/retell.ts'
import { createThreads } from '#src/threads.ts'
import { shopTables, worldOf } from '#test/semantic/compile-world.ts'

const shop = worldOf('shop', shopTables)
const use = { model: 'm', input: 100, cached: 0, output: 20, cost: 0.01, ms: 5 }

/** Tells everything in the same words. */
const retell: Retell = async ({ study: { facts, chart, notes } }) => {
  const said = { text: 'Told otherwise', cites: [facts[0]?.id ?? ''] }
  const story = { headline: said, summary: [said], insights: [], implications: [] }
  const step = 'Told by the language model.'
  return { story, chart, notes, words: 'model', steps: [step], uses: [use], prompt: { name: 'tell', version: 2 } }
}

const asking = (parts: { retell?: Retell; worked?: Worked }) => {
  const ask = createAsk({
    ...{ domain: async () => shop.domain, threads: createThreads(), effects: fixedEffects() },
    warn: (event, error) => expect.fail(`${event}: ${error}`),
    retell: () => parts.retell,
    workOut: () => parts.worked && (async () => parts.worked as Worked),
  })
  return async (text: string) => {
    const answer = await ask({ text, today: '2023-04-04' })
    if (answer.status !== 'answered') throw new Error(JSON.stringify(answer))
    return answer
  }
}

const plan = { steps: ['Ran SQL.'], uses: [use], prompt: { name: 'plan', version: 1 } }
const riddle = 'which gizmos made the punters happiest'

test('a certified answer is told by rules unless somebody set it otherwise', async () => {
  const { story, receipt } = await asking({})('revenue by region')
  expect(story.headline.text).not.toBe('Told otherwise')
  expect(receipt).not.toHaveProperty('words')
})

test('a certified answer that a language model tells stays certified', async () => {
  const { story, receipt } = await asking({ retell })('revenue by region')
  expect(story.headline.text).toBe('Told otherwise')
  expect(receipt).toMatchObject({ origin: 'certified', words: 'model', model: { tokens: 120, prompt: 'tell 2' } })
})

test('a generated answer is told by the model that worked it out, and its receipt counts both', async () => {
  const sql = 'SELECT channel, count(*) AS orders FROM orders GROUP BY channel'
  const result = await shop.domain.runText(sql)
  if (Array.isArray(result)) throw new Error(JSON.stringify(result))
  const worked = { ...plan, retell, outcome: { kind: 'rows' as const, result, sql, says: 'Orders', cached: false } }
  const { story, receipt } = await asking({ worked })(riddle)
  expect(story.headline.text).toBe('Told otherwise')
  expect(receipt).toMatchObject({
    ...{ origin: 'generated', words: 'model', steps: ['Ran SQL.', 'Told by the language model.'] },
    model: { name: 'm', tokens: 240, cost: 0.02, prompt: 'plan 1, tell 2' },
  })
})
