import type { Query } from './vocabulary/query.ts'

/** What a conversation remembers: the queries that were answered, oldest first. */
export type Threads = {
  last(thread: string | undefined): Promise<Query | undefined>
  /** The same query once more is no new turn. */
  remember(thread: string | undefined, query: Query): Promise<void>
  /** Forgets the last query and gives the one before; gives nothing, and forgets nothing, when there is none. */
  back(thread: string | undefined): Promise<Query | undefined>
}

/** Conversations in memory; the least recently used one goes first. */
export const createThreads = ({ maxThreads = 2000, maxTurns = 40 } = {}): Threads => {
  const threads = new Map<string, Query[]>()
  const turns = (thread: string | undefined) => (thread === undefined ? undefined : threads.get(thread))
  return {
    last: async thread => turns(thread)?.at(-1),
    remember: async (thread, query) => {
      if (thread === undefined) return
      const before = threads.get(thread) ?? []
      const again = JSON.stringify(before.at(-1)) === JSON.stringify(query)
      const known = again ? before : [...before, query].slice(-maxTurns)
      threads.delete(thread)
      threads.set(thread, known)
      for (const oldest of threads.keys()) {
        if (threads.size <= maxThreads) break
        threads.delete(oldest)
      }
    },
    back: async thread => {
      const known = turns(thread)
      if (!known || known.length < 2) return undefined
      known.pop()
      return known.at(-1)
    },
  }
}
