import { countOf } from '../counts.ts'
import type { Named } from '../draft.ts'
import type { Meaning } from '../lexicon.ts'
import { lightVerbs } from '../verbs.ts'
import { addsUp, averagesRows, isOwnThing } from './averages.ts'
import { cueBefore, done, has, isPlural, type NamedMention, next, of, only, type State } from './state.ts'

/** "by X" is a split, unless X is who did it, describes what follows, or divides an average. */
export const takeSplitOrRatio = (s: State, i: number, item: NamedMention): void => {
  if (isAgent(s, item)) {
    s.draft.context.push(only(item, 'entity'))
    return done(s, 'none')
  }
  if (isDoneByA(s, item)) {
    s.draft.filters.push({ kind: 'flag', negated: false, predicate: false, ...only(item, 'dimension') })
    return done(s, 'value')
  }
  if (describesNext(s, i, item)) {
    s.draft.context.push(only(item, 'entity'))
    return
  }
  if (ownsNextValue(s, i, item)) {
    s.draft.context.push(only(item, 'entity'))
    s.mode = 'filter'
    return
  }
  const measure = s.draft.measures.at(-1)
  const perWord = s.tokens.slice(s.items[i - 1]?.from ?? 0, item.from).some(t => t.lower === 'per')
  const isMean = measure?.aggregation === 'avg' || measure?.aggregation === 'median'
  if (measure && isMean && perWord && !measure.per && isOwnThing(s, measure, item)) return done(s, 'measure')
  const isEach = measure?.singular && !measure.counted && of(measure, 'entity').length > 0 && !has(item, 'entity')
  const isMeanOf = measure !== undefined && !has(item, 'entity') && averagesRows(s, measure)
  if (measure?.aggregation === 'avg' && perWord && !measure.per && !isEach && !isMeanOf && addsUp(s, measure)) {
    measure.per = thingOrValue(s, item)
    return done(s, 'measure')
  }
  takeSplit(s, i, item, false)
}

/** "loans per *member*": per thing where things can be counted, else per different value. */
export const thingOrValue = (s: State, item: NamedMention): Named => {
  const things = of(item, 'entity').some(e => countOf(e.table, s.model) !== undefined)
  return things ? only(item, 'entity') : only(item, 'entity', 'dimension')
}

/** Adds a split; a weak one was not asked for by "by" or "per". */
export const takeSplit = (s: State, i: number, item: NamedMention, weak: boolean): void => {
  const kinds: Meaning['kind'][] = has(item, 'dimension') ? ['dimension', 'entity'] : ['entity']
  if (s.draft.rank && cueBefore(s, i, 'split') && s.draft.splits.length > 0) s.draft.limitPer = true
  const asked = cueBefore(s, i, 'which')
  s.draft.splits.push({ kind: 'name', weak, also: s.also || s.adding, asked, ...only(item, ...kinds) })
  done(s, 'split')
}

/** "affected by *outages*", "placed by *customers*": who or what did it, not a split. */
const isAgent = (s: State, item: NamedMention): boolean => {
  const [verb, by] = s.tokens.slice(Math.max(0, item.from - 2), item.from).map(t => t.lower)
  const happened =
    /ed$/.test(verb ?? '') && !/^(sorted|grouped|ranked|ordered|divided|segmented|separated|filtered)$/.test(verb ?? '')
  return by === 'by' && happened && has(item, 'entity') && isPlural(s, item)
}

/** "lessons taken by a *substitute teacher*": those that are said to have one. */
const isDoneByA = (s: State, item: NamedMention): boolean => {
  const [by, article] = s.tokens.slice(Math.max(0, item.from - 2), item.from).map(t => t.lower)
  const flags = of(item, 'dimension').map(m => s.model.dimensions[m.dimension]?.type)
  return by === 'by' && /^an?$/.test(article ?? '') && flags.length > 0 && flags.every(t => t === 'boolean')
}

/** "each *customer* segment": the thing whose dimension follows. */
const describesNext = (s: State, i: number, item: NamedMention): boolean => {
  const following = next(s, i)
  if (following?.kind !== 'named' || following.from !== item.to || !has(item, 'entity')) return false
  const tables = of(item, 'entity').map(e => e.table)
  return of(following, 'dimension').some(d => tables.includes(s.model.dimensions[d.dimension]?.table ?? ''))
}

/** "by customers *from California*": a thing with a condition of its own is no split. */
const ownsNextValue = (s: State, i: number, item: NamedMention): boolean => {
  const [cue, value] = [s.items[i + 1], s.items[i + 2]]
  const verbBefore = s.tokens
    .slice(Math.max(0, item.from - 5), item.from)
    .some(t => /ed$/.test(t.lower) || lightVerbs.has(t.lower))
  if (!verbBefore) return false
  if (cue?.kind !== 'cue' || cue.cue !== 'filter' || value?.kind !== 'named') return false
  const tables = of(item, 'entity').map(e => e.table)
  const own = of(value, 'value').filter(v => tables.includes(s.model.dimensions[v.dimension]?.table ?? ''))
  if (own.length > 0) s.label = own.map(v => v.dimension)
  return own.length > 0
}
