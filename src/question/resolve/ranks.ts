import type { Measure } from '#src/semantic/model.ts'
import { type MeasureUse, measureColumn, type Query, type Split } from '#src/vocabulary/query.ts'
import { entityOfCount, isCount } from '../counts.ts'
import { sizeWords } from '../words.ts'
import { Gapped } from './gaps.ts'
import { ownAmount } from './keys.ts'
import type { Build } from './types.ts'

/** Order and limit that a rank asks for, with the splits arranged by it. @throws Gapped */
export const rankOf = (b: Build, query: Query): Partial<Query> => {
  const { draft, ctx } = b
  const { rank } = draft
  const versus = versusSplit(b, query)
  if (!rank) return versus
  const [use] = query.measures
  const target = query.splits.length > 0
  if (!target || !use) return extreme(b, query)
  if (amountOfEach(b, use)) throw new Gapped({ gap: 'rank' })
  const measure = ctx.model.measures[use.measure]
  const flips = rank.sense === 'good' && measure?.good === 'down'
  const high = byDate(measure) ?? (rank.direction === 'high') !== flips
  const changes = query.compare !== undefined && draft.change !== undefined
  const down = changes && falling.test(draft.change?.word ?? '') ? !high : high
  const by = changes ? 'change' : measureColumn(use)
  const order = [{ by, direction: down ? ('desc' as const) : ('asc' as const) }]
  if (rank.all) return { ...versus, order }
  const limit = rank.n ?? draft.howMany ?? (rank.plural ? 10 : 1)
  if (rank.n === undefined && draft.howMany === undefined && rank.plural)
    b.notes.push('How many was not said, so the first 10 are shown.')
  const others = otherSplits(b, query)
  return others.length > 0
    ? { order, limit, limitPer: others, splits: arranged(query.splits, others) }
    : { order, limit }
}

/** The newest comes first by its last day, the oldest by its first. */
const byDate = (m?: Measure): boolean | undefined =>
  m?.kind === 'base' &&
  m.hidden &&
  /^(first|last)_/.test(m.name) &&
  (m.aggregation === 'min' || m.aggregation === 'max')
    ? m.aggregation === 'max'
    : undefined

const falling =
  /^(drop|dropped|dropping|decline|declined|decrease|decreased|fall|fell|falling|dip|dipped|plunge|plunged|shrink|shrank|worsen|worsened)$/

/** "top product in each category": the ranked thing stands first after the rank; the rest are the groups it is ranked in. */
const otherSplits = (b: Build, query: Query): string[] => {
  if (query.splits.length < 2) return []
  const names = query.splits.map(s => ('grain' in s ? s.grain : s.dimension))
  const asked = b.draft.splits.findIndex(s => s.kind === 'name' && s.asked)
  const behind = b.draft.splits.findIndex(s => s.kind === 'name' && s.at.from > (b.draft.rank?.from ?? 0))
  const ranked = asked >= 0 ? asked : behind
  const target = names[ranked >= 0 && ranked < names.length ? ranked : 0]
  return names.filter(n => n !== target)
}

const arranged = (splits: Split[], first: string[]): Split[] => {
  const isFirst = (s: Split) => first.includes('grain' in s ? s.grain : s.dimension)
  return [...splits.filter(isFirst), ...splits.filter(s => !isFirst(s))]
}

/** "the highest freight": with nothing to rank, the largest single value, where the model allows it. */
const extreme = (b: Build, query: Query): Partial<Query> => {
  const [use] = query.measures
  const measure = use && b.ctx.model.measures[use.measure]
  const aggregation = b.draft.rank?.direction === 'high' ? 'max' : 'min'
  if ((b.draft.rank?.n ?? 1) > 1) throw new Gapped({ gap: 'rank' })
  if (b.draft.cues.has('who') && !b.draft.rank?.all) throw new Gapped({ gap: 'rank' })
  if (b.draft.rank?.all || (b.draft.rank?.n === undefined && b.draft.rank?.word === 'main')) return {}
  const worth = amountOfEach(b, use)
  if (worth) return { measures: [{ measure: worth, aggregation }, ...query.measures.slice(1)] }
  if (use && measure?.kind === 'base' && measure.aggregations.includes(aggregation) && !use.calc)
    return { measures: [{ ...use, aggregation }, ...query.measures.slice(1)] }
  throw new Gapped({ gap: 'rank' })
}

/** "the largest *payment*": the amount that each of what would be counted has. */
const amountOfEach = ({ draft, ctx: { model } }: Build, use?: MeasureUse): string | undefined => {
  const thing = use && isCount(model.measures[use.measure]) ? entityOfCount(model, use.measure) : undefined
  const isOne = !draft.cues.has('count') && draft.measures.every(slot => slot.singular)
  return isOne && sizeWords.has(draft.rank?.word ?? '') ? ownAmount(thing, model)?.name : undefined
}

/** "Texas vs California": values that are compared become rows. */
const versusSplit = (b: Build, query: Query): Partial<Query> => {
  const compared = b.draft.filters.flatMap(f =>
    f.kind === 'values' && f.members.length > 1 && (f.versus || b.draft.compares)
      ? [b.picks.members(f)?.dimension]
      : [],
  )
  const missing = compared.filter(
    (d): d is string => d !== undefined && !query.splits.some(s => 'dimension' in s && s.dimension === d),
  )
  return missing.length > 0
    ? { splits: [...missing.map(dimension => ({ dimension })), ...query.splits].slice(0, 3) }
    : {}
}
