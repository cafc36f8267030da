import { type Dimension, isTimePart, type Model } from '#src/semantic/model.ts'
import type { Filter } from '#src/vocabulary/query.ts'
import { countOf } from './counts.ts'
import { lemma, verb } from './lemma.ts'
import { type Token, tokenize } from './tokens.ts'
import { fillers, grammarWords } from './words.ts'

/** What a phrase of a question can stand for. */
export type Meaning =
  | { kind: 'measure'; measure: string }
  | { kind: 'dimension'; dimension: string }
  | { kind: 'entity'; table: string }
  | { kind: 'value'; dimension: string; value: string }
  | { kind: 'filter'; filter: Filter; label: string }

/** A phrase that means something. `weight` is 1 for a name or synonym, less for a part of a name. */
export type Entry = { words: string[]; meaning: Meaning; weight: number; part?: boolean }

/** All values of one dimension that may be named in a question. */
export type DimensionValues = { dimension: string; values: string[] }

/** General facts about words: groups that mean the same thing, and adjectives that hint at a measure. */
export type English = {
  same: string[][]
  hints: Record<string, { about: string[]; low?: boolean; time?: 'early' | 'late' }>
}

export type Lexicon = {
  /** Entries that begin with a word, by any of its forms. */
  starting(word: string): readonly Entry[]
  /** Values that contain a word, by any of its forms. */
  containing(word: string): readonly Entry[]
  /** Every word that occurs in an entry; what a typing mistake may be read as. */
  vocabulary: ReadonlySet<string>
  hints: English['hints']
  /** One-word names of dimensions; what an abbreviation may stand for. */
  names: ReadonlySet<string>
  /** The things that are people. */
  people: readonly Meaning[]
  /** Whether a dimension has few values. */
  isShortList(dimension: string): boolean
}

/** Builds the lexicon from the model's own words and the data's values; personal dimensions give no values. */
export const buildLexicon = (model: Model, values: DimensionValues[], english: English): Lexicon => {
  const entries = [...modelEntries(model), ...values.flatMap(v => valueEntries(v, model, english))]
  const starts = indexBy(entries, e => formsOf(e.words[0] ?? ''))
  const contained = indexBy(
    entries.filter(e => e.meaning.kind === 'value' && e.words.length > 1 && e.weight === 1),
    e => new Set(e.words.flatMap(w => [...formsOf(w)])),
  )
  return {
    starting: word => lookup(starts, word),
    containing: word => lookup(contained, word),
    vocabulary: new Set(entries.flatMap(e => e.words).filter(w => w.length > 2)),
    hints: english.hints,
    people: lookup(starts, 'people').some(e => e.words[0] === 'people') ? [] : peopleOf(model),
    isShortList: dimension => (values.find(v => v.dimension === dimension)?.values.length ?? 0) <= 50,
    names: new Set(
      entries.flatMap(e => (e.meaning.kind === 'dimension' && e.words.length === 1 && e.weight === 1 ? e.words : [])),
    ),
  }
}

const isOfPerson = /\b(name|e-?mail)\b/i

const peopleOf = (model: Model): Meaning[] =>
  Object.keys(model.tables)
    .filter(table =>
      Object.values(model.dimensions).some(d => d.personal && d.table === table && isOfPerson.test(d.label)),
    )
    .filter(table => countOf(table, model) !== undefined)
    .map(table => ({ kind: 'entity', table }))

/** The forms under which a word is found: itself, its singular, its verb. */
export const formsOf = (word: string): Set<string> => new Set([word, lemma(word), verb(word)])

/** The words of a phrase as they are compared: lower case, `&` is "and", hyphens are spaces. */
export const phraseWords = (text: string): string[] =>
  tokenize(text)
    .filter(isSpoken)
    .map(t => (t.lower === '&' ? 'and' : t.lower))

/** Hyphens and most signs are not spoken. */
export const isSpoken = (t: Token): boolean => t.kind !== 'sign' || t.lower === '&' || t.lower === '%'

const lookup = (index: Map<string, Entry[]>, word: string): readonly Entry[] => {
  const found = new Set<Entry>()
  for (const form of formsOf(word)) for (const entry of index.get(form) ?? []) found.add(entry)
  return [...found]
}

const indexBy = (entries: Entry[], keys: (e: Entry) => Set<string>): Map<string, Entry[]> => {
  const index = new Map<string, Entry[]>()
  for (const entry of entries) for (const key of keys(entry)) index.set(key, [...(index.get(key) ?? []), entry])
  return index
}

const modelEntries = (model: Model): Entry[] => [
  ...Object.values(model.measures)
    .filter(m => !m.hidden)
    .flatMap(m => named([m.label, m.name, ...m.synonyms], { kind: 'measure', measure: m.name })),
  ...Object.values(model.dimensions)
    .filter(d => !d.hidden || d.personal || isKeyOfThing(d, model))
    .flatMap(d => named([d.label, d.name, ...d.synonyms, ...bareFlag(d)], { kind: 'dimension', dimension: d.name })),
  ...Object.values(model.tables).flatMap(t => named([t.label, ...t.synonyms], { kind: 'entity', table: t.name })),
  ...Object.values(model.filters).flatMap(f => [
    ...named(
      [f.label, f.name, ...f.synonyms, ...hadOne(f.label)],
      { kind: 'filter', filter: { op: 'named', filter: f.name }, label: f.label },
      false,
    ),
    ...named(
      hadNone(f.label),
      { kind: 'filter', filter: { op: 'not_named', filter: f.name }, label: hadNone(f.label)[0] ?? '' },
      false,
    ),
  ]),
  ...model.phrases.flatMap(p =>
    named([p.phrase, ...p.synonyms], { kind: 'filter', filter: p.filter, label: p.phrase }, false),
  ),
]

