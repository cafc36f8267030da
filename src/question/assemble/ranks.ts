import { lemma } from '../lemma.ts'
import type { Mention } from '../mentions/mention.ts'
import { cueBefore, has, next, type State } from './state.ts'

export const takeRank = (s: State, i: number, item: Extract<Mention, { kind: 'rank' }>): void => {
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
export const targetIsPlural = (s: State, i: number): boolean => {
  const after = s.items
    .slice(i + 1, i + 4)
    .find(x => (x.kind === 'named' && has(x, 'dimension', 'entity')) || x.kind === 'grain')
  const asked = s.items.find((x, j) => x.kind === 'named' && has(x, 'dimension', 'entity') && cueBefore(s, j, 'which'))
  const target = asked ?? after
  const token = target && s.tokens[target.to - 1]
  return token !== undefined && lemma(token.lower) !== token.lower
}

export const takeNumber = (s: State, i: number, item: Extract<Mention, { kind: 'number' }>): void => {
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

export const takeAggregation = (s: State, i: number, item: Extract<Mention, { kind: 'aggregation' }>): void => {
  const ahead = s.items.slice(i + 1).some(x => x.kind === 'named' && (has(x, 'measure') || has(x, 'entity')))
  const behind = s.draft.measures.at(-1)
  const hinted = !ahead && item.aggregation === 'avg' && s.items.some(x => x.kind === 'hint')
  if (hinted) s.used.add(item)
  if (!ahead && !behind && item.aggregation === 'sum') s.draft.cues.add('sum')
  if (ahead || hinted || !behind || behind.aggregation) return
  behind.aggregation = item.aggregation
  s.used.add(item)
}
