import type { Rule } from '../rule.ts'
import { seriesLength } from '../series-length.ts'

const longest = 1_000_000

/** A series of numbers or dates that is written out may have a million rows at most. */
export const series: Rule = {
  name: 'series',
  check: ({ functions }) =>
    functions
      .filter(({ asTable }) => asTable)
      .map(use => ({ length: seriesLength(use), at: use.at }))
      .filter(({ length = 0 }) => !(length <= longest))
      .map(({ length, at }) => ({ message: `a series of ${length} rows is too long; ${longest} is the most`, at })),
}
