import type { ColumnType } from '#src/vocabulary/table.ts'

/** One way to read all values of a text column. The pattern is written in the common part of RE2 and JavaScript. */
export type Candidate = {
  id: string
  type: ColumnType
  /** Whole values that it reads, case-insensitive. */
  pattern: string
  /** SQL of the typed value; null when `value` (SQL of the trimmed text) is not of this kind. */
  typed: (value: string) => string
  /** SQL: the typed value has a part that the narrower type would lose (a fraction, a time of day). */
  wide?: (typed: string) => string
  /** The type and cast to use when no value is wide. */
  narrow?: { type: ColumnType; sql: (typed: string) => string }
  percent?: boolean
  /** Day and month stand in this order: decided by the whole column, else by its neighbours. */
  order?: 'mdy' | 'dmy'
  /** What a comma means in it. */
  comma?: 'thousands' | 'decimal'
}

/** Whether a candidate reads the whole of a text. */
export const reads = (candidate: Candidate): ((text: string) => boolean) => {
  const expression = new RegExp(`^(?:${candidate.pattern})$`, 'iu')
  return text => expression.test(text)
}
