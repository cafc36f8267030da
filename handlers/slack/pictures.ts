import { LRUCache } from 'lru-cache'

/** The uploaded pictures of answers. One file can be shown in several messages; when it is deleted, it is gone from all. */
export type Pictures = {
  keep: (answer: string, file: string) => void
  of: (answer: string) => string | undefined
  /** Another message shows it. */
  shared: (answer: string) => void
  /** A message is gone; gives the file when that was the last one. */
  dropped: (answer: string) => string | undefined
}

/** In memory, as the answers are. */
export const createPictures = (most = 5000): Pictures => {
  const files = new LRUCache<string, { file: string; uses: number }>({ max: most })
  return {
    keep: (answer, file) => void files.set(answer, { file, uses: 1 }),
    of: answer => files.get(answer)?.file,
    shared: answer => {
      const found = files.get(answer)
      if (found) found.uses += 1
    },
    dropped: answer => {
      const found = files.get(answer)
      if (!found || --found.uses > 0) return undefined
      files.delete(answer)
      return found.file
    },
  }
}
