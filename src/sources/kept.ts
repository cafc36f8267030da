import { ChartroomError } from '../vocabulary/errors.ts'

/** Something that is opened when it is first needed and closed when nobody does any more. */
export type Kept<T> = {
  /** Opens it, unless it is open. Throws what opening threw, every time until it succeeds, and `engine/cancelled` when it is gone for good. */
  get(): Promise<T>
  /** What is open now. */
  current(): T | undefined
  /** Begins a use, during which it stays open; gives its end. */
  use(): () => void
  /** Why it could not be opened when that was last tried. */
  fault(): unknown
  /** Closes it when nobody used it for so many milliseconds; it is opened again on demand. */
  closeIdle(idleMs: number): Promise<void>
  /** Closes it for good when nobody has used it for so many milliseconds. */
  retire(quietMs: number): Promise<void>
  /** Closes it for good at once. */
  close(): Promise<void>
}

type Opening<T> = { opening: Promise<T>; value?: T }

export const keep = <T>(
  open: () => Promise<T>,
  shut: (value: T) => Promise<void>,
  { ticks }: { ticks: () => number },
): Kept<T> => {
  let held: Opening<T> | undefined
  let [uses, lastUse, gone] = [0, ticks(), false]
  let fault: unknown
  let onQuiet: (() => void) | undefined
  const begin = (): Opening<T> => {
    const opening = open()
    const now: Opening<T> = { opening }
    opening.then(
      value => {
        now.value = value
        fault = undefined
      },
      thrown => {
        fault = thrown
        if (held === now) held = undefined
      },
    )
    return now
  }
  const shutNow = async () => {
    const before = held
    held = undefined
    const value = await before?.opening.catch(() => undefined)
    if (value !== undefined) await shut(value)
  }
  const close = async () => {
    gone = true
    onQuiet?.()
    await shutNow()
  }
  const quietFor = () => (uses > 0 ? Number.NEGATIVE_INFINITY : ticks() - lastUse)
  return {
    get: async () => {
      if (gone && !held) throw ChartroomError.of('engine/cancelled')
      lastUse = ticks()
      held ??= begin()
      return held.opening
    },
    current: () => held?.value,
    use: () => {
      uses += 1
      let ended = false
      return () => {
        if (ended) return
        ended = true
        uses -= 1
        lastUse = ticks()
        if (uses === 0) onQuiet?.()
      }
    },
    fault: () => fault,
    closeIdle: async idleMs => {
      if (held?.value !== undefined && quietFor() >= idleMs) await shutNow()
    },
    retire: async quietMs => {
      gone = true
      while (held && quietFor() < quietMs) {
        const { promise, resolve } = Promise.withResolvers<void>()
        onQuiet = resolve
        if (uses === 0) setTimeout(resolve, quietMs - quietFor()).unref()
        await promise
      }
      await shutNow()
    },
    close,
  }
}
