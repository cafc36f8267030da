import lemmatizer from 'wink-lemmatizer'
import { singular, tokens } from './labels.ts'
import { type NameParts, roleByWords } from './name-parts.ts'
import { pastOf } from './verbs.ts'
import type { Words } from './words.ts'

const most = 24

export type SynonymOptions = {
  facts: Words
  /** Words that mean the same also for the last word alone: "Airline Operator" → carrier. Not for measures: DVD sales are not revenue. */
  leaps: boolean
  /** Labels of all columns. A part of a header is offered as its equal only when another column is called just that: both may be meant. */
  shared: ReadonlySet<string>
}

/** Other phrases for a header: words turned round, words that mean the same, parts that other columns are called. The label itself is none. */
export const columnSynonyms = (label: string, parts: NameParts, { facts, leaps, shared }: SynonymOptions): string[] => {
  const plain = label.replace(/\s*[([][^)\]]*[)\]]\s*$/, '').replace(/[$€£¥₹%]/g, ' ')
  const words = tokens(plain).slice(0, Math.max(1, parts.words.length))
  const whole = words.join(' ')
  const round = leaps && !words.includes('of') ? [] : turned(words, parts, facts)
  const swapped = round.length > 0 && words.length === 2
  const partial = swapped
    ? words.slice(0, 1)
    : [...endings(words, facts).filter(e => shared.has(e)), ...beforePreposition(words)]
  const last = leaps && words.length > 1 && !generic.has(words.at(-1) ?? '') ? words.slice(-1) : []
  const exchanged = [whole, ...round, ...last, ...(swapped ? partial : [])].flatMap(f => otherWords(f, facts))
  const twice = swapped ? exchanged.flatMap(f => otherWords(f, facts)) : []
  return [...new Set([whole, ...round, ...partial, ...exchanged, ...twice, apart(whole).join(' ')])]
    .filter(s => s.length > 1 && s !== label.toLowerCase())
    .slice(0, most)
}

/** The phrase with one of its words, or its end, exchanged for another that means the same. */
export const otherWords = (phrase: string, { same, meant_by }: Words): string[] => {
  const words = phrase.split(' ')
  const groups = [
    ...same.flatMap(group => group.map(word => ({ word, others: group.filter(o => o !== word) }))),
    ...Object.entries(meant_by).map(([word, others]) => ({ word, others })),
  ]
  return groups.flatMap(({ word, others }) => {
    const length = word.split(' ').length
    const at = words.findIndex((_, i) => isSame(words.slice(i, i + length), word))
    if (at < 0) return []
    const fresh = others.filter(o => !` ${phrase} `.includes(` ${o} `))
    return fresh.map(o => joined(words.slice(0, at), o.split(' '), words.slice(at + length)))
  })
}

/** "shipping cost" for the freight of "freight cost" is not the shipping cost cost. */
const joined = (before: readonly string[], word: readonly string[], after: readonly string[]) =>
  [...before, ...word, ...(after[0] === word.at(-1) ? after.slice(1) : after)].join(' ')

const isSame = (words: readonly string[], word: string) =>
  words.join(' ') === word || words.map(singular).join(' ') === word

/** "temp max" → max temp, "cost repair" → repair cost; "phase of flight" → flight phase. */
const turned = (words: readonly string[], parts: NameParts, facts: Words): string[] => {
  const of = words.indexOf('of')
  if (of > 0 && of < words.length - 1) {
    const [before, after] = [words.slice(0, of), words.slice(of + 1)]
    return generic.has(before.at(-1) ?? '') ? [] : [`${after.join(' ')} ${before.at(-1)}`]
  }
  const [first, second] = words
  if (words.length !== 2 || !first || !second) return []
  const one: NameParts = {
    ...parts,
    words: [singular(first)],
    head: [singular(first)],
    unit: undefined,
    ratio: false,
    currency: undefined,
    told: 0,
  }
  const telling =
    roleByWords(one, facts) && !roleByWords({ ...one, words: [singular(second)], head: [singular(second)] }, facts)
  const coloured = roleByWords(one, facts) && facts.modifiers.includes(second)
  const keyLike = generic.has(second) && !facts.modifiers.includes(second)
  return (telling || coloured) && !facts.prepositions.includes(second) && !keyLike ? [`${second} ${first}`] : []
}

