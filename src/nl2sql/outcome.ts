import type { Drawn } from '#src/diagram/mermaid.ts'
import type { TextResult } from '#src/domain.ts'
import type { Advice } from '#src/guard/rule.ts'
import type { Query } from '#src/vocabulary/query.ts'
import type { Use } from './client/complete.ts'
import type { Retell } from './retell.ts'

/** What came out, how it was worked out step by step, and what that took. */
export type Worked = {
  outcome: Outcome
  steps: string[]
  uses: Use[]
  prompt: { name: string; version: number }
  /** Has what came out told in words; absent: rules tell it. */
  retell?: Retell
}

export type Outcome =
  /** What the semantic model can say after all. */
  | { kind: 'query'; query: Query }
  /** SQL that the guard let through, and what it gave; `says` is what that shows, in words. */
  | {
      kind: 'rows'
      result: Pick<TextResult, 'rows' | 'columns' | 'truncated'>
      sql: string
      says: string
      cached: boolean
      /** What computed the rows from those of the SQL; absent: they are the SQL's own. */
      program?: string
    }
  | { kind: 'ask'; message: string; choices: string[] }
  | { kind: 'parts'; parts: string[] }
  /** How things hang together, in words, and drawn where that could be read. */
  | { kind: 'diagram'; title: string; says: string[]; drawn?: Drawn }
  | { kind: 'declined'; why: string }
  /** It was tried, and did not work out; `large`: what was wanted is too much at once, and how to ask for less. */
  | { kind: 'failed'; why: string; large?: Large }

/** What the guard says of SQL that is too much at once. */
export type Large = { message: string; advice: readonly Advice[] }
