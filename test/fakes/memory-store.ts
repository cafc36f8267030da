import { LRUCache } from 'lru-cache'
import type { Effects } from '#src/effects.ts'
import type { Answers, KeptAnswer } from '#src/store/answers.ts'
import type { AtWork, Entry } from '#src/store/at-work.ts'
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

/** What is worked on, shared by all processes that it is called for; a process that was `killed` is dead at once. */
export const createAtWork = (killed: ReadonlySet<string> = new Set()): ((process: string) => AtWork) => {
  const rows = new Map<number, Entry & { process: string; stopped: boolean }>()
  let last = 0
  let sign = 0
  const isFirst = (nth: number, thread: string, process: string) =>
    ![...rows].some(
      ([other, row]) => other < nth && row.thread === thread && row.process !== process && !killed.has(row.process),
    )
  return process => ({
    enter: async entry => {
      const nth = ++last
      rows.set(nth, { ...entry, process, stopped: false })
      return { nth, thread: entry.thread, isFirst: isFirst(nth, entry.thread, process) }
    },
    isFirst: async ({ nth, thread }) => isFirst(nth, thread, process),
    leave: async ({ nth }) => void rows.delete(nth),
    signal: async turns => turns.filter(nth => rows.get(nth)?.stopped),
    stop: async (run, { user }) => {
      const row = [...rows.values()].find(found => found.run === run && found.owner.user === user)
      if (!row) return { kind: 'none' }
      row.stopped = true
      return killed.has(row.process) ? { kind: 'dead' } : { kind: 'alive', sign: ++sign }
    },
    stopThread: async thread => {
      for (const row of rows.values()) if (row.thread === thread) row.stopped = true
    },
  })
}
