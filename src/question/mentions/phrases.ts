import type { Lexicon } from '../lexicon.ts'
import { type Token, wordsAt } from '../tokens.ts'
import { lightVerbs } from '../verbs.ts'
import * as words from '../words.ts'
import { currencyWords } from './currencies.ts'
import { type Mention, make, type Said } from './mention.ts'
import { isShortValue } from './names.ts'

/** Fixed phrases: aggregations, shares, changes, cues, fillers. */
export const phraseAt = (tokens: readonly Token[], at: number): Mention[] =>
  [1, 2, 3, 4, 5].flatMap(n => {
    if (at + n > tokens.length) return []
    const text = tokens
      .slice(at, at + n)
      .filter(t => t.lower !== '-' || n === 1)
      .map(t => t.lower)
      .join(' ')
    if (text === 'fall' && tokens[at + 1]?.lower === 'due') return []
    return (phrases.get(text) ?? []).map(({ said, score }) => make(at, at + n, n * score + (n - 1) * 0.3, said))
  })

/** "how many donors do we have *on the books*", where nothing is called books. */
export const idiomAt = (tokens: readonly Token[], at: number, lexicon: Lexicon): Mention[] =>
  [2, 3].flatMap(n => {
    const text = wordsAt(tokens, at, n)
    const last = text.split(' ').at(-1) ?? ''
    const isNamed = lexicon.starting(last).some(e => e.words.join(' ') === last)
    if (text === 'a single' && isDenied(tokens, at)) return [make(at, at + n, n * 3, { kind: 'filler' })]
    return words.idioms.has(text) && !isNamed ? [make(at, at + n, n * 3, { kind: 'filler' })] : []
  })

/** "*never* had a single rental": none at all. */
const isDenied = (tokens: readonly Token[], at: number): boolean =>
  tokens.slice(0, at).some(t => /^(never|not|no|without)$/.test(t.lower))

/** "tallest", "most expensive", "most popular": a word that says what a measure is about. */
export const hintAt = (tokens: readonly Token[], at: number, lexicon: Lexicon): Mention[] => {
  const text = tokens[at]?.lower ?? ''
  const lead = /^(most|least)$/.test(text) ? 1 : 0
  const said = lead ? (tokens[at + 1]?.lower ?? '') : text
  const found: Mention[] = []
  const hint = Object.hasOwn(lexicon.hints, said) ? lexicon.hints[said] : undefined
  if (hint) {
    const low = (hint.low ?? false) !== (text === 'least')
    found.push(
      make(at, at + 1 + lead, (1 + lead) * 2.5 + lead, {
        kind: 'hint',
        about: hint.about,
        low,
        word: said,
        time: hint.time,
        superlative: lead > 0 || /est$/.test(said),
      }),
    )
  }
  if (words.popularity.has(said) && lead) found.push(make(at, at + 2, 5.5, { kind: 'popular', low: text === 'least' }))
  if (/^(busiest|busier)$/.test(text)) found.push(make(at, at + 1, 3, { kind: 'popular', low: false }))
  if (/^(rarest|quietest)$/.test(text)) found.push(make(at, at + 1, 3, { kind: 'popular', low: true }))
  return found
}

/** A verb of the data's own ("Closed Won") is never passed over. */
export const lightVerbAt = (tokens: readonly Token[], at: number, lexicon: Lexicon): Mention[] =>
  [1, 2].flatMap(n => {
    const text = wordsAt(tokens, at, n)
    const known = n === 1 && lexicon.containing(text).some(e => isShortValue(e, lexicon) && e.words.includes(text))
    if (text === 'last') return isLasting(tokens, at) ? [make(at, at + 1, 1, { kind: 'filler' })] : []
    return lightVerbs.has(text) && !known ? [make(at, at + n, n + (n - 1) * 0.3, { kind: 'filler' })] : []
  })

/** "how long does a session *last*": the verb, not the last of something. */
const isLasting = (tokens: readonly Token[], at: number): boolean =>
  tokens.slice(Math.max(0, at - 5), at).some(t => /^(do|does|did|will)$/.test(t.lower)) &&
  (tokens[at + 1] === undefined ||
    tokens[at + 1]?.kind === 'sign' ||
    /^(on|in|for|by|per|at|over|until)$/.test(tokens[at + 1]?.lower ?? ''))

type Phrase = { text: string; said: Said; score: number }

const each = (texts: Iterable<string>, score: number, said: (text: string) => Said): Phrase[] =>
  [...new Set(texts)].map(text => ({ text, said: said(text), score }))

/** What each phrase may say, likeliest kinds first. */
const phrases: ReadonlyMap<string, readonly Phrase[]> = Map.groupBy(
  [
    ...Object.entries(words.aggregationWords).map(([text, aggregation]) => ({
      ...{ text, said: { kind: 'aggregation' as const, aggregation }, score: 2.3 },
    })),
    ...each(words.changeWords, 2.3, word => ({ kind: 'change', word })),
    ...each(words.shareWords, 2.3, () => ({ kind: 'share' })),
    ...each(words.cumulativeWords, 2.6, () => ({ kind: 'cumulative' })),
    ...each(words.whyWords, 2.6, () => ({ kind: 'why' })),
    ...each(words.forecastWords, 2.3, () => ({ kind: 'forecast' })),
    ...Object.entries(currencyWords).map(([text, code]) => ({
      ...{ text, said: { kind: 'currency' as const, code }, score: 1.5 },
    })),
    ...each(words.fillers, 1, () => ({ kind: 'filler' })),
    ...(Object.keys(words.cues) as words.Cue[]).flatMap(cue =>
      each(words.cues[cue], cue === 'which' || cue === 'be' || cue === 'list' ? 1.2 : 2, () => ({ kind: 'cue', cue })),
    ),
  ],
  ({ text }) => text,
)
