import { pathTo } from '#src/semantic/compile/paths.ts'
import type { Model } from '#src/semantic/model.ts'
import type { Query } from '#src/vocabulary/query.ts'
import { isCount } from './counts.ts'
import type { Draft, Named } from './draft.ts'
import { baseOf } from './formulas.ts'
import { lemma } from './lemma.ts'
import type { Meaning } from './lexicon.ts'
import type { Mention } from './mentions/mention.ts'
import type { Token } from './tokens.ts'

/** A text as it was taken apart; `dated` is a date that was named where no period was. */
type Said = { mentions: readonly Mention[]; tokens: readonly Token[]; draft: Draft; dated?: Named }

/** Words of the data, of money and of units that found a place in the grammar and none in the query: "claim *payments*", where claims are counted. */
export const leftBehind = (said: Said, query: Query, model: Model): Mention[] => [
  ...otherThings(said, query, model),
  ...strangers(said, query, model),
  ...otherDates(said, query, model),
  ...unitsCounted(said, query, model),
  ...otherTypes(said, query, model),
  ...otherStates(said, query, model),
  ...nounsOfFlags(said),
]

/** Names right beside each other are one, which its last word names: "permit applications" are none of another kind, "claim payments" no claims, "email clicks" no clicks on ads. */
const otherThings = ({ mentions, tokens }: Said, query: Query, model: Model): Mention[] => {
  const used = tablesUsed(query, model)
  const bases = measuredTables(query, model)
  const isBound = (tables: string[]) =>
    tables.some(to => used.has(to) || bases.some(from => pathTo(model, { from, to }) !== undefined))
  return mentions.flatMap(first => {
    const second = mentions.find(m => m.from === first.to)
    const [before, head] = [tablesOf(first), tablesOf(second)]
    if (second?.kind !== 'named' || before.length === 0 || !isSingular(tokens[first.to - 1])) return []
    if (head.length === 0 && !second.meanings.some(x => x.kind === 'measure')) return []
    if (before.some(t => head.includes(t))) return []
    if (head.length > 0 && !head.some(t => used.has(t))) return [second]
    return isBound(before) ? [] : [first]
  })
}

/** "which products did *customers order*" names one that does. */
const isSingular = (last?: Token) => last?.kind !== 'sign' && lemma(last?.lower ?? '') === last?.lower

const tablesOf = (m: Mention | undefined): string[] =>
  m?.kind === 'named' ? m.meanings.flatMap(x => (x.kind === 'entity' ? [x.table] : [])) : []

const measuredTables = (query: Query, model: Model): string[] =>
  query.measures.flatMap(({ measure }) => baseOf(model.measures[measure], model)?.table ?? [])

/** Tables that the query looks at in any way. */
const tablesUsed = (query: Query, model: Model): Set<string> =>
  new Set([
    ...measuredTables(query, model),
    ...[...query.splits, ...query.filters].flatMap(x =>
      'dimension' in x ? [model.dimensions[x.dimension]?.table ?? ''] : [],
    ),
    ...query.filters.flatMap(f =>
      f.op === 'entity' ? [f.entity, baseOf(model.measures[f.measure], model)?.table ?? ''] : [],
    ),
    ...query.measures.flatMap(({ per }) =>
      per && 'measure' in per ? [baseOf(model.measures[per.measure], model)?.table ?? ''] : [],
    ),
  ])

/** "how much did *rentals* cost", where only fuel has a cost: things that have nothing to do with what is measured. */
const strangers = ({ mentions }: Said, query: Query, model: Model): Mention[] => {
  const used = [...tablesUsed(query, model)]
  const isKin = (table: string) =>
    used.some(
      other =>
        other === table ||
        pathTo(model, { from: other, to: table }) !== undefined ||
        pathTo(model, { from: table, to: other }) !== undefined,
    )
  return mentions.filter(m => {
    const tables = tablesOf(m)
    const isOfThing = (x: Meaning) =>
      x.kind === 'entity' ||
      x.kind === 'measure' ||
      (x.kind === 'dimension' && tables.includes(model.dimensions[x.dimension]?.table ?? ''))
    const isOnlyThing = m.kind === 'named' && m.meanings.every(isOfThing)
    const isMeasured =
      m.kind === 'named' &&
      m.meanings.some(x => x.kind === 'measure' && query.measures.some(use => use.measure === x.measure))
    return tables.length > 0 && isOnlyThing && !isMeasured && !tables.some(isKin)
  })
}

