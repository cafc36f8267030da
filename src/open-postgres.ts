import type { Config } from './config.ts'
import { type Domain, openDomain } from './domain.ts'
import type { Effects } from './effects.ts'
import { type CachedEngine, cacheResults } from './engines/cache.ts'
import { openPostgres, type PostgresEngine, type PostgresSource } from './engines/postgres/postgres.ts'
import { loadEnglish } from './english.ts'
import { createGuard } from './guard/guard.ts'
import { openPostgresReader } from './guard/postgres-reader.ts'
import { completeModel } from './semantic/complete.ts'
import { loadDraftWords } from './semantic/draft/load-words.ts'
import { draftModel } from './semantic/draft.ts'
import type { Model } from './semantic/model.ts'
import type { Ground } from './sources/ground.ts'
import { profileServer, type TableChoice } from './sources/postgres/profile-server.ts'

export type ServerGround = Ground & { engine: CachedEngine<PostgresEngine> }

export type ServerDomain = PostgresSource & {
  /** None: one is drafted from its tables. */
  model?: Model
  /** In words, for people: never the address. */
  source: string
  limits: Config['limits']
}

/**
 * A domain whose tables lie on a PostgreSQL server. Throws `source/address`, `source/refused`, `engine/unreachable`, `engine/busy`.
 */
export const openServerDomain = async (
  { model: written, source, ...place }: ServerDomain,
  effects: Pick<Effects, 'now' | 'ticks'>,
): Promise<Domain> => {
  const ground = await openServer(place, effects)
  try {
    const { model, warnings } = written ? { model: written, warnings: [] } : await draftServer(ground, place)
    return openDomain({ ...ground, model: completeModel(model), source, warnings })
  } catch (thrown) {
    await ground.engine.close()
    throw thrown
  }
}

/** What domains on one server stand on. Throws `source/address`, `source/refused`, `engine/unreachable`, `engine/busy`. */
export const openServer = async (
  { url, schemas, limits: { maxRows, timeoutSeconds, cacheSeconds } }: PostgresSource & Pick<ServerDomain, 'limits'>,
  effects: Pick<Effects, 'now' | 'ticks'>,
): Promise<ServerGround> => {
  const limits = { maxRows, timeoutMs: timeoutSeconds * 1000 }
  const guard = createGuard({ read: await openPostgresReader() })
  const english = await loadEnglish()
  const engine = cacheResults(await openPostgres({ url, schemas }, limits, effects), { seconds: cacheSeconds }, effects)
  return { engine, guard, english, limits }
}

/** A model for tables on a server that nobody described. Throws `source/refused` when there are none, `engine/…`. */
export const draftServer = async (
  ground: ServerGround,
  source: PostgresSource & TableChoice,
): Promise<{ model: Model; warnings: readonly string[] }> => {
  const { profile, database, warnings, zoned } = await profileServer(ground, source)
  const model = draftModel(profile, { name: database, words: await loadDraftWords() })
  return { model: { ...model, dimensions: withZones(model.dimensions, zoned), drafted: true }, warnings }
}

/** Instants with a zone are shown in the zone of the model. */
const withZones = (dimensions: Model['dimensions'], zoned: ReadonlySet<string>): Model['dimensions'] => {
  const isZoned = ({ type, table, expression }: Model['dimensions'][string]) =>
    type === 'timestamp' && expression.kind === 'name' && zoned.has(`${table}.${expression.name}`)
  return Object.fromEntries(
    Object.entries(dimensions).map(([name, d]) => [name, isZoned(d) ? { ...d, zoned: true } : d]),
  )
}
