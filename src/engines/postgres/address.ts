import pg from 'pg'
import { ChartroomError } from '#src/vocabulary/errors.ts'

/** Where a database is: for `pg`, and in words without user or password. */
export type Address = { connectionString: string; place: string }

/**
 * Reads `postgres://user:password@host:port/database?sslmode=verify-full` as `pg` does
 * (https://node-postgres.com/features/connecting#connection-uri). Throws `source/address`, which repeats nothing of it.
 */
export const readAddress = (url: string): Address => {
  const connectionString = url.trim()
  if (!/^postgres(ql)?:\/\//i.test(connectionString)) throw unreadable('it does not begin with postgres://')
  try {
    const { host, database } = new pg.Client({ connectionString }) as pg.Client & { host: string }
    return { connectionString, place: `${database} on ${host.startsWith('/') ? 'this machine' : host}` }
  } catch (cause) {
    const missing = cause instanceof Error && 'path' in cause
    throw unreadable(
      missing ? 'it names a file with a certificate that cannot be read' : 'it is not written right',
      cause,
    )
  }
}

const unreadable = (reason: string, cause?: unknown) => ChartroomError.of('source/address', { reason }, cause)
