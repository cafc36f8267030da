import type { Model } from '#src/semantic/model.ts'
import { isTimePart } from '#src/semantic/model.ts'
import type { Draft, FilterSlot, MeasureSlot, Named } from './draft.ts'
import { lemma } from './lemma.ts'
import { type Meaning, phraseWords } from './lexicon.ts'
import type { Mention } from './mentions/mention.ts'
import type { Token } from './tokens.ts'
import { type Cue, directions, lightVerbs } from './words.ts'

type NamedMention = Extract<Mention, { kind: 'named' }>

/** Gives every mention its role, by the cues around it. Pure: the shape of the model only tells names of one kind from another. */
export const assemble = (mentions: readonly Mention[], tokens: readonly Token[], model: Model): Draft => {
  const draft = emptyDraft()
  const items = mentions.filter(
    m =>
      m.kind !== 'filler' &&
      !(m.kind === 'unknown' && tokens[m.from]?.kind === 'sign' && tokens[m.from]?.lower !== ','),
  )
  const used = new Set<Mention>()
  const s: State = {
    draft,
    items,
    used,
    model,
    tokens,
    mode: 'none',
    last: 'none',
    predicate: false,
    also: false,
    adding: false,
  }
  takeComparisons(s)
  if (tokens.some(t => t.lower === 'who' || t.lower === 'which')) draft.cues.add('who')
  if (asksWhatWasSpent(tokens)) draft.cues.add('spends')
  for (let i = 0; i < items.length; i += 1) if (!used.has(items[i] as Mention)) step(s, i)
  if (s.pendingNot) draft.unused.push(s.pendingNot)
  draft.unused.push(...splitsByNothing(mentions, tokens))
  if (s.mode === 'split') draft.compares = true
  draft.unused.push(...items.filter(m => m.kind === 'aggregation' && m.aggregation !== 'sum' && !used.has(m)))
  if (perThingPerTime(s)) draft.cues.add('per+per')
  return draft
}

type Mode = 'none' | 'split' | 'filter' | 'not' | 'versus' | 'of' | 'drop'
type State = {
  draft: Draft
  items: Mention[]
  used: Set<Mention>
  model: Model
  tokens: readonly Token[]
  mode: Mode
  /** What the mention before was, for lists: "by state and category". */
  last: 'none' | 'split' | 'value' | 'measure' | 'period' | 'drop'
  /** The dimensions that the next value belongs to, when its label was said: "home state is California". */
  label?: string[]
  also: boolean
  adding: boolean
  /** A "not" that has not found yet what it leaves out. */
  pendingNot?: Mention
  /** A verb has stood between the measure and here: "orders *were* cancelled". */
  predicate: boolean
}

/** "how much did … spend", "what did … earn": asks for money, whoever is named as the one who spends. */
const asksWhatWasSpent = (tokens: readonly Token[]): boolean => {
  const text = tokens.map(t => t.lower).join(' ')
  return /\b(how much|what) (did|do|does|have|has) .*\b(spend|spent|spends|earn|earned|make|made|bring|brought|pay|paid|sell|sold)\b/.test(
    text,
  )
}

/** "*new* accounts in 2023": accounts are counted by the day they came into being anyway. */
const isNewThing = (s: State, i: number): boolean => {
  const following = next(s, i)
  if (s.tokens[s.items[i]?.from ?? 0]?.lower !== 'new' || following?.kind !== 'named') return false
  return of(following, 'entity').some(({ table }) => {
    const time = s.model.dimensions[s.model.tables[table]?.time ?? '']
    const counts = Object.values(s.model.measures).some(m => m.kind === 'base' && m.name === table && m.table === table)
    return time?.table === table && counts
  })
}

/** "how tall", "how late", "how much do they weigh"; elsewhere such a word is a condition that has to be understood. */
const asksHow = ({ tokens }: State, item: Mention): boolean =>
  tokens[item.from - 1]?.lower === 'how' ||
  (/^weigh/.test(tokens[item.from]?.lower ?? '') && tokens.some(t => t.lower === 'how'))

