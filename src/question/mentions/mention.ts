import type { TimePart } from '#src/semantic/model.ts'
import type { ChartKind } from '#src/vocabulary/chart.ts'
import type { Grain } from '#src/vocabulary/period.ts'
import type { Aggregation, Comparator } from '#src/vocabulary/query.ts'
import type { Meaning } from '../lexicon.ts'
import type { PeriodExpression } from '../periods/expression.ts'
import type * as words from '../words.ts'

/** What a stretch of tokens may be. `from` is in, `to` is not. */
export type Mention = { from: number; to: number; score: number } & Said

/** The kinds of things that words may be. */
export type Said =
  /** Names of the model and values of the data; several meanings of one phrase stand together. */
  | { kind: 'named'; meanings: Meaning[]; part: boolean; inflected: boolean }
  | { kind: 'period'; expression: PeriodExpression }
  | { kind: 'grain'; grain: Grain }
  | { kind: 'trend' }
  | { kind: 'timepart'; part: TimePart }
  | { kind: 'weekdays'; days: string[] }
  | { kind: 'aggregation'; aggregation: Aggregation }
  | { kind: 'rank'; direction: 'high' | 'low'; sense: 'literal' | 'good'; n?: number; word: string; all?: boolean }
  | { kind: 'popular'; low: boolean }
  | { kind: 'hint'; about: string[]; low: boolean; word: string; superlative: boolean; time?: 'early' | 'late' }
  | { kind: 'end'; end: 'first' | 'last' }
  | {
      kind: 'comparison'
      op: Comparator | 'between'
      value: number
      upper?: number
      unit?: string
      measured?: string
      about?: string[]
      times?: boolean
    }
  | { kind: 'number'; value: number; unit?: string }
  | { kind: 'cue'; cue: words.Cue }
  | { kind: 'change'; word: string; grain?: Grain }
  | { kind: 'earlier'; how: { n: number; unit: Grain } | 'previous' }
  | { kind: 'share' }
  | { kind: 'cumulative' }
  | { kind: 'rolling'; n?: number; grain?: Grain; average: boolean }
  | { kind: 'why' }
  | { kind: 'forecast' }
  | { kind: 'chart'; chart: ChartKind | 'stacked' | 'grouped' }
  | { kind: 'currency'; code: string }
  | { kind: 'filler' }
  | { kind: 'unknown' }

/** A mention of the tokens `from` to `to`, `to` not included. */
export const make = (from: number, to: number, score: number, said: Said): Mention => ({ from, to, score, ...said })
