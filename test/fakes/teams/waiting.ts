/** Waits until something holds: looks when told to, and every 20 ms. Throws after `ms`. `watchers` are told of every change. */
export const waitFor = <T>(watchers: Set<() => void>, what: () => T | undefined | false, ms: number): Promise<T> =>
  new Promise((done, fail) => {
    const stop = () => {
      watchers.delete(look)
      clearTimeout(late)
      clearInterval(often)
    }
    const look = () => {
      const found = what()
      if (found === undefined || found === false) return
      stop()
      done(found)
    }
    const late = setTimeout(() => {
      stop()
      fail(new Error(`waited ${ms} ms in vain for: ${what}`))
    }, ms)
    const often = setInterval(look, 20)
    watchers.add(look)
    look()
  })