/** "states *where* revenue grew": a change that things are kept by, which a query cannot say. */
const isCondition = ({ tokens, items, draft }: State, i: number): boolean =>
  draft.splits.length > 0 && tokens.slice(0, items[i]?.from).some(t => t.lower === 'where' || t.lower === 'whose')

/** "by *value*", "per *team*": a word that says nothing elsewhere is a split that was not understood. */
const splitsByNothing = (mentions: readonly Mention[], tokens: readonly Token[]): Mention[] =>
  mentions.filter((m, i) => {
    const before = mentions[i - 1]
    const by = before?.kind === 'cue' && before.cue === 'split' && /^(by|per)$/.test(tokens[before.to - 1]?.lower ?? '')
    const after = mentions[i + 1]
    const named =
      after &&
      ['named', 'grain', 'filler', 'period', 'number', 'comparison', 'aggregation', 'rank', 'timepart'].includes(
        after.kind,
      )
    return m.kind === 'filler' && by && !named
  })

/** "per customer per month" can be a table of both or an average: it has to be asked. */
const perThingPerTime = ({ items, tokens }: State): boolean => {
  const said = items.filter(
    m => tokens[m.from - 1]?.lower === 'per' && (m.kind === 'grain' || (m.kind === 'named' && has(m, 'entity'))),
  )
  return said.some(m => m.kind === 'grain') && said.some(m => m.kind === 'named')
}

const emptyDraft = (): Draft => ({
  measures: [],
  context: [],
  splits: [],
  filters: [],
  comparisons: [],
  periods: [],
  hints: [],
  popular: false,
  limitPer: false,
  share: false,
  cumulative: false,
  compares: false,
  why: false,
  forecast: false,
  counts: false,
  asksAmount: false,
  lists: false,
  currencies: [],
  cues: new Set(),
  dropped: [],
  cleared: [],
  unused: [],
})

const step = (s: State, i: number): void => {
  const item = s.items[i] as Mention
  const { draft } = s
  switch (item.kind) {
    case 'named':
      return takeName(s, i, item)
    case 'cue':
      return takeCue(s, i, item.cue)
    case 'period':
      draft.periods.push({ expression: item.expression, compared: s.mode === 'versus', at: item })
      return done(s, 'period')
    case 'grain':
      return takeGrain(s, i, item)
    case 'trend':
      draft.splits.push({ kind: 'trend' })
      return done(s, 'split')
    case 'timepart':
      draft.splits.push({ kind: 'timepart', part: item.part })
      return done(s, 'split')
    case 'weekdays':
      if (s.mode === 'split' && item.days.length === 5) draft.splits.push({ kind: 'timepart', part: 'weekday' })
      else addWeekdays(draft, item.days, s.mode === 'not')
      s.pendingNot = undefined
      return done(s, 'value')
    case 'rank':
      return takeRank(s, i, item)
    case 'number':
      return takeNumber(s, i, item)
    case 'comparison':
      draft.unused.push(item)
      return done(s, 'none')
    case 'aggregation':
      return takeAggregation(s, i, item)
    case 'popular':
      draft.popular = true
      draft.rank ??= {
        direction: 'high',
        sense: 'literal',
        plural: targetIsPlural(s, i),
        word: 'most',
        from: item.from,
      }
      return
    case 'hint':
      if (!item.superlative && !asksHow(s, item)) {
        draft.unused.push(item)
        return
      }
      draft.hints.push({ about: item.about, low: item.low, superlative: item.superlative, word: item.word })
      if (item.superlative)
        draft.rank = {
          ...draft.rank,
          direction: item.low ? 'low' : 'high',
          sense: 'literal',
          plural: targetIsPlural(s, i),
          word: item.word,
          from: item.from,
        }
      return
    case 'change':
      if (isCondition(s, i)) {
        draft.unused.push(item)
        return
      }
      draft.change ??= { grain: item.grain, word: item.word }
      return
    case 'earlier':
      draft.earlier = item.how
      return done(s, 'period')
    case 'share':
      draft.share = true
      draft.shareAt ??= item.from
      return
    case 'cumulative':
      draft.cumulative = true
      return
    case 'rolling':
      draft.rolling = { n: item.n, grain: item.grain, average: item.average }
      return
    case 'why':
      draft.why = true
      return
    case 'forecast':
      draft.forecast = true
      return
    case 'chart':
      draft.chart = item.chart
      return
    case 'currency':
      draft.currencies.push(item.code)
      return
    case 'unknown':
      if (isNewThing(s, i)) return
      if (s.tokens[item.from]?.kind !== 'sign') draft.unused.push(item)
      return
    case 'filler':
      return
  }
}

