import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Domain, Knowledge } from '#src/domain.ts'
import { metaOf } from '#src/question/meta.ts'
import { contenders, read } from '#src/question/read.ts'
import { type Token, tokenize } from '#src/question/tokens.ts'
import { lightVerbs } from '#src/question/verbs.ts'
import { cues, fillers } from '#src/question/words.ts'
import { readWorked, type Worked } from '#test/questions/evaluate.ts'
import { openSampleShop } from './sample-shop.ts'

/**
 * No word of a question is silently ignored: put another word in its place, or leave it out, and the query is another one, or the word
 * is named as unused, or the reader asks back. Held over all worked questions of the shop that have an answer.
 */

let domain: Domain
let knowledge: Knowledge
let close: () => Promise<void>
beforeAll(async () => {
  ;({ domain, close } = await openSampleShop())
  knowledge = await domain.knowledge()
})
afterAll(() => close())

const questions: Worked[] = readWorked('ecommerce').filter(q => [q.expect].flat().includes('answered') && !q.thread)

/** What a text comes to: the queries that may be run, with what is said of them ("no measure was named, so …"), or why none is. */
const outcome = (text: string, today: string): string => {
  const meta = metaOf(text, knowledge, domain.model)
  if (meta) return `told ${JSON.stringify(meta)}`
  const reading = read(text, { model: domain.model, lexicon: knowledge.lexicon, range: knowledge.range, today })
  if (reading.unused.length > 0) return `asked about ${reading.unused.join(' ')}`
  if (reading.draft.forecast) return 'refused'
  const queries = contenders(reading.candidates)
  return queries.length > 0
    ? JSON.stringify([queries, reading.candidates[0]?.notes])
    : `asked ${reading.gaps.map(g => g.gap).join(' ')}`
}

/** Words that only tie a sentence together; cues that turn a meaning round ("not", "only", "vs") are none. */
const glue = new Set([
  ...cues.filter,
  ...cues.of,
  ...cues.and,
  ...cues.or,
  ...cues.be,
  ...cues.which,
  ...cues.having,
  ...cues.split,
])

/** "customers *who bought* books": a verb that ties words together may be left out; another word in its place may not be passed over. */
const ties = (t: Token) => lightVerbs.has(t.lower)

const isContent = (t: Token) => t.kind !== 'sign' && t.end > t.start && !fillers.has(t.lower) && !glue.has(t.lower)

type Slip = { id: string; word: string; text: string }

const slips = (
  change: (text: string, t: Token) => string,
  passes: (t: Token) => boolean = () => false,
): { tried: number; found: Slip[] } => {
  const found: Slip[] = []
  let tried = 0
  for (const { id, question, today = '2024-01-01' } of questions) {
    const plain = outcome(question, today)
    if (!plain.startsWith('[')) continue
    for (const t of tokenize(question).filter(t => isContent(t) && !passes(t))) {
      tried += 1
      const text = change(question, t)
      if (outcome(text, today) === plain) found.push({ id, word: t.text, text })
    }
  }
  return { tried, found }
}

const told = (title: string, { tried, found }: { tried: number; found: Slip[] }) =>
  console.log(
    `${title}: ${found.length} of ${tried} words\n${found.map(s => `  ${s.id} ${s.word}: ${s.text}`).join('\n')}`,
  )

const instead = (word: string) => (text: string, t: Token) => `${text.slice(0, t.start)}${word}${text.slice(t.end)}`

describe('every word of a worked question counts', () => {
  test('there is something to try', () => {
    expect(slips(text => `${text} zzqxw`).tried).toBeGreaterThan(300)
  })

  test('a word that nobody knows in its place is never passed over', () => {
    const result = slips(instead('zzqxw'))
    told('passed over a word that nobody knows', result)
    expect(result.found).toEqual([])
  })

  test('a word of the language that the data knows nothing of is never passed over', () => {
    const result = slips(instead('weather'))
    told('passed over “weather”', result)
    expect(result.found).toEqual([])
  })

  test('left out, the question changes, or it is said what was taken instead, but for words that only repeat what another one says', () => {
    const result = slips(instead(''), ties)
    told('the same without the word', result)
    expect(result.found.length).toBeLessThanOrEqual(45)
  })
})
