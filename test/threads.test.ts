import { expect, test } from 'vitest'
import { createThreads } from '#src/threads.ts'
import { type Query, querySchema } from '#src/vocabulary/query.ts'

const query = (measure: string): Query => querySchema.parse({ domain: 'shop', measures: [{ measure }] })
const [a, b, c] = [query('a'), query('b'), query('c')]

test('a conversation remembers its last query; others know nothing of it', () => {
  const threads = createThreads()
  threads.remember('x', a)
  threads.remember('x', b)
  expect(threads.last('x')).toEqual(b)
  expect(threads.last('y')).toBeUndefined()
})

test('without a conversation nothing is remembered', () => {
  const threads = createThreads()
  threads.remember(undefined, a)
  expect(threads.last(undefined)).toBeUndefined()
  expect(threads.back(undefined)).toBeUndefined()
})

test('back forgets the last query and gives the one before, as long as there is one', () => {
  const threads = createThreads()
  for (const q of [a, b, c]) threads.remember('x', q)
  expect(threads.back('x')).toEqual(b)
  expect(threads.back('x')).toEqual(a)
  expect(threads.back('x')).toBeUndefined()
  expect(threads.last('x')).toEqual(a)
})

test('a query that is remembered twice is one turn', () => {
  const threads = createThreads()
  for (const q of [a, b, b, structuredClone(b)]) threads.remember('x', q)
  expect(threads.back('x')).toEqual(a)
})

test('only so many turns are kept', () => {
  const threads = createThreads({ maxTurns: 2 })
  for (const q of [a, b, c]) threads.remember('x', q)
  expect(threads.back('x')).toEqual(b)
  expect(threads.back('x')).toBeUndefined()
})

test('the conversation that was used least recently goes first', () => {
  const threads = createThreads({ maxThreads: 2 })
  threads.remember('x', a)
  threads.remember('y', b)
  threads.remember('x', c)
  threads.remember('z', a)
  expect([threads.last('x'), threads.last('y'), threads.last('z')]).toEqual([c, undefined, a])
})

test('names that look like an object’s own are conversations like others', () => {
  const threads = createThreads()
  expect(threads.last('__proto__')).toBeUndefined()
  threads.remember('constructor', a)
  expect(threads.last('constructor')).toEqual(a)
})
