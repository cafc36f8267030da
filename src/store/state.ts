import { join } from 'node:path'
import type { Effects } from '#src/effects.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { connectDatabase, type Database } from './database.ts'
import { migrate } from './migrate.ts'
import { openServer, type ServerOptions } from './server/server.ts'

export type StateOptions = {
  /** Without `databaseUrl` everything is kept below it. */
  home: string
  /** A PostgreSQL that others look after; several bots may share it. */
  databaseUrl?: string
} & Pick<ServerOptions, 'warn' | 'durable'>

/**
 * Opens what outlives the process and brings its tables up to date. Without `databaseUrl` a PostgreSQL of our own is started for it.
 * `close` ends that server, unless another bot uses it. Throws `state/…`.
 */
export const openState = async (options: StateOptions, effects: Effects): Promise<Database> => {
  const database = options.databaseUrl
    ? connectDatabase({ connectionString: options.databaseUrl })
    : await openPrivate(options, effects)
  try {
    if (options.databaseUrl) await checkShared(database)
    await migrate(database, effects)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

const openPrivate = async ({ home, ...options }: StateOptions, effects: Effects): Promise<Database> => {
  const server = await openServer({ folder: join(home, 'state'), ...options }, effects)
  const database = connectDatabase(await server.address(), server.address)
  const close = async () => {
    await database.close()
    await server.close()
  }
  return { ...database, close }
}

const oldest = 13

const checkShared = async ({ query }: Database): Promise<void> => {
  const [row] = await query<{ major: number; may: boolean }>(
    `select current_setting('server_version_num')::int / 10000 as major,
       to_regnamespace('chartroom') is not null or has_database_privilege(current_database(), 'create') as may`,
  ).catch(error => {
    throw unreachable(whyNot(error.cause), error)
  })
  if ((row?.major ?? 0) < oldest)
    throw unreachable(`it is PostgreSQL ${row?.major}; ${oldest} is the oldest that will do`)
  if (!row?.may) throw unreachable('its user may not make a schema there')
}

const unreachable = (reason: string, cause?: unknown) => ChartroomError.of('state/unreachable', { reason }, cause)

/** What the driver said, in words without address or password. */
const whyNot = (error: unknown): string => {
  const [code, message] = error instanceof Error ? ['code' in error ? String(error.code) : '', error.message] : ['', '']
  return reasons.find(([sign]) => sign.test(code) || sign.test(message))?.[1] ?? 'it did not let us in'
}

const reasons: [RegExp, string][] = [
  [/^ECONNREFUSED$/, 'nobody listens at that address'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'there is no such host'],
  [/^(28P01|28000)$/, 'it does not accept that user and password'],
  [/^3D000$/, 'there is no such database'],
  [/^53300$/, 'it has no connection left'],
  [
    /certificate|^(CERT|DEPTH|SELF|UNABLE)_/i,
    'its certificate is not trusted; sslrootcert in the address names one that is',
  ],
  [/does not support SSL/, 'it does not speak TLS, which sslmode asks for'],
  [/Invalid URL/, 'it is not an address like postgres://user:password@host/database'],
  [/timeout|ETIMEDOUT/, 'it does not answer'],
]
