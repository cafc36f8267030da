import type { ClusterId } from '../classify.ts'

/** Where texts belong, by a number that stands for the text. When there are too many, all are forgotten. */
export type KeptClusters = {
  get: (key: number) => ClusterId | undefined
  set: (key: number, cluster: ClusterId) => void
}

/** About 50 bytes each. */
const mostKept = 1_000_000

export const keepClusters = (most = mostKept): KeptClusters => {
  const kept = new Map<number, ClusterId>()
  return {
    get: key => kept.get(key),
    set: (key, cluster) => {
      if (kept.size >= most && !kept.has(key)) kept.clear()
      kept.set(key, cluster)
    },
  }
}
