/** The value below which a fraction `q` of the numbers lies, between neighbours in proportion. NaN when there are none. */
export const quantile = (numbers: readonly number[], q: number): number => {
  const sorted = [...numbers].sort((a, b) => a - b)
  const at = (sorted.length - 1) * q
  const low = sorted[Math.floor(at)] ?? Number.NaN
  const high = sorted[Math.ceil(at)] ?? Number.NaN
  return low + (high - low) * (at - Math.floor(at))
}

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5)

/** The mean of ratios, by multiplication: twice as fast and half as fast cancel out. */
export const geometricMean = (numbers: readonly number[]): number => Math.exp(mean(numbers.map(Math.log)))

const mean = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length
