import type { FilterSlot, Named } from '../draft.ts'
import { lemma } from '../lemma.ts'
import { phraseWords } from '../lexicon.ts'
import { keepsPeople } from '../people.ts'
import { wordsBefore } from '../tokens.ts'
import { labelled, labels } from './labels.ts'
import { addMeasure } from './measures.ts'
import { deniesThings } from './none.ts'
import { cueBefore, done, has, type NamedMention, next, of, only, previous, type State } from './state.ts'

/** A value is a filter, joins the list before it, or names the date that a period is about. */
export const takeValue = (s: State, i: number, item: NamedMention): void => {
  const { draft } = s
  const negated = s.mode === 'not'
  const none = negated && deniesThings(s, s.pendingNot)
  if (negated) s.pendingNot = undefined
  const dated = periodFollows(s, i) ? (dateOf(s, item) ?? dateNamedAs(s, item)) : undefined
  if (dated) {
    draft.time = { meanings: [{ kind: 'dimension', dimension: dated }], at: item, part: false }
    return done(s, 'none')
  }
  if (has(item, 'filter')) {
    draft.filters.push({ kind: 'named', negated, none, predicate: s.predicate, ...only(item, 'filter') })
    takeThingOf(s, i, item)
    return done(s, 'value')
  }
  if (s.mode === 'split' && s.tokens.slice(0, item.from).some(t => t.lower === 'each')) draft.compares = true
  const home = homesOf(s, item)
  if (home.length > 0) s.label = home
  const member = labelled(s, i, only(item, 'value'))
  const shared = isWhatIsShared(s, i)
  const open = draft.filters.at(-1)
  if (open?.kind === 'values' && open.negated && !negated && goesOn(s, i) && sharesDimension(open.members, member)) {
    open.members.push(member)
    return done(s, 'value')
  }
  const listed =
    s.last === 'value' &&
    (s.mode === 'none' || s.mode === 'versus' || (isPreposition(s) && cueTwoBefore(s, i))) &&
    joinedByList(s, i)
  if (open?.kind === 'values' && listed && sharesDimension(open.members, member)) {
    open.members.push(member)
    if (s.mode === 'versus') open.versus = true
    s.mode = 'none'
    return
  }
  if (orBefore(s, i) && open?.kind === 'values' && !sharesDimension(open.members, member)) draft.unused.push(item)
  const again = draft.filters.find(
    (f): f is Extract<FilterSlot, { kind: 'values' }> =>
      f.kind === 'values' && f.negated === negated && draft.compares && sharesDimension(f.members, member),
  )
  if (again) again.members.push(member)
  else
    draft.filters.push({
      kind: 'values',
      negated,
      versus: s.mode === 'versus',
      afterMeasure: draft.measures.length > 0,
      predicate: s.predicate || shared,
      also: s.also,
      added: s.adding,
      none,
      both: saysBoth(s, i),
      plural: isPluralOf(s, item),
      ended: previous(s, i)?.kind === 'end',
      members: [member],
    })
  const label = next(s, i)
  if (label?.kind === 'named' && labels(label, member)) s.used.add(label)
  done(s, 'value')
}

/** "customers who *live in* Texas": where they are at home, not where their orders went. */
const homesOf = (s: State, item: NamedMention): string[] => {
  if (!/^(live|lives|lived|living) in$/.test(wordsBefore(s.tokens, item.from, 2))) return []
  const isHome = (dimension: string) => keepsPeople(s.model.dimensions[dimension]?.table, s.model)
  return of(item, 'value').flatMap(v => (isHome(v.dimension) ? [v.dimension] : []))
}

/** "hazmat *shipments*": the name of a condition that ends in the thing it is said of. */
const takeThingOf = (s: State, i: number, item: NamedMention): void => {
  const last = lemma(s.tokens[item.to - 1]?.lower ?? '')
  const table = Object.values(s.model.tables).find(t => lemma(phraseWords(t.label).at(-1) ?? '') === last)
  if (item.to - item.from < 2 || !table) return
  const thing: Named = { meanings: [{ kind: 'entity', table: table.name }], at: item, part: false }
  if (s.draft.counts && s.draft.measures.length === 0) addMeasure(s, i, { ...thing, counted: true })
  else s.draft.context.push(thing)
}

