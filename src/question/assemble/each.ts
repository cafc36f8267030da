import { pathTo } from '#src/semantic/compile/paths.ts'
import { countOf } from '../counts.ts'
import type { Named } from '../draft.ts'
import { saysSame } from '../kin.ts'
import { addsUp, isOwnThing } from './averages.ts'
import { thingOrValue } from './splits.ts'
import { has, isPlural, type NamedMention, of, only, type State } from './state.ts'

/** "on average, how many nights are in *a reservation*", "how many loans does *a member* have on average": divided by the things. */
export const takePerEach = (s: State): void => {
  const { draft } = s
  const [slot, ...others] = draft.measures
  if (!slot || others.length > 0 || slot.aggregation !== 'avg' || slot.per || !addsUp(s, slot)) return
  const each = s.items.find(
    (x): x is NamedMention => x.kind === 'named' && x.from > slot.at.from && (isOne(s, x) || isPerBefore(s, x)),
  )
  if (!each || isOwnThing(s, slot, each)) return
  slot.per = thingOrValue(s, each)
  forget(s, each)
}

/**
 * "how often does *a customer order* on average": the rows of what they do, divided by them. Without an average it is not said whether a number or
 * a frequency is meant.
 */
export const takeHowOften = (s: State): void => {
  const { draft } = s
  const often = s.items.find(
    x => s.tokens[x.from]?.lower === 'often' && s.tokens[x.from - 1]?.lower === 'how' && draft.unused.includes(x),
  )
  const mean = s.items.find(x => x.kind === 'aggregation' && x.aggregation === 'avg')
  const who = s.items.find(
    (x): x is NamedMention => x.kind === 'named' && x.from > (often?.to ?? 0) && has(x, 'entity'),
  )
  const [thing] = who ? of(who, 'entity') : []
  if (!often || !mean || !who || !thing) return
  const did = doneBy(s, { thing: thing.table, from: who.to })
  if (!did) return
  draft.unused = draft.unused.filter(m => m !== often && m !== mean && m !== did.at)
  s.used.add(mean)
  draft.measures = [{ ...did, aggregation: 'avg', per: only(who, 'entity'), counted: true }]
  forget(s, who)
}

/** What is done: a table whose rows belong to the thing, named or said by a verb behind it. */
const doneBy = (s: State, { thing, from }: { thing: string; from: number }): Named | undefined => {
  const tables = Object.values(s.model.tables).filter(
    t => t.name !== thing && countOf(t.name, s.model) && pathTo(s.model, { from: t.name, to: thing }),
  )
  for (const token of s.tokens.slice(from, from + 3)) {
    const table = tables.find(t => saysSame(token.lower, [t.label]))
    const at = s.items.find(x => s.tokens[x.from] === token) ?? s.items[0]
    if (table && at) return { meanings: [{ kind: 'entity', table: table.name }], at, part: false }
  }
  return undefined
}

/** "how much did we bill *per customer* on average": the average is said behind. */
const isPerBefore = (s: State, item: NamedMention): boolean =>
  s.tokens[item.from - 1]?.lower === 'per' &&
  has(item, 'entity') &&
  s.items.some(x => x.kind === 'aggregation' && x.aggregation === 'avg' && x.from > item.from)

/** "*a* member", "*an average* order", "does *each* member …"; "for each member" is a split. */
const isOne = (s: State, item: NamedMention): boolean => {
  const [lead, word] = [s.tokens[item.from - 2]?.lower ?? '', s.tokens[item.from - 1]?.lower ?? '']
  const isEach = /^(each|every)$/.test(word) && /^(do|does|did|has|have)$/.test(lead)
  return (
    has(item, 'entity', 'dimension') &&
    !isPlural(s, item) &&
    (isEach || /^(a|an|one|average|typical|single)$/.test(word))
  )
}

/** What was taken otherwise in passing. */
const forget = (s: State, { from }: NamedMention): void => {
  const { draft } = s
  draft.context = draft.context.filter(c => c.at.from !== from)
  draft.splits = draft.splits.filter(x => x.kind !== 'name' || x.at.from !== from)
}
