import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { realEffects } from '#src/effects.ts'
import { readPostmaster } from '#src/store/server/postmaster.ts'
import type { Address } from '#src/store/server/seat.ts'
import { openServer } from '#src/store/server/server.ts'

/** A PostgreSQL of its own, so that what an attack does to it happens to nobody else: a role that may read, and one that may do all. */
export type PostgresWorld = { reader: Address; admin: Address; pid: number; close: () => Promise<void> }

/** Only Linux lets a limit be set on a process that runs. */
export const canLimitMemory = process.platform === 'linux'

/** Address space of each of the server's processes in MB. */
export const memoryCapMb = 1200

/** Starts it, makes the tables, and a role that is hardened as `reader.sql` says. */
export const openPostgresWorld = async (tables: readonly string[]): Promise<PostgresWorld> => {
  const folder = mkdtempSync(join(tmpdir(), 'chartroom-attacks-postgres-'))
  const server = await openServer({ folder: join(folder, 'state'), durable: false }, realEffects)
  const close = async () => {
    await server.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const pid = (await readPostmaster(join(folder, 'state', 'data')))?.pid ?? 0
    capMemory(pid)
    const admin = await server.address()
    await inTurn(admin, [
      ...tables,
      `CREATE TABLE IF NOT EXISTS ${secretTable} (id int, word text)`,
      ...hardening(admin.database),
    ])
    return { admin, reader: { ...admin, user: role, password: 'reader' }, pid, close }
  } catch (error) {
    await close()
    throw error
  }
}

const role = 'attacks_reader'

/** The one table that the role may not read. */
const secretTable = 'secret'

/** Processes that are forked from now on inherit it. */
const capMemory = (pid: number) => {
  if (!canLimitMemory) return
  const { uid, gid } = statSync(`/proc/${pid}`)
  const limit = ['--pid', String(pid), `--as=${memoryCapMb * 1024 * 1024}`]
  execFileSync('prlimit', limit, { env: { PATH: '/usr/bin:/bin' }, uid, gid })
}

const inTurn = async (address: Address, statements: readonly string[]) => {
  const client = new pg.Client(address)
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

/** What a role for other people's SQL needs: reads its tables, writes nothing, waits and sorts within bounds. */
const hardening = (database: string): string[] => [
  `CREATE ROLE ${role} LOGIN PASSWORD 'reader' NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT CONNECTION LIMIT 10`,
  ...Object.entries(settings).map(([name, value]) => `ALTER ROLE ${role} SET ${name} = '${value}'`),
  `REVOKE ALL ON DATABASE ${database} FROM PUBLIC`,
  `GRANT CONNECT ON DATABASE ${database} TO ${role}`,
  'REVOKE ALL ON SCHEMA public FROM PUBLIC',
  `GRANT USAGE ON SCHEMA public TO ${role}`,
  `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}`,
  `REVOKE ALL ON ${secretTable} FROM ${role}`,
  `DO $$ DECLARE f regprocedure; BEGIN
     FOR f IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname ~ '${dangerous}'
     LOOP EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f); END LOOP; END $$`,
]

const settings = {
  default_transaction_read_only: 'on',
  statement_timeout: '2s',
  lock_timeout: '500ms',
  idle_in_transaction_session_timeout: '5s',
  temp_file_limit: '64MB',
  work_mem: '16MB',
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  search_path: 'public',
}

/** Functions that anybody may call and nobody who asks for figures needs: settings, SQL inside of text, locks, large objects, sleeping. */
const dangerous =
  '^(set_config|current_setting|pg_sleep|pg_.*lock.*|pg_notify|pg_listening.*|pg_logical_emit_message|pg_export_snapshot|lo_.*|loread|lowrite' +
  '|.*_to_xml.*|.*_to_xmlschema|ts_stat|ts_rewrite|pg_cancel_backend|pg_terminate_backend|pg_stat_get_activity|pg_show_all_settings' +
  '|inet_(server|client)_.*|pg_(database|relation|table|total_relation|indexes|tablespace)_size|pg_get_.*def|pg_settings_get_flags' +
  '|pg_backend_pid|pg_current_xact_id|txid_current|query_to_xml|cursor_to_xml|repeat|array_fill)$'
