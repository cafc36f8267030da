import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { buildAccess } from '#src/access/access.ts'
import { restrictParts } from '#src/access/restrict.ts'
import { type Rights, rightsOf } from '#src/access/rights.ts'
import { isRefusal } from '#src/access/role-of.ts'
import { rolesSchema } from '#src/access/schema.ts'
import { type Domain, type DomainParts, openDomain } from '#src/domain.ts'
import { realEffects } from '#src/effects.ts'
import { cacheResults } from '#src/engines/cache.ts'
import { openDuckdb } from '#src/engines/duckdb/duckdb.ts'
import { openPostgres } from '#src/engines/postgres/postgres.ts'
import { loadEnglish } from '#src/english.ts'
import { duckdbReader } from '#src/guard/duckdb-reader.ts'
import { createGuard } from '#src/guard/guard.ts'
import { openPostgresReader } from '#src/guard/postgres-reader.ts'
import type { Model } from '#src/semantic/model.ts'

/** The rights of a role as it is written in the file. Throws when something is wrong with it. */
export const rightsFrom = (role: Record<string, unknown>, domain = 'ecommerce'): Rights => {
  const problems: string[] = []
  const report = (path: readonly (string | number)[], message: string) =>
    void problems.push(`${path.join('.')}: ${message}`)
  const roles = rolesSchema.parse({ default: 'tested', tested: { base: 'analyst', ...role } })
  const rights = rightsOf(buildAccess({ roles }, { domains: [domain], report }), someone)
  if (problems.length > 0 || isRefusal(rights)) throw new Error(problems.join('\n'))
  return rights
}

export const someone = { platform: 'slack', tenant: 'T1', user: 'U1' } as const

const limits = { maxRows: 10_000, timeoutMs: 60_000 }

/** What a domain over a DuckDB file is made of. */
export const duckdbParts = async (path: string, model: Model): Promise<DomainParts> => {
  const engine = await openDuckdb({ path }, {})
  const guard = createGuard({ read: duckdbReader(engine.parse) })
  return { ...(await common(model)), engine: cacheResults(engine, {}, realEffects), guard }
}

/** What a domain over a schema of a PostgreSQL database is made of. */
export const postgresParts = async (url: string, schema: string, model: Model): Promise<DomainParts> => {
  const engine = cacheResults(await openPostgres({ url, schemas: [schema] }, limits, realEffects), {}, realEffects)
  return { ...(await common(model)), engine, guard: createGuard({ read: await openPostgresReader() }) }
}

const common = async (model: Model) => ({ model, source: 'a test', english: await loadEnglish(), limits })

/** The same as somebody may see it; closing it closes the engine. */
export const restrictedDomain = (parts: DomainParts, rights: Rights): Domain => ({
  ...openDomain(restrictParts(parts, rights)),
  close: () => parts.engine.close(),
})

/** A DuckDB file with what some statements take over from another, which they call `src`. */
export const writeAllowed = async (from: string, folder: string, statements: readonly string[]): Promise<string> => {
  const path = join(folder, `allowed-${Math.random().toString(36).slice(2)}.duckdb`)
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  await connection.run(`ATTACH '${from}' AS src (READ_ONLY)`)
  for (const statement of statements) await connection.run(statement)
  await connection.run('DETACH src')
  connection.closeSync()
  instance.closeSync()
  return path
}
