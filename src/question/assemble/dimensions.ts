import type { Mention } from '../mentions/mention.ts'
import { labels } from './labels.ts'
import { addMeasure } from './measures.ts'
import { deniesThings } from './none.ts'
import { takeSplit } from './splits.ts'
import {
  cueBefore,
  done,
  has,
  isPlural,
  type NamedMention,
  next,
  of,
  only,
  previous,
  type State,
  textOf,
} from './state.ts'

/** A dimension is a label of a value, a condition, a date to go by, or a split. */
export const takeDimension = (s: State, i: number, item: NamedMention): void => {
  const { draft, model } = s
  const following = next(s, i)
  if (isLabelOfNext(s, i, item)) {
    s.label = of(item, 'dimension').map(d => d.dimension)
    return
  }
  if (item.part && following?.kind === 'named' && following.from === item.to && has(following, 'measure')) {
    draft.context.push(only(item, 'dimension'))
    return
  }
  const types = of(item, 'dimension').map(m => model.dimensions[m.dimension])
  const isCode = types.every(d => !d?.personal) && following?.kind === 'number' && /^\d/.test(textOf(s, following))
  if (following?.kind === 'number' && isCode) {
    const value = textOf(s, following)
    s.used.add(following)
    draft.filters.push({ kind: 'equals', value, ...only(item, 'dimension') })
    return done(s, 'value')
  }
  const isTime = types.every(d => d?.type === 'date' || d?.type === 'timestamp')
  if (cueBefore(s, i, 'count') && !isTime) return addMeasure(s, i, { ...only(item, 'dimension'), counted: true })
  const before = previous(s, i)
  if (before?.kind === 'aggregation' && before.aggregation === 'count_distinct')
    return addMeasure(s, i, { ...only(item, 'dimension'), counted: true })
  if (types.every(d => d?.type === 'boolean')) {
    const negated = s.mode === 'not'
    const none = negated && deniesThings(s, s.pendingNot)
    s.pendingNot = undefined
    draft.filters.push({ kind: 'flag', negated, none, predicate: s.predicate, ...only(item, 'dimension') })
    return done(s, 'value')
  }
  if (types.every(d => d?.type === 'date' || d?.type === 'timestamp')) {
    if (s.mode === 'not' && deniesValue(s, i)) return
    if (item.part && s.tokens[item.from - 1]?.lower === 'per') {
      draft.unused.push(item)
      return done(s, 'none')
    }
    draft.time = only(item, 'dimension')
    const grain = following?.kind === 'grain' ? following : undefined
    if (s.mode !== 'split' || draft.splits.some(x => x.kind === 'grain')) return done(s, 'none')
    if (grain) s.used.add(grain)
    draft.splits.push(grain ? { kind: 'grain', grain: grain.grain } : { kind: 'trend' })
    return done(s, 'split')
  }
  const isLabelOnly = /^(to|from|in|at)$/.test(s.tokens[item.to - 1]?.lower ?? '') && s.mode !== 'split'
  if (isLabelOnly || isAdjective(s, i, item)) {
    draft.context.push(only(item, 'dimension'))
    return
  }
  const listsThings = draft.measures.length === 0 && isPlural(s, item)
  if (s.mode !== 'split' && has(item, 'entity') && (listsThings || asksHowMuch(s))) {
    draft.context.push(only(item, 'entity'))
    return
  }
  if (s.mode !== 'split' && (item.part || isWhatLasts(s, item))) {
    draft.unused.push(item)
    return
  }
  takeSplit(s, i, item, s.mode !== 'split')
}

/** A thing is counted, is one of its kind ("order 17"), or says what the question is about. */
export const takeEntity = (s: State, i: number, item: NamedMention): void => {
  const { draft } = s
  const following = next(s, i)
  if (cueBefore(s, i, 'count') || (draft.counts && draft.measures.length === 0 && s.mode !== 'filter'))
    return addMeasure(s, i, { ...only(item, 'entity'), counted: true })
  if (following?.kind === 'number' && following.from === item.to) {
    s.used.add(following)
    draft.filters.push({ kind: 'equals', value: textOf(s, following), ...only(item, 'entity') })
    return done(s, 'value')
  }
  draft.context.push(only(item, 'entity'))
  s.last = 'none'
  if (s.mode !== 'not') s.mode = 'none'
}

/** "*state* Texas", "*home state* is California": the name of the dimension of the value that follows. */
const isLabelOfNext = (s: State, i: number, item: NamedMention): boolean => {
  const following = next(s, i)
  const isLabelOf = (m: Mention | undefined) => m?.kind === 'named' && has(m, 'value') && labels(item, only(m, 'value'))
  if (isLabelOf(following)) return true
  const joints = ['be', 'of', 'and', 'filter', 'not', ...(item.inflected ? ['split'] : [])]
  return following?.kind === 'cue' && joints.includes(following.cue) && s.mode !== 'split' && isLabelOf(s.items[i + 2])
}

/** "how long does *a decision* take": what the length is asked of, where nothing of that name has one. */
const isWhatLasts = (s: State, item: NamedMention): boolean =>
  /^(a|an|the|our|one)$/.test(s.tokens[item.from - 1]?.lower ?? '') &&
  !isPlural(s, item) &&
  s.draft.hints.some(
    h => !h.superlative && s.tokens.some((t, at) => t.lower === 'how' && s.tokens[at + 1]?.lower === h.word),
  )

/** "how long was the longest *outage*": the length is asked for, not which. */
export const asksHowMuch = ({ draft, tokens }: State): boolean =>
  draft.hints.some(h => h.superlative) &&
  (draft.hints.some(h => !h.superlative) || draft.measures.some(slot => tokens[slot.at.from]?.lower === 'how'))

/** "not *booked* through the website": the verb of a date, between "not" and what is left out. */
const deniesValue = (s: State, i: number): boolean => {
  const [first, second] = [s.items[i + 1], s.items[i + 2]]
  const value = first?.kind === 'cue' && first.cue === 'filter' ? second : first
  return value?.kind === 'named' && has(value, 'value')
}

/** "product category": a thing's word right before a dimension of that thing was matched apart. */
const isAdjective = (s: State, i: number, item: NamedMention): boolean => {
  const following = next(s, i)
  return (
    following?.kind === 'named' &&
    following.from === item.to &&
    !has(following, 'value') &&
    has(item, 'entity') &&
    has(following, 'dimension')
  )
}
