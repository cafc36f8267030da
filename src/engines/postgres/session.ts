import pg from 'pg'

/** What kind of server answers: PostgreSQL itself (or a fork of it), or another that speaks its protocol. */
export type Server = { ownKind: boolean; version: string; timeoutMs: number }

/** What a transaction is told before a statement runs in it. */
export type SessionSettings = {
  server: Server
  timeoutMs: number
  /** Where tables are looked for, the first before the others. Default: where the role looks. */
  schemas?: readonly string[]
  /** Names with a dot and their values, for row level security: `app.tenant`. */
  session?: Readonly<Record<string, string>>
}

/** A statement that waits longer for a lock gives up; tables are locked while their shape is changed. Milliseconds. */
const longestLock = (timeoutMs: number) => Math.ceil(Math.min(5000, timeoutMs / 2))

/** A transaction that is left open by a bot that hangs. Milliseconds. */
const longestIdle = 60_000

/**
 * Begins a transaction that cannot write, in which values are written as `values.ts` reads them. The server's own timeout stands behind
 * ours, so that nothing runs on when this process is gone. One text without anything from outside but quoted names.
 */
export const beginText = ({ server, timeoutMs, schemas = [], session = {} }: SessionSettings): string =>
  [
    'BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY',
    setting('statement_timeout', String(Math.ceil(timeoutMs) + spare)),
    setting('TimeZone', "'UTC'"),
    setting('DateStyle', "'ISO'"),
    ...(server.ownKind ? [setting('lock_timeout', String(longestLock(timeoutMs))), ...ofPostgres] : []),
    ...(schemas.length > 0 ? [setting('search_path', [...schemas, 'pg_temp'].map(pg.escapeIdentifier).join())] : []),
    ...Object.entries(session).map(([name, value]) => setting(customName(name), pg.escapeLiteral(value))),
  ].join(';')

/** Ours comes first, because its words are better. Milliseconds. */
const spare = 1000

const setting = (name: string, value: string) => `SET LOCAL ${name} = ${value}`

/** Other servers do not know all of these. */
const ofPostgres = [
  setting('idle_in_transaction_session_timeout', String(longestIdle)),
  setting('IntervalStyle', "'postgres'"),
  // Shortest texts that give the same number: https://www.postgresql.org/docs/18/runtime-config-client.html#GUC-EXTRA-FLOAT-DIGITS
  setting('extra_float_digits', '3'),
  setting('bytea_output', "'hex'"),
  setting('lc_monetary', "'C'"),
  setting('jit', 'off'),
]

/** Only names of extensions may be set: no setting of the server has a dot. */
const customName = (name: string) => {
  if (!/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)+$/.test(name)) throw new Error(`${name} is no name for a setting of ours`)
  return name
}

/** The kind of server and the timeout of the role, which is never exceeded. */
export const lookAtServer = async (client: pg.PoolClient): Promise<Server> => {
  const version = await one(client, 'SELECT version()')
  const timeout = await one(client, 'SHOW statement_timeout')
  const ownKind = version.startsWith('PostgreSQL') && !/Redshift|CockroachDB/.test(version)
  return { ownKind, version, timeoutMs: milliseconds(timeout) }
}

const one = async (client: pg.PoolClient, text: string): Promise<string> => {
  const { rows } = await client.query<{ [name: string]: string }>({ text, query_timeout: 5000 } as pg.QueryConfig)
  return Object.values(rows[0] ?? {})[0] ?? ''
}

/** `30s`, `2min`, `1500ms`; 0 is no timeout. */
const milliseconds = (text: string): number => {
  const [, number, unit = 'ms'] = /^(\d+)(ms|s|min|h|d)?$/.exec(text) ?? []
  const ms = Number(number ?? 0) * { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 }[unit as 'ms']
  return ms > 0 ? ms : Number.POSITIVE_INFINITY
}
