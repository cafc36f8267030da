import { expect, test } from 'vitest'
import { parseCommand } from '#handlers/commands/parse.ts'
import { runCommand } from '#handlers/commands/run.ts'
import { createAsk } from '#src/ask.ts'
import { describe as describeDomain } from '#src/describe.ts'
import { fixedEffects } from '#src/effects.ts'
import { createThreads } from '#src/threads.ts'
import type { Told } from '#src/vocabulary/answer.ts'
import { scriptedUseCases } from '#test/fakes/use-cases.ts'
import { shopTables, worldOf } from '#test/semantic/compile-world.ts'

const shop = worldOf('shop', shopTables)

const help = async (parts: Parameters<typeof scriptedUseCases>[0]) => {
  const { useCases } = scriptedUseCases(parts)
  const answer = await runCommand({ command: parseCommand('help questions') }, useCases, fixedEffects())
  return answer as Told
}

test('help on questions has forms filled in with what this data has, and every one of them is answered', async () => {
  const { items, choices } = await help({ describeData: () => describeDomain(shop.domain, []) })
  const filled = items.filter(({ ask }) => ask !== undefined)
  expect(filled.map(({ term, text }) => [term, text])).toEqual([
    ['<measure> by month', 'revenue by month'],
    ['<measure> by <split>', 'revenue by status'],
    ['top 5 <split> by <measure>', 'top 5 status by revenue'],
    ['<measure> for <value>', 'revenue for category Home'],
    ['share of <measure> by <split>', 'share of revenue by channel'],
    ['<measure> and <measure> by month', 'revenue and gross by month'],
  ])
  const ask = createAsk({
    ...{ domain: async () => shop.domain, threads: createThreads(), effects: fixedEffects() },
    warn: (event, error) => expect.fail(`${event}: ${error}`),
  })
  for (const { ask: text = '' } of filled)
    expect([text, (await ask({ text, today: '2023-04-04' })).status]).toEqual([text, 'answered'])
  expect(choices.map(({ question }) => question)).toContain('help periods')
})

test('examples of the domain can be asked with one click', async () => {
  expect((await help({})).choices.slice(0, 3)).toEqual([
    { label: 'revenue by month', question: 'revenue by month' },
    { label: 'orders by state', question: 'orders by state' },
    { label: 'top 5 products', question: 'top 5 products' },
  ])
})

test('help comes without them when the data cannot be reached', async () => {
  const { title, items, choices } = await help({ describeData: () => Promise.reject(new Error('away')) })
  expect(title).toBe('Questions')
  expect(items.some(({ ask }) => ask !== undefined)).toBe(false)
  expect(choices.every(({ question }) => question.startsWith('help '))).toBe(true)
})

test('what admins do is listed where answers are kept', async () => {
  const terms = async (parts: Parameters<typeof scriptedUseCases>[0]) => {
    const { useCases } = scriptedUseCases(parts)
    const answer = await runCommand({ command: parseCommand('help') }, useCases, fixedEffects())
    return (answer as Told).items.map(({ term }) => term)
  }
  const nothing = () => Promise.reject(new Error('not asked'))
  expect(await terms({ verifying: { verify: nothing, list: nothing, remove: nothing } })).toContain('data verify')
  expect(await terms({})).not.toContain('data verify')
})
