/** Chance that is the same on every machine: whole numbers from a seed, no `Math.random`, no transcendental functions. */
export type Random = {
  /** A whole number from 0 up to, not including, `n`. */
  below: (n: number) => number
  /** From 0 up to, not including, 1. */
  fraction: () => number
  /** True in `percent` of 100 cases. */
  chance: (percent: number) => boolean
  /** One of a list, each as likely. */
  pick: <T>(list: readonly T[]) => T
  /** An index, as likely as its weight; `cumulative` comes from {@link accumulate}, `count` looks at the first ones only. */
  weighted: (cumulative: readonly number[], count?: number) => number
}

/** A random source (sfc32) whose whole sequence follows from the text of its seed. */
export const createRandom = (seed: string): Random => {
  const next = sfc32(hash(seed))
  const fraction = () => next() / 2 ** 32
  const below = (n: number) => Math.floor(fraction() * n)
  return {
    below,
    fraction,
    chance: percent => fraction() * 100 < percent,
    pick: list => list[below(list.length)]!,
    weighted: (cumulative, count = cumulative.length) => firstAbove(cumulative, fraction() * cumulative[count - 1]!),
  }
}

/** Running sums of weights, for `weighted`. */
export const accumulate = (weights: readonly number[]): number[] => {
  let sum = 0
  return weights.map(weight => (sum += weight))
}

/**
 * Deals indexes in the proportions of the weights given, more evenly than drawing each one: every index gathers credit by
 * its weight and only those in credit are dealt. So days are calm enough for a planted event to show. `free` percent of the
 * deals are plain draws all the same, or months would look made up.
 */
export const createDealer = (random: Random, free: number) => {
  const credit: number[] = []
  return (weights: readonly number[]): number => {
    if (random.chance(free)) return random.weighted(accumulate(weights))
    const total = sum(weights)
    const open = weights.map((weight, i) => {
      credit[i] = (credit[i] ?? 0) + weight / total
      return weight > 0 ? Math.max(0, credit[i]!) : 0
    })
    // All credit can be with those that weigh nothing any more.
    const dealt = random.weighted(accumulate(sum(open) > 0 ? open : weights))
    credit[dealt]! -= 1
    return dealt
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)

const firstAbove = (cumulative: readonly number[], value: number): number => {
  let low = 0
  let high = cumulative.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (cumulative[middle]! > value) high = middle
    else low = middle + 1
  }
  return low
}

const sfc32 = ([a, b, c, d]: Uint32Array) => {
  let [w, x, y, z] = [a! | 0, b! | 0, c! | 0, d! | 0]
  const next = () => {
    const result = (((w + x) | 0) + z) | 0
    z = (z + 1) | 0
    w = x ^ (x >>> 9)
    x = (y + (y << 3)) | 0
    y = (((y << 21) | (y >>> 11)) + result) | 0
    return result >>> 0
  }
  for (let i = 0; i < 15; i++) next()
  return next
}

/** Four 32-bit words from a text (FNV-1a with four starts and a final mix). */
const hash = (text: string): Uint32Array =>
  Uint32Array.from([0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35], start => {
    let h = start
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
    h = Math.imul(h ^ (h >>> 16), 0x7feb352d)
    h = Math.imul(h ^ (h >>> 15), 0x846ca68b)
    return h ^ (h >>> 16)
  })
