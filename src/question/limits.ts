import { dimensionsOf } from '#src/semantic/compile/filters.ts'
import { pathTo } from '#src/semantic/compile/paths.ts'
import { timeDimension } from '#src/semantic/compile/rows.ts'
import { distinctCountOf } from '#src/semantic/complete.ts'
import { isTimePart, type Model } from '#src/semantic/model.ts'
import type { Filter, Query } from '#src/vocabulary/query.ts'
import { entityOfCount } from './counts.ts'
import type { Draft } from './draft.ts'
import { baseOf } from './formulas.ts'
import type { Mention } from './mentions/mention.ts'
import type { Token } from './tokens.ts'
import { lightVerbs } from './verbs.ts'

/** A text as it was taken apart; `follows` when it changes the query before. */
type Said = { mentions: readonly Mention[]; tokens: readonly Token[]; draft: Draft; follows: boolean }

/**
 * Words that limit or quantify ("both", "every", "only", "never", "again") and that this query does not do justice to. A customer has many
 * orders, so "bought both books and toys" or "only bought books" is not a condition on rows, and no such word may be passed over.
 */
export const unheeded = (said: Said, query: Query, model: Model): Mention[] => {
  const several = severalOf(said, query, model)
  return said.mentions.filter(m => {
    if (m.kind !== 'cue' && m.kind !== 'filler' && m.kind !== 'number') return false
    const words = said.tokens
      .slice(m.from, m.to)
      .filter(t => t.kind !== 'sign')
      .map(t => t.lower)
    return limits.some(
      ({ said: of, ignored }) => of.test(words.join(' ')) && ignored(m, { ...said, query, several, model }),
    )
  })
}

/** What a word is looked at with: whether a thing that is asked about may have several values of a dimension, or several dates. */
type Seen = Said & { query: Query; several: Several; model: Model }
type Several = { dimension(name: string): boolean; time: boolean; things: boolean }

const limits: { said: RegExp; ignored: (m: Mention, seen: Seen) => boolean }[] = [
  {
    said: /^both$/,
    ignored: (_, seen) => keepsSome(seen) || (seen.several.time && seen.query.period !== undefined) || !hasTwo(seen),
  },
  { said: /^and$/, ignored: (m, seen) => joinsWhatWasDone(m, seen) },
  {
    said: /^(only|solely|exclusively|just)$/,
    ignored: (m, seen) => isBareNumber(m, seen) || (!seen.follows && saysOfDeeds(m, seen) && narrowsThings(seen)),
  },
  { said: /(^|\b)(every|every one of)$/, ignored: (_, seen) => seen.several.things && splitsSeveral(seen) },
  { said: /^all$/, ignored: (m, seen) => !seen.follows && seen.several.things && isAllOf(m, seen) },
  { said: /^(each|in each|within each|for each)$/, ignored: (_, seen) => asksWhichOfEach(seen) },
  { said: /^never$/, ignored: (_, seen) => !leavesOut(seen) || leavesOutSome(seen) },
  {
    said: /^(not|no|non|without|but not|minus)$/,
    ignored: (_, seen) => leavesOutSome(seen) && seen.several.things,
  },
  {
    said: /^still$/,
    ignored: (_, { draft, follows }) => !follows && draft.filters.length + draft.comparisons.length === 0,
  },
  { said: /^again$/, ignored: (_, { follows }) => !follows },
  { said: /^(also|too|as well|and also)$/, ignored: (_, seen) => !seen.follows && narrowsThings(seen) },
  { said: /^(vs|versus|against|than|compared .*|relative to|in comparison .*)$/, ignored: comparesAlone },
  { said: /^(place|rank|ranking|position)$/, ignored: asksForPlace },
  { said: /^(rank|ranked|ranking)\b/, ignored: (_, { draft }) => draft.rank?.all === true && draft.limitPer },
  { said: /^how (many|much)$/, ignored: (m, { tokens }) => tokens[m.from - 1]?.lower === 'by' },
  { said: /^(the )?same( for| thing for| thing)?$/, ignored: (_, { follows }) => !follows },
  { said: /^(one)$/, ignored: (m, seen) => isCounted(m, seen) },
  { said: /^when$/, ignored: (m, seen) => m.from === 0 && !seen.draft.end && !seen.query.splits.some(isTime) },
  { said: /^where$/, ignored: (m, seen) => m.from === 0 && !seen.query.splits.some(s => 'dimension' in s) },
]

