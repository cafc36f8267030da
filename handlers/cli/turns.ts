/** Runs work a few at a time; work of one thread strictly one after the other, in the order it came. */
export type Turns = <T>(thread: string | undefined, work: () => Promise<T>) => Promise<T>

export const takeTurns = (atOnce: number): Turns => {
  const lastOf = new Map<string, Promise<unknown>>()
  const slot = slots(atOnce)
  return (thread, work) => {
    if (thread === undefined) return slot(work)
    const before = lastOf.get(thread) ?? Promise.resolve()
    const mine = before.then(() => slot(work))
    const settled = mine.then(forget, forget)
    function forget() {
      if (lastOf.get(thread!) === settled) lastOf.delete(thread!)
    }
    lastOf.set(thread, settled)
    return mine
  }
}

/** At most `count` pieces of work run; the others wait in the order they came. */
export const slots = (count: number) => {
  const waiting: (() => void)[] = []
  let free = count
  const take = () => (free > 0 ? void free-- : new Promise<void>(resolve => waiting.push(resolve)))
  const give = () => {
    const next = waiting.shift()
    if (next) next()
    else free++
  }
  return async <T>(work: () => Promise<T>): Promise<T> => {
    await take()
    try {
      return await work()
    } finally {
      give()
    }
  }
}
