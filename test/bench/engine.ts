import { join } from 'node:path'
import pg from 'pg'
import { createPainters, type Painters } from '#renderers/chart/png.ts'
import { type Ask, createAsk } from '#src/ask.ts'
import type { WorkOut } from '#src/beyond.ts'
import { readConfig } from '#src/config.ts'
import type { Domain } from '#src/domain.ts'
import { realEffects } from '#src/effects.ts'
import { modelPath, openSample } from '#src/open.ts'
import { openServerDomain } from '#src/open-postgres.ts'
import { type EcommerceSettings, ecommerceDefaults, ecommerceLarge } from '#src/sample/ecommerce.ts'
import { loadSample } from '#src/sample/postgres/load.ts'
import { readModel } from '#src/semantic/load.ts'
import { createThreads } from '#src/threads.ts'

/** Everything that `main.ts` wires for a question, over sample data of a size. */
export type BenchEngine = { ask: Ask; painters: Painters; domain: Domain; close: () => Promise<void> }

/** Sizes of the sample by name; each is made once, into the benchmark's folder. */
export const sizes = { small: ecommerceDefaults, large: ecommerceLarge } as const satisfies Record<
  string,
  EcommerceSettings
>

type Options = { folder: string; size: keyof typeof sizes; cacheSeconds: number; onProgress?: (words: string) => void }
/** Works out what the rules do not read. */
type WithModel = { workOut?: WorkOut }

/** Opens the sample with its own database process and painter, ready to answer. */
export const openBenchEngine = async ({ workOut, ...options }: Options & WithModel): Promise<BenchEngine> => {
  const { folder, size, cacheSeconds, onProgress } = options
  const config = configOf({ folder, size, cacheSeconds })
  return assemble(await openSample({ config, onProgress }, realEffects), { workOut })
}

/** The same questions over the same rows on a PostgreSQL server; loaded on first use. */
export const openPostgresBenchEngine = async ({ url, ...options }: Options & { url: string }): Promise<BenchEngine> => {
  const { size, onProgress } = options
  const config = configOf(options)
  const progress = (done: number, total: number) => onProgress?.(`Loading into PostgreSQL: ${done} of ${total} orders`)
  await onServer(url, `CREATE SCHEMA IF NOT EXISTS ${size}`)
  await loadSample({ url, schema: size, settings: config.sample, onProgress: progress })
  const model = await readModel(modelPath('ecommerce'))
  const source = { url, schemas: [size], model, source: 'PostgreSQL', limits: config.limits }
  return assemble(await openServerDomain(source, realEffects))
}

const onServer = async (url: string, statement: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}

const configOf = ({ folder, size, cacheSeconds }: Options) =>
  readConfig({
    CHARTROOM_HOME: folder,
    DUCKDB_PATH: join(folder, `${size}.duckdb`),
    NUM_ORDERS: String(sizes[size].numOrders),
    NUM_CUSTOMERS: String(sizes[size].numCustomers),
    CACHE_TTL: String(cacheSeconds),
  })

const assemble = async (domain: Domain, { workOut }: WithModel = {}): Promise<BenchEngine> => {
  const painters = createPainters()
  await Promise.all([domain.knowledge(), painters.ready()])
  const ask = createAsk({
    domain: async () => domain,
    threads: createThreads(),
    workOut: () => workOut,
    warn: (event, error) => console.warn(event, error),
    effects: realEffects,
  })
  const close = async () => void (await Promise.all([domain.close(), painters.close()]))
  return { ask, painters, domain, close }
}