/** "states with more orders *than Texas*", "states with more orders *than last year*": a condition, where two things side by side can be shown. */
function comparesAlone(m: Mention, { draft, follows, query, tokens }: Seen): boolean {
  if (follows) return false
  const alone = draft.filters.some(f => f.kind === 'values' && f.versus && f.members.length === 1)
  const isThan = tokens[m.from]?.lower === 'than'
  const keeps = tokens.slice(0, m.from).some(t => /^(with|whose|where|which|who|have|has|had)$/.test(t.lower))
  return alone || (isThan && keeps && query.compare !== undefined && query.splits.some(s => 'dimension' in s))
}

/** "*which place* did each language have", "what rank …": a number that no table of results has. */
function asksForPlace(m: Mention, { tokens, follows }: Seen): boolean {
  return !follows && /^(which|what)$/.test(tokens[m.from - 1]?.lower ?? '')
}

const isTime = (split: Query['splits'][number]) => 'grain' in split || isTimePart(split.dimension)

const filtersOnSeveral = ({ query, several, model }: Seen, ops: Filter['op'][]) =>
  query.filters.filter(f => ops.includes(f.op) && dimensionsOf(f, model).some(several.dimension))

/** Kept by a value that a thing may have beside others. */
const keepsSome = (seen: Seen) => filtersOnSeveral(seen, ['in', 'like', 'named']).length > 0

/** Two of anything that "both" may speak of. */
const hasTwo = ({ draft, query, follows }: Seen): boolean =>
  follows ||
  draft.filters.length > 1 ||
  draft.filters.some(f => f.kind === 'values' && f.members.length > 1) ||
  draft.periods.length > 1 ||
  draft.periods.some(p => p.expression.kind === 'union') ||
  query.compare !== undefined ||
  query.measures.length > 1 ||
  query.splits.length > 1

/** "customers who *bought* books *and* toys" may mean each of both or either: not when they are only "from" or "in" both. */
const joinsWhatWasDone = (m: Mention, seen: Seen): boolean => {
  const before = seen.draft.filters.find(
    f => f.kind === 'values' && f.members.length > 1 && f.members.some(x => x.at.to <= m.from) && !seen.draft.compares,
  )
  if (before?.kind !== 'values' || !before.members.some(x => x.at.from >= m.to)) return false
  const from = before.members[0]?.at.from ?? 0
  const word = seen.tokens.slice(0, from).findLast(t => !/^(a|an|the|some|any)$/.test(t.lower))?.lower ?? ''
  return lightVerbs.has(word) && keepsSome(seen)
}

/** "did not buy Electronics": rows are left out, and the thing stays by its other rows. */
const leavesOutSome = (seen: Seen) =>
  filtersOnSeveral(seen, ['not_in', 'not_like', 'not_named']).length > 0 && !onlyExcludes(seen)

/** "excluding Electronics", "outside Texas" speak of rows; "did not", "never" and "without" of things. */
const onlyExcludes = ({ mentions, tokens }: Said): boolean =>
  mentions.every(
    m =>
      m.kind !== 'cue' ||
      m.cue !== 'not' ||
      !/^(not|no|non|without|but not|minus|never)$/.test(
        tokens
          .slice(m.from, m.to)
          .map(t => t.lower)
          .join(' '),
      ),
  )

const leavesOut = ({ draft }: Seen) =>
  draft.filters.some(f => 'negated' in f && f.negated) || draft.comparisons.some(c => c.none)

const narrowsThings = (seen: Seen): boolean =>
  keepsSome(seen) || (seen.several.things && seen.several.time && seen.query.period !== undefined)

/** "only one", "just two": a number that nothing was compared with. */
const isBareNumber = (m: Mention, { mentions, tokens, draft }: Said): boolean => {
  const next = mentions.find(x => x.from >= m.to && !(x.kind === 'filler' && tokens[x.from]?.value === undefined))
  if (draft.comparisons.some(c => c.at === next)) return false
  return (
    next?.from === m.to && (next.kind === 'number' || (next.kind === 'filler' && tokens[m.to]?.value !== undefined))
  )
}