/** "*shipped* in August": a condition that a date is there, right before a period, says which date the period is about. */
const dateOf = (s: State, item: NamedMention): string | undefined => {
  const [named] = of(item, 'filter')
  const filters = named?.filter.op === 'named' ? (s.model.filters[named.filter.filter]?.filters ?? []) : []
  const [only] = filters
  return filters.length === 1 && only?.op === 'is_not_null' ? only.dimension : undefined
}

/** "bills *paid* in March", where there is a "paid on": the date, not the status. */
const dateNamedAs = (s: State, item: NamedMention): string | undefined => {
  const word = s.tokens[item.from]?.lower ?? ''
  const tables = of(item, 'value').map(v => s.model.dimensions[v.dimension]?.table)
  if (item.to - item.from !== 1 || tables.length === 0) return undefined
  return Object.values(s.model.dimensions).find(
    d => (d.type === 'date' || d.type === 'timestamp') && tables.includes(d.table) && phraseWords(d.label)[0] === word,
  )?.name
}

/** "breakdowns" for Breakdown: said in the plural, which the value itself is not. */
const isPluralOf = (s: State, item: NamedMention): boolean => {
  const last = s.tokens[item.to - 1]?.lower ?? ''
  return lemma(last) !== last && of(item, 'value').every(v => phraseWords(v.value).at(-1) !== last)
}

/** "*both* books and toys". */
const saysBoth = (s: State, i: number): boolean =>
  s.tokens.slice(previous(s, i)?.to ?? 0, s.items[i]?.from).some(t => t.lower === 'both')

/** A period, or a split by time: "finished *each month*". */
const periodFollows = (s: State, i: number): boolean => {
  const [first, second] = [s.items[i + 1], s.items[i + 2]]
  if (first?.kind === 'cue' && first.cue === 'split' && second?.kind === 'grain') return true
  return (first?.kind === 'cue' ? second : first)?.kind === 'period'
}

/** "share of *no-shows* among visits": the value itself is the part of the whole; of "share of dogs *that are insured*" it is the whole. */
const isWhatIsShared = (s: State, i: number): boolean => {
  const [lead, of] = [s.items[i - 2], s.items[i - 1]]
  const after = next(s, i)
  const isWhole = after?.kind === 'cue' && /^(that|who|which)$/.test(s.tokens[after.from]?.lower ?? '')
  const beforeMeasure = after?.kind === 'named' && has(after, 'measure') && after.from === s.items[i]?.to
  return lead?.kind === 'share' && of?.kind === 'cue' && of.cue === 'of' && !beforeMeasure && !isWhole
}

/** "in Texas *or* paid by PayPal" would need either of two conditions, which a query cannot say; "in Texas or Ohio by PayPal" has one beside the other. */
const orBefore = (s: State, i: number): boolean => {
  const before = s.items.slice(Math.max(0, i - 3), i)
  const or = before.findLastIndex(m => m.kind === 'cue' && m.cue === 'or')
  return or >= 0 && !before.slice(or).some(m => m.kind === 'named' && has(m, 'value'))
}

/** "leaving out cancelled reservations *and no-shows*": a list goes on behind the thing that its first value is said of. */
const goesOn = (s: State, i: number): boolean => {
  const [value, thing] = [s.items[i - 3], s.items[i - 2]]
  return (
    cueBefore(s, i, 'and', 'or') &&
    value?.kind === 'named' &&
    has(value, 'value') &&
    thing?.kind === 'named' &&
    has(thing, 'entity') &&
    s.mode !== 'split'
  )
}

/** "through the website or *by* phone". */
const isPreposition = ({ mode }: State) => mode === 'filter' || mode === 'split'

const cueTwoBefore = (s: State, i: number) => {
  const item = s.items[i - 2]
  return item?.kind === 'cue' && (item.cue === 'and' || item.cue === 'or')
}

const joinedByList = (s: State, i: number): boolean => {
  const item = previous(s, i)
  return item?.kind === 'cue'
    ? ['and', 'or', 'versus', 'filter', 'of', 'split'].includes(item.cue)
    : item?.kind === 'unknown' || item?.kind === 'named'
}

const sharesDimension = (members: Named[], added: Named): boolean => {
  const dimensions = new Set(of(added, 'value').map(v => v.dimension))
  return members.every(m => of(m, 'value').some(v => dimensions.has(v.dimension)))
}
