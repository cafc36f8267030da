import { timeDimension } from '#src/semantic/compile/rows.ts'
import { rootOf } from '#src/semantic/draft/verbs.ts'
import { isTimePart, type Model } from '#src/semantic/model.ts'
import type { Filter, Query, Split } from '#src/vocabulary/query.ts'
import { entityOfCount, isCount } from './counts.ts'
import type { Draft } from './draft.ts'
import { baseOf, bottomOf, topOf } from './formulas.ts'
import { saysSame } from './kin.ts'
import { lemma } from './lemma.ts'
import { type Lexicon, phraseWords } from './lexicon.ts'
import type { Mention } from './mentions/mention.ts'
import { keepsPeople } from './people.ts'
import { isAskedHowMany, type Token, wordsAt } from './tokens.ts'
import * as verbs from './verbs.ts'

/** What is looked at: a text taken apart, and the query that was made of it. */
type Seen = {
  mentions: readonly Mention[]
  tokens: readonly Token[]
  draft: Draft
  query: Query
  model: Model
  lexicon: Lexicon
}

/**
 * Verbs that say more than the query does, and may not be passed over: "users who *came back*", "rent *collected*", "shipments *received*" of
 * those that are kept by the day they were sent. A verb may be left out that says again what is measured, kept by or dated ("*ordered* in May"
 * of orders), that ties a thing to what is named behind it ("*bought* Books"), or that says no more than that something is there.
 */
export const tellingVerbs = (seen: Seen): Mention[] =>
  seen.mentions.flatMap(m => {
    const word = wordAt(seen, m.from)
    if (m.kind !== 'filler' || m.score === 0 || !(verbs.lightVerbs.has(textOf(seen, m)) || word === 'last')) return []
    if (verbs.anybody.has(word)) return countsOthers(seen, m) ? [m] : []
    const particle = particleOf(seen, m)
    if (particle) return followed(seen, particle)?.kind === 'named' ? [] : [{ ...m, to: particle.to }]
    return saysNothingMore(seen, m) ? [] : [m]
  })

/** "how much have we *charged* in late fees": no other amount than the fees. */
export const saysCharge = (word: string, seen: Pick<Seen, 'query' | 'model'>): boolean =>
  verbs.charging.has(word) && saysSame(word, measured(seen))

const wordAt = ({ tokens }: Seen, at: number): string => tokens[at]?.lower ?? ''

const textOf = ({ tokens }: Seen, m: Mention): string => wordsAt(tokens, m.from, m.to - m.from)

/** "how many *people* live in Texas", where orders are counted. */
const countsOthers = (seen: Seen, m: Mention): boolean => {
  if (!isAskedHowMany(seen.tokens, m.from)) return false
  const thing = seen.query.measures.flatMap(({ measure }) => entityOfCount(seen.model, measure) ?? [])
  return !thing.some(table => keepsPeople(table, seen.model))
}

/** "came *back*", "sold *out*", unless the pair says what the verb alone does. */
const particleOf = (seen: Seen, m: Mention): Mention | undefined => {
  const said = wordAt(seen, m.to)
  const next = seen.mentions.find(x => x.from === m.to)
  if (!verbs.particles.has(said) || (next?.kind !== 'filler' && next?.kind !== 'cue' && next?.kind !== 'unknown'))
    return undefined
  return verbs.plainPairs.has(`${textOf(seen, m)} ${said}`) ? undefined : next
}

const saysNothingMore = (seen: Seen, m: Mention): boolean => {
  const text = textOf(seen, m)
  if (/^liv(e|es|ing)$/.test(text)) return livesThere(seen)
  if (/^last/.test(text)) return (hasAmount(seen) && saidAgain(seen, text)) || followed(seen, m)?.kind === 'comparison'
  if (text === 'found' && /^(us|me|it|them)$/.test(wordAt(seen, m.to))) return isFoundBy(seen, m)
  if (/^us(e|es|ed|ing)$/.test(text) && isMoneyBefore(seen, m)) return false
  if (verbs.existing.has(text) || isPlaceTaken(seen, m) || isNoun(seen, m) || saidAgain(seen, text)) return true
  if (verbs.paying.has(text)) return pays(seen, m)
  if (text === 'spend' || text === 'spent') return hasAmount(seen) && !(isOurs(seen, m) && !isCost(seen))
  if (tiesToNamed(seen, m)) return true
  if (/^use/.test(text) && seen.draft.popular) return true
  if (isSelling(text) && countsPieces(seen) && !saysSame('sell', measured(seen))) return false
  if (verbs.amounting.has(text) && hasAmount(seen)) return true
  if (verbs.having.has(text)) return !isTimed(seen) || isAsked(seen, m)
  return verbs.beginning.has(text) && beginsRows(seen, text)
}