/** "customers who *only* bought books", "bought *only* books": of what a thing did; "books only" is a condition on rows. */
const saysOfDeeds = (m: Mention, { tokens }: Said): boolean => {
  const isDeed = (word = '') => lightVerbs.has(word) || /..ed$/.test(word) || /^(ever|who|that)$/.test(word)
  const isSaid = tokens.slice(0, m.from).some(t => /^(who|that)$/.test(t.lower))
  return isSaid || isDeed(tokens[m.from - 1]?.lower) || isDeed(tokens[m.to]?.lower)
}

const splitsSeveral = ({ query, several }: Seen): boolean =>
  query.splits.some(s => ('grain' in s ? several.time : several.dimension(s.dimension)))

/** "products sold in *all* states". */
const isAllOf = (m: Mention, { mentions, several }: Seen): boolean => {
  const next = mentions.find(x => x.from >= m.to && x.kind !== 'filler')
  if (next?.kind === 'grain' || next?.kind === 'number') return true
  return next?.kind === 'named' && next.meanings.some(x => x.kind === 'dimension' && several.dimension(x.dimension))
}

/** "which customers ordered in each month": not a table of both, and no rank within each. */
const asksWhichOfEach = (seen: Seen): boolean =>
  seen.draft.cues.has('which') && seen.query.limit === undefined && seen.several.things && splitsSeveral(seen)

/** "customers with *one* order": how many there are of the thing behind it. */
const isCounted = (m: Mention, { tokens, mentions, draft }: Said): boolean => {
  if (draft.comparisons.some(c => c.at === m)) return false
  const next = mentions.find(x => x.from === m.to)
  return (
    /^(with|have|has|had|having|only|just|exactly|placed|made|in)$/.test(tokens[m.from - 1]?.lower ?? '') &&
    next?.kind === 'named'
  )
}

/** What the question is about: the things that are counted, and those that "who" or "that" says something of. */
const thingsOf = ({ mentions, tokens, draft }: Said, query: Query, model: Model): string[] => {
  const counted = query.measures.flatMap(({ measure }) => thingCounted(model, measure) ?? [])
  const described = mentions.flatMap(m =>
    m.kind === 'named' && /^(who|that|which|whose)$/.test(tokens[m.to]?.lower ?? '')
      ? m.meanings.flatMap(x => (x.kind === 'entity' ? [x.table] : []))
      : [],
  )
  const listed = query.splits.flatMap(s =>
    'dimension' in s && draft.cues.has('who')
      ? Object.values(model.tables)
          .filter(t => t.display === s.dimension)
          .map(t => t.name)
      : [],
  )
  return [...new Set([...counted, ...described, ...listed])]
}

/** Different values that are counted, of no table of their own: each may stand beside several of anything else. */
const countsValues = ({ measures }: Query, model: Model): boolean =>
  measures.some(({ measure }) => {
    const m = model.measures[measure]
    return m?.kind === 'base' && m.aggregation === 'count_distinct' && thingCounted(model, measure) === undefined
  })

/** The table of what is counted by its key, or by the names of its rows. */
const thingCounted = (model: Model, measure: string): string | undefined =>
  entityOfCount(model, measure) ??
  Object.values(model.tables).find(t => t.display !== undefined && distinctCountOf(t.display) === measure)?.name

const severalOf = (said: Said, query: Query, model: Model): Several => {
  const things = thingsOf(said, query, model)
  const base = baseOf(model.measures[query.measures[0]?.measure ?? ''], model)
  const time = base && timeDimension(model, { table: base.table, time: query.time })
  const values = countsValues(query, model)
  const dimension = (name: string): boolean => {
    if (values) return true
    const d = model.dimensions[isTimePart(name) ? (time ?? '') : name]
    return d !== undefined && things.some(from => pathTo(model, { from, to: d.table, via: d.via }) === undefined)
  }
  const dated = time === undefined ? things.length > 0 : dimension(time)
  return { dimension, time: dated, things: values || things.length > 0 }
}
