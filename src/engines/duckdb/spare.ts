import { type Started, startProcess } from './worker.ts'

/** A DuckDB process that is started and has nothing open, for when another one ends. All engines of a program may share it. */
export type Spare = {
  /** Starts one unless there is one. One that ends is not started again by itself. */
  keep(): void
  /** The one that there is, if any. */
  take(): Started | undefined
  /** Ends it; there will be no other. */
  close(): Promise<void>
}

/** It takes about 40 MB, and saves the time in which a process starts and loads DuckDB. */
export const createSpare = (start: () => Started = startProcess): Spare => {
  let kept: Started | undefined
  let closed = false
  const take = () => {
    const taken = kept
    kept = undefined
    return taken
  }
  const keep = () => {
    if (kept || closed) return
    const started = start()
    kept = started
    void started.ended.then(() => {
      if (kept === started) kept = undefined
    })
  }
  const close = async () => {
    closed = true
    await take()?.kill()
  }
  return { keep, take, close }
}

/** For programs that end after a few questions. */
export const noSpare: Spare = { keep: () => undefined, take: () => undefined, close: async () => undefined }
