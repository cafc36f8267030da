import pg from 'pg'
import { broken } from './folder.ts'
import { type ServerPlace, serverUser } from './place.ts'
import type { Postmaster } from './postmaster.ts'

/** How a server is reached. */
export type Address = { host: string; port: number; user: string; password: string; database: string }

/**
 * A connection that says: a bot is using this server. It ends with the bot, however that ends, so that the last one to leave can tell that
 * it is the last (https://www.postgresql.org/docs/18/explicit-locking.html#ADVISORY-LOCKS).
 */
export type Seat = {
  address: Address
  /** Resolves when the connection is lost, or given up. */
  lost: Promise<void>
  /** Takes the server for itself alone; false when another bot uses it. */
  isLast: () => Promise<boolean>
  leave: () => Promise<void>
}

/** `busy`: it starts, or stops, or has no connection left; `silent`: nobody answers. */
export type NoSeat = 'busy' | 'silent'

/** Throws `state/broken` when it is a server that does not let us in. */
export const takeSeat = async (place: ServerPlace, { port, socketFolder }: Postmaster, password: string) => {
  const host = socketFolder ? place.path : '127.0.0.1'
  const address: Address = { host, port, user: serverUser, password, database: 'postgres' }
  const client = new pg.Client({
    ...address,
    application_name: 'chartroom seat',
    connectionTimeoutMillis: patience,
    query_timeout: patience,
  })
  const lost = new Promise<void>(resolve => client.once('end', resolve))
  client.on('error', () => undefined)
  const ask = async (lock: 'pg_try_advisory_lock' | 'pg_try_advisory_lock_shared') => {
    const { rows } = await client.query<{ given: boolean }>(`select ${lock}($1) as given`, [lockOfServer])
    return rows[0]?.given === true
  }
  try {
    await client.connect()
    if (await ask('pg_try_advisory_lock_shared'))
      return { address, lost, isLast: () => ask('pg_try_advisory_lock'), leave: () => client.end() } satisfies Seat
    await client.end()
    return 'busy' satisfies NoSeat
  } catch (error) {
    await client.end().catch(() => undefined)
    return why(error, place)
  }
}

/** Milliseconds. */
const patience = 3000

/** Any number, the same in every bot. */
const lockOfServer = 0x63_68_61_72_74

const why = (error: unknown, { path }: ServerPlace): NoSeat => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EACCES') throw broken(path, 'it belongs to another user', error)
  if (code === '28P01') throw broken(path, 'its file password is not that of the server', error)
  return code === '57P03' || code === '53300' ? 'busy' : 'silent'
}
