import { describe, expect, test } from 'vitest'
import { createAsk } from '#src/ask.ts'
import { fixedEffects } from '#src/effects.ts'
import { createLessonsOf, createTaught, withLessons } from '#src/review/teach.ts'
import type { KeptLesson, Lesson } from '#src/store/lessons.ts'
import { createThreads } from '#src/threads.ts'
import { shopTables, worldOf } from '#test/semantic/compile-world.ts'

const shop = worldOf('shop', shopTables)

const kept = (...lessons: Lesson[]): { of: () => Promise<KeptLesson[]> } => ({
  of: async () => lessons.map((lesson, i) => ({ ...lesson, nth: i + 1, domain: 'tiny' })),
})
const warn = (event: string, error: unknown) => expect.fail(`${event}: ${error}`)
const gizmo: Lesson = { kind: 'synonym', word: 'gizmo', of: 'dimension', name: 'product' }
const dosh: Lesson = { kind: 'synonym', word: 'dosh', of: 'measure', name: 'revenue' }

describe('words that were taught', () => {
  test('are synonyms of the model', () => {
    const { model } = shop
    const taught = withLessons(model, [gizmo, dosh, gizmo])
    expect(taught.dimensions.product?.synonyms).toEqual([...(model.dimensions.product?.synonyms ?? []), 'gizmo'])
    expect(taught.measures.revenue?.synonyms).toContain('dosh')
    expect(model.measures.revenue?.synonyms).not.toContain('dosh')
  })

  test('for what is not there, or none, change nothing', () => {
    expect(withLessons(shop.model, [])).toBe(shop.model)
    expect(withLessons(shop.model, [{ ...gizmo, name: '__proto__' }])).toEqual(shop.model)
    expect(withLessons(shop.model, [{ ...gizmo, name: 'of another' }])).toEqual(shop.model)
  })

  test('are read in questions', async () => {
    const find = createTaught(async () => shop.domain, { lessons: kept(gizmo, dosh), warn })
    const parts = { threads: createThreads(), warn, effects: fixedEffects() }
    const asked = { text: 'dosh by gizmo', today: '2023-04-04' }
    expect((await createAsk({ ...parts, domain: async () => shop.domain })(asked)).status).toBe('clarify')
    expect(await createAsk({ ...parts, domain: find })(asked)).toMatchObject({
      status: 'answered',
      receipt: { reading: 'Revenue by product' },
    })
  })

  test('are done without when the store is away', async () => {
    const warned: string[] = []
    const find = createTaught(async () => shop.domain, {
      lessons: { of: () => Promise.reject(new Error('away')) },
      warn: event => void warned.push(event),
    })
    expect(await find('tiny', {})).toBe(shop.domain)
    expect(warned).toEqual(['lessons'])
  })
})

describe('what a language model is taught', () => {
  const draft = {
    ...{ measures: [{ measure: 'revenue', aggregation: null, look: 'plain' }], splits: ['region'], filters: [] },
    ...{ named_filters: [], having: [], period: null, compare: null, order: [], limit: null },
  }
  const all = kept(
    { kind: 'example', question: 'dosh per place', query: draft },
    { kind: 'example', question: 'gone', query: { ...draft, splits: ['of another'] } },
    { kind: 'example', question: 'no query', query: { select: '*' } },
    { kind: 'example', question: 'channels', sql: 'SELECT channel FROM orders' },
    { kind: 'rule', rule: 'Leave gifts out.' },
    gizmo,
  )

  test('are worked questions that run with these rights, and rules', async () => {
    expect(await createLessonsOf({ lessons: all, warn })(shop.domain)).toEqual({
      examples: [
        { question: 'dosh per place', query: draft },
        { question: 'channels', sql: 'SELECT channel FROM orders' },
      ],
      rules: ['Leave gifts out.'],
    })
  })

  test('is no example to whoever does not see all rows', async () => {
    const some = { ...shop.domain, notes: ['Only the North.'] }
    expect(await createLessonsOf({ lessons: all, warn })(some)).toEqual({ examples: [], rules: ['Leave gifts out.'] })
  })
})
