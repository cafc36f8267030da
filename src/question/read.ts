import type { CompileProblem } from '#src/semantic/compile/problem.ts'
import { compile, isCompileProblem } from '#src/semantic/compile.ts'
import type { Model } from '#src/semantic/model.ts'
import type { Query } from '#src/vocabulary/query.ts'
import { assemble } from './assemble.ts'
import type { Draft } from './draft.ts'
import { isFollowUp } from './follow.ts'
import { leftBehind } from './left-behind.ts'
import { lemma } from './lemma.ts'
import { type Lexicon, phraseWords } from './lexicon.ts'
import { unheeded } from './limits.ts'
import type { Mention } from './mentions/mention.ts'
import { mentionsOf } from './mentions.ts'
import { saysCharge, tellingVerbs } from './passed-verbs.ts'
import { splitPrefixes } from './prefixes.ts'
import { nameRates } from './rates.ts'
import type { Gap } from './resolve/gaps.ts'
import type { Candidate, ResolveContext } from './resolve/types.ts'
import { resolve } from './resolve.ts'
import { type Correction, correct } from './spelling.ts'
import { withoutTalk } from './talk.ts'
import { type Token, tokenize } from './tokens.ts'
import { wishesOfData } from './wishes.ts'
import { comparatives } from './words.ts'

export type ReadContext = ResolveContext & { lexicon: Lexicon }

/** What was made of one text: the draft, every reading that compiles (best first), and what stood in the way of the others. */
export type Reading = {
  draft: Draft
  /** It was read as a change of the thread's last query. */
  follows: boolean
  candidates: Candidate[]
  gaps: Gap[]
  problems: CompileProblem[]
  corrections: Correction[]
  /** Words that carry meaning and were not used, as typed. */
  unused: string[]
  /** How many words were known at all, 0 … 1. */
  known: number
}

/** Reads a text by rules alone. Nothing is run. With `base`, a turn that does not stand on its own changes a part of that query. */
export const read = (text: string, ctx: ReadContext): Reading => {
  const said = mention(text, ctx.lexicon)
  const first = readMentions(text, said, ctx)
  const unconnected = first.candidates.length === 0 && first.problems.some(p => p.code === 'measure/not-connected')
  if (!unconnected) return first
  const again = readMentions(text, { ...said, mentions: said.mentions.map(withoutParts) }, ctx)
  return again.candidates.length > 0 ? again : first
}

/** A word that is only a part of some value of a table that has nothing to do with the question says nothing. */
const withoutParts = (m: Mention): Mention => {
  if (m.kind !== 'named' || !m.part || !m.meanings.some(x => x.kind === 'value')) return m
  const meanings = m.meanings.filter(x => x.kind !== 'value')
  return meanings.length > 0 ? { ...m, meanings } : { kind: 'unknown', from: m.from, to: m.to, score: 0 }
}

export type Mentioned = { mentions: Mention[]; tokens: Token[]; corrections: Correction[] }

const readMentions = (text: string, { mentions, tokens, corrections }: Mentioned, ctx: ReadContext): Reading => {
  const draft = assemble(mentions, tokens, ctx.model)
  const follows = ctx.base !== undefined && isFollowUp(draft, text)
  if (!follows) keepNothingDropped(draft)
  else nameWhatWasNotThere(draft, ctx)
  if (draft.newLimit !== undefined && (!follows || !ctx.base?.limit)) draft.newLimit = undefined
  const dated = draft.periods.length === 0 ? draft.time : undefined
  if (
    draft.time &&
    draft.periods.length === 0 &&
    !draft.splits.some(s => s.kind === 'grain' || s.kind === 'trend') &&
    draft.measures.length > 0
  ) {
    const mains = Object.values(ctx.model.tables).map(t => t.time)
    const isMain = draft.time.meanings.every(m => m.kind === 'dimension' && mains.includes(m.dimension))
    if (!isMain) draft.unused.push(draft.time.at)
    draft.time = undefined
  }
  const { candidates, gaps } = resolve(draft, follows ? ctx : { ...ctx, base: undefined })
  const [likely] = candidates
  if (likely) {
    draft.unused.push(...unheeded({ mentions, tokens, draft, follows }, likely.query, ctx.model))
    draft.unused.push(...leftBehind({ mentions, tokens, draft, dated }, likely.query, ctx.model))
    draft.unused.push(...wishesOfData(mentions, tokens))
    draft.unused.push(...tellingVerbs({ mentions, tokens, draft, ...likely, ...ctx }))
  }
  const compiled = candidates.map(c => ({ candidate: c, result: compile(c.query, ctx.model, 'duckdb') }))
  const possible = compiled.flatMap(c => (isCompileProblem(c.result) ? [] : [c.candidate]))
  return {
    draft,
    follows,
    candidates: possible,
    gaps,
    problems: compiled.flatMap(c => (isCompileProblem(c.result) ? [c.result] : [])),
    corrections,
    unused: unusedWords(draft, tokens).filter(
      w => !isRedundant(w, { draft, best: possible[0]?.query, model: ctx.model }),
    ),
    known: knownShare(mentions, tokens),
  }
}