/** "course code", where courses are shown by their title: it can be asked for by its own name. */
const isKeyOfThing = ({ table, expression }: Dimension, model: Model): boolean => {
  const [key, ...more] = model.tables[table]?.primaryKey ?? []
  return more.length === 0 && expression.kind === 'name' && expression.name === key
}

/** "with a discount" is also said as "had a discount", "got a discount". */
const hadOne = (label: string): string[] => {
  const [, thing] = /^with (.+)$/i.exec(label) ?? []
  return thing ? ['have', 'has', 'had', 'having', 'get', 'gets', 'got', 'that got'].map(v => `${v} ${thing}`) : []
}

/** … and its contrary as "with no discount", "without a discount". */
const hadNone = (label: string): string[] => {
  const [, thing] = /^with (?:an? )?(.+)$/i.exec(label) ?? []
  if (!thing) return []
  const verbs = ['', 'with ', 'have ', 'has ', 'had ', 'having ', 'get ', 'gets ', 'got '].map(v => `${v}no ${thing}`)
  return [...verbs, ...['', 'a ', 'an ', 'any '].map(a => `without ${a}${thing}`)]
}

/** "Is refunded" is also just "refunded". */
const bareFlag = ({ type, label }: Model['dimensions'][string]): string[] =>
  type === 'boolean' && /^(is|has|was|needs|can) ./i.test(label) ? [label.replace(/^\w+ /, '')] : []

const named = (texts: string[], meaning: Meaning, parts = true): Entry[] => {
  const whole = texts.flatMap(text => entry(phraseWords(text.replaceAll('_', ' ')), meaning, 1))
  const [label] = texts
  const pieces =
    parts && label
      ? [...partsOf(phraseWords(label)), ...turned(phraseWords(label))].flatMap(words =>
          entry(words, meaning, wholeBut(words, label) ? 0.9 : 0.7),
        )
      : []
  return unique([...whole, ...pieces.map(e => ({ ...e, part: true }))])
}

const entry = (words: string[], meaning: Meaning, weight: number): Entry[] =>
  words.length > 0 && words.length <= 8 ? [{ words, meaning, weight }] : []

/** Only words that say nothing alone were left out: "cost" for "cost total". */
const wholeBut = (words: string[], label: string): boolean =>
  phraseWords(label).every(w => words.includes(w) || generic.has(w))

/** "wildlife species" is also "species of wildlife". */
const turned = (words: string[]): string[][] => {
  const [head, rest] = [words.at(-1), words.slice(0, -1)]
  return head && rest.length > 0 && rest.length < 3 && !words.includes('of')
    ? [
        [head, 'of', ...rest],
        [head, 'of', 'the', ...rest],
      ]
    : []
}

/** "IMDB rating" is also meant by "rating"; "rotten tomatoes rating" by "rotten tomatoes". */
const partsOf = (words: string[]): string[][] => {
  const suffixes = words.slice(1).map((_, i) => words.slice(i + 1))
  const last = words.at(-1) ?? ''
  const stem =
    words.length === 2 && generic.has(last) && !grammarWords.has(words[0] ?? '') && !ordinal.test(words[0] ?? '')
      ? [[words[0] ?? '']]
      : []
  const prefixes = words.slice(2).map((_, i) => words.slice(0, i + 2))
  const says = (w: string[]) => w.some(x => x.length > 2 && !generic.has(x) && !fillers.has(x))
  return [...suffixes, ...prefixes, ...stem].filter(says)
}

/** "first" is no short form of "first name". */
const ordinal = /^(first|second|third|last|next|previous|new|old|current|other)$/

/** Words that say nothing alone. */
const generic = new Set([
  'cost',
  'price',
  'fee',
  'charge',
  'on',
  'at',
  'share',
  'percent',
  'percentage',
  'average',
  'of',
  'in',
  'number',
  'total',
  'name',
  'id',
  'code',
  'type',
  'date',
  'time',
  'order',
  'rate',
  'value',
  'count',
  'amount',
  'per',
  'kind',
])

const unique = (entries: Entry[]): Entry[] =>
  entries.filter((e, i) => entries.findIndex(f => f.words.join(' ') === e.words.join(' ')) === i)

const valueEntries = ({ dimension, values }: DimensionValues, model: Model, english: English): Entry[] => {
  if (isTimePart(dimension)) return []
  const synonyms = model.dimensions[dimension]?.valueSynonyms ?? {}
  return values.flatMap(value => {
    const meaning: Meaning = { kind: 'value', dimension, value }
    const own = entry(phraseWords(value), meaning, 1)
    const others = [...(synonyms[value] ?? []), ...sameAs(value, english)]
    return unique([...own, ...others.flatMap(text => entry(phraseWords(text), meaning, 0.95))])
  })
}

const sameAs = (value: string, { same }: English): string[] => {
  const key = value.toLowerCase()
  const group = same.find(words => words.some(w => w.toLowerCase() === key))
  return group?.filter(w => w.toLowerCase() !== key) ?? []
}
