import type { ClassifiedTexts } from '#src/store/classified.ts'

/** What is known of texts, in memory; `taken` are those that somebody asks about. */
export const createClassified = (): ClassifiedTexts & { known: Map<string, number>; taken: Set<string> } => {
  const known = new Map<string, number>()
  const taken = new Set<string>()
  return {
    known,
    taken,
    find: async hashes => new Map(hashes.flatMap(hash => pairOf(hash, known.get(hash)))),
    reserve: async hashes => {
      const free = hashes.filter(hash => !known.has(hash) && !taken.has(hash))
      for (const hash of free) taken.add(hash)
      return free
    },
    put: async found => {
      for (const [hash, cluster] of found) {
        known.set(hash, cluster)
        taken.delete(hash)
      }
    },
    release: async hashes => {
      for (const hash of hashes) taken.delete(hash)
    },
    countSince: async () => known.size + taken.size,
  }
}

const pairOf = (hash: string, cluster: number | undefined): [string, number][] =>
  cluster === undefined ? [] : [[hash, cluster]]
