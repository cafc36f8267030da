import type { Format } from './format.ts'

/**
 * Something that was computed from a result and can be said. Every number in a story is the `value` (or one of `parts`) of a fact,
 * or a cell of the result.
 */
export type Fact = {
  /** Stable within one answer: `total:revenue`, `change:revenue:Texas`. Stories cite it. */
  id: string
  kind: FactKind
  measure: string
  value: number | null
  format: Format
  /** What it is about, when it is one row or bucket: { state: 'Texas' }. */
  about?: Record<string, string>
  /** Further numbers of the same fact, by name: { previous: 100, ratio: 0.12, share: 0.3, rank: 1 }. Fractions where they are rates. */
  parts?: Record<string, number | null>
  /** Further words: { versus: 'Nov 2023' }. */
  words?: Record<string, string>
  /** 0 … 1, how much a reader would want to know it. */
  noteworthy: number
  /** Whether it is good news, by the measure's good direction. */
  tone?: 'good' | 'bad' | 'neutral'
}

export type FactKind =
  | 'value'
  | 'total'
  | 'change'
  | 'top'
  | 'bottom'
  | 'share'
  | 'concentration'
  | 'spread'
  | 'trend'
  | 'peak'
  | 'low'
  | 'anomaly'
  | 'driver'
  | 'target'
  | 'missing'
  | 'partial'

/** One sentence, and the ids of the facts (or `cell:<row>:<column>`) that its numbers come from. */
export type Sentence = { text: string; cites: string[] }

export type Story = {
  headline: Sentence
  /** Two or three sentences. */
  summary: Sentence[]
  /** At most five; fewer rather than filler. */
  insights: Sentence[]
  /** What follows from a fact and its good direction. */
  implications: Sentence[]
}
