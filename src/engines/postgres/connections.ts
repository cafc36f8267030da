import type pg from 'pg'
import { createPool } from '#src/postgres-pool.ts'
import type { Address } from './address.ts'
import { connectFault, isLost } from './failures.ts'

/** Connections to one database, kept for the next statement. */
export type Connections = {
  /** One that answers; one that was cut while nobody used it is noticed and replaced. Throws what the driver throws. */
  take(first: (client: pg.PoolClient) => Promise<void>): Promise<pg.PoolClient>
  close(): Promise<void>
}

export const openConnections = (
  { connectionString, place }: Address,
  { most, connectMs }: { most: number; connectMs: number },
): Connections => {
  const pool = createPool({
    connectionString,
    max: most,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
    idleTimeoutMillis: 300_000,
    maxLifetimeSeconds: 3600,
  })
  const used = new WeakSet<pg.PoolClient>()
  const connect = () =>
    pool.connect().catch(thrown => {
      throw connectFault(thrown, place)
    })
  return {
    take: async first => {
      for (;;) {
        const client = await connect()
        const wasUsed = used.has(client)
        used.add(client)
        try {
          await first(client)
          return client
        } catch (thrown) {
          client.release(true)
          if (!wasUsed || !isLost(thrown)) throw thrown
        }
      }
    },
    close: () => pool.end(),
  }
}
