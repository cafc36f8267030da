import { randomUUID } from 'node:crypto'

/** The only source of time, ids and randomness. Passed in, last. */
export type Effects = {
  /** Milliseconds since 1970, by the clock. */
  now: () => number
  /** Milliseconds from an arbitrary start that never run backwards; for measuring how long something took. */
  ticks: () => number
  /** A new unique id, safe in a URL and a file name. */
  newId: () => string
  /** 0 ≤ x < 1. */
  random: () => number
}

/** The machine's clock and randomness. */
export const realEffects: Effects = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  newId: () => randomUUID(),
  random: () => Math.random(),
}

/** Effects that repeat: a clock that stands until it is advanced, ids `id-1`, `id-2` …, and the same random numbers each time. */
export const fixedEffects = (at = '2024-01-01T00:00:00Z'): Effects & { advance: (ms: number) => void } => {
  let passed = 0
  let ids = 0
  const start = Date.parse(at)
  if (Number.isNaN(start)) throw new RangeError(`${at} is not an instant`)
  return {
    now: () => start + passed,
    ticks: () => passed,
    newId: () => `id-${++ids}`,
    random: mulberry32(1),
    advance: ms => {
      passed += ms
    },
  }
}

/** Small seeded generator (Tommy Ettinger's mulberry32, public domain). */
const mulberry32 = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
