import type { Model } from '#src/semantic/model.ts'
import { isCount } from '../counts.ts'
import type { MeasureSlot } from '../draft.ts'
import { lemma } from '../lemma.ts'
import type { Mention } from '../mentions/mention.ts'
import { cueBefore, done, has, type NamedMention, of, only, previous, type State } from './state.ts'

/** A measure is asked for, or is a condition beside another one ("revenue of returned orders"). */
export const takeMeasure = (s: State, i: number, item: NamedMention): void => {
  const { draft } = s
  if (cueBefore(s, i, 'count') && has(item, 'entity'))
    return addMeasure(s, i, { ...only(item, 'measure', 'entity'), counted: true })
  const measureOnly = of(item, 'measure')
  if (isSplitByNumber(s, i, item)) {
    draft.unused.push(item)
    return done(s, 'none')
  }
  if (s.mode === 'not') {
    const conditioned = measureOnly.some(
      m => conditionOf(s.model, m.measure).length > 0 && isCount(s.model.measures[m.measure]),
    )
    if (!conditioned && s.pendingNot) draft.unused.push(s.pendingNot)
    s.pendingNot = undefined
    if (conditioned)
      draft.filters.push({ kind: 'condition', negated: true, predicate: s.predicate, ...only(item, 'measure') })
    else draft.unused.push(item)
    return done(s, conditioned ? 'value' : 'none')
  }
  if (draft.measures.length === 0 && has(item, 'entity') && isQualified(s, i)) draft.cues.add('qualified')
  if (
    item.inflected &&
    (draft.measures.length > 0 ||
      s.items.some(o => o !== item && o.kind === 'named' && has(o, 'measure') && !o.inflected))
  ) {
    draft.unused.push(item)
    return done(s, 'none')
  }
  const after =
    draft.measures.length > 0 && !isJoined(s, i) && measureOnly.every(m => isCount(s.model.measures[m.measure]))
  if (after) {
    if (measureOnly.some(m => conditionOf(s.model, m.measure).length > 0))
      draft.filters.push({
        kind: 'condition',
        negated: false,
        predicate: s.predicate,
        ...only(item, 'measure'),
      })
    else if (has(item, 'entity')) draft.context.push(only(item, 'entity'))
    else if (
      !draft.measures.some(m =>
        m.meanings.some(x => measureOnly.some(y => x.kind === 'measure' && x.measure === y.measure)),
      )
    )
      draft.unused.push(item)
    return done(s, 'none')
  }
  if (s.predicate && has(item, 'entity') && draft.measures.length > 0) {
    draft.context.push(only(item, 'entity'))
    return done(s, 'none')
  }
  addMeasure(s, i, only(item, 'measure', ...(has(item, 'entity') ? (['entity'] as const) : [])))
}

/** "members *by age*": rows cannot be grouped by a number that each has, unless things are ranked or sorted by it. */
const isSplitByNumber = (s: State, i: number, item: NamedMention): boolean =>
  s.mode === 'split' &&
  cueBefore(s, i, 'split') &&
  !s.items.some(x => x.kind === 'rank' || (x.kind === 'cue' && x.cue === 'sort')) &&
  s.draft.splits.length === 0 &&
  s.draft.measures.length > 0 &&
  s.draft.measures.every(slot => slot.meanings.some(m => m.kind === 'entity')) &&
  !has(item, 'entity', 'dimension')

const isComma = (s: State, x: Mention): boolean => x.to === x.from + 1 && s.tokens[x.from]?.lower === ','

/** Adds a measure with the aggregation said before it. */
export const addMeasure = (s: State, i: number, slot: MeasureSlot): void => {
  const before = s.items
    .slice(0, i)
    .findLast(x => !(x.kind === 'cue' && (x.cue === 'of' || x.cue === 'count')) && !isComma(s, x))
  const aggregation = before?.kind === 'aggregation' && !s.used.has(before) ? before.aggregation : undefined
  if (before && aggregation) s.used.add(before)
  useGrainBetween(s, i)
  const first = s.tokens[slot.at.from]?.lower ?? ''
  const things = Object.values(s.model.tables).map(t => lemma(t.label))
  const thingFirst = slot.at.to - slot.at.from > 1 && things.includes(lemma(first))
  s.draft.measures.push({
    ...slot,
    ...asPaid(s, slot),
    thingFirst,
    joined: isJoined(s, i),
    howMany: cueBefore(s, i, 'count'),
    done: /^(we|they|you|it|he|she)$/.test(s.tokens[slot.at.from - 1]?.lower ?? ''),
    singular: lemma(s.tokens[slot.at.to - 1]?.lower ?? '') === (s.tokens[slot.at.to - 1]?.lower ?? ''),
    aggregation,
  })
  s.predicate = false
  done(s, 'measure')
}

/** "how much *rent* was paid", "which city brings in the most *rent*": of several kinds of rent, the one that the data has as paid or collected. */
const asPaid = ({ draft, tokens, model }: State, { at, part }: MeasureSlot): Partial<MeasureSlot> => {
  const isMoved = draft.verbs.some(v => /^(paid|collect|collected|brings?|brought|received)$/.test(v))
  if (!part || !isMoved || at.to - at.from !== 1) return {}
  const said = lemma(tokens[at.from]?.lower ?? '')
  const found = Object.values(model.measures).filter(m => !m.hidden && m.synonyms.includes(`${said} collected`))
  return found.length === 1 ? { meanings: found.map(m => ({ kind: 'measure', measure: m.name })), part: false } : {}
}

/** "Consumer *customers*", "web *orders*": a value stands right before the thing. */
const isQualified = (s: State, i: number): boolean => {
  const before = previous(s, i)
  return before?.kind === 'named' && has(before, 'value', 'filter') && before.to === s.items[i]?.from
}

/** Another measure stands beside the first one: "revenue and orders", "orders vs customers". */
const isJoined = (s: State, i: number): boolean => {
  const before = previous(s, i)
  const comma = before?.kind === 'unknown' && s.tokens[before.from]?.lower === ','
  const asked = s.items.slice(0, i).findLast(m => !(m.kind === 'cue' && (m.cue === 'which' || m.cue === 'be')))
  const isAskedToo = asked !== before && asked?.kind === 'cue' && asked.cue === 'and'
  return (
    comma ||
    isAskedToo ||
    cueBefore(s, i, 'and', 'or', 'versus', 'count') ||
    (s.items[i - 2]?.kind === 'cue' && before?.kind === 'aggregation')
  )
}

const conditionOf = (model: Model, name: string) => {
  const m = model.measures[name]
  return m?.kind === 'base' ? m.where : []
}

/** "average *daily* revenue". */
const useGrainBetween = (s: State, i: number): void => {
  const item = previous(s, i)
  const lead = s.items[i - 2]
  if (item?.kind !== 'grain' || lead?.kind !== 'aggregation') return
  s.used.add(lead)
  s.used.add(item)
}
