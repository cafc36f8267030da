import { ChartroomError } from '#src/vocabulary/errors.ts'

/** The promise, or `engine/cancelled` as soon as the signal aborts, even when the work does not listen to the signal. */
export const stoppable = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
  let stop = () => {}
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(ChartroomError.of('engine/cancelled'))
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  return Promise.race([work, stopped]).finally(() => signal.removeEventListener('abort', stop))
}
