import type { Draft, FilterSlot, MeasureSlot } from '../draft.ts'
import type { Mention } from '../mentions/mention.ts'
import { addsUp } from './averages.ts'
import { cueBefore, done, type NamedMention, next, only, previous, type State } from './state.ts'

/** "monthly", "per day", "which week": a split by time, or the bucket of an average. */
export const takeGrain = (s: State, i: number, item: Extract<Mention, { kind: 'grain' }>): void => {
  const { draft } = s
  if (s.mode === 'drop') {
    draft.cues.add(`drop:${item.grain}`)
    s.mode = 'none'
    return
  }
  const named = next(s, i)
  const isYearOf =
    item.grain === 'year' &&
    named?.kind === 'named' &&
    named.from === item.to &&
    named.meanings.some(m => m.kind === 'dimension' && s.model.dimensions[m.dimension]?.type === 'number')
  if (isYearOf) return
  if (isUnitWish(s, i, item)) {
    draft.unused.push(item)
    return done(s, 'none')
  }
  const adverb = /ly$|annual/.test(s.tokens[item.from]?.lower ?? '') || item.to - item.from === 3
  const before = previous(s, i)
  const ranked =
    before?.kind === 'rank' || before?.kind === 'popular' || (before?.kind === 'hint' && before.superlative)
  const lead = s.items.slice(Math.max(0, i - 2), i).some(x => x.kind === 'aggregation' && x.aggregation === 'avg')
  if (adverb && lead && next(s, i)?.kind === 'named') {
    const following = next(s, i) as NamedMention
    s.used.add(following)
    s.draft.measures.push({ ...only(following, 'measure', 'entity'), aggregation: 'avg', per: { grain: item.grain } })
    const agg = s.items.slice(Math.max(0, i - 2), i).find(x => x.kind === 'aggregation')
    if (agg) s.used.add(agg)
    return done(s, 'measure')
  }
  if (isPerOne(s, item)) {
    const measure = draft.measures.at(-1) as MeasureSlot
    measure.aggregation = 'avg'
    measure.per = { grain: item.grain }
    return done(s, 'measure')
  }
  if (
    s.mode === 'split' &&
    draft.measures.at(-1)?.aggregation === 'avg' &&
    !draft.measures.at(-1)?.per &&
    s.tokens.slice(0, item.from).some(t => t.lower === 'per' || t.lower === 'a' || t.lower === 'each') &&
    addsUp(s, draft.measures.at(-1))
  ) {
    const measure = draft.measures.at(-1)
    if (measure) measure.per = { grain: item.grain }
    return done(s, 'measure')
  }
  if (s.mode === 'split' || adverb || ranked || cueBefore(s, i, 'which') || s.last === 'split') {
    if (draft.splits.some(x => x.kind === 'grain' && x.grain !== item.grain)) draft.unused.push(item)
    if (draft.rank && s.mode === 'split' && draft.splits.length > 0 && !ranked) draft.limitPer = true
    draft.splits.push({ kind: 'grain', grain: item.grain, also: s.also || s.adding })
    return done(s, 'split')
  }
  draft.unused.push(item)
  s.mode = 'none'
}

/** "on average how many orders *a day*", "how many orders *a day* on average". */
const isPerOne = (s: State, item: Mention): boolean => {
  const measure = s.draft.measures.at(-1)
  const mean = s.items.find(x => x.kind === 'aggregation' && x.aggregation === 'avg' && !s.used.has(x))
  if (!measure || measure.per || !/^an?$/.test(s.tokens[item.from - 1]?.lower ?? '') || !addsUp(s, measure))
    return false
  if (measure.aggregation !== 'avg' && !mean) return false
  if (measure.aggregation !== 'avg' && mean) s.used.add(mean)
  return true
}

/** "how long does it take, *in days*": a unit to give the answer in, no split. */
const isUnitWish = (s: State, i: number, item: Mention): boolean => {
  const word = s.tokens[item.to - 1]?.lower ?? ''
  return (
    item.to - item.from === 1 && s.tokens[item.from - 1]?.lower === 'in' && cueBefore(s, i, 'filter') && /s$/.test(word)
  )
}

/** Days of the week add up to one filter. */
export const addWeekdays = (draft: Draft, days: string[], negated: boolean) => {
  const open = draft.filters.find(
    (f): f is Extract<FilterSlot, { kind: 'weekdays' }> => f.kind === 'weekdays' && f.negated === negated,
  )
  if (open) open.days = [...new Set([...open.days, ...days])]
  else draft.filters.push({ kind: 'weekdays', days, negated })
}
