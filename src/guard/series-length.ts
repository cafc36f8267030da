import type { FunctionUse, Literal } from './outline.ts'

/** Rows of `generate_series` or `range` whose ends and step are written out; undefined when the data or an expression decides. */
export const seriesLength = ({ name, arguments: ends }: FunctionUse): number | undefined => {
  if (name.toLowerCase() === 'unnest') return undefined
  const [first, second, step = 1] = ends
  const [from, to] = second === undefined && ends.length === 1 ? [0, first] : [first, second]
  const stride = typeof step === 'string' ? milliseconds(step) : step
  const [start, end] = [instant(from), instant(to)]
  if (start === undefined || end === undefined || stride === undefined || ends.includes(undefined)) return undefined
  return Math.ceil(Math.abs((end - start) / stride))
}

/** A number, or a date as milliseconds. */
const instant = (end: Literal): number | undefined => {
  if (typeof end !== 'string') return end
  const time = Date.parse(end.replace(' ', 'T'))
  return Number.isNaN(time) ? undefined : time
}

/** `1 day`, `6 months`, `-2 hours`: roughly, which is enough to tell a calendar from a flood. */
const milliseconds = (step: string): number | undefined => {
  const [, count = '1', unit = ''] = /^\s*([+-]?\d+)?\s*([a-z]+?)s?\s*$/i.exec(step) ?? []
  const size = units[unit.toLowerCase()]
  return size === undefined ? undefined : Number(count) * size
}

const day = 86_400_000
const units: Readonly<Record<string, number>> = {
  microsecond: 0.001,
  millisecond: 1,
  second: 1000,
  sec: 1000,
  minute: 60_000,
  min: 60_000,
  hour: 3_600_000,
  day,
  week: 7 * day,
  month: 30 * day,
  year: 365 * day,
}
