import type { Lexicon } from '../lexicon.ts'
import { type Token, wordsAt } from '../tokens.ts'
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
    return phraseTables.flatMap(({ said, score }) => {
      const what = text === 'fall' && tokens[at + 1]?.lower === 'due' ? undefined : said(text)
      return what ? [make(at, at + n, n * score + (n - 1) * 0.3, what)] : []
    })
  })

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
        superlative: lead > 0 || /est$/.test(said),
      }),
    )
  }
  if (words.popularity.has(said) && lead) found.push(make(at, at + 2, 5.5, { kind: 'popular' }))
  if (/^(busiest|busier)$/.test(text)) found.push(make(at, at + 1, 3, { kind: 'popular' }))
  return found
}

/** A verb of the data's own ("Closed Won") is never passed over. */
export const lightVerbAt = (tokens: readonly Token[], at: number, lexicon: Lexicon): Mention[] =>
  [1, 2].flatMap(n => {
    const text = wordsAt(tokens, at, n)
    const known = n === 1 && lexicon.containing(text).some(e => isShortValue(e, lexicon) && e.words.includes(text))
    return words.lightVerbs.has(text) && !known ? [make(at, at + n, n + (n - 1) * 0.3, { kind: 'filler' })] : []
  })

const phraseTables: { said: (text: string) => Said | undefined; score: number }[] = [
  {
    said: t =>
      words.aggregationWords[t] ? { kind: 'aggregation', aggregation: words.aggregationWords[t] } : undefined,
    score: 2.3,
  },
  { said: t => (words.changeWords.has(t) ? { kind: 'change', word: t } : undefined), score: 2.3 },
  { said: t => (words.shareWords.includes(t) ? { kind: 'share' } : undefined), score: 2.3 },
  { said: t => (words.cumulativeWords.includes(t) ? { kind: 'cumulative' } : undefined), score: 2.6 },
  { said: t => (words.whyWords.includes(t) ? { kind: 'why' } : undefined), score: 2.6 },
  { said: t => (words.forecastWords.includes(t) ? { kind: 'forecast' } : undefined), score: 2.3 },
  { said: t => (currencyWords[t] ? { kind: 'currency', code: currencyWords[t] } : undefined), score: 1.5 },
  { said: t => (words.fillers.has(t) ? { kind: 'filler' } : undefined), score: 1 },
  ...(Object.keys(words.cues) as words.Cue[]).map(cue => ({
    said: (t: string): Said | undefined => (words.cues[cue].includes(t) ? { kind: 'cue', cue } : undefined),
    score: cue === 'which' || cue === 'be' || cue === 'list' ? 1.2 : 2,
  })),
]
