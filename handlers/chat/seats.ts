import { ChartroomError } from '#src/vocabulary/errors.ts'

/** Lets so many works go on at once; the others wait, in the order they came. */
export type Seats = {
  /** Rejects when it is stopped while it waits, and throws `engine/busy` when too many wait already. */
  take: <T>(work: () => Promise<T>, options?: { signal?: AbortSignal; onWait?: (before: number) => void }) => Promise<T>
  waiting: () => number
}

/**
 * Without it, hundreds of questions at once would share the one thread of the bot and none would be heard in time: hearing a message
 * takes a millisecond, working on it a hundred.
 */
export const createSeats = ({ count = 8, queue = 5000 } = {}): Seats => {
  const waiting: (() => void)[] = []
  let free = count
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }
  const sit = (signal: AbortSignal | undefined, onWait: ((before: number) => void) | undefined): Promise<void> => {
    if (free > 0) {
      free -= 1
      return Promise.resolve()
    }
    if (waiting.length >= queue) return Promise.reject(ChartroomError.of('engine/busy'))
    onWait?.(waiting.length)
    return new Promise((resolve, reject) => {
      const called = () => {
        signal?.removeEventListener('abort', stopped)
        resolve()
      }
      const stopped = () => {
        waiting.splice(waiting.indexOf(called), 1)
        reject(ChartroomError.of('engine/cancelled'))
      }
      waiting.push(called)
      signal?.addEventListener('abort', stopped, { once: true })
    })
  }
  return {
    take: async (work, { signal, onWait } = {}) => {
      signal?.throwIfAborted()
      await sit(signal, onWait)
      try {
        return await work()
      } finally {
        leave()
      }
    },
    waiting: () => waiting.length,
  }
}
