import { isEnglish, lemma, verb } from '../lemma.ts'
import { type Entry, isSpoken, type Lexicon, type Meaning } from '../lexicon.ts'
import { isAskedHowMany, type Token } from '../tokens.ts'
import { lightVerbs } from '../verbs.ts'
import * as words from '../words.ts'
import { type Mention, make } from './mention.ts'

/** Names of the model and values of the data that begin here. */
export const namedAt = (tokens: readonly Token[], at: number, lexicon: Lexicon): Mention[] => {
  const token = tokens[at]
  const asksToName = at === 0 && token?.lower === 'name'
  if (!token || !isSpoken(token) || asksToName) return []
  const starting = lexicon.starting(word(token))
  const things = new Set(starting.flatMap(e => (e.meaning.kind === 'entity' ? [e.words.join(' ')] : [])))
  const whole = starting.flatMap(e => {
    const to = matchWords(tokens, at, e.words)
    return to && allowed(tokens, at, to, e) && !(isGerund(tokens[to - 1], e) && things.has(e.words.join(' ')))
      ? [{ to, meaning: e.meaning, weight: e.weight, part: e.part ?? false, ...bent(tokens, { at, to }, e.words) }]
      : []
  })
  const named = grouped(at, [...whole, ...partOfValue(tokens, at, lexicon), ...countedPeople(tokens, at, lexicon)])
  return named.filter(
    m =>
      !(
        m.kind === 'named' &&
        m.to === at + 1 &&
        ((m.inflected && (words.fillers.has(token.lower) || lightVerbs.has(token.lower))) ||
          (m.part && isDoneThrough(tokens, at)))
      ),
  )
}

/** "rentals *booked* through the app": no part of "days booked". */
const isDoneThrough = (tokens: readonly Token[], at: number): boolean =>
  /..ed$/.test(tokens[at]?.lower ?? '') &&
  lightVerbs.has(tokens[at]?.lower ?? '') &&
  /^(through|via|using|with|over)$/.test(tokens[at + 1]?.lower ?? '')

/** "how many *people*", where the data has one kind of them. */
const countedPeople = (tokens: readonly Token[], at: number, { people }: Lexicon): Found[] => {
  const isCounted = /^(people|persons)$/.test(tokens[at]?.lower ?? '') && isAskedHowMany(tokens, at)
  return isCounted && people.length === 1
    ? people.map(meaning => ({ to: at + 1, meaning, weight: 1, part: false, inflected: false }))
    : []
}

/** "*billing*" is what is done with bills, and no number of them. */
const isGerund = (last: Token | undefined, { words: said }: Entry): boolean =>
  /..ing$/.test(last?.lower ?? '') && !/ings?$/.test(said.at(-1) ?? '')

/** Whether a name is a value of a dimension that has only a few. */
export const isShortValue = ({ meaning }: Entry, lexicon: Lexicon) =>
  meaning.kind === 'value' && lexicon.isShortList(meaning.dimension)

/** `past`: said otherwise than in the past, and named in it: "bills" for "billed". */
type Found = { to: number; meaning: Meaning; weight: number; part: boolean; inflected: boolean; past?: boolean }

const bent = (tokens: readonly Token[], { at, to }: { at: number; to: number }, phrase: string[]) => ({
  inflected: inflected(tokens, at, phrase),
  past: /..ed$/.test(phrase.at(-1) ?? '') && !/..ed$/.test(tokens[to - 1]?.lower ?? ''),
})

