import { LRUCache } from 'lru-cache'

/** What people's messages said last, so that an edit that asks nothing new is known. */
export type Edits = {
  /** Remembers what a message says; false when it said the same before. */
  isNew: (message: string, question: string) => boolean
}

export const createEdits = (most = 5000): Edits => {
  const said = new LRUCache<string, string>({ max: most })
  return {
    isNew: (message, question) => {
      const before = said.get(message)
      said.set(message, question)
      return before !== question
    },
  }
}
