import type { Config } from '../config.ts'
import type { Effects } from '../effects.ts'
import type { Classify } from '../kpis/support/classify.ts'
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
export const classifyLater = (parts: Parts, effects: Effects): Classify => {
  let made: Promise<Classify> | undefined
  return async (texts, options) => {
    made ??= make(parts, effects)
    return (await made)(texts, options)
  }
}

const make = async ({ config, database, complete, warn }: Parts, effects: Effects): Promise<Classify> => {
  const { createRulesClassifier } = await import('../kpis/support/cluster/by-rules.ts')
  const rules = createRulesClassifier()
  if (!complete || !database) return rules
  const { classifierName, createModelClassifier } = await import('../kpis/support/cluster/by-model.ts')
  const { storedClassified } = await import('../store/classified.ts')
  const texts = storedClassified(database, { classifier: classifierName(config.model.name) }, effects)
  return createModelClassifier({ complete, rules, warn, texts }, effects)
}
