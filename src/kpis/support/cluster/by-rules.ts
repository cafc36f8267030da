import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { type Classify, type ClusterId, clusterIds } from '../classify.ts'
import { mask } from '../mask.ts'
import { readClusters } from './clusters.ts'
import { keepClusters } from './kept-clusters.ts'

/** Texts after which others get their turn; about 20 ms. */
const inOneGo = 50

/**
 * Classifies without key and network, always the same: what it knows are the names, descriptions and examples of the clusters.
 * It learns them when it is first asked.
 */
export const createRulesClassifier = (): Classify => {
  const kept = keepClusters()
  let learning: Promise<(text: string) => ClusterId> | undefined
  return async (texts, { signal } = {}) => {
    learning ??= learn()
    const judge = await learning
    const clusters = new Map<string, ClusterId>()
    let judged = 0
    for (const text of texts) {
      const key = numberOf(text)
      const before = kept.get(key)
      const cluster = before ?? judge(text)
      if (before === undefined) {
        kept.set(key, cluster)
        if (++judged % inOneGo === 0) await setImmediate()
        if (signal?.aborted) throw ChartroomError.of('engine/cancelled')
      }
      clusters.set(text, cluster)
    }
    return { clusters, by: 'rules' }
  }
}

/** 48 bits of a hash: of a million texts two are taken for one in about one log of five hundred. */
const numberOf = (text: string) => createHash('sha256').update(text).digest().readUIntBE(0, 6)

/** The library of stems takes a third of a second to load: only who classifies pays for it. */
const learn = async () => {
  const { learnClusters } = await import('./learn.ts')
  const judge = learnClusters(readClusters())
  return (text: string) => toClusterId(judge(mask(text)).cluster)
}

const toClusterId = (id: number): ClusterId => clusterIds.find(known => known === id) ?? 0
