/** Listeners that hear that something changed, without what; many changes at once are one. */
export const announcer = () => {
  const listeners = new Set<() => void>()
  let isComing = false
  const announce = () => {
    isComing = false
    for (const listener of [...listeners]) listener()
  }
  return {
    changed: () => {
      if (!isComing) setImmediate(announce)
      isComing = true
    },
    onChange: (listener: () => void) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}

/**
 * The first value of `look` that is neither empty nor false, looked for at every change and every 20 ms.
 * Throws after `timeoutMs` with what `describe` says there is instead.
 */
export const waitUntil = <T>(
  look: () => T | undefined | false | null,
  {
    timeoutMs,
    onChange,
    describe,
  }: { timeoutMs: number; onChange: (l: () => void) => () => void; describe: () => string },
): Promise<T> =>
  new Promise((resolve, reject) => {
    const done = (end: () => void) => {
      stopListening()
      clearInterval(timer)
      clearTimeout(limit)
      end()
    }
    const attempt = () => {
      try {
        const found = look()
        if (found) done(() => resolve(found))
      } catch (error) {
        done(() => reject(error))
      }
    }
    const stopListening = onChange(attempt)
    const timer = setInterval(attempt, 20)
    const limit = setTimeout(
      () => done(() => reject(new Error(`Slack waited ${timeoutMs} ms in vain. ${describe()}`))),
      timeoutMs,
    )
    attempt()
  })
