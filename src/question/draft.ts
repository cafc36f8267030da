import type { ChartKind } from '#src/vocabulary/chart.ts'
import type { Grain } from '#src/vocabulary/period.ts'
import type { Aggregation, Comparator } from '#src/vocabulary/query.ts'
import type { Meaning } from './lexicon.ts'
import type { Mention } from './mentions/mention.ts'
import type { PeriodExpression } from './periods/expression.ts'

/** A name that was said, with everything it may mean; which one is meant is decided later, when all are known. */
export type Named = { meanings: Meaning[]; at: Mention; part: boolean }

export type MeasureSlot = Named & {
  aggregation?: Aggregation
  counted?: boolean
  /** "the average payment", not "average payments". */
  singular?: boolean
  /** "*how many* dock doors": a number that is added up, whatever else it may be. */
  howMany?: boolean
  /** "what did we *bill*": said as a verb. */
  done?: boolean
  /** "orders returned", not "returned orders". */
  thingFirst?: boolean
  /** Said beside the measure before: "revenue *and orders*". */
  joined?: boolean
  per?: Named | { grain: Grain }
}

export type SplitSlot =
  /** `asked`: right behind "which". */
  | ({ kind: 'name'; weak: boolean; also?: boolean; asked?: boolean } & Named)
  | { kind: 'grain'; grain: Grain; also?: boolean }
  | { kind: 'trend' }
  | { kind: 'timepart'; part: string }

export type FilterSlot =
  | ({
      kind: 'values'
      negated: boolean
      versus: boolean
      afterMeasure: boolean
      predicate: boolean
      also: boolean
      added: boolean
      dropped?: boolean
      /** "never bought books", "without books": things that have none, rather than rows that are others. */
      none?: boolean
      /** "both books and toys". */
      both?: boolean
      /** "breakdowns", where the value is Breakdown. */
      plural?: boolean
      /** Right behind "the first", "the last", of a question for a date. */
      ended?: boolean
    } & {
      members: Named[]
    })
  | ({ kind: 'named'; negated: boolean; predicate: boolean; none?: boolean } & Named)
  | { kind: 'weekdays'; days: string[]; negated: boolean }
  | ({ kind: 'flag'; negated: boolean; predicate: boolean; none?: boolean } & Named)
  | ({ kind: 'equals'; value: number | string } & Named)
  /** "revenue of cancelled orders": a counted thing stands for its own condition. */
  | ({ kind: 'condition'; negated: boolean; predicate: boolean } & Named)

export type ComparisonSlot = {
  noun?: Named
  about?: string[]
  subject?: Named | { grain: Grain }
  op: Comparator | 'between'
  value: number
  upper?: number
  unit?: string
  /** "longer than 2 *hours*". */
  measured?: string
  /** "more than 5 times". */
  times?: boolean
  /** "customers *without* an order", "*never* ordered". */
  none?: boolean
  /** "… where orders > 500", behind a split. */
  where?: boolean
  at: Mention
}

export type RankSlot = {
  direction: 'high' | 'low'
  sense: 'literal' | 'good'
  n?: number
  plural: boolean
  all?: boolean
  word: string
  /** The token it stands at; what is ranked follows it. */
  from: number
}

/** What the words of one turn say, slot by slot, with nothing decided that needs the model's shape. */
export type Draft = {
  measures: MeasureSlot[]
  /** Things that were named without a role of their own ("of orders"). */
  context: Named[]
  splits: SplitSlot[]
  filters: FilterSlot[]
  comparisons: ComparisonSlot[]
  periods: { expression: PeriodExpression; compared: boolean; both?: boolean; at: Mention }[]
  rank?: RankSlot
  /** `time`: by the early or the late end of a date, where nothing else tells ("newest"). */
  hints: { about: string[]; low: boolean; superlative: boolean; word: string; time?: 'early' | 'late' }[]
  /** "when was the *first* …": the end of a date that is asked for. */
  end?: 'first' | 'last'
  /** "which 10 products": how many, said before the rank. */
  howMany?: number
  /** "make it five": a number and nothing else. */
  newLimit?: number
  popular: boolean
  limitPer: boolean
  earlier?: { n: number; unit: Grain } | 'previous'
  change?: { grain?: Grain; word: string }
  share: boolean
  /** Where the share was said. */
  shareAt?: number
  cumulative: boolean
  rolling?: { n?: number; grain?: Grain; average: boolean }
  compares: boolean
  why: boolean
  forecast: boolean
  counts: boolean
  asksAmount: boolean
  lists: boolean
  chart?: ChartKind | 'stacked' | 'grouped'
  currencies: string[]
  time?: Named
  cues: Set<string>
  /** Names after "drop", "without the": what a follow-up takes away; `only` when it said which role they had. */
  dropped: (Named & { only?: 'split' | 'filter' })[]
  /** Verbs that only tie words together, and still say what was done: "ordered", "paid". */
  verbs: string[]
  /** "all categories": no condition on them any more. */
  cleared: Named[]
  unused: Mention[]
}