/** "by channel too": said behind what it is about. */
const markAlso = (draft: Draft) => {
  for (const split of draft.splits) if (split.kind !== 'trend' && split.kind !== 'timepart') split.also = true
  for (const f of draft.filters) if (f.kind === 'values') f.also = true
}

const done = (s: State, last: State['last']) => {
  s.mode = 'none'
  s.last = last
}

// ——— cues

const takeCue = (s: State, i: number, cue: Cue): void => {
  const { draft } = s
  draft.cues.add(cue)
  switch (cue) {
    case 'split':
      if (s.mode !== 'not' && s.mode !== 'drop') s.mode = 'split'
      return
    case 'filter':
      if (s.mode !== 'not' && s.mode !== 'versus' && s.mode !== 'drop') s.mode = 'filter'
      return
    case 'of':
      if (s.mode === 'none') s.mode = 'of'
      return
    case 'not':
      s.mode = 'not'
      s.pendingNot = s.items[i]
      return
    case 'versus':
      s.mode = 'versus'
      s.last = s.last === 'none' ? 'none' : s.last
      draft.compares = true
      return
    case 'compare':
      if (s.mode === 'drop' || s.mode === 'not') {
        draft.cues.add('drop:compare')
        s.pendingNot = undefined
      } else draft.compares = true
      return
    case 'and':
    case 'or':
      if (s.last === 'split') s.mode = 'split'
      if (s.last === 'drop') s.mode = 'drop'
      return
    case 'count':
      draft.counts = true
      return done(s, 'none')
    case 'amount':
      draft.asksAmount = true
      return done(s, 'none')
    case 'be':
    case 'having':
      if (draft.measures.length > 0 || draft.context.length > 0) s.predicate = true
      return
    case 'only':
      return done(s, 'none')
    case 'list':
      draft.lists = true
      return
    case 'drop':
      s.mode = 'drop'
      return
    case 'also':
      if (i === s.items.length - 1) markAlso(draft)
      s.also = true
      return
    case 'add':
      s.adding = true
      return
    case 'sort':
      draft.rank ??= {
        direction: 'high',
        sense: 'literal',
        plural: true,
        all: true,
        word: 'sort',
        from: s.items[i]?.from ?? 0,
      }
      return
    default:
      return
  }
}

// ——— names

const of = <K extends Meaning['kind']>(m: { meanings: Meaning[] }, kind: K): Extract<Meaning, { kind: K }>[] =>
  m.meanings.filter((x): x is Extract<Meaning, { kind: K }> => x.kind === kind)

const only = (item: NamedMention, ...kinds: Meaning['kind'][]): Named => ({
  meanings: item.meanings.filter(m => kinds.includes(m.kind)),
  at: item,
  part: item.part,
})

const has = (item: NamedMention, ...kinds: Meaning['kind'][]) => item.meanings.some(m => kinds.includes(m.kind))

/** The mention before, over fillers and commas. */
const previous = (s: State, i: number): Mention | undefined => s.items[i - 1]
const next = (s: State, i: number): Mention | undefined => s.items[i + 1]

const cueBefore = (s: State, i: number, ...cues: Cue[]): boolean => {
  const item = previous(s, i)
  return item?.kind === 'cue' && cues.includes(item.cue)
}