/** Meanings of one stretch stand together, unless one is clearly nearer (a full name beats a part of another). */
const grouped = (from: number, found: Found[]): Mention[] => {
  const ends = [...new Set(found.map(f => f.to))]
  return ends.map(to => {
    const here = found.filter(f => f.to === to)
    const exact = here.filter(f => !f.part && !f.inflected)
    const plain = here.filter(f => !f.inflected)
    const nouns = here.filter(f => !f.past)
    const kept = [exact, plain, nouns].find(some => some.length > 0) ?? here
    const weight = Math.max(...kept.map(f => f.weight))
    const nearest = kept.filter(f => f.weight >= weight - 0.1)
    const length = to - from
    return make(from, to, length * 3 * weight * (exact.length > 0 ? 1 : 0.9) + (length - 1) * 0.8, {
      kind: 'named',
      meanings: distinct(nearest.map(f => f.meaning)),
      part: kept.every(f => f.part),
      inflected: kept.every(f => f.inflected),
    })
  })
}

const distinct = (meanings: Meaning[]) =>
  meanings.filter((m, i) => meanings.findIndex(n => JSON.stringify(n) === JSON.stringify(m)) === i)

const word = (token: Token) => (token.lower === '&' ? 'and' : token.lower)

/** The token after the last word, when all words match from here; hyphens between words are passed over. */
const matchWords = (tokens: readonly Token[], at: number, phrase: string[]): number | undefined => {
  let next = at
  for (const [i, expected] of phrase.entries()) {
    if (i > 0) while (tokens[next]?.lower === '-' || tokens[next]?.lower === '/') next += 1
    const token = tokens[next]
    if (!token || !sameWord(word(token), expected)) return undefined
    next += 1
  }
  return next
}

const sameWord = (said: string, expected: string) =>
  directly(said, expected) || (said.length > 2 && verb(said) === verb(expected))

/** The same word, singular or plural. */
const directly = (said: string, expected: string) =>
  said === expected || said === `${expected}s` || (said.length > 2 && lemma(said) === lemma(expected))

/** "shipped" for "ship": another part of speech than the name itself. */
const inflected = (tokens: readonly Token[], at: number, phrase: string[]): boolean =>
  tokens
    .slice(at)
    .filter(isSpoken)
    .slice(0, phrase.length)
    .some((token, i) => !directly(word(token), phrase[i] ?? ''))

/** "failed" for Fail: what came out, said as what happened. */
const isPastOf = (said: string, value: string) => /..ed$/.test(said) && !lightVerbs.has(said) && verb(said) === value

/** "share of cancelled orders *are from* Texas" divides them up, where "share of cancelled orders" is the name of a rate. */
const sharesOut = (tokens: readonly Token[], to: number, phrase: readonly string[]): boolean =>
  /^(share|percentage|percent|proportion) of /.test(phrase.join(' ')) &&
  /^(is|are|was|were|come|comes|came)$/.test(tokens[to]?.lower ?? '') &&
  /^(from|in|by|with|for)$/.test(tokens[to + 1]?.lower ?? '')

/** Codes that are also words ("IN", "OR", CAN for Canada) only in capitals; a value by no form of its verb but the past. */
const allowed = (tokens: readonly Token[], at: number, to: number, { meaning, words: phrase }: Entry): boolean => {
  if (meaning.kind === 'filter' && to - at === 1 && isSomebodysVerb(tokens, at)) return false
  if (meaning.kind === 'measure' && sharesOut(tokens, to, phrase)) return false
  if (meaning.kind !== 'value') return true
  if (inflected(tokens, at, phrase))
    return to - at === 1 && phrase.length === 1 && isPastOf(tokens[at]?.lower ?? '', phrase[0] ?? '')
  const token = tokens[at]
  if (to - at === 1 && isSomebodysVerb(tokens, at)) return false
  if (to - at > 1) return true
  if (!token || token.kind === 'sign' || token.kind === 'number' || token.lower.length === 1) return false
  const isOtherWord = words.fillers.has(token.lower) && meaning.value.toLowerCase() !== token.lower
  if (token.lower.length === 2 || isOtherWord)
    return token.text === token.text.toUpperCase() && tokens.some(t => t.text !== t.text.toUpperCase())
  const typedAsIs = at > 0 && meaning.value === token.text && /^\p{Lu}/u.test(token.text)
  return typedAsIs || !glue.has(token.lower)
}

