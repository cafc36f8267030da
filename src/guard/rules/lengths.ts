import type { Language } from '../language.ts'
import { languageOf } from '../languages.ts'
import type { FunctionUse, Outline, SelectUse } from '../outline.ts'
import type { Objection, Rule } from '../rule.ts'

/** Characters that one call may fill up to. */
const longest = 1000
/** How many times as long texts may become by replacing and joining, all steps together. */
const most = { replacing: 1000, joining: 10_000 }

/** Functions that make much text out of little: filling up to a length, replacing a short text by a longer one, joining it with itself. */
export const lengths: Rule = {
  name: 'lengths',
  check: outline => [
    ...outline.functions.filter(isNamed('lpad', 'rpad')).flatMap(tooLong),
    ...tooMuch(outline.functions.filter(isNamed('replace', 'regexp_replace'))),
    ...tooOften(outline),
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
    ...tooLarge(total, 'replacing'),
  ]
}

/** A pattern may match between any two letters, and a replacement may repeat what was found as often as it has places for it. */
const growth = ({ name, arguments: [, from, to] }: FunctionUse): number | undefined => {
  if (typeof to !== 'string') return undefined
  const found = name.toLowerCase() === 'replace' && typeof from === 'string' ? from.length : 1
  return Math.max(1, Math.ceil(to.length / Math.max(1, found)))
}

const tooLarge = (total: number, how: keyof typeof most): Objection[] =>
  total > most[how] ? [{ message: `texts may become ${total} times as long by ${how}; ${most[how]} is the most` }] : []

/** Ten columns that are joined in one SELECT may each be such a text of the SELECT before it: the numbers of all SELECTs multiply. */
const tooOften = (outline: Outline): Objection[] => {
  const language = languageOf(outline)
  const chains = outline.functions.filter(({ joined = [] }) => joined.length > 1)
  const bySelect = Map.groupBy(chains, ({ select }) => select)
  const total = [...bySelect].reduce((all, [select, own]) => all * growthIn(select, own, language), 1)
  return tooLarge(total, 'joining')
}

/** A name that the SELECT itself gives may be used by the next column (DuckDB): such chains multiply too. */
const growthIn = (select: SelectUse | undefined, chains: FunctionUse[], { same }: Language): number => {
  const aliases = new Set(select?.aliases.map(same))
  const sizes = chains.map(({ joined = [] }) => ({
    size: joined.length,
    leans: joined.some(path => path.length === 1 && aliases.has(same(path[0]!))),
  }))
  const longest = Math.max(1, ...sizes.filter(({ leans }) => !leans).map(({ size }) => size))
  return sizes.filter(({ leans }) => leans).reduce((all, { size }) => all * size, longest)
}
