import type { Format } from '#src/vocabulary/format.ts'

/** A straight scale from values to pixels. */
export type Scale = (value: number) => number

export const linear = ([low, high]: readonly [number, number], [from, to]: readonly [number, number]): Scale => {
  const span = high - low || 1
  return value => from + ((value - low) / span) * (to - from)
}

export type Ticks = { values: number[]; domain: [number, number] }

/** Round ticks around `low` … `high`, about `count` of them; the domain ends on ticks. Whole numbers for integers, clock steps for durations. */
export const ticks = (low: number, high: number, { count, format }: { count: number; format: Format }): Ticks => {
  const [from, to] = low === high ? [Math.min(low, 0), Math.max(high, 0, low === 0 ? 1 : 0)] : [low, high]
  const step = niceStep((to - from) / count, format)
  const first = Math.floor(from / step + 1e-9)
  const last = Math.max(first + 1, Math.ceil(to / step - 1e-9))
  const values = Array.from({ length: Math.min(40, last - first + 1) }, (_, i) => round((first + i) * step))
  return { values, domain: [values[0] ?? 0, values.at(-1) ?? 1] }
}

/** The span that a time series is drawn over: from zero, unless all values lie close together and far from it. */
export const valueSpan = (values: readonly number[]): [number, number] => {
  const low = Math.min(...values)
  const high = Math.max(...values)
  const close = low > 0 && high > low && (high - low) / high < 0.25
  return close ? [low, high] : [Math.min(0, low), Math.max(0, high)]
}

const clockSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400]

const niceStep = (rough: number, format: Format): number => {
  if (format.kind === 'duration' && rough > 0.5 && rough <= 86_400)
    return clockSteps.find(step => step >= rough) ?? 86_400
  const magnitude = 10 ** Math.floor(Math.log10(rough))
  const step = magnitude * ([1, 2, 2.5, 5, 10].find(m => m * magnitude >= rough * 0.999) ?? 10)
  return format.kind === 'integer' ? Math.max(1, step === 2.5 ? 2 : step) : step
}

const round = (value: number): number => (value === 0 ? 0 : Number(value.toPrecision(12)))
