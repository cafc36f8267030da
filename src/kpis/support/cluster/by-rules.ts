import { setImmediate } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { type Classify, type ClusterId, clusterIds } from '../classify.ts'
import { mask } from '../mask.ts'
import { readClusters } from './clusters.ts'

/** Texts of which is kept where they belong; a log of a year repeats most of them. */
const mostKept = 200_000

/** Texts after which others get their turn; about 20 ms. */
const inOneGo = 50

/**
 * Classifies without key and network, always the same: what it knows are the names, descriptions and examples of the clusters.
 * It learns them when it is first asked.
 */
export const createRulesClassifier = (): Classify => {
  const kept = new LRUCache<string, ClusterId>({ max: mostKept })
  let learning: Promise<(text: string) => ClusterId> | undefined
  return async (texts, { signal } = {}) => {
    learning ??= learn()
    const judge = await learning
    const clusters = new Map<string, ClusterId>()
    let judged = 0
    for (const text of texts) {
      const before = kept.get(text)
      const cluster = before ?? judge(text)
      if (before === undefined) {
        kept.set(text, cluster)
        if (++judged % inOneGo === 0) await setImmediate()
        if (signal?.aborted) throw ChartroomError.of('engine/cancelled')
      }
      clusters.set(text, cluster)
    }
    return { clusters, by: 'rules' }
  }
}

/** The library of stems takes a third of a second to load: only who classifies pays for it. */
const learn = async () => {
  const { learnClusters } = await import('./learn.ts')
  const judge = learnClusters(readClusters())
  return (text: string) => toClusterId(judge(mask(text)).cluster)
}

const toClusterId = (id: number): ClusterId => clusterIds.find(known => known === id) ?? 0
