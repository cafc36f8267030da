import { ChartroomError } from '#src/vocabulary/errors.ts'

/** So many places; whoever finds none waits for one, in the order in which they came. */
export type Places = {
  /** Rejects when it is stopped while it waits, and throws `engine/busy` when too many wait already. */
  enter: (entering?: Entering) => Promise<void>
  leave: () => void
  waiting: () => number
}

/** `first`: before all that wait. */
export type Entering = { signal?: AbortSignal; onWait?: (before: number) => void; first?: boolean }

export const createPlaces = ({ count, queue }: { count: number; queue: number }): Places => {
  const waiting: (() => void)[] = []
  let free = count
  const wait = ({ signal, first = false }: Entering) =>
    new Promise<void>((resolve, reject) => {
      const called = () => {
        signal?.removeEventListener('abort', stopped)
        resolve()
      }
      const stopped = () => {
        waiting.splice(waiting.indexOf(called), 1)
        reject(ChartroomError.of('engine/cancelled'))
      }
      waiting.splice(first ? 0 : waiting.length, 0, called)
      signal?.addEventListener('abort', stopped, { once: true })
    })
  return {
    enter: async (entering = {}) => {
      entering.signal?.throwIfAborted()
      if (free > 0) {
        free -= 1
        return
      }
      if (waiting.length >= queue) throw ChartroomError.of('engine/busy')
      entering.onWait?.(waiting.length)
      await wait(entering)
    },
    leave: () => {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    },
    waiting: () => waiting.length,
  }
}
