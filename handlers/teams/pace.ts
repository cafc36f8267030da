import { LRUCache } from 'lru-cache'

/** How long to wait before the next message may go, in milliseconds; asking takes the place. */
export type Pace = { wait: (key: string, now: number) => number }

/** `burst` at once, then one each `everyMs`. A key that has been quiet for long is forgotten. */
export const createPace = ({ burst, everyMs }: { burst: number; everyMs: number }): Pace => {
  /** When the place of the last one is used up. */
  const until = new LRUCache<string, number>({ max: 10_000 })
  return {
    wait: (key, now) => {
      const start = Math.max(now, until.get(key) ?? now)
      until.set(key, start + everyMs)
      return Math.max(0, start - now - (burst - 1) * everyMs)
    },
  }
}
