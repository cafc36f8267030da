import type { Config } from './config.ts'
import { type Domain, openDomain } from './domain.ts'
import type { Effects } from './effects.ts'
import { cacheResults } from './engines/cache.ts'
import { openPostgres, type PostgresSource } from './engines/postgres/postgres.ts'
import { loadEnglish } from './english.ts'
import { createGuard } from './guard/guard.ts'
import { openPostgresReader } from './guard/postgres-reader.ts'
import { completeModel } from './semantic/complete.ts'
import type { Model } from './semantic/model.ts'

export type ServerDomain = PostgresSource & {
  model: Model
  /** In words, for people: never the address. */
  source: string
  limits: Config['limits']
}

/**
 * A domain whose tables lie on a PostgreSQL server. Throws `source/address`, `source/refused`, `engine/unreachable`, `engine/busy`.
 */
export const openServerDomain = async (
  { url, schemas, model, source, limits: { maxRows, timeoutSeconds, cacheSeconds } }: ServerDomain,
  effects: Pick<Effects, 'now' | 'ticks'>,
): Promise<Domain> => {
  const limits = { maxRows, timeoutMs: timeoutSeconds * 1000 }
  const guard = createGuard({ read: await openPostgresReader() })
  const english = await loadEnglish()
  const engine = cacheResults(await openPostgres({ url, schemas }, limits, effects), { seconds: cacheSeconds }, effects)
  return openDomain({ model: completeModel(model), source, engine, guard, english, limits })
}
