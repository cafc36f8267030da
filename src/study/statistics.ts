/** Pairs grow with the square: of longer series every second, third … value is looked at. */
const mostPoints = 200

/** The middle value; of an even number, the mean of the two in the middle. NaN for none. */
export const median = (values: readonly number[]): number => {
  const sorted = Float64Array.from(values).sort()
  const half = sorted.length >> 1
  const upper = sorted[half] ?? Number.NaN
  return sorted.length % 2 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2
}

/**
 * A robust standard deviation: median distance from the median × 1.4826 (Rousseeuw & Croux 1993). When more than half of the values are
 * equal that is 0, and the mean distance × 1.2533 stands in.
 */
export const robustDeviation = (values: readonly number[]): number => {
  const middle = median(values)
  const distances = values.map(v => Math.abs(v - middle))
  const mad = median(distances)
  return mad > 0 ? mad * 1.4826 : (sum(distances) / distances.length) * 1.2533
}

export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** A line through points at 0, 1, 2 …: the median of all slopes (Theil–Sen) and its level at 0. */
export const theilSen = (values: readonly number[]): { slope: number; start: number } => {
  const step = Math.max(1, Math.ceil(values.length / mostPoints))
  const slopes: number[] = []
  for (let i = 0; i < values.length; i += step) {
    for (let j = i + step; j < values.length; j += step) slopes.push(((values[j] ?? 0) - (values[i] ?? 0)) / (j - i))
  }
  const slope = median(slopes)
  return { slope, start: median(values.map((v, i) => v - slope * i)) }
}

/** How sure it is that values rise (positive) or fall: the Mann–Kendall statistic in standard deviations, corrected for ties. */
export const mannKendall = (values: readonly number[]): number => {
  const step = Math.max(1, Math.ceil(values.length / mostPoints))
  const thinned = values.filter((_, i) => i % step === 0)
  let s = 0
  for (let i = 0; i < thinned.length; i++) {
    for (let j = i + 1; j < thinned.length; j++) s += Math.sign((thinned[j] ?? 0) - (thinned[i] ?? 0))
  }
  const weight = (n: number) => n * (n - 1) * (2 * n + 5)
  const ties = sum([...counts(thinned).values()].map(weight))
  const variance = (weight(thinned.length) - ties) / 18
  return variance > 0 ? (s - Math.sign(s)) / Math.sqrt(variance) : 0
}

const counts = (values: readonly number[]) => {
  const found = new Map<number, number>()
  for (const v of values) found.set(v, (found.get(v) ?? 0) + 1)
  return found
}
