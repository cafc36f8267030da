import type { PeriodProblem } from '../periods/resolve.ts'

/** Why no query could be made of a draft. */
export type Gap =
  | { gap: 'measure' }
  | { gap: 'period'; problem: PeriodProblem }
  | { gap: 'personal'; label: string }
  | { gap: 'change' }
  | { gap: 'rank' }
  | { gap: 'share' }
  | { gap: 'hours'; label: string }
  | { gap: 'number' }
  | { gap: 'average'; measure: string; by?: string }
  | { gap: 'periods' }
  | { gap: 'conflict'; measure: string; instead: string[] }
  | { gap: 'contradiction'; label: string }
  | { gap: 'word'; word: string }
  /** Of several things that are named, each may be the one to count: their measures. */
  | { gap: 'thing'; counts: string[] }
  | { gap: 'currency'; code: string }
  | { gap: 'unit'; measure: string; unit: string }

/** Ends the building of a query that cannot be; caught where it began. */
export class Gapped extends Error {
  readonly gap: Gap
  constructor(gap: Gap) {
    super(gap.gap)
    this.gap = gap
  }
}