const generic = new Set([
  'id',
  'no',
  'nr',
  'code',
  'number',
  'num',
  'date',
  'time',
  'at',
  'value',
  'key',
  'other',
  'total',
  'max',
  'min',
  'avg',
  'average',
  'mean',
  'new',
  'old',
  'change',
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'hour',
])

/** The last words alone: "Wildlife Species" → species, "Aircraft Airline Operator" → airline operator, operator. */
const endings = (words: readonly string[], { prepositions, modifiers }: Words): string[] => {
  const of = words.indexOf('of')
  const amountOf =
    of > 0 && ['amount', 'number', 'level', 'type', 'kind', 'degree'].includes(words[of - 1] ?? '')
      ? [words.slice(of + 1).join(' '), words.slice(of - 1).join(' ')]
      : []
  if (words.some(w => prepositions.includes(w))) return amountOf
  return words.slice(1).flatMap((_, i) => {
    const rest = words.slice(i + 1)
    const last = rest.at(-1) ?? ''
    return rest.length === 1 &&
      (generic.has(last) || (modifiers.includes(last) && last !== 'gross' && last !== 'net') || /^\d+$/.test(last))
      ? []
      : /^\d+$/.test(last)
        ? []
        : [rest.join(' ')]
  })
}

/** "phase of flight" → phase. */
const beforePreposition = (words: readonly string[]): string[] => {
  const at = words.findIndex((w, i) => i > 0 && (w === 'of' || w === 'in'))
  const head = words[at - 1] ?? ''
  return at > 0 && !generic.has(head) && !['amount', 'units', 'unit', 'level', 'type', 'kind', 'degree'].includes(head)
    ? [head]
    : []
}

/** "signup" is "sign up", "checkout" is "check out". */
const apart = (word: string): (string | undefined)[] => {
  const found = /^(sign|check|log|drop|pick|start|close)(up|in|out|off)$/.exec(word)
  return found ? [found[1], found[2]] : [word]
}

/** "breakfast included" → include, includes, including and with breakfast; "card paid" → paid card; "newsletter opt in" → subscribed to the newsletter. */
export const flagSynonyms = (label: string): string[] => {
  const subscribed = /^(.+) (?:subscriber|subscribed|subscription|opt in|optin|signup|sign up)$/.exec(
    tokens(label).join(' '),
  )
  if (subscribed) return subscribedTo(subscribed[1] ?? '')
  const [thing, done, ...others] = tokens(label)
  if (!thing || !done || others.length > 0 || lemmatizer.verb(done) === done) return []
  const base = lemmatizer.verb(done)
  const byWhom = ['', 'the ', 'a '].map(article => `${done} by ${article}${thing}`)
  return [
    ...byWhom,
    ...[base, `${base}s`, done, `${base.replace(/e$/, '')}ing`, ...(base === 'include' ? ['with'] : [])].map(
      verb => `${verb} ${thing}`,
    ),
  ]
}

/** "newsletter opt in" → subscribed to the newsletter, gets our newsletter … */
const subscribedTo = (what: string): string[] => [
  ...['subscribed to', 'subscribe to', 'opted in to', 'opted into', 'signed up for', 'on', 'get', 'receive'].flatMap(
    verb => ['', 'the ', 'our '].map(article => `${verb} ${article}${what}`),
  ),
  `${what} subscribers`,
]

/** "shipped date" → shipped; "hire date", "hired at" → hired; nothing of "due date". */
export const timeSynonyms = (label: string): string[] => {
  const words = tokens(label)
  const last = words.at(-1) ?? ''
  const verb = words.at(-2) ?? ''
  if (singular(verb) !== verb) return []
  if (!['date', 'at', 'on', 'time', 'day', 'datetime', 'timestamp', 'since'].includes(last) || verb.length < 3)
    return []
  const [base, particle] = /^(up|in|out|off)$/.test(verb) ? [words.at(-3), verb] : apart(verb)
  const past = pastOf(base ?? '')
  return past ? [[past, particle].filter(Boolean).join(' ')] : []
}
