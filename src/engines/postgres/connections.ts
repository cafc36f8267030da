import pg from 'pg'
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
  const pool = new pg.Pool({
    Client: ClosingClient,
    connectionString,
    max: most,
    connectionTimeoutMillis: connectMs,
    application_name: 'chartroom',
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
    idleTimeoutMillis: 300_000,
    maxLifetimeSeconds: 3600,
  })
  const used = new WeakSet<pg.PoolClient>()
  pool.on('error', ignore)
  pool.on('connect', client => client.on('error', ignore))
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

/** A pool forgets a connection that failed on our side, such as for want of a password, and leaves it open; the server waits a minute for us. */
class ClosingClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config)
    this.connection.on('error', () => this.connection.stream.destroy())
  }
}

/** What was running on a lost connection is told by itself. */
const ignore = () => undefined
