import { LRUCache } from 'lru-cache'

/** Which private answers were shared where, so that each is shared once, and again when it was taken away. Names are those of `placeKey`, by answer. */
export type Shared = {
  /** False when it is shared there already. */
  begin: (original: string) => boolean
  /** It stands there under another name. */
  as: (original: string, posted: string) => void
  /** What stands there under this name is gone, or was never posted. */
  forget: (name: string) => void
}

/** In memory: after a restart an answer may be shared once more. */
export const createShared = (max = 5000): Shared => {
  const originals = new LRUCache<string, true>({ max })
  const posted = new LRUCache<string, string>({ max })
  return {
    begin: original => {
      if (originals.has(original)) return false
      originals.set(original, true)
      return true
    },
    as: (original, name) => void posted.set(name, original),
    forget: name => {
      originals.delete(posted.get(name) ?? name)
      posted.delete(name)
    },
  }
}
