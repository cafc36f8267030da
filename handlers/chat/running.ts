import { ChartroomError } from '#src/vocabulary/errors.ts'

/** The questions that are being worked on, so that they can be stopped one by one and awaited when the program ends. */
export type Running = {
  /** Works under an id. Throws `engine/cancelled` at once when the program is ending. */
  run: <T>(id: RunId, work: (signal: AbortSignal) => Promise<T>) => Promise<T>
  /** Stops what runs under an id, for whoever may; false when there is nothing of the kind. */
  stop: (id: string, who?: string) => boolean
  /** Stops what runs in a thread: the Stop of a platform names no question. */
  stopThread: (thread: string) => number
  /** Work that is no question but must not be cut off: posting, uploading, feedback. */
  follow: <T>(work: Promise<T>) => Promise<T>
  size: () => number
  /** Lets what runs finish, and stops what is left after `grace` milliseconds. Nothing new is begun. */
  drain: (grace: number) => Promise<void>
}

/** `who` may stop it; without, anybody may. */
export type RunId = { id: string; thread?: string; who?: string }

type Run = RunId & { abort: AbortController }

export const createRunning = (): Running => {
  const runs = new Map<string, Run>()
  const open = new Set<Promise<unknown>>()
  let ending = false
  const follow = <T>(work: Promise<T>): Promise<T> => {
    open.add(work)
    const forget = () => void open.delete(work)
    work.then(forget, forget)
    return work
  }
  return {
    run: (id, work) => {
      if (ending) return Promise.reject(ChartroomError.of('engine/cancelled'))
      const run = { ...id, abort: new AbortController() }
      runs.set(id.id, run)
      return follow(work(run.abort.signal).finally(() => runs.delete(id.id)))
    },
    stop: (id, who) => {
      const run = runs.get(id)
      if (!run || (run.who !== undefined && who !== run.who)) return false
      run.abort.abort()
      return true
    },
    stopThread: thread => {
      const found = [...runs.values()].filter(run => run.thread === thread)
      for (const { abort } of found) abort.abort()
      return found.length
    },
    follow,
    size: () => runs.size,
    drain: async grace => {
      ending = true
      const cut = setTimeout(() => {
        for (const { abort } of runs.values()) abort.abort()
      }, grace)
      while (open.size > 0) await Promise.allSettled([...open])
      clearTimeout(cut)
    },
  }
}
