import { numberOf } from '#src/semantic/complete.ts'
import { lemma, verb } from '../lemma.ts'
import type { Meaning } from '../lexicon.ts'
import type { Mention } from '../mentions/mention.ts'
import { asksHowMuch, takeDimension, takeEntity } from './dimensions.ts'
import { takeMeasure } from './measures.ts'
import { deniesThings, takeNone, takeSome } from './none.ts'
import { takeSplit, takeSplitOrRatio } from './splits.ts'
import { cueBefore, done, has, isPlural, type NamedMention, next, of, only, previous, type State } from './state.ts'
import { takeValue } from './values.ts'

/** Gives a name its role: split, value, measure, dimension or thing. */
export const takeName = (s: State, i: number, said: NamedMention): void => {
  const item = withoutDeed(s, i, asAmount(s, i, ofEach(s, i, measured(s, i, said))))
  if (item.meanings.length === 0) {
    s.draft.unused.push(item)
    return done(s, 'none')
  }
  if (isKindOfNext(s, i, item) || isCountedDeed(s, i, item)) return
  if (s.mode === 'drop') return takeDropped(s, item)
  if (s.tokens[item.from - 1]?.lower === 'all' && has(item, 'dimension') && s.mode !== 'split') {
    s.draft.cleared.push(only(item, 'dimension'))
    return done(s, 'none')
  }
  if (isTarget(s, i, item)) return takeSplit(s, i, item, false)
  if (!has(item, 'value', 'filter') && (takeNone(s, i, item) || takeSome(s, i, item))) return
  const valued = has(item, 'value', 'filter') && !has(item, 'measure') && !isCommonNoun(s, item)
  if (valued && !(s.mode === 'split' && has(item, 'dimension'))) return takeValue(s, i, item)
  if (s.mode === 'split' && !has(item, 'entity') && isDate(s, item)) return takeDimension(s, i, item)
  if (isRankedBy(s, item)) return takeMeasure(s, i, item)
  if (s.mode === 'split' && has(item, 'dimension', 'entity')) return takeSplitOrRatio(s, i, item)
  if (has(item, 'measure')) return takeMeasure(s, i, item)
  if (has(item, 'dimension')) return takeDimension(s, i, item)
  return takeEntity(s, i, item)
}

/** "*doctor* visits", "how many *volunteer* hours": a thing in the singular right before others says whose they are, and these are counted. */
const isKindOfNext = (s: State, i: number, item: NamedMention): boolean => {
  const head = s.items[i + 1]
  const word = s.tokens[item.to - 1]?.lower ?? ''
  const lead = s.tokens[item.from - 1]?.lower ?? ''
  const tables = of(item, 'entity').map(m => m.table)
  if (tables.length === 0 || lemma(word) !== word || has(item, 'value', 'filter')) return false
  if (head?.kind !== 'named' || head.from !== item.to || !isPlural(s, head)) return false
  if (s.mode === 'split' || /^(which|what|each|every|a|an|per|by|one)$/.test(lead)) return false
  const isOther = of(head, 'entity').every(m => !tables.includes(m.table))
  if (cueBefore(s, i, 'count') && has(head, 'measure')) return isOther
  return isOther && (has(head, 'entity') || (has(head, 'value') && !has(head, 'measure', 'dimension')))
}

/** "donors who have *given* at least 10 times": how often it was done, not how much. */
const isCountedDeed = (s: State, i: number, item: NamedMention): boolean => {
  const times = next(s, i)
  const word = s.tokens[item.from]?.lower ?? ''
  return times?.kind === 'comparison' && times.times === true && has(item, 'measure') && verb(word) !== word
}

/** "by total *donated*", "how much was *donated*": the amount, where the verb is also that of a date. */
const asAmount = (s: State, i: number, item: NamedMention): NamedMention => {
  const before = previous(s, i)
  const isTotal = before?.kind === 'aggregation' && before.to === item.from
  const isAsked = cueBefore(s, i, 'amount') || (before !== undefined && cueBefore(s, i - 1, 'amount'))
  const isDated = of(item, 'dimension').length > 0 && of(item, 'dimension').every(m => isDay(m, s))
  const amounts = of(item, 'measure')
  return (isTotal || isAsked) && isDated && amounts.length > 0 ? { ...item, meanings: amounts } : item
}