const takeName = (s: State, i: number, said: NamedMention): void => {
  const item = measured(s, i, said)
  if (s.mode === 'drop') return takeDropped(s, item)
  if (s.tokens[item.from - 1]?.lower === 'all' && has(item, 'dimension') && s.mode !== 'split') {
    s.draft.cleared.push(only(item, 'dimension'))
    return done(s, 'none')
  }
  if (isTarget(s, i, item)) return takeSplit(s, i, item, false)
  const valued = has(item, 'value', 'filter') && !has(item, 'measure') && !isCommonNoun(s, item)
  if (valued && !(s.mode === 'split' && has(item, 'dimension'))) return takeValue(s, i, item)
  if (s.mode === 'split' && !has(item, 'entity') && isDate(s, item)) return takeDimension(s, i, item)
  if (isRankedBy(s, item)) return takeMeasure(s, i, item)
  if (s.mode === 'split' && has(item, 'dimension', 'entity')) return takeSplitOrRatio(s, i, item)
  if (has(item, 'measure')) return takeMeasure(s, i, item)
  if (has(item, 'dimension')) return takeDimension(s, i, item)
  return takeEntity(s, i, item)
}

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
  if (before?.kind === 'rank' || before?.kind === 'popular' || before?.kind === 'hint') {
    if (before.kind === 'hint' && (!before.superlative || s.draft.hints.some(h => !h.superlative))) return false
    if (!has(item, 'measure')) return true
    const bySize =
      before.kind === 'rank' &&
      /^(most|least|fewest|highest|lowest|maximum|minimum|max|min|biggest|largest|smallest)$/.test(before.word) &&
      before.n === undefined
    if (bySize && before.kind === 'rank' && isWorth(s, item) && /^(biggest|largest|smallest)$/.test(before.word))
      return true
    return !bySize
  }
  const asked = previous(s, i)
  if (!cueBefore(s, i, 'which') || asked?.to !== item.from) return false
  return (
    !has(item, 'measure') ||
    s.items.some(
      other =>
        other !== item &&
        (other.kind === 'rank' ||
          other.kind === 'popular' ||
          other.kind === 'comparison' ||
          (other.kind === 'named' && has(other, 'measure'))),
    )
  )
}

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

