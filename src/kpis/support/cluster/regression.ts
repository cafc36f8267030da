/** Features by number with their weight; the weights of one text are of length 1. */
export type Vector = { at: number[]; weight: number[] }

export type Sample = { vector: Vector; kind: number }

/** How likely a text is of each kind; adds up to 1. */
export type Model = (vector: Vector) => number[]

const passes = 40
const step = 0.5
const shrink = 1e-4

/**
 * Multinomial logistic regression (https://en.wikipedia.org/wiki/Multinomial_logistic_regression), fitted by going over the samples in their
 * order: the same samples give the same model everywhere. A kind with few samples counts as much as one with many.
 */
export const fitRegression = (
  samples: readonly Sample[],
  { kinds, features }: { kinds: number; features: number },
): Model => {
  const weights = Array.from({ length: kinds }, () => new Float64Array(features))
  const bias = new Float64Array(kinds)
  const share = Array.from({ length: kinds }, (_, kind) => samples.filter(s => s.kind === kind).length * kinds)
  const model: Model = vector => softmax(weights.map((row, kind) => product(row, vector) + (bias[kind] ?? 0)))
  for (let pass = 0; pass < passes; pass++)
    for (const { vector, kind } of samples) {
      const likely = model(vector)
      const rate = (step * samples.length) / (share[kind] || 1)
      for (const [k, row] of weights.entries()) {
        const gap = (likely[k] ?? 0) - (k === kind ? 1 : 0)
        bias[k] = (bias[k] ?? 0) - rate * gap * 0.1
        for (const [i, at] of vector.at.entries())
          row[at] = (row[at] ?? 0) * (1 - step * shrink) - rate * gap * (vector.weight[i] ?? 0)
      }
    }
  return model
}

const product = (row: Float64Array, { at, weight }: Vector): number => {
  let sum = 0
  for (let i = 0; i < at.length; i++) sum += (row[at[i] ?? 0] ?? 0) * (weight[i] ?? 0)
  return sum
}

const softmax = (scores: readonly number[]): number[] => {
  const most = Math.max(...scores)
  const powers = scores.map(score => Math.exp(score - most))
  const all = powers.reduce((sum, power) => sum + power, 0)
  return powers.map(power => power / all)
}
