import type { Grain, IsoDate } from '#src/vocabulary/period.ts'

/** A period as it was said, before it is placed on the calendar. */
export type PeriodExpression =
  /** "last month", "last 7 days", "this year", "next quarter"; `whole`: "the whole of last year". */
  | { kind: 'relative'; which: 'last' | 'this' | 'next'; unit: Grain; n?: number; whole?: true }
  /** "yesterday" is −1. */
  | { kind: 'day'; offset: number }
  /** "3 months ago". */
  | { kind: 'ago'; n: number; unit: Grain }
  /** "last Monday"; ISO weekday. */
  | { kind: 'weekday'; weekday: number }
  /** "March", "March 2023", "last March". */
  | { kind: 'month'; month: number; year?: number; last?: boolean }
  | { kind: 'quarter'; quarter: number; year?: number }
  | { kind: 'half'; half: number; year?: number }
  | { kind: 'year'; year: number }
  | { kind: 'monthDay'; month: number; day: number; year?: number }
  | { kind: 'date'; date: IsoDate }
  /** MTD, "year to date". */
  | { kind: 'toDate'; unit: Grain }
  /** "first half of last year", "last two weeks of November", "first 10 days of March". */
  | { kind: 'part'; of: PeriodExpression; at: 'first' | 'last' | number; n: number; unit: Grain | 'half' }
  /** Named ends are in. Without `to` it runs to the anchor; without `from` from the beginning. */
  | { kind: 'range'; from?: PeriodExpression; to?: PeriodExpression; beyond?: 'before' | 'after' }
  /** "March and April": stretches that touch. */
  | { kind: 'union'; parts: PeriodExpression[] }
  /** A date that does not exist, with the sentence to say. */
  | { kind: 'impossible'; sentence: string }

/** Whether the calendar place is said in full, so that it is never read again ("June 2001" stays June 2001). */
export const isExplicit = (e: PeriodExpression): boolean => {
  switch (e.kind) {
    case 'date':
    case 'year':
      return true
    case 'month':
    case 'quarter':
    case 'half':
    case 'monthDay':
      return e.year !== undefined
    case 'part':
      return isExplicit(e.of)
    case 'range':
      return [e.from, e.to].every(end => !end || isExplicit(end))
    case 'union':
      return e.parts.every(isExplicit)
    default:
      return false
  }
}