const takeSplitOrRatio = (s: State, i: number, item: NamedMention): void => {
  if (isAgent(s, item)) {
    s.draft.context.push(only(item, 'entity'))
    return done(s, 'none')
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
  if (measure?.aggregation === 'avg' && perWord && !measure.per && isOwnThing(s, measure, item))
    return done(s, 'measure')
  if (measure?.aggregation === 'avg' && perWord && !measure.per && addsUp(s, measure)) {
    measure.per = only(item, 'entity', 'dimension')
    return done(s, 'measure')
  }
  takeSplit(s, i, item, false)
}

/** "affected by *outages*", "placed by *customers*": who or what did it, not a split. */
const isAgent = (s: State, item: NamedMention): boolean => {
  const [verb, by] = s.tokens.slice(Math.max(0, item.from - 2), item.from).map(t => t.lower)
  const happened =
    /ed$/.test(verb ?? '') && !/^(sorted|grouped|ranked|ordered|divided|segmented|separated|filtered)$/.test(verb ?? '')
  return by === 'by' && happened && has(item, 'entity') && isPlural(s, item)
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

const takeSplit = (s: State, i: number, item: NamedMention, weak: boolean): void => {
  const kinds: Meaning['kind'][] = has(item, 'dimension') ? ['dimension', 'entity'] : ['entity']
  if (s.draft.rank && cueBefore(s, i, 'split') && s.draft.splits.length > 0) s.draft.limitPer = true
  s.draft.splits.push({ kind: 'name', weak, also: s.also || s.adding, ...only(item, ...kinds) })
  done(s, 'split')
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

const periodFollows = (s: State, i: number): boolean => {
  const after = s.items[i + 1]?.kind === 'cue' ? s.items[i + 2] : s.items[i + 1]
  return after?.kind === 'period'
}

/** "share of *no-shows* among visits": the value itself is the part of the whole. */
const isWhatIsShared = (s: State, i: number): boolean => {
  const [lead, of] = [s.items[i - 2], s.items[i - 1]]
  const after = next(s, i)
  const beforeMeasure = after?.kind === 'named' && has(after, 'measure') && after.from === s.items[i]?.to
  return lead?.kind === 'share' && of?.kind === 'cue' && of.cue === 'of' && !beforeMeasure
}

const takeValue = (s: State, i: number, item: NamedMention): void => {
  const { draft } = s
  if (s.mode === 'not') s.pendingNot = undefined
  const negated = s.mode === 'not'
  const dated = periodFollows(s, i) ? (dateOf(s, item) ?? dateNamedAs(s, item)) : undefined
  if (dated) {
    draft.time = { meanings: [{ kind: 'dimension', dimension: dated }], at: item, part: false }
    return done(s, 'none')
  }
  if (has(item, 'filter')) {
    draft.filters.push({ kind: 'named', negated, predicate: s.predicate, ...only(item, 'filter') })
    takeThingOf(s, i, item)
    return done(s, 'value')
  }
  if (s.mode === 'split' && s.tokens.slice(0, item.from).some(t => t.lower === 'each')) draft.compares = true
  const member = labelled(s, i, only(item, 'value'))
  const shared = isWhatIsShared(s, i)
  const open = draft.filters.at(-1)
  const listed =
    s.last === 'value' &&
    (s.mode === 'none' || s.mode === 'versus' || (s.mode === 'filter' && cueTwoBefore(s, i))) &&
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
      members: [member],
    })
  const label = next(s, i)
  if (label?.kind === 'named' && labels(label, member)) s.used.add(label)
  done(s, 'value')
}

/** A value right behind its label, or before it, belongs to that dimension; one behind a thing ("customers from Texas") to that thing, where it can. */
const labelled = (s: State, i: number, value: Named): Named => {
  const after = next(s, i)
  const behind =
    after?.kind === 'named' && labels(after, value) ? of(after, 'dimension').map(d => d.dimension) : undefined
  const wanted = s.label ?? behind
  s.label = undefined
  const kept = wanted
    ? value.meanings.filter(m => m.kind === 'value' && wanted.includes(m.dimension))
    : directed(s, value)
  return kept.length > 0 ? { ...value, meanings: kept } : value
}

/** "from Dallas", "out of ORD", "to Austin": the end of a way that the words before say. */
const directed = (s: State, value: Named): Meaning[] => {
  const before = (n: number) =>
    s.tokens
      .slice(Math.max(0, value.at.from - n), value.at.from)
      .map(t => t.lower)
      .join(' ')
  const way = directions.find(d => d.said.some(words => before(words.split(' ').length) === words))
  if (!way || value.meanings.length < 2) return []
  const said = way.said.find(words => before(words.split(' ').length) === words)?.split(' ').length ?? 0
  s.draft.unused = s.draft.unused.filter(m => m.to <= value.at.from - said || m.from >= value.at.from)
  return value.meanings.filter(
    m =>
      m.kind === 'value' && phraseWords(s.model.dimensions[m.dimension]?.label ?? '').some(w => way.about.includes(w)),
  )
}

/** "in Texas *or* paid by PayPal" would need either of two conditions, which a query cannot say. */
const orBefore = (s: State, i: number): boolean =>
  s.items.slice(Math.max(0, i - 3), i).some(m => m.kind === 'cue' && m.cue === 'or')

const cueTwoBefore = (s: State, i: number) => {
  const item = s.items[i - 2]
  return item?.kind === 'cue' && (item.cue === 'and' || item.cue === 'or')
}

const joinedByList = (s: State, i: number): boolean => {
  const item = previous(s, i)
  return item?.kind === 'cue'
    ? ['and', 'or', 'versus', 'filter', 'of'].includes(item.cue)
    : item?.kind === 'unknown' || item?.kind === 'named'
}

const sharesDimension = (members: Named[], added: Named): boolean => {
  const dimensions = new Set(of(added, 'value').map(v => v.dimension))
  return members.every(m => of(m, 'value').some(v => dimensions.has(v.dimension)))
}

/** "Texas *state*", "*category* Electronics": the name of the value's own dimension changes nothing. */
const labels = (item: NamedMention, value: Named): boolean =>
  item.meanings.some(m => m.kind === 'dimension' && of(value, 'value').some(v => v.dimension === m.dimension)) &&
  !has(item, 'measure')

const takeMeasure = (s: State, i: number, item: NamedMention): void => {
  const { draft } = s
  if (cueBefore(s, i, 'count') && has(item, 'entity'))
    return addMeasure(s, i, { ...only(item, 'measure', 'entity'), counted: true })
  const measureOnly = of(item, 'measure')
  if (s.mode === 'not') {
    const conditioned = measureOnly.some(m => conditionOf(s.model, m.measure).length > 0 && isCount(s.model, m.measure))
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
  const after = draft.measures.length > 0 && !isJoined(s, i) && measureOnly.every(m => isCount(s.model, m.measure))
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

/** "Consumer *customers*", "web *orders*": a value stands right before the thing. */
const isQualified = (s: State, i: number): boolean => {
  const before = previous(s, i)
  return before?.kind === 'named' && has(before, 'value', 'filter') && before.to === s.items[i]?.from
}

/** Another measure stands beside the first one: "revenue and orders", "orders vs customers". */
const isJoined = (s: State, i: number): boolean => {
  const before = previous(s, i)
  const comma = before?.kind === 'unknown' && s.tokens[before.from]?.lower === ','
  return (
    comma ||
    cueBefore(s, i, 'and', 'or', 'versus', 'count') ||
    (s.items[i - 2]?.kind === 'cue' && before?.kind === 'aggregation')
  )
}

const isCount = (model: Model, name: string): boolean => {
  const m = model.measures[name]
  return m?.kind === 'base' && (m.aggregation === 'count' || m.aggregation === 'count_distinct')
}

const conditionOf = (model: Model, name: string) => {
  const m = model.measures[name]
  return m?.kind === 'base' ? m.where : []
}

const addMeasure = (s: State, i: number, slot: MeasureSlot): void => {
  const before = s.items.slice(0, i).findLast(x => !(x.kind === 'cue' && (x.cue === 'of' || x.cue === 'count')))
  const aggregation = before?.kind === 'aggregation' && !s.used.has(before) ? before.aggregation : undefined
  if (before && aggregation) s.used.add(before)
  const grain = grainBetween(s, i)
  const first = s.tokens[slot.at.from]?.lower ?? ''
  const things = Object.values(s.model.tables).map(t => lemma(t.label))
  const thingFirst = slot.at.to - slot.at.from > 1 && things.includes(lemma(first))
  s.draft.measures.push({
    ...slot,
    thingFirst,
    joined: isJoined(s, i),
    aggregation,
    ...(aggregation === 'avg' && grain ? { per: { grain } } : {}),
  })
  s.predicate = false
  done(s, 'measure')
}

/** "average *daily* revenue". */
const grainBetween = (s: State, i: number) => {
  const item = previous(s, i)
  const lead = s.items[i - 2]
  if (item?.kind !== 'grain' || lead?.kind !== 'aggregation') return undefined
  s.used.add(lead)
  s.used.add(item)
  return undefined
}

const takeDimension = (s: State, i: number, item: NamedMention): void => {
  const { draft, model } = s
  const following = next(s, i)
  if (following?.kind === 'named' && has(following, 'value') && labels(item, only(following, 'value'))) {
    s.label = of(item, 'dimension').map(d => d.dimension)
    return
  }
  if (item.part && following?.kind === 'named' && following.from === item.to && has(following, 'measure')) {
    draft.context.push(only(item, 'dimension'))
    return
  }
  const afterLabel =
    following?.kind === 'cue' &&
    ['be', 'of', 'and', 'filter', 'not', ...(item.inflected ? ['split'] : [])].includes(following.cue)
      ? s.items[i + 2]
      : undefined
  if (
    afterLabel?.kind === 'named' &&
    has(afterLabel, 'value') &&
    s.mode !== 'split' &&
    labels(item, only(afterLabel, 'value'))
  ) {
    s.label = of(item, 'dimension').map(d => d.dimension)
    return
  }
  const types = of(item, 'dimension').map(m => model.dimensions[m.dimension])
  if (following?.kind === 'number') {
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
    s.pendingNot = undefined
    draft.filters.push({ kind: 'flag', negated: s.mode === 'not', predicate: s.predicate, ...only(item, 'dimension') })
    return done(s, 'value')
  }
  if (types.every(d => d?.type === 'date' || d?.type === 'timestamp')) {
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
  if (s.mode !== 'split' && has(item, 'entity') && draft.measures.length === 0 && isPlural(s, item)) {
    draft.context.push(only(item, 'entity'))
    return
  }
  if (s.mode !== 'split' && item.part) {
    draft.unused.push(item)
    return
  }
  takeSplit(s, i, item, s.mode !== 'split')
}

const isPlural = (s: State, item: NamedMention): boolean => {
  const last = s.tokens[item.to - 1]?.lower ?? ''
  return lemma(last) !== last
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

const takeEntity = (s: State, i: number, item: NamedMention): void => {
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

const textOf = (s: State, m: Mention) =>
  s.tokens
    .slice(m.from, m.to)
    .map(t => t.text)
    .join(' ')

// ——— time, ranks, numbers

const takeGrain = (s: State, i: number, item: Extract<Mention, { kind: 'grain' }>): void => {
  const { draft } = s
  const adverb = /ly$|annual/.test(s.tokens[item.from]?.lower ?? '') || item.to - item.from === 3
  const before = previous(s, i)
  const ranked =
    before?.kind === 'rank' || before?.kind === 'popular' || (before?.kind === 'hint' && before.superlative)
  const lead = s.items.slice(Math.max(0, i - 2), i).some(x => x.kind === 'aggregation' && x.aggregation === 'avg')
  if (adverb && lead && next(s, i)?.kind === 'named') {
    s.draft.cues.add('averagePer')
    const slotGrain = item.grain
    const following = next(s, i) as NamedMention
    s.used.add(following)
    s.draft.measures.push({ ...only(following, 'measure', 'entity'), aggregation: 'avg', per: { grain: slotGrain } })
    const agg = s.items.slice(Math.max(0, i - 2), i).find(x => x.kind === 'aggregation')
    if (agg) s.used.add(agg)
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
    if (draft.rank && s.mode === 'split' && draft.splits.length > 0 && !ranked) draft.limitPer = true
    draft.splits.push({ kind: 'grain', grain: item.grain, also: s.also || s.adding })
    return done(s, 'split')
  }
  if (s.mode === 'drop') draft.cues.add(`drop:${item.grain}`)
  else draft.unused.push(item)
  s.mode = 'none'
}

/** "average cost per shipment", where each shipment has one cost: the plain average. */
const isOwnThing = (s: State, slot: MeasureSlot, item: NamedMention): boolean => {
  const tables = of(slot, 'measure')
    .map(m => s.model.measures[m.measure])
    .map(m => (m?.kind === 'base' && m.aggregations.includes('avg') ? m.table : undefined))
  return of(item, 'entity').some(e => tables.includes(e.table))
}

/** Whether the average of a measure over buckets means something else than its own average: sums and counts, not prices. */
const addsUp = (s: State, slot: MeasureSlot | undefined): boolean =>
  slot !== undefined &&
  of(slot, 'measure').every(m => {
    const measure = s.model.measures[m.measure]
    return measure?.kind === 'base' && ['sum', 'count', 'count_distinct'].includes(measure.aggregation)
  })

const addWeekdays = (draft: Draft, days: string[], negated: boolean) => {
  const open = draft.filters.find(
    (f): f is Extract<FilterSlot, { kind: 'weekdays' }> => f.kind === 'weekdays' && f.negated === negated,
  )
  if (open) open.days = [...new Set([...open.days, ...days])]
  else draft.filters.push({ kind: 'weekdays', days, negated })
}

const takeRank = (s: State, i: number, item: Extract<Mention, { kind: 'rank' }>): void => {
  const before = s.draft.rank
  if (before && before.n === undefined && item.n !== undefined && item.word === 'top') {
    before.n = item.n
    return
  }
  if (before && !before.all && before.direction !== item.direction && s.draft.splits.length > 0)
    s.draft.unused.push(item)
  s.draft.rank = {
    direction: item.direction,
    sense: item.sense,
    n: item.n ?? before?.n,
    plural: targetIsPlural(s, i),
    word: item.word,
    from: item.from,
    ...(before?.all || item.all ? { all: true } : {}),
  }
}

/** Whether the thing that a rank is about stands in the plural: "best selling products". */
const targetIsPlural = (s: State, i: number): boolean => {
  const after = s.items
    .slice(i + 1, i + 4)
    .find(x => (x.kind === 'named' && has(x, 'dimension', 'entity')) || x.kind === 'grain')
  const asked = s.items.find((x, j) => x.kind === 'named' && has(x, 'dimension', 'entity') && cueBefore(s, j, 'which'))
  const target = asked ?? after
  const token = target && s.tokens[target.to - 1]
  return token !== undefined && lemma(token.lower) !== token.lower
}

const takeNumber = (s: State, i: number, item: Extract<Mention, { kind: 'number' }>): void => {
  const following = next(s, i)
  const rank = s.draft.rank
  const ranked = s.items.some(x => x.kind === 'rank' || x.kind === 'popular' || x.kind === 'hint')
  if (
    !rank &&
    ranked &&
    (following?.kind === 'hint' || (following?.kind === 'named' && has(following, 'dimension', 'entity'))) &&
    Number.isInteger(item.value) &&
    item.value > 0
  ) {
    s.draft.howMany = item.value
    return
  }
  if (rank && rank.n === undefined && following?.kind === 'named' && Number.isInteger(item.value) && item.value > 0) {
    rank.n = item.value
    return
  }
  if (Number.isInteger(item.value) && item.value > 0 && s.items.every(x => x === item || x.kind === 'cue')) {
    s.draft.newLimit = item.value
    return
  }
  s.draft.unused.push(item)
}

const takeAggregation = (s: State, i: number, item: Extract<Mention, { kind: 'aggregation' }>): void => {
  const ahead = s.items.slice(i + 1).some(x => x.kind === 'named' && (has(x, 'measure') || has(x, 'entity')))
  const behind = s.draft.measures.at(-1)
  const hinted = !ahead && item.aggregation === 'avg' && s.items.some(x => x.kind === 'hint')
  if (hinted) s.used.add(item)
  if (!ahead && !behind && item.aggregation === 'sum') s.draft.cues.add('sum')
  if (ahead || hinted || !behind || behind.aggregation) return
  behind.aggregation = item.aggregation
  s.used.add(item)
}

// ——— comparisons with a number

/** "orders over $500", "states with more than 500 orders", "rating above 8": each takes its noun, and the thing it is said of. */
const takeComparisons = (s: State): void => {
  const several = s.items.filter(m => m.kind === 'comparison')
  const either = s.items.find(m => m.kind === 'cue' && m.cue === 'or')
  if (several.length > 1 && either) s.draft.unused.push(either)
  for (const [i, item] of s.items.entries()) {
    if (item.kind !== 'comparison') continue
    const noun = item.about || item.times ? undefined : (nounAfter(s, i, item) ?? nounBefore(s, i))
    const subject = subjectBefore(s, i, noun)
    s.used.add(item)
    s.draft.comparisons.push({
      op: item.op,
      value: item.value,
      upper: item.upper,
      unit: item.unit,
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

const nounAfter = (s: State, i: number, item: Extract<Mention, { kind: 'comparison' }>): NamedMention | undefined => {
  const after = s.items[i + 1]
  if (after?.kind === 'grain' && after.from === item.to) {
    s.used.add(after)
    return undefined
  }
  const named = after?.kind === 'cue' && after.cue === 'of' ? s.items[i + 2] : after
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

const subjectBefore = (
  s: State,
  i: number,
  noun: NamedMention | undefined,
): Named | { grain: import('#src/vocabulary/period.ts').Grain } | undefined => {
  for (let j = i - 1; j >= 0; j -= 1) {
    const item = s.items[j]
    if (item?.kind === 'grain' && !/ly$/.test(s.tokens[item.from]?.lower ?? '')) {
      if (s.items[j - 1]?.kind !== 'comparison') return { grain: item.grain }
    }
    if (item?.kind !== 'named') continue
    const textual = item.meanings.some(
      m => m.kind === 'dimension' && !isTimePart(m.dimension) && s.model.dimensions[m.dimension]?.type === 'text',
    )
    const counted = of(item, 'measure').some(m => isCount(s.model, m.measure))
    if (has(item, 'entity') || textual || counted) return only(item, 'entity', 'dimension', 'measure')
  }
  return undefined
}
