import { expect, test } from 'vitest'
import type { Ask } from '#src/ask.ts'
import { createRemembering } from '#src/conversation/remembering.ts'
import { createSaid } from '#src/conversation/said.ts'
import { createRouted, type Named } from '#src/route.ts'
import { createThreads } from '#src/threads.ts'
import type { Question } from '#src/vocabulary/question.ts'
import { answered, query } from './fakes/answers.ts'

const three: Named[] = [
  { name: 'shop', label: 'The shop' },
  { name: 'support_chats', label: 'Support' },
  { name: 'wines', label: 'Wines' },
]

const asksBack = { status: 'clarify' as const, message: 'Per what?', unused: [], choices: [], by: 'model' as const }

/** Asks domains each of which understands one word; a language model asks back of what begins with "model" and the domain's word. */
const routed = ({ domains = three } = {}) => {
  const asked: [string | undefined, string][] = []
  const words: Record<string, string> = { shop: 'revenue', support_chats: 'sessions', wines: 'alcohol' }
  const threads = createThreads()
  const said = createSaid()
  const warn = (event: string, error: unknown) => expect.fail(`${event}: ${error}`)
  const ask: Ask = async question => {
    asked.push([question.domain, question.text])
    const domain = question.domain ?? 'shop'
    if (question.text.startsWith(`model ${words[domain]}`))
      return { ...asksBack, id: domain, question: question.text, domain }
    if (!question.text.includes(words[domain] ?? ''))
      return { status: 'clarify', id: domain, question: question.text, domain, message: '', unused: [], choices: [] }
    await threads.remember(question.thread, { ...query, domain })
    return answered({ id: domain, domain })
  }
  const routing = createRouted(ask, { domains: async () => domains, threads, said, warn })
  const route = createRemembering(routing, { said, warn })
  return { asked, route: (text: string, more: Partial<Question> = {}) => route({ text, ...more }) }
}

test('the usual domain is asked first, and alone when it understands', async () => {
  const { route, asked } = routed()
  expect((await route('revenue')).domain).toBe('shop')
  expect(asked).toEqual([['shop', 'revenue']])
})

test('another one answers what the usual one does not understand', async () => {
  const { route, asked } = routed()
  expect((await route('alcohol by country')).domain).toBe('wines')
  expect(asked.map(([domain]) => domain)).toEqual(['shop', 'support_chats', 'wines'])
})

test('what none understands is asked back by the usual one', async () => {
  const { route } = routed()
  expect(await route('the weather')).toMatchObject({ status: 'clarify', domain: 'shop' })
})

test('a conversation stays in its domain', async () => {
  const { route, asked } = routed()
  await route('sessions', { thread: 't' })
  asked.length = 0
  expect((await route('sessions by week', { thread: 't' })).domain).toBe('support_chats')
  expect(asked).toEqual([['support_chats', 'sessions by week']])
})

test.each([
  ['model revenue', ['shop']],
  ['model sessions', ['shop', 'support_chats']],
])('%s: a language model that asks back ends it', async (text, domains) => {
  const { route, asked } = routed()
  expect(await route(text)).toMatchObject({ status: 'clarify', message: 'Per what?', domain: domains.at(-1) })
  expect(asked.map(([domain]) => domain)).toEqual(domains)
})

test('the reply to a question back is for the domain that asked, also where another was asked before', async () => {
  const { route, asked } = routed()
  await route('alcohol', { thread: 't' })
  await route('support: model sessions', { thread: 't' })
  asked.length = 0
  await route('sessions per order', { thread: 't' })
  expect(asked).toEqual([['support_chats', 'sessions per order']])
})

test.each([
  ['support_chats: sessions today', 'sessions today'],
  ['Support chats: sessions today', 'sessions today'],
  ['in Support, sessions today', 'sessions today'],
  ['IN support-chats: sessions, by day', 'sessions, by day'],
])('%s names its domain', async (text, rest) => {
  const { route, asked } = routed()
  expect((await route(text)).domain).toBe('support_chats')
  expect(asked).toEqual([['support_chats', rest]])
})

test.each(['Texas, revenue', 'in Texas, revenue', 'revenue: by state', 'support revenue'])(
  '%s names no domain',
  async text => {
    const { route, asked } = routed()
    await route(text)
    expect(asked).toEqual([['shop', text]])
  },
)

test('one that is chosen is the only one asked, and so is the only one there is', async () => {
  const chosen = routed()
  expect(await chosen.route('alcohol', { domain: 'shop' })).toMatchObject({ status: 'clarify', domain: 'shop' })
  expect(chosen.asked).toEqual([['shop', 'alcohol']])
  const alone = routed({ domains: three.slice(0, 1) })
  await alone.route('alcohol')
  expect(alone.asked).toEqual([[undefined, 'alcohol']])
})
