/** Runs works with the same key one after the other, in the order they came; works of different keys side by side. */
export type Lanes = { run: <T>(key: string, work: () => Promise<T>) => Promise<T>; waiting: () => number }

/** A work that fails does not hold up the next. */
export const createLanes = (): Lanes => {
  const last = new Map<string, Promise<unknown>>()
  let waiting = 0
  return {
    run: (key, work) => {
      const before = last.get(key) ?? Promise.resolve()
      waiting += 1
      const turn = before.then(() => {
        waiting -= 1
        return work()
      })
      const settled = turn.catch(() => undefined)
      last.set(key, settled)
      void settled.then(() => {
        if (last.get(key) === settled) last.delete(key)
      })
      return turn
    },
    waiting: () => waiting,
  }
}
