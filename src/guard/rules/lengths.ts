import type { FunctionUse } from '../outline.ts'
import type { Objection, Rule } from '../rule.ts'

/** Characters that one call may fill up to. */
const longest = 1000
/** How many times as long texts may become by replacing, all calls together. */
const most = 1000

/** Functions that make much text out of little: filling up to a length, and replacing a short text by a longer one, again and again. */
export const lengths: Rule = {
  name: 'lengths',
  check: ({ functions }) => [
    ...functions.filter(isNamed('lpad', 'rpad')).flatMap(tooLong),
    ...tooMuch(functions.filter(isNamed('replace', 'regexp_replace'))),
  ],
}

const isNamed =
  (...names: string[]) =>
  ({ name }: FunctionUse) =>
    names.includes(name.toLowerCase())

const tooLong = ({ name, at, arguments: [, length] }: FunctionUse): Objection[] =>
  typeof length === 'number' && length <= longest
    ? []
    : [{ message: `${name}() needs a length of at most ${longest} that is written as a number`, at }]

const tooMuch = (calls: FunctionUse[]): Objection[] => {
  const unknown = calls.filter(call => growth(call) === undefined)
  const total = calls.reduce((all, call) => all * (growth(call) ?? 1), 1)
  return [
    ...unknown.map(({ name, at }) => ({ message: `${name}() needs a replacement that is written as a text`, at })),
    ...(total > most ? [{ message: `texts may become ${total} times as long by replacing; ${most} is the most` }] : []),
  ]
}

/** A pattern may match between any two letters, and a replacement may repeat what was found as often as it has places for it. */
const growth = ({ name, arguments: [, from, to] }: FunctionUse): number | undefined => {
  if (typeof to !== 'string') return undefined
  const found = name.toLowerCase() === 'replace' && typeof from === 'string' ? from.length : 1
  return Math.max(1, Math.ceil(to.length / Math.max(1, found)))
}