/** "customers who *found* us through Instagram", where that is a source of customers. */
const isFoundBy = (seen: Seen, m: Mention): boolean => {
  const next = followed(seen, m)
  return next?.kind === 'named' && saysSame('found', namesBehind(seen, next))
}

/** "customers who *live* in Texas": where they are at home, which is not where their orders went. */
const livesThere = ({ query, model }: Seen): boolean => {
  const things = query.measures.flatMap(({ measure }) => entityOfCount(model, measure) ?? [])
  const dimensionsIn = (all: readonly (Filter | Split)[]) => all.flatMap(x => ('dimension' in x ? [x.dimension] : []))
  const kept = dimensionsIn(query.filters)
  const said = kept.length > 0 ? kept : dimensionsIn(query.splits)
  return said.some(name => things.includes(model.dimensions[name]?.table ?? ''))
}

/** "took *place*". */
const isPlaceTaken = (seen: Seen, m: Mention): boolean =>
  (/^(take|takes|took|taken|taking)$/.test(wordAt(seen, m.from)) && wordAt(seen, m.to) === 'place') ||
  (wordAt(seen, m.from) === 'place' && /^(take|takes|took|taken|taking)$/.test(wordAt(seen, m.from - 1)))

/** "the *report*", "on *file*". */
const isNoun = (seen: Seen, m: Mention): boolean =>
  /^(report|file|record|order|request|run|stay|travel)$/.test(wordAt(seen, m.from)) &&
  /^(a|an|the|this|our|my|your|on|in)$/.test(wordAt(seen, m.from - 1))

/** The mention behind, over fillers, prepositions and ranks. */
const followed = ({ mentions }: Seen, m: Mention): Mention | undefined =>
  mentions.find(
    x =>
      x.from >= m.to &&
      !(
        x.kind === 'filler' ||
        x.kind === 'rank' ||
        x.kind === 'popular' ||
        x.kind === 'aggregation' ||
        (x.kind === 'number' && x.from !== m.to) ||
        (x.kind === 'cue' && ['filter', 'of', 'split', 'not', 'only', 'or', 'count', 'list'].includes(x.cue))
      ),
  )

/** "*bought* Books", "*paid* by card", "*placed* an order", "*lasted* over 2 hours": what is named behind it says the rest. */
const tiesToNamed = (seen: Seen, m: Mention): boolean => {
  const next = followed(seen, m)
  return next?.kind === 'named' || (next?.kind === 'comparison' && !next.times) || next?.kind === 'end'
}

/** Words of everything that the query looks at. */
const saidAgain = (seen: Seen, text: string): boolean => {
  const { query, model } = seen
  const money = verbs.paying.has(text)
  const filtered = query.filters.flatMap(f => wordsOfFilter(f, model))
  const split = money ? [] : query.splits.flatMap(s => ('dimension' in s ? namesOf(model.dimensions[s.dimension]) : []))
  return saysSame(text, [...filtered, ...split, ...measured(seen), ...dated(seen)])
}

const namesOf = (named?: { label: string; synonyms?: string[] }): string[] =>
  named ? [named.label, ...(named.synonyms ?? [])] : []

const wordsOfFilter = (f: Filter, model: Model): string[] => {
  if (f.op === 'entity')
    return [
      ...namesOf(model.measures[f.measure]),
      ...namesOf(model.tables[baseOf(model.measures[f.measure], model)?.table ?? '']),
      ...(f.where ?? []).flatMap(w => wordsOfFilter(w, model)),
    ]
  if ('filter' in f) return [f.filter, ...namesOf(model.filters[f.filter])]
  const values = 'values' in f ? f.values.map(String) : []
  return [...namesOf(model.dimensions[f.dimension]), ...values]
}

/** The names of what is measured, and of its table. */
const measured = ({ query, model }: Pick<Seen, 'query' | 'model'>): string[] =>
  query.measures.flatMap(({ measure, per }) => {
    const m = model.measures[measure]
    const parts = m?.kind === 'formula' ? [topOf(m) ?? '', bottomOf(m) ?? ''] : []
    const other = per && 'measure' in per ? [per.measure] : []
    return [measure, ...parts, ...other].flatMap(name => [
      ...namesOf(model.measures[name]),
      ...namesOf(model.tables[baseOf(model.measures[name], model)?.table ?? '']),
    ])
  })

const timeOf = ({ query, model }: Seen): string | undefined => {
  const table = baseOf(model.measures[query.measures[0]?.measure ?? ''], model)?.table
  return table && (query.time ?? timeDimension(model, { table }))
}

/** Whether the time of the rows matters: by a period, or by buckets. */
const isTimed = ({ query }: Seen): boolean =>
  query.period !== undefined ||
  query.splits.some(s => 'grain' in s || isTimePart(s.dimension)) ||
  query.filters.some(f => f.op === 'entity' && f.period !== undefined)

