import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { Effects } from '#src/effects.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Database, Query } from './database.ts'

/** One step of the tables, as its file says it. */
type Step = { number: number; name: string; sql: string; checksum: string }

const shipped = new URL('../../sql/store/', import.meta.url)

/**
 * Brings the tables to what this program needs, forward only: all new steps or none, one process at a time.
 * Throws `state/newer`, `state/step-changed`.
 */
export const migrate = async (
  { transaction }: Database,
  { now }: Pick<Effects, 'now'>,
  folder: URL = shipped,
): Promise<void> => {
  const steps = await readSteps(folder)
  await transaction(async query => {
    await query('select pg_advisory_xact_lock($1)', [lockOfSteps])
    const applied = await readApplied(query)
    check(steps, applied)
    for (const step of steps.filter(s => !applied.has(s.number))) await apply(query, step, new Date(now()))
  })
}

/** Any number, the same in every bot. */
const lockOfSteps = 0x73_74_65_70_73

const readSteps = async (folder: URL): Promise<Step[]> => {
  const names = (await readdir(folder)).filter(name => name.endsWith('.sql')).toSorted()
  return Promise.all(
    names.map(async name => {
      const sql = (await readFile(new URL(name, folder), 'utf8')).replaceAll('\r\n', '\n')
      const checksum = createHash('sha256').update(sql).digest('hex')
      return { number: Number.parseInt(name, 10), name, sql, checksum }
    }),
  )
}

type Applied = Map<number, { name: string; checksum: string }>

const readApplied = async (query: Query): Promise<Applied> => {
  // Asked first: making it, even if it is there, takes a right that a careful owner of the database does not give.
  // The table itself: what `to_regnamespace` says may be older than the lock.
  const found = await query(`select from pg_namespace where nspname = 'chartroom'`)
  if (found.length === 0) await query('create schema chartroom')
  await query(
    'create table if not exists chartroom.steps (number int primary key, name text not null, checksum text not null, at timestamptz not null)',
  )
  const rows = await query<{ number: number; name: string; checksum: string }>(
    'select number, name, checksum from chartroom.steps',
  )
  return new Map(rows.map(({ number, ...row }) => [number, row]))
}

const check = (steps: readonly Step[], applied: Applied): void => {
  const known = new Map(steps.map(step => [step.number, step]))
  const [latest, newest] = [Math.max(0, ...applied.keys()), Math.max(0, ...known.keys())]
  if (latest > newest) throw ChartroomError.of('state/newer', { found: latest, known: newest })
  for (const [number, { name, checksum }] of applied)
    if (known.get(number)?.checksum !== checksum) throw ChartroomError.of('state/step-changed', { name })
  const late = steps.find(step => step.number < latest && !applied.has(step.number))
  if (late) throw ChartroomError.of('state/step-changed', { name: late.name })
}

const apply = async (query: Query, { number, name, sql, checksum }: Step, at: Date): Promise<void> => {
  // Without values PostgreSQL takes several statements at once.
  await query(sql)
  await query('insert into chartroom.steps values ($1, $2, $3, $4)', [number, name, checksum, at])
}
