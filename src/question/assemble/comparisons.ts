import { isTimePart } from '#src/semantic/model.ts'
import type { Grain } from '#src/vocabulary/period.ts'
import { isCount } from '../counts.ts'
import type { Named } from '../draft.ts'
import { lemma } from '../lemma.ts'
import { phraseWords } from '../lexicon.ts'
import type { Mention } from '../mentions/mention.ts'
import { has, type NamedMention, of, only, type State } from './state.ts'

/** "orders over $500", "states with more than 500 orders", "rating above 8": each takes its noun, and the thing it is said of. */
export const takeComparisons = (s: State): void => {
  const several = s.items.filter(m => m.kind === 'comparison')
  const either = s.items.find(m => m.kind === 'cue' && m.cue === 'or')
  if (several.length > 1 && either) s.draft.unused.push(either)
  for (const [i, item] of s.items.entries()) {
    if (item.kind !== 'comparison') continue
    const around = nounAround(s, i)
    const noun = item.about || item.times ? undefined : (around ?? nounAfter(s, i, item) ?? nounBefore(s, i))
    const subject = subjectBefore(s, i)
    s.used.add(item)
    s.draft.comparisons.push({
      op: item.op,
      value: item.value,
      upper: item.upper,
      unit: item.unit,
      measured: item.measured,
      about: item.about,
      times: item.times,
      where: s.tokens
        .slice(0, item.from)
        .some(
          (t, at) =>
            ['where', 'having', 'with'].includes(t.lower) &&
            s.tokens.slice(0, at).some(x => ['by', 'per', 'each'].includes(x.lower)),
        ),
      at: item,
      noun: noun && only(noun, 'measure', 'dimension', 'entity'),
      subject,
    })
  }
}

/** "*affected* over 1,000 *customers*", where there are "customers affected": one name, said around its bound. */
const nounAround = (s: State, i: number): NamedMention | undefined => {
  const [before, after] = [s.items[i - 1], s.items[i + 1]]
  if (before?.kind !== 'named' || after?.kind !== 'named' || !before.part || !has(before, 'measure')) return undefined
  const word = lemma(s.tokens[after.to - 1]?.lower ?? '')
  const isWhole = of(before, 'measure').some(m =>
    phraseWords(s.model.measures[m.measure]?.label ?? '').some(w => lemma(w) === word),
  )
  if (!isWhole || !s.items.some(x => x !== before && x !== after && x.kind === 'named' && x.from < before.from))
    return undefined
  s.used.add(before)
  s.used.add(after)
  return before
}

const nounAfter = (s: State, i: number, item: Extract<Mention, { kind: 'comparison' }>): NamedMention | undefined => {
  const after = s.items[i + 1]
  if (after?.kind === 'grain' && after.from === item.to) {
    s.used.add(after)
    return undefined
  }
  const distinct = after?.kind === 'aggregation' && after.aggregation === 'count_distinct' && after.from === item.to
  const named = distinct || (after?.kind === 'cue' && after.cue === 'of') ? s.items[i + 2] : after
  if (after?.kind === 'named' && after.from === item.to && !item.unit && isNumberOnly(s, after)) {
    s.used.add(after)
    return after
  }
  if (named?.kind === 'named' && !item.unit && isCountable(s, named, item) && !has(named, 'measure', 'entity')) {
    if (distinct) s.used.add(after)
    s.used.add(named)
    return named
  }
  if (
    item.unit === '%' ||
    named?.kind !== 'named' ||
    !has(named, 'measure', 'entity') ||
    (item.unit && after?.kind !== 'cue')
  )
    return undefined
  if (s.tokens.slice(item.to, named.from).some(t => t.kind === 'sign' && t.lower === ',')) return undefined
  s.used.add(named)
  return named
}

/** "more than 10 *floors*": a column of numbers, and nothing else. */
const isNumberOnly = (s: State, named: NamedMention): boolean =>
  named.meanings.every(m => m.kind === 'dimension' && s.model.dimensions[m.dimension]?.type === 'number')

/** "more than one *channel*", "at least 3 different *states*": values that a thing may have several of. */
const isCountable = (s: State, named: NamedMention, item: Mention): boolean =>
  s.tokens.slice(item.to, named.from).every(t => t.kind !== 'sign') &&
  of(named, 'dimension').some(m => s.model.dimensions[m.dimension]?.type === 'text') &&
  !named.meanings.some(m => m.kind === 'value') &&
  subjectBefore(s, s.items.indexOf(item)) !== undefined

const nounBefore = (s: State, i: number): NamedMention | undefined => {
  for (let j = i - 1; j >= 0 && j >= i - 3; j -= 1) {
    const item = s.items[j]
    if (!item || s.used.has(item)) return undefined
    if (item.kind === 'cue' && ['be', 'of', 'filter', 'having', 'amount', 'split'].includes(item.cue)) continue
    if (item.kind !== 'named') return undefined
    const numeric = item.meanings.some(
      m => m.kind === 'dimension' && s.model.dimensions[m.dimension]?.type === 'number',
    )
    if (!has(item, 'measure', 'entity') && !numeric) return undefined
    const counted = has(item, 'entity')
    if (
      counted &&
      s.items.slice(0, j).some(x => x.kind === 'named' && has(x, 'dimension') && !has(x, 'measure') && !x.part)
    )
      s.used.add(item)
    if (!counted && !isOnlyMeasure(s, item)) s.used.add(item)
    return item
  }
  return undefined
}

/** "revenue over 10k by state" asks for revenue; "movies with rating above 8" asks for movies. */
const isOnlyMeasure = (s: State, item: NamedMention): boolean =>
  !s.items.some(
    other => other !== item && other.kind === 'named' && !s.used.has(other) && has(other, 'measure', 'entity'),
  )

/** The thing, or the bucket of time, that was named last before. */
export const subjectBefore = (s: State, i: number): Named | { grain: Grain } | undefined => {
  for (let j = i - 1; j >= 0; j -= 1) {
    const item = s.items[j]
    if (item?.kind === 'grain' && !/ly$/.test(s.tokens[item.from]?.lower ?? '')) {
      if (s.items[j - 1]?.kind !== 'comparison') return { grain: item.grain }
    }
    if (item?.kind !== 'named') continue
    const textual = item.meanings.some(
      m => m.kind === 'dimension' && !isTimePart(m.dimension) && s.model.dimensions[m.dimension]?.type === 'text',
    )
    const counted = of(item, 'measure').some(m => isCount(s.model.measures[m.measure]))
    if (has(item, 'entity') || textual || counted) return only(item, 'entity', 'dimension', 'measure')
  }
  return undefined
}
