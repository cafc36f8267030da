import { folded } from '../outline.ts'
import type { Rule } from '../rule.ts'

const longest = 1_000_000

/** A series of numbers that is written out may have a million rows at most. */
export const series: Rule = {
  name: 'series',
  check: ({ functions }) =>
    functions
      .filter(({ name, asTable }) => asTable && folded(name) !== 'unnest')
      .map(({ numbers, at }) => ({ length: lengthOf(numbers), at }))
      .filter(({ length }) => !(length <= longest))
      .map(({ length, at }) => ({ message: `a series of ${length} rows is too long; ${longest} is the most`, at })),
}

/** A series of dates, or one whose ends come from the data, counts as short: the timeout watches over it. */
const lengthOf = (numbers: (number | undefined)[]) => {
  if (numbers.some(n => n === undefined)) return 0
  const [first = 0, second, step = 1] = numbers as number[]
  const [from, to] = second === undefined ? [0, first] : [first, second]
  return Math.abs((to - from) / step)
}
