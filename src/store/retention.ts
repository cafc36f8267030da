import type { Effects } from '#src/effects.ts'
import type { Database } from './database.ts'

/** Rows that were deleted, by table. */
export type Deleted = Record<string, number>

const aDay = 86_400_000

/**
 * Deletes what is older than a number of days, and what is of no use any more: answers after a week, plans after a day, deliveries after an
 * hour. Installations and conversations stay until they are taken back.
 */
export const deleteOld = async (
  { query }: Database,
  { days }: { days: number },
  { now }: Pick<Effects, 'now'>,
): Promise<Deleted> => {
  const kept = {
    claims: aDay / 24,
    answers: Math.min(days, 7) * aDay,
    turns: days * aDay,
    said: days * aDay,
    feedback: days * aDay,
    plans: aDay,
    deleted: aDay,
    at_work: aDay,
  }
  const deleted: Deleted = {}
  for (const [table, ms] of Object.entries({ ...kept, audit: days * aDay, notes: days * aDay, calls: days * aDay }))
    deleted[table] = await count(query, `delete from chartroom.${table} where at < $1`, [new Date(now() - ms)])
  return deleted
}

/** Deletes at once and then once a day. `stop` ends that. */
export const startRetention = (
  database: Database,
  { days, warn }: { days: number; warn: (event: string, error: unknown) => void },
  effects: Pick<Effects, 'now'>,
): { stop: () => void } => {
  const tidy = () => void deleteOld(database, { days }, effects).catch(error => warn('retention', error))
  tidy()
  const timer = setInterval(tidy, aDay).unref()
  return { stop: () => clearInterval(timer) }
}

const count = async (query: Database['query'], statement: string, values: readonly unknown[]): Promise<number> => {
  const [row] = await query<{ count: number }>(
    `with gone as (${statement} returning 1) select count(*) from gone`,
    values,
  )
  return row?.count ?? 0
}
