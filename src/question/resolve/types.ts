import type { Model } from '#src/semantic/model.ts'
import type { IsoDate, Period } from '#src/vocabulary/period.ts'
import type { Query } from '#src/vocabulary/query.ts'
import type { Draft, FilterSlot, Named } from '../draft.ts'
import type { Meaning } from '../lexicon.ts'
import type { PeriodExpression } from '../periods/expression.ts'
import type { Gap } from './gaps.ts'

/** What a draft is resolved against. */
export type ResolveContext = {
  model: Model
  today: IsoDate
  /** The last query of the thread, when this turn changes a part of it. */
  base?: Query
  /** First and last day of the data, by time dimension. */
  range(time: string): { first: IsoDate; last: IsoDate } | undefined
}

/** One way to read a draft. `score` is 1 for what was said exactly; less for parts of names, far tables, guesses. */
export type Candidate = { query: Query; score: number; notes: string[] }

/** All queries that a draft can be, and why others could not. */
export type Resolved = { candidates: Candidate[]; gaps: Gap[] }

/** What is at hand while one query is built; `notes` are told to the asker. */
export type Build = {
  draft: Draft
  picks: Picks
  ctx: ResolveContext
  notes: string[]
  /** Reads measures whose default is a guess as totals; tried beside the default, so that the asker decides. */
  total: boolean
}

/** The meaning chosen for every name, and how likely the choice is. */
export type Picks = {
  of(named: Named): Meaning | undefined
  members(slot: Extract<FilterSlot, { kind: 'values' }>): { dimension: string; values: string[] } | undefined
  score: number
}

/** A split by a dimension, and the token where it was said. */
export type NamedSplit = { dimension: string; at: number; weak: boolean }

/** The period asked for and the one it is compared with, placed and as they were said. */
export type Periods = { main?: Period; compared?: Period; mainSaid?: PeriodExpression; comparedSaid?: PeriodExpression }
