import type { Model } from '#src/semantic/model.ts'
import { isCount } from '../counts.ts'
import type { Draft, FilterSlot, Named } from '../draft.ts'
import { baseOf } from '../formulas.ts'
import { type Meaning, phraseWords } from '../lexicon.ts'
import type { Picks, ResolveContext } from './types.ts'

/** Every choice of one meaning per name, at most 64, with how likely it is. */
export const combinations = (slots: ReturnType<typeof namedSlots>, draft: Draft, ctx: ResolveContext): Picks[] => {
  const context = contextTables(draft)
  const all: Slot[] = [
    ...slots.named.map(named => ({
      key: named,
      options: optionsOf(named, { context, asksAmount: draft.asksAmount }, ctx.model),
    })),
    ...slots.lists.map(list => ({ key: list, options: listOptions(list, ctx.model) })),
  ]
  let combos: { chosen: Map<object, Slot['options'][number]>; score: number }[] = [{ chosen: new Map(), score: 1 }]
  for (const slot of all) {
    const options = slot.options.length > 0 ? slot.options : [{ score: 1 }]
    combos = combos
      .flatMap(c => options.map(o => ({ chosen: new Map([...c.chosen, [slot.key, o]]), score: c.score * o.score })))
      .slice(0, 64)
  }
  return combos.map(({ chosen, score }) => ({
    score,
    of: named => chosen.get(named)?.meaning ?? named.meanings[0],
    members: list => chosen.get(list)?.list,
  }))
}

/** The names and lists of values of a draft that have to be chosen for. */
export const namedSlots = (
  draft: Draft,
  model: Model,
): { named: Named[]; lists: Extract<FilterSlot, { kind: 'values' }>[] } => ({
  named: [
    ...draft.measures,
    ...draft.measures.flatMap(m => (m.per && 'meanings' in m.per ? [m.per] : [])),
    ...draft.splits.flatMap(s => (s.kind === 'name' ? [s] : [])),
    ...draft.filters.flatMap(f => ('meanings' in f ? [f] : [])),
    ...draft.comparisons.flatMap(c => [
      ...(c.noun ? [comparableOnly(c.noun, model)] : []),
      ...(c.subject && 'meanings' in c.subject && c.subject !== c.noun ? [c.subject] : []),
    ]),
    ...(draft.time ? [draft.time] : []),
  ],
  lists: draft.filters.flatMap(f => (f.kind === 'values' ? [f] : [])),
})

/** Tables of the things that were said. */
export const contextTables = (draft: Draft): Set<string> =>
  new Set(
    [
      ...draft.context,
      ...draft.measures,
      ...draft.comparisons.flatMap(c => (c.subject && 'meanings' in c.subject ? [c.subject] : [])),
    ].flatMap(n => n.meanings.flatMap(m => (m.kind === 'entity' ? [m.table] : []))),
  )

/** A number is only ever compared with something that is a quantity, not with a key. */
const comparableOnly = (named: Named, model: Model): Named => {
  const kept = named.meanings.filter(
    m =>
      m.kind !== 'dimension' ||
      model.dimensions[m.dimension]?.type !== 'number' ||
      model.dimensions[m.dimension]?.comparable,
  )
  named.meanings = kept.length > 0 ? kept : named.meanings
  return named
}

type Slot = {
  key: object
  options: { meaning?: Meaning; list?: { dimension: string; values: string[] }; score: number }[]
}

const optionsOf = (
  named: Named,
  { context, asksAmount }: { context: Set<string>; asksAmount: boolean },
  model: Model,
): Slot['options'] => {
  const wantsTotal = 'aggregation' in named && named.aggregation === 'sum' && named.meanings.length > 1
  const isTotal = (m: Meaning) => m.kind === 'measure' && /\btotal\b/i.test(model.measures[m.measure]?.label ?? '')
  const total = wantsTotal && named.meanings.some(isTotal)
  const isAmount = (m: Meaning) => m.kind === 'measure' && !isCount(model.measures[m.measure])
  const amounts = 'aggregation' in named && asksAmount && named.meanings.some(isAmount)
  const options = named.meanings
    .filter(m => (!total || isTotal(m)) && (!amounts || isAmount(m)))
    .map(meaning => ({
      meaning,
      score:
        (named.part ? 0.85 : 1) *
        (context.size > 0 && !context.has(tableOf(meaning, model) ?? '') && named.meanings.length > 1 ? 0.8 : 1),
    }))
  return unqualified(options, model)
}

const tableOf = (meaning: Meaning, model: Model): string | undefined => {
  if (meaning.kind === 'dimension' || meaning.kind === 'value') return model.dimensions[meaning.dimension]?.table
  if (meaning.kind === 'entity') return meaning.table
  if (meaning.kind !== 'measure') return undefined
  return baseOf(model.measures[meaning.measure], model)?.table
}

/** "state" is not "customer state": a qualified name is meant only when the qualifying word was said. */
const unqualified = (options: Slot['options'], model: Model): Slot['options'] => {
  const wordsOf = (m?: Meaning) =>
    m && 'dimension' in m ? phraseWords(model.dimensions[m.dimension]?.label ?? '') : []
  return options.filter(o => {
    const mine = wordsOf(o.meaning)
    return !options.some(other => {
      const theirs = wordsOf(other.meaning)
      return other !== o && theirs.length > 0 && theirs.length < mine.length && theirs.every(w => mine.includes(w))
    })
  })
}

const listOptions = (list: Extract<FilterSlot, { kind: 'values' }>, model: Model): Slot['options'] => {
  const [first] = list.members
  const dimensions = [...new Set(first?.meanings.flatMap(m => (m.kind === 'value' ? [m.dimension] : [])) ?? [])].filter(
    d => list.members.every(m => m.meanings.some(x => x.kind === 'value' && x.dimension === d)),
  )
  const part = list.members.some(m => m.part)
  const options = dimensions.flatMap(dimension => {
    const perMember = list.members.map(m =>
      m.meanings.flatMap(x => (x.kind === 'value' && x.dimension === dimension ? [x.value] : [])),
    )
    return spread(perMember).map(values => ({
      meaning: { kind: 'value', dimension, value: values[0] ?? '' } as Meaning,
      list: { dimension, values },
      score: part ? 0.85 : 1,
    }))
  })
  return unqualified(options, model)
}

const spread = (lists: string[][]): string[][] =>
  lists.reduce<string[][]>((all, list) => all.flatMap(a => list.map(x => [...a, x])), [[]]).slice(0, 12)
