import { lemma } from '../lemma.ts'
import type { Mention } from '../mentions/mention.ts'
import { wordsBefore } from '../tokens.ts'
import { headNouns } from '../words.ts'
import { takeCue } from './cues.ts'
import { takeDeed, takeRankedDeed } from './deeds.ts'
import { takeName } from './names.ts'
import { takeAggregation, takeHint, takeNumber, takePopular, takeRank } from './ranks.ts'
import { done, has, next, of, previous, type State } from './state.ts'
import { addWeekdays, takeGrain } from './time.ts'

/** Takes one mention into the draft. */
/** "which city brings in the *most money*". */
const asksMostMoney = ({ items, tokens }: State, i: number): boolean =>
  items[i - 1]?.kind === 'rank' && /^(money|cash)$/.test(tokens[items[i]?.from ?? 0]?.lower ?? '')

/** "which city *brings in* the most from repairs". */
const asksMostIncome = ({ items, tokens }: State, i: number): boolean =>
  /\b(bring|brings|brought|take|takes|took) in( the)?$/.test(wordsBefore(tokens, items[i]?.from ?? 0, 3)) &&
  items[i + 1]?.kind !== 'named'

export const step = (s: State, i: number): void => {
  const item = s.items[i] as Mention
  const { draft } = s
  switch (item.kind) {
    case 'named':
      return takeName(s, i, item)
    case 'cue':
      return takeCue(s, i, item.cue)
    case 'period':
      draft.periods.push({
        expression: item.expression,
        compared: s.mode === 'versus',
        both: s.tokens[item.from - 1]?.lower === 'both',
        at: item,
      })
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
      if (asksMostIncome(s, i)) draft.asksAmount = true
      takeRank(s, i, item)
      return takeRankedDeed(s, item)
    case 'number':
      return takeNumber(s, i, item)
    case 'comparison':
      draft.unused.push(item)
      return done(s, 'none')
    case 'aggregation':
      return takeAggregation(s, i, item)
    case 'popular':
      return takePopular(s, i, item)
    case 'hint':
      return takeHint(s, i, item)
    case 'end':
      draft.end = item.end
      return done(s, 'none')
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
      if (asksMostMoney(s, i)) draft.asksAmount = true
      return
    case 'unknown':
      if (
        isNewThing(s, i) ||
        takeRate(s, item) ||
        isHead(s, i) ||
        isOneOf(s, item) ||
        isOurs(s, item) ||
        takeDeed(s, i, item)
      )
        return
      if (s.tokens[item.from]?.kind !== 'sign') draft.unused.push(item)
      return
    case 'filler':
      return
  }
}

/** "pickup *method*", "reason *code*": a word for what any column is, behind the name of one that is no thing of its own. */
const isHead = (s: State, i: number): boolean => {
  const [before, item] = [previous(s, i), s.items[i]]
  if (before?.kind !== 'named' || before.to !== item?.from || has(before, 'entity', 'measure', 'value')) return false
  const isText = of(before, 'dimension').some(m => s.model.dimensions[m.dimension]?.type === 'text')
  return isText && headNouns.has(lemma(s.tokens[item.from]?.lower ?? ''))
}

/** "the biggest attendance at a *single* event": each has one anyway. */
const isOneOf = ({ tokens, draft }: State, item: Mention): boolean =>
  /^(single|given|particular)$/.test(tokens[item.from]?.lower ?? '') &&
  /^(a|any|one)$/.test(tokens[item.from - 1]?.lower ?? '') &&
  /^(at|in|on|for|of|from|per)$/.test(tokens[item.from - 2]?.lower ?? '') &&
  draft.rank !== undefined

/** "how many members does the *library* have", where nothing is called so: who asks. */
const isOurs = ({ tokens }: State, item: Mention): boolean =>
  /^(does|do|did|has|have) (the|our) (library|shop|store|firm|organi[sz]ation|agency|institution|club|group|team|school|hotel|clinic|museum|council|city|town|office|charity|startup|plant|restaurant)$/.test(
    wordsBefore(tokens, item.to, item.to - item.from + 2),
  )

/** "no-show *rate*", "cancellation *rate*": the share of the rows that have the value right before. */
const takeRate = (s: State, item: Mention): boolean => {
  const { draft } = s
  const last = draft.filters.at(-1)
  const value = last?.kind === 'values' ? last.members.at(-1)?.at : last && 'at' in last ? last.at : undefined
  if (isAsRate(s, item)) {
    draft.share = true
    draft.cues.add('as a rate')
    return true
  }
  if (s.tokens[item.from]?.lower !== 'rate' || value?.to !== item.from || !last || !('predicate' in last)) return false
  if (draft.measures.length > 0 || last.negated) return false
  last.predicate = true
  draft.share = true
  draft.shareAt ??= item.from
  draft.cues.add('rate')
  return true
}

/** "*as a rate* please", of the count before. */
const isAsRate = ({ tokens, draft }: State, item: Mention): boolean =>
  /^as (a )?rates?$/.test(wordsBefore(tokens, item.to, item.to - item.from + 2)) &&
  draft.measures.length + draft.filters.length === 0

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

/** "states *where* revenue grew": a change that things are kept by, which a query cannot say. */
const isCondition = ({ tokens, items, draft }: State, i: number): boolean =>
  draft.splits.length > 0 && tokens.slice(0, items[i]?.from).some(t => t.lower === 'where' || t.lower === 'whose')
