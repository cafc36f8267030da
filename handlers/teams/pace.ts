import { LRUCache } from 'lru-cache'

export type Pace = {
  /** How long to wait before the next message may go, in milliseconds; asking takes the place. */
  wait: (key: string, now: number) => number
  /** Whether one could go now; takes nothing. */
  isFree: (key: string, now: number) => boolean
}

/** `burst` at once, then one each `everyMs`. A key that has been quiet for long is forgotten. */
export const createPace = ({ burst, everyMs }: { burst: number; everyMs: number }): Pace => {
  /** When the place of the last one is used up. */
  const until = new LRUCache<string, number>({ max: 10_000 })
  const startOf = (key: string, now: number) => Math.max(now, until.get(key) ?? now)
  const waitUntil = (start: number, now: number) => Math.max(0, start - now - (burst - 1) * everyMs)
  return {
    wait: (key, now) => {
      const start = startOf(key, now)
      until.set(key, start + everyMs)
      return waitUntil(start, now)
    },
    isFree: (key, now) => waitUntil(startOf(key, now), now) === 0,
  }
}
