import { join } from 'node:path'
import { createPainters, type Painters } from '#renderers/chart/png.ts'
import { type Ask, createAsk } from '#src/ask.ts'
import { readConfig } from '#src/config.ts'
import type { Domain } from '#src/domain.ts'
import { realEffects } from '#src/effects.ts'
import { openSample } from '#src/open.ts'
import { type EcommerceSettings, ecommerceDefaults, ecommerceLarge } from '#src/sample/ecommerce.ts'
import { createThreads } from '#src/threads.ts'

/** Everything that `main.ts` wires for a question, over sample data of a size. */
export type BenchEngine = { ask: Ask; painters: Painters; domain: Domain; close: () => Promise<void> }

/** Sizes of the sample by name; each is made once, into the benchmark's folder. */
export const sizes = { small: ecommerceDefaults, large: ecommerceLarge } as const satisfies Record<
  string,
  EcommerceSettings
>

type Options = { folder: string; size: keyof typeof sizes; cacheSeconds: number; onProgress?: (words: string) => void }

/** Opens the sample with its own database process and painter, ready to answer. */
export const openBenchEngine = async ({ folder, size, cacheSeconds, onProgress }: Options): Promise<BenchEngine> => {
  const { numOrders, numCustomers } = sizes[size]
  const config = readConfig({
    CHARTROOM_HOME: folder,
    DUCKDB_PATH: join(folder, `${size}.duckdb`),
    NUM_ORDERS: String(numOrders),
    NUM_CUSTOMERS: String(numCustomers),
    CACHE_TTL: String(cacheSeconds),
  })
  const domain = await openSample({ config, onProgress }, realEffects)
  const painters = createPainters()
  await Promise.all([domain.knowledge(), painters.ready()])
  const ask = createAsk({
    domain: async () => domain,
    threads: createThreads(),
    warn: (event, error) => console.warn(event, error),
    effects: realEffects,
  })
  const close = async () => void (await Promise.all([domain.close(), painters.close()]))
  return { ask, painters, domain, close }
}
