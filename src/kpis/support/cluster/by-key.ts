import type { Classify, ClassifyByKey, ClusterId } from '../classify.ts'
import { keepClusters } from './kept-clusters.ts'

/**
 * Classifies texts by their keys and keeps where each belongs, so that a text that was classified once need not be fetched again. What the rules
 * decided in place of a model is not kept: the model is asked the next time.
 */
export const classifyByKey = (classify: Classify, kept = keepClusters()): ClassifyByKey => {
  let keptBy: 'rules' | 'model' = 'rules'
  return async (keys, textsOf, options) => {
    const known = keys.map(key => kept.get(numberOf(key)))
    const unknown = keys.filter((_, i) => known[i] === undefined)
    const texts = unknown.length > 0 ? await textsOf(unknown) : []
    const { clusters, by, leftToRules } = await classify(
      texts.map(({ text }) => text),
      options,
    )
    if (by === 'model') keptBy = by
    const found = new Map<string, ClusterId>()
    for (const { key, text } of texts) {
      const cluster = clusters.get(text) ?? 0
      found.set(key, cluster)
      if (!leftToRules?.has(text)) kept.set(numberOf(key), cluster)
    }
    return {
      clusters: keys.map((key, i) => known[i] ?? found.get(key) ?? 0),
      by: unknown.length < keys.length && by === 'rules' ? keptBy : by,
      leftToRules: leftToRules?.size ?? 0,
    }
  }
}

const numberOf = (key: string) => Number.parseInt(key, 16)