/** "tickets that we *open*". */
const isSomebodysVerb = (tokens: readonly Token[], at: number): boolean =>
  isVerbOf(tokens, at) ||
  (lightVerbs.has(tokens[at]?.lower ?? '') && /^(we|they|you|i)$/.test(tokens[at - 1]?.lower ?? ''))

/** "how many tickets does an account *open*", where tickets may be open: the verb of who is asked about. */
const isVerbOf = (tokens: readonly Token[], at: number): boolean => {
  const before = tokens.slice(Math.max(0, at - 5), at).map(t => t.lower)
  const asks = before.findLastIndex(w => /^(do|does|did)$/.test(w))
  const subject = before.slice(asks + 1)
  const ends =
    tokens[at + 1] === undefined || /^(\?|on|in|per|last|this|each|every|during|a)$/.test(tokens[at + 1]?.lower ?? '')
  const isNoun =
    subject.length > 0 && !/^(have|has|still|be|not|the|a|an|of|in|with|by|many)$/.test(subject.at(-1) ?? '')
  return lightVerbs.has(tokens[at]?.lower ?? '') && asks >= 0 && isNoun && ends && !subject.includes('have')
}

/** Words that glue a sentence together and are never taken for a value alone. */
const glue = new Set([
  'the',
  'and',
  'for',
  'all',
  'not',
  'are',
  'was',
  'how',
  'who',
  'our',
  'you',
  'did',
  'has',
  'had',
  'its',
  'one',
  'new',
  'now',
  'any',
  'per',
  'top',
  'what',
  'with',
  'from',
  'this',
  'that',
  'show',
  'only',
  'have',
  'more',
  'most',
  'none',
  'other',
])

/** "Speedy" for "Speedy Express": some words of a value, when no more than a few values have them. */
const partOfValue = (tokens: readonly Token[], at: number, lexicon: Lexicon): Found[] => {
  const first = tokens[at]
  if (first?.kind !== 'word' || first.value !== undefined || first.lower.length < 4 || words.fillers.has(first.lower))
    return []
  const entries = lexicon.containing(first.lower).filter(e => mayBeShort(tokens, at, e, lexicon))
  const found: Found[] = []
  for (let to = at + 1; to <= Math.min(at + 5, tokens.length); to += 1) {
    const said = tokens.slice(at, to)
    if (!said.every(isSpoken)) break
    const having = entries.filter(e => containsRun(e.words, said.map(word)))
    if (having.length === 0) break
    if (having.length <= 6)
      found.push(...having.map(e => ({ to, meaning: e.meaning, weight: 0.5, part: true, inflected: false })))
  }
  return found
}

/** A short form is a name, not a common noun: typed with a capital, or no English word; or it begins a value of a short list. */
const mayBeShort = (
  tokens: readonly Token[],
  at: number,
  { meaning, words: phrase }: Entry,
  lexicon: Lexicon,
): boolean => {
  const token = tokens[at] as Token
  const isName = (at > 0 && /^\p{Lu}/u.test(token.text)) || !isEnglish(token.lower)
  if (isName) return true
  return (
    isShortValue({ meaning, words: phrase, weight: 1 }, lexicon) &&
    conjuncts(phrase).some(c => c.length === 1 && sameWord(token.lower, c[0] ?? ''))
  )
}

/** "Toys & Games" is called by either name. */
const conjuncts = (phrase: string[]): string[][] => {
  const at = phrase.indexOf('and')
  return at > 0 ? [phrase.slice(0, at), phrase.slice(at + 1)] : []
}

const containsRun = (phrase: string[], said: string[]) =>
  said.length < phrase.length &&
  phrase.some((_, i) => said.every((s, j) => phrase[i + j] !== undefined && sameWord(s, phrase[i + j] as string)))