/** "grants *awarded*", "people *watched* horror", "hours *billed*": what was done with what stands before is no amount of its own, unless it is ranked: "which campaign *raised* the most". */
const withoutDeed = (s: State, i: number, item: NamedMention): NamedMention => {
  const before = previous(s, i)
  const word = s.tokens[item.from]?.lower ?? ''
  const isDeed = item.to === item.from + 1 && (/..ed$/.test(word) || verb(word) !== word) && lemma(word) === word
  if (!isDeed || before?.kind !== 'named' || before.to !== item.from || !has(before, 'entity', 'measure')) return item
  const isRanked = next(s, i)?.kind === 'rank' && !isNamed(s.items[i + 2])
  if (isRanked) return item
  const isDone = (m: Meaning) =>
    isDay(m, s) || (m.kind === 'dimension' && s.model.dimensions[m.dimension]?.type === 'boolean')
  const kept = item.meanings.filter(m => m.kind === 'value' || m.kind === 'filter' || isDone(m))
  return has(item, 'measure') ? { ...item, meanings: kept } : item
}

const isDay = (m: Meaning, { model }: State): boolean =>
  m.kind === 'dimension' && ['date', 'timestamp'].includes(model.dimensions[m.dimension]?.type ?? '')

const isNamed = (m: Mention | undefined): boolean => m?.kind === 'named'

/** "drop the channel split", "drop Texas", "drop the refunded ones". */
const takeDropped = (s: State, item: NamedMention): void => {
  const { draft } = s
  const role = s.tokens[item.to]?.lower ?? ''
  const dropOnly = /^filters?$/.test(role) ? 'filter' : /^(split|breakdown|grouping)$/.test(role) ? 'split' : undefined
  const flags = of(item, 'dimension').map(m => s.model.dimensions[m.dimension]?.type)
  if (!dropOnly && has(item, 'value') && !has(item, 'dimension', 'entity'))
    draft.filters.push({
      kind: 'values',
      negated: true,
      versus: false,
      afterMeasure: false,
      predicate: false,
      also: false,
      added: false,
      dropped: true,
      members: [only(item, 'value')],
    })
  else if (!dropOnly && flags.length > 0 && flags.every(t => t === 'boolean'))
    draft.filters.push({ kind: 'flag', negated: true, predicate: false, ...only(item, 'dimension') })
  else draft.dropped.push({ ...only(item, 'dimension', 'entity', 'value', 'measure'), only: dropOnly })
  done(s, 'drop')
}

/** A column of numbers that is also a measure is a split only right after "by", with nothing ranked and a measure already there. */
const measured = (s: State, i: number, item: NamedMention): NamedMention => {
  const isNumber = (m: Meaning) => m.kind === 'dimension' && s.model.dimensions[m.dimension]?.type === 'number'
  if (!has(item, 'measure') || !item.meanings.some(isNumber)) return item
  const splits = s.mode === 'split' && s.draft.measures.length > 0 && !s.draft.rank && !cueBefore(s, i, 'sort')
  return splits ? item : { ...item, meanings: item.meanings.filter(m => !isNumber(m)) }
}

/** "the 4 most expensive products *by list price*", "average *list price*": a number that each has is measured when it is ranked by or averaged. */
const ofEach = (s: State, i: number, item: NamedMention): NamedMention => {
  const ranks = s.draft.rank !== undefined && s.mode === 'split' && s.draft.measures.length === 0
  const before = previous(s, i)
  const isWorked = before?.to === item.from && (before.kind === 'rank' || before.kind === 'aggregation')
  const numbers = of(item, 'dimension').filter(m => s.model.measures[numberOf(m.dimension)] !== undefined)
  if (!(ranks || isWorked) || has(item, 'measure', 'entity', 'value') || numbers.length === 0) return item
  return { ...item, meanings: numbers.map(m => ({ kind: 'measure', measure: numberOf(m.dimension) })) }
}

