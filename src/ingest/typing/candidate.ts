import type { ColumnType } from '#src/vocabulary/table.ts'
import { literal } from './sql-text.ts'

/** One way to read all values of a text column. The pattern is written in the common part of RE2 and JavaScript. */
export type Candidate = {
  id: string
  type: ColumnType
  /** Whole values that it reads, case-insensitive. */
  pattern: string
  /** SQL of the typed value of a text that the pattern matches; null when it means nothing all the same (31 February). */
  value: (text: string) => string
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

/** SQL of the typed value of any text; null when it is not of this kind. */
export const guarded = ({ pattern, value }: Candidate, text: string): string =>
  `CASE WHEN regexp_full_match(${text}, ${literal(`(?i)${pattern}`)}) THEN ${value(text)} END`

/** Whether a candidate reads the whole of a text. */
export const reads = (candidate: Candidate): ((text: string) => boolean) => {
  const expression = new RegExp(`^(?:${candidate.pattern})$`, 'iu')
  return text => expression.test(text)
}
