import { LRUCache } from 'lru-cache'
import type { Effects } from '#src/effects.ts'
import type { Account } from './port.ts'

/** What somebody asked in a message, and the message of ours that answers it; `only` when both are private. */
export type Reply = { text: string; only?: Account; message?: string }

/** Remembers for a day which message answers which, so that an edited question changes its answer instead of adding one. */
export type Replies = {
  /** The key names the message of the question. */
  get: (key: string) => Reply | undefined
  put: (key: string, reply: Reply) => void
}

export const createReplies = ({ ticks }: Pick<Effects, 'ticks'>): Replies => {
  const kept = new LRUCache<string, Reply>({ max: 5000, ttl: 86_400_000, perf: { now: ticks } })
  return { get: key => kept.get(key), put: (key, reply) => void kept.set(key, reply) }
}
