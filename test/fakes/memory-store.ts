import { LRUCache } from 'lru-cache'
import type { Effects } from '#src/effects.ts'
import type { Answers, KeptAnswer } from '#src/store/answers.ts'
import type { Claims } from '#src/store/claims.ts'

/** Keys in memory of this process. */
export const createClaims = ({ seconds = 3600, most = 100_000 }, { ticks }: Pick<Effects, 'ticks'>): Claims => {
  const taken = new LRUCache<string, true>({ max: most, ttl: seconds * 1000, ttlResolution: 0, perf: { now: ticks } })
  return {
    claim: async key => {
      if (taken.has(key)) return false
      taken.set(key, true)
      return true
    },
  }
}

const aWeek = 7 * 86_400

/** Answers in memory of this process; the one that was not used for longest goes first. */
export const createAnswers = ({ seconds = aWeek, most = 1000 }, { ticks }: Pick<Effects, 'ticks'>): Answers => {
  const settings = { max: most, ttl: seconds * 1000, ttlResolution: 0, perf: { now: ticks } }
  const kept = new LRUCache<string, KeptAnswer>(settings)
  const places = new LRUCache<string, string>({ ...settings, max: most * 2 })
  const get = async (id: string) => kept.get(id)
  return {
    put: async entry => void kept.set(entry.answer.id, entry),
    get,
    place: async (place, id) => void places.set(place, id),
    at: async place => {
      const id = places.get(place)
      return id === undefined ? undefined : get(id)
    },
  }
}
