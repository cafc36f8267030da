/** For messages that several clicks change at once: the last click wins. */
export type Latest = {
  /** Names what changes the message from now on. `before` is what was changing it, `isLatest` says whether nothing came after. */
  begin: (message: string, run: string) => { before?: string; isLatest: () => boolean; end: () => void }
  /** The run that is changing a message. */
  changing: (message: string) => string | undefined
  /** Whether this run changes a message that was there before it. */
  isChanging: (run: string) => boolean
}

export const createLatest = (): Latest => {
  const runs = new Map<string, string>()
  return {
    begin: (message, run) => {
      const before = runs.get(message)
      runs.set(message, run)
      const isLatest = () => runs.get(message) === run
      const end = () => {
        if (isLatest()) runs.delete(message)
      }
      return { before, isLatest, end }
    },
    changing: message => runs.get(message),
    isChanging: run => [...runs.values()].includes(run),
  }
}
