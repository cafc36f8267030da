import { lemma } from '../lemma.ts'
import type { Mention } from '../mentions/mention.ts'
import { subjectBefore } from './comparisons.ts'
import { cueBefore, has, type NamedMention, next, of, only, previous, type State, textOf } from './state.ts'

/** "top 5", "worst": the last one said counts; a second one the other way round is not understood. */
export const takeRank = (s: State, i: number, item: Extract<Mention, { kind: 'rank' }>): void => {
  const before = s.draft.rank
  if (isUsedMost(s, item)) s.draft.popular = true
  if (before && before.n === undefined && item.n !== undefined && item.word === 'top') {
    before.n = item.n
    return
  }
  if (before && !before.all && before.direction !== item.direction) s.draft.unused.push(item)
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

/** "which payment method do people *use most*": how often, where no measure is said. */
const isUsedMost = (s: State, item: Mention): boolean =>
  /^(most|least)$/.test(s.tokens[item.from]?.lower ?? '') &&
  /^(use|used|choose|chose|pick|picked)$/.test(s.tokens[item.from - 1]?.lower ?? '')

/** "most popular", "busiest", "least common", "rarest": a rank by how often. */
export const takePopular = (s: State, i: number, item: Extract<Mention, { kind: 'popular' }>): void => {
  const { draft } = s
  draft.popular = true
  if (/^(common|typical|frequent)$/.test(s.tokens[item.to - 1]?.lower ?? '')) draft.cues.add('common')
  if (draft.rank?.word === 'top' && item.low) draft.rank.direction = 'low'
  else if (draft.rank && !draft.rank.all && item.low !== (draft.rank.direction === 'low')) draft.unused.push(item)
  draft.rank ??= {
    direction: item.low ? 'low' : 'high',
    sense: 'literal',
    plural: targetIsPlural(s, i),
    word: item.low ? 'least' : 'most',
    from: item.from,
  }
}

/** "tallest", "how late": what the measure is about; a superlative ranks as well. */
export const takeHint = (s: State, i: number, item: Extract<Mention, { kind: 'hint' }>): void => {
  const { draft } = s
  const before = previous(s, i)
  const led = before?.kind === 'rank' && before.to === item.from && /^(most|least)$/.test(before.word)
  if (!item.superlative && !led && !asksHow(s, item)) {
    draft.unused.push(item)
    return
  }
  if (led) {
    draft.hints.push({ ...hinted(item), superlative: true })
    draft.rank = { ...(draft.rank as NonNullable<typeof draft.rank>), plural: targetIsPlural(s, i), from: item.from }
    if (item.low) draft.rank.direction = draft.rank.direction === 'high' ? 'low' : 'high'
    return
  }
  draft.hints.push({ ...hinted(item), superlative: item.superlative })
  if (item.superlative)
    draft.rank = {
      ...draft.rank,
      direction: item.low ? 'low' : 'high',
      sense: 'literal',
      plural: targetIsPlural(s, i),
      word: item.word,
      from: item.from,
    }
}

const hinted = ({ about, low, word, time }: Extract<Mention, { kind: 'hint' }>) => ({ about, low, word, time })

/** A bare number is how many are asked for, or was not understood. */
export const takeNumber = (s: State, i: number, item: Extract<Mention, { kind: 'number' }>): void => {
  const following = next(s, i)
  const rank = s.draft.rank
  if (!rank && following?.kind === 'named' && countsThings(s, i, following)) {
    s.used.add(following)
    const noun = only(following, 'measure', 'entity')
    s.draft.comparisons.push({ op: 'eq', value: item.value, noun, subject: subjectBefore(s, i), at: item })
    return
  }
  const ranked = s.items.some(x => x.kind === 'rank' || x.kind === 'popular' || x.kind === 'hint')
  if (
    !rank &&
    ranked &&
    (following?.kind === 'hint' ||
      following?.kind === 'popular' ||
      (following?.kind === 'named' && has(following, 'dimension', 'entity'))) &&
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

/** "customers *with 2 orders*", "with *only one* order": exactly so many of what a thing has. */
const countsThings = (s: State, i: number, following: NamedMention): boolean => {
  const item = s.items[i]
  const subject = subjectBefore(s, i)
  const said = /^(with|have|has|had|only|just)$/.test(s.tokens[(item?.from ?? 0) - 1]?.lower ?? '')
  const own = of(following, 'entity').map(e => e.table)
  if (!said || own.length === 0 || following.from !== item?.to || !subject || !('meanings' in subject)) return false
  const things = of(subject, 'entity').map(e => e.table)
  return things.length > 0 && !own.some(t => things.includes(t))
}

/** An aggregation belongs to the measure that follows, else to the one before. */
export const takeAggregation = (s: State, i: number, item: Extract<Mention, { kind: 'aggregation' }>): void => {
  if (/\b(add|adds|added|summed|sum)\b/.test(textOf(s, item).toLowerCase())) s.draft.cues.add('adds up')
  const ahead = s.items.slice(i + 1).some(x => x.kind === 'named' && (has(x, 'measure') || has(x, 'entity')))
  const behind = s.draft.measures.at(-1)
  const hinted = !ahead && item.aggregation === 'avg' && s.items.some(x => x.kind === 'hint')
  if (hinted) {
    s.used.add(item)
    s.draft.cues.add('on average')
  }
  if (!ahead && !behind && item.aggregation === 'sum') s.draft.cues.add('sum')
  if (ahead || hinted || !behind || behind.aggregation) return
  behind.aggregation = item.aggregation
  s.used.add(item)
}

/** Whether the thing that a rank is about stands in the plural: "best selling products". */
const targetIsPlural = (s: State, i: number): boolean => {
  const after = s.items
    .slice(i + 1, i + 4)
    .find(x => (x.kind === 'named' && has(x, 'dimension', 'entity')) || x.kind === 'grain')
  const asked = s.items.find(
    (x, j) => ((x.kind === 'named' && has(x, 'dimension', 'entity')) || x.kind === 'grain') && cueBefore(s, j, 'which'),
  )
  const target = asked ?? after
  const token = target && s.tokens[target.to - 1]
  return token !== undefined && lemma(token.lower) !== token.lower
}

/** "how tall", "how late", "how much do they weigh"; elsewhere such a word is a condition that has to be understood. */
const asksHow = ({ tokens }: State, item: Mention): boolean =>
  tokens[item.from - 1]?.lower === 'how' ||
  (/^weigh/.test(tokens[item.from]?.lower ?? '') && tokens.some(t => t.lower === 'how'))