/** "*injured* players": the day of an injury, where no injury is looked at. */
const otherDates = ({ dated }: Said, query: Query, model: Model): Mention[] => {
  const tables = (dated?.meanings ?? []).flatMap(m =>
    m.kind === 'dimension' ? [model.dimensions[m.dimension]?.table ?? ''] : [],
  )
  const used = tablesUsed(query, model)
  return dated && !tables.some(t => used.has(t)) ? [dated.at] : []
}

/** "call *minutes*", "grant *money*": not the number of calls or grants. */
const unitsCounted = ({ mentions, tokens, draft }: Said, query: Query, model: Model): Mention[] => {
  if (query.measures.length === 0 || !query.measures.every(({ measure }) => isCount(model.measures[measure]))) return []
  return mentions.filter(m => {
    const before = mentions.find(x => x.to === m.from)
    if (tablesOf(before).length === 0 || draft.comparisons.some(c => c.at === m)) return false
    const word = tokens[m.from]?.lower ?? ''
    return (
      (m.kind === 'currency' && word === 'money') ||
      (m.kind === 'filler' && /^(minutes|hours|seconds|days)$/.test(word))
    )
  })
}

/** "orders by *type*": the type of what is measured, not that of a customer. */
const otherTypes = ({ mentions, tokens }: Said, query: Query, model: Model): Mention[] => {
  const bases = measuredTables(query, model)
  const isOther = query.splits.some(s => {
    const d = 'dimension' in s ? model.dimensions[s.dimension] : undefined
    return d?.synonyms.includes('type') && !bases.includes(d.table)
  })
  return isOther
    ? mentions.filter(m => m.kind === 'named' && m.to === m.from + 1 && /^types?$/.test(tokens[m.from]?.lower ?? ''))
    : []
}

/** "*cancelled* classes", where members are cancelled, "flight *crew*", where complaints are about the crew: said right beside a thing that is neither. */
const otherStates = ({ mentions, tokens }: Said, query: Query, model: Model): Mention[] => {
  const bases = measuredTables(query, model)
  const isFar = (dimension: string) => {
    const to = model.dimensions[dimension]?.table ?? ''
    return bases.length > 0 && bases.every(from => pathTo(model, { from, to }) === undefined)
  }
  return mentions.filter(m => {
    if (m.kind !== 'named' || !m.meanings.every(x => x.kind === 'value')) return false
    const names = m.meanings.flatMap(x => (x.kind === 'value' ? [x.dimension] : []))
    const before = mentions.find(x => x.to === m.from)
    const after = mentions.find(x => x.from === m.to)
    const isState = names.every(name => /\bstatus$/i.test(model.dimensions[name]?.label ?? ''))
    const isBeside =
      (isState && tablesOf(after).length > 0) || (tablesOf(before).length > 0 && isSingular(tokens[m.from - 1]))
    return isBeside && names.every(isFar)
  })
}

/** "customer *returns*" are no customers that were returned. */
const nounsOfFlags = ({ mentions, tokens }: Said): Mention[] =>
  mentions.filter(m => {
    const before = mentions.find(x => x.to === m.from)
    const isFlag = m.kind === 'named' && m.inflected && m.meanings.some(x => x.kind === 'filter')
    return isFlag && tablesOf(before).length > 0 && isSingular(tokens[m.from - 1]) && !isSingular(tokens[m.to - 1])
  })
