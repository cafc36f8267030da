import { ChartroomError } from '#src/vocabulary/errors.ts'

/** Who may run a statement now, and who waits. */
export type Places = {
  /** Waits for a place, in turn; gives the way to leave it. Throws `engine/busy` when too many wait, and the reason of `stop`. */
  enter(stop: AbortSignal): Promise<() => void>
}

export const createPlaces = ({ places, queueLimit }: { places: number; queueLimit: number }): Places => {
  let free = places
  const waiting: (() => void)[] = []
  /** Whoever waits longest takes the place over. */
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }
  const wait = (stop: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const begin = () => {
        stop.removeEventListener('abort', giveUp)
        resolve()
      }
      const giveUp = () => {
        waiting.splice(waiting.indexOf(begin), 1)
        reject(stop.reason)
      }
      stop.addEventListener('abort', giveUp, { once: true })
      waiting.push(begin)
    })
  return {
    enter: async stop => {
      stop.throwIfAborted()
      if (free > 0) free -= 1
      else if (waiting.length < queueLimit) await wait(stop)
      else throw ChartroomError.of('engine/busy')
      return leave
    },
  }
}