/** "people" is who they are, not the department People, unless it was written as the name is. */
const isCommonNoun = (s: State, item: NamedMention): boolean => {
  const typed = s.tokens[item.from]?.text ?? ''
  const values = of(item, 'value')
  return (
    has(item, 'entity') &&
    values.length > 0 &&
    values.every(v => v.value.toLowerCase() === typed.toLowerCase() && v.value !== typed)
  )
}

/** "top 5 *states*", "which *products*": what is ranked or asked for. */
const isTarget = (s: State, i: number, item: NamedMention): boolean => {
  if (!has(item, 'dimension', 'entity')) return false
  const [lead] = s.items.slice(Math.max(0, i - 2), i)
  if (previous(s, i)?.kind === 'number' && s.draft.howMany !== undefined) return true
  if (lead?.kind === 'number' && previous(s, i)?.kind === 'hint' && s.draft.howMany !== undefined) return true
  const before = previous(s, i)
  if (before?.kind === 'hint' && asksHowMuch(s)) return false
  if (before?.kind === 'rank' || before?.kind === 'popular' || before?.kind === 'hint') {
    const led = before.kind === 'hint' && lead?.kind === 'rank'
    if (before.kind === 'hint' && ((!before.superlative && !led) || s.draft.hints.some(h => !h.superlative)))
      return false
    if (!has(item, 'measure')) return true
    const bySize =
      before.kind === 'rank' &&
      /^(most|least|fewest|highest|lowest|maximum|minimum|max|min|biggest|largest|smallest)$/.test(before.word) &&
      before.n === undefined
    const bySaid = isWorth(s, item) || isMeasuredBy(s, item)
    if (bySize && before.kind === 'rank' && bySaid && /^(biggest|largest|smallest)$/.test(before.word)) return true
    return !bySize
  }
  const asked = previous(s, i)
  if (!cueBefore(s, i, 'which') || asked?.to !== item.from) return false
  return (
    !has(item, 'measure') ||
    s.items.some(
      other =>
        other !== item &&
        ((other.kind === 'cue' && other.cue === 'not' && deniesThings(s, other)) ||
          isCondition(s, other) ||
          (other.kind === 'hint' && other.superlative) ||
          other.kind === 'rank' ||
          other.kind === 'popular' ||
          other.kind === 'comparison' ||
          (other.kind === 'named' && has(other, 'measure'))),
    )
  )
}

/** "which machines are *automatic*", "which customers are *from Texas*": what is listed is kept by it. */
const isCondition = (s: State, other: Mention): boolean =>
  other.kind === 'named' &&
  (has(other, 'value', 'filter') ||
    of(other, 'dimension').some(m => s.model.dimensions[m.dimension]?.type === 'boolean'))

/** "largest warehouse *by capacity*". */
const isMeasuredBy = (s: State, item: NamedMention): boolean =>
  has(item, 'entity') &&
  s.items.some(o => o.kind === 'named' && o.from > item.to && has(o, 'measure') && !has(o, 'entity'))

/** "biggest order": a thing that has a value of its own, with no other measure said. */
const isWorth = (s: State, item: NamedMention): boolean => {
  const others = s.items.some(o => o !== item && o.kind === 'named' && has(o, 'measure'))
  return !others && of(item, 'entity').some(e => s.model.tables[e.table]?.value !== undefined)
}

/** "top 5 states by *orders*", "states by *orders*": a count that things are ranked by. */
const isRankedBy = (s: State, item: NamedMention): boolean => {
  const { draft } = s
  const by = s.tokens[item.from - 1]?.lower === 'by'
  const things = draft.splits.length > 0 && draft.measures.length === 0
  return (
    s.mode === 'split' &&
    by &&
    has(item, 'measure') &&
    things &&
    (draft.rank !== undefined || draft.splits.some(x => x.kind === 'name' && x.weak))
  )
}

const isDate = (s: State, item: NamedMention): boolean => {
  const types = of(item, 'dimension').map(m => s.model.dimensions[m.dimension]?.type)
  return types.length > 0 && types.every(t => t === 'date' || t === 'timestamp')
}