/** A word that stands in the name of something that is used anyway, or only asks which of two compared things is more. */
const isRedundant = (word: string, { draft, best, model }: { draft: Draft; best?: Query; model: Model }): boolean => {
  const compares = draft.compares || draft.why || draft.change !== undefined
  if (compares && comparatives.has(word.toLowerCase())) return true
  if (best && saysCharge(word.toLowerCase(), { query: best, model })) return true
  if (isUnitOf(word.toLowerCase(), best, model)) return true
  const names = [...(best?.splits ?? []), ...(best?.filters ?? [])].flatMap(x =>
    'dimension' in x ? [x.dimension] : [],
  )
  const labels = [
    ...names.flatMap(n => (/^types?$/.test(word) ? [] : (model.dimensions[n]?.label ?? ''))),
    ...(best?.measures ?? []).map(m => model.measures[m.measure]?.label ?? ''),
  ]
  return labels.some(label => phraseWords(label).some(w => lemma(w) === lemma(word.toLowerCase())))
}

const unitWords = [
  ['h', 'hr', 'hrs', 'hour', 'hours'],
  ['min', 'mins', 'minute', 'minutes'],
  ['s', 'sec', 'secs', 'second', 'seconds'],
  ['day', 'days'],
  ['kg', 'kgs', 'kilo', 'kilos', 'kilograms'],
  ['km', 'kms', 'kilometers', 'kilometres'],
  ['mi', 'mile', 'miles'],
  ['m', 'meters', 'metres'],
  ['lb', 'lbs', 'pounds'],
  ['%', 'percent'],
]

/** "in kg", where kilograms are what it is measured in. */
const isUnitOf = (word: string, best: Query | undefined, model: Model): boolean => {
  const group = unitWords.find(g => g.includes(word))
  return (
    group !== undefined &&
    (best?.measures ?? []).some(({ measure }) => {
      const m = model.measures[measure]
      const names = [
        m?.format.unit ?? '',
        ...phraseWords(m?.label ?? ''),
        ...(m?.name.split('_') ?? []),
        ...(m?.synonyms.flatMap(phraseWords) ?? []),
      ]
      return names.some(n => group.includes(n.toLowerCase()))
    })
  )
}

/** "drop the channel split" where there is none: that is said, not passed over. */
const nameWhatWasNotThere = (draft: Draft, { base, model }: ReadContext): void => {
  const there = new Set([
    ...(base?.splits.map(s => ('grain' in s ? s.grain : s.dimension)) ?? []),
    ...(base?.filters.flatMap(f => ('dimension' in f ? [f.dimension] : [])) ?? []),
  ])
  for (const { meanings, at } of draft.dropped) {
    const names = meanings.flatMap(m =>
      'dimension' in m ? [m.dimension] : m.kind === 'entity' ? [model.tables[m.table]?.display ?? ''] : [],
    )
    if (!names.some(n => there.has(n))) draft.unused.push(at)
  }
}

/** With nothing to take away from, "drop Texas" leaves Texas out; other dropped names were of no use. */
const keepNothingDropped = (draft: Draft): void => {
  for (const { only: _, ...named } of draft.dropped) {
    const value = named.meanings.some(m => m.kind === 'value')
    if (value)
      draft.filters.push({
        kind: 'values',
        negated: true,
        versus: false,
        afterMeasure: false,
        predicate: false,
        also: false,
        added: false,
        members: [named],
      })
    else draft.unused.push(named.at)
  }
}

/** What stands where in a text, its typing mistakes read as what was meant. */
export const mention = (text: string, lexicon: Lexicon): Mentioned => {
  const typed = nameRates(splitPrefixes(tokenize(text), lexicon), lexicon)
  const first = mentionsOf(typed, lexicon)
  const { tokens, corrections } = correct(
    typed,
    first.filter(m => m.kind === 'unknown'),
    lexicon,
  )
  const mentions = corrections.length > 0 ? mentionsOf(tokens, lexicon) : first
  return { mentions: withoutTalk(mentions, tokens, text), tokens, corrections }
}

const unusedWords = (draft: Draft, tokens: readonly Token[]): string[] =>
  [...new Set(draft.unused)]
    .filter((m, _, all) => !all.some(o => o.from <= m.from && o.to >= m.to && o.to - o.from > m.to - m.from))
    .map(m =>
      tokens
        .slice(m.from, m.to)
        .map(t => t.text)
        .join(' '),
    )
    .filter(words => /[\p{L}\p{N}]/u.test(words))

const knownShare = (mentions: readonly Mention[], tokens: readonly Token[]): number => {
  const words = mentions.filter(m => tokens[m.from]?.kind !== 'sign')
  return words.length === 0 ? 0 : words.filter(m => m.kind !== 'unknown').length / words.length
}

/** Readings that are as likely as the best one; when they differ in result, the asker has to choose. */
export const contenders = ([best, ...rest]: Candidate[]): Query[] =>
  best ? [best, ...rest.filter(c => c.score > best.score * 0.93)].map(c => c.query) : []