const dated = (seen: Seen): string[] => (isTimed(seen) ? namesOf(seen.model.dimensions[timeOf(seen) ?? '']) : [])

const hasAmount = ({ query, model }: Seen): boolean =>
  query.measures.some(({ measure }) => model.measures[measure] !== undefined && !isCount(model.measures[measure]))

/** "how many lessons did we *give*": the subject right before it. */
const isOurs = (seen: Seen, m: Mention): boolean => /^(we|us|i|you)$/.test(wordAt(seen, m.from - 1))

/** What goes out, rather than what comes in. */
const isCost = (seen: Seen): boolean => saysSame('spend', measured(seen))

/** "how many tickets does each team *handle*": asked for as what somebody does with it. */
const isAsked = (seen: Seen, m: Mention): boolean =>
  seen.tokens.slice(0, m.from).some(t => /^(did|do|does)$/.test(t.lower))

/** "*paid* in March", "rent *collected*": only of an amount, where the data keeps nothing of payments beside it. */
const pays = (seen: Seen, m: Mention): boolean => {
  const { model, lexicon } = seen
  const next = followed(seen, m)
  const names = [
    ...Object.values(model.tables).flatMap(namesOf),
    ...Object.values(model.measures).flatMap(x => (x.hidden ? [] : namesOf(x))),
    ...Object.values(model.filters).flatMap(namesOf),
    ...Object.values(model.dimensions).flatMap(d => (d.type === 'text' ? [] : namesOf(d))),
  ]
  const isKept = saysSame('pay', names) || lexicon.starting('paid').some(e => e.words[0] === 'paid')
  if (isKept || !hasAmount(seen)) return next?.kind === 'named' && saysSame('pay', namesBehind(seen, next))
  return !isOurs(seen, m) || !/^(pay|paid)$/.test(wordAt(seen, m.from)) || isCost(seen)
}

/** The names of the columns that a value may be in. */
const namesBehind = ({ model }: Seen, m: Extract<Mention, { kind: 'named' }>): string[] =>
  m.meanings.flatMap(x => ('dimension' in x ? namesOf(model.dimensions[x.dimension]) : []))

/** Rows that are there by it, dated by the day it was done. */
const beginsRows = (seen: Seen, text: string): boolean => {
  const { model, query } = seen
  const things = measured(seen).flatMap(phraseWords).map(lemma)
  if (/^open/.test(text) && things.some(w => /^(e-?mail|mail|letter|message|newsletter|link|file)$/.test(w)))
    return false
  const isSending = ['shipment', 'delivery', 'parcel', 'package', 'dispatch'].some(w => things.includes(w))
  if (/^receiv/.test(text) && isSending) return false
  if (/^sen[dt]/.test(text) && things.some(w => /^(order|purchase|reservation|booking)$/.test(w))) return false
  if (isSelling(text) && model.drafted && countsCatalogue(seen)) return false
  if (!isTimed(seen)) return true
  const label = phraseWords(model.dimensions[timeOf(seen) ?? '']?.label ?? '')
  const [use] = query.measures
  const table = model.tables[baseOf(model.measures[use?.measure ?? ''], model)?.table ?? '']
  const own = new Set(phraseWords(table?.label ?? '').map(rootOf))
  const isScheduled =
    /^book/.test(text) && things.some(w => /^(visit|appointment|event|class|session|lesson|flight|trip|stay)$/.test(w))
  return !isScheduled && label.every(w => verbs.beginnings.has(w) || begins.has(rootOf(w)) || own.has(rootOf(w)))
}

/** "fuel *used*" is no fuel cost. */
const isMoneyBefore = ({ mentions, model }: Seen, m: Mention): boolean => {
  const before = mentions.find(x => x.to === m.from)
  return (
    before?.kind === 'named' &&
    before.meanings.some(x => x.kind === 'measure' && model.measures[x.measure]?.format.kind === 'currency')
  )
}

const isSelling = (text: string) => /^(sell|sells|sold|selling)$/.test(text)

/** "seats *sold*": the seats that there are, where flights are not sold. */
const countsPieces = ({ query, model }: Seen): boolean =>
  query.measures.some(({ measure }) => {
    const m = model.measures[measure]
    return model.drafted && m?.kind === 'base' && !isCount(m) && m.format.kind !== 'currency'
  })

/** "how many dishes *sold*": how many pieces, not how many are on the menu. */
const countsCatalogue = ({ query, model }: Seen): boolean =>
  query.measures.some(({ measure }) => {
    const table = entityOfCount(model, measure)
    const time = model.dimensions[model.tables[table ?? '']?.time ?? '']
    return table !== undefined && time?.table !== table
  })

const begins = new Set([...verbs.beginnings].map(rootOf))
