import type { Config } from '../config.ts'
import type { Effects } from '../effects.ts'
import type { ClassifyByKey } from '../kpis/support/classify.ts'
import type { Complete } from '../nl2sql/client/complete.ts'
import type { Database } from '../store/database.ts'

type Parts = {
  config: Config
  /** Where a model's answers are kept; absent: by rules alone. */
  database?: Database
  complete?: Complete
  warn: (event: string, error: unknown) => void
}

/** Clusters of texts: by a language model where there is one, else by rules. Either is made when first needed, since the rules learn for a moment. */
export const classifyLater = (parts: Parts, effects: Effects): ClassifyByKey => {
  let made: Promise<ClassifyByKey> | undefined
  return async (keys, textsOf, options) => {
    made ??= make(parts, effects)
    return (await made)(keys, textsOf, options)
  }
}

const make = async ({ config, database, complete, warn }: Parts, effects: Effects): Promise<ClassifyByKey> => {
  const { createRulesClassifier } = await import('../kpis/support/cluster/by-rules.ts')
  const { classifyByKey } = await import('../kpis/support/cluster/by-key.ts')
  const rules = createRulesClassifier()
  if (!complete || !database) return classifyByKey(rules)
  const { classifierName, createModelClassifier } = await import('../kpis/support/cluster/by-model.ts')
  const { storedClassified } = await import('../store/classified.ts')
  const texts = storedClassified(database, { classifier: classifierName(config.model.name) }, effects)
  return classifyByKey(createModelClassifier({ complete, rules, warn, texts }, effects))
}
