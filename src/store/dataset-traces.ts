import type { Query } from './database.ts'

/**
 * Deletes what else tells of the rows of a dataset: answers, what people said of them and taught, conversations. That it was asked about stays in
 * the audit, what was asked does not. Holds for questions too that are still being answered: the triggers of `sql/store/0007-deleted.sql`.
 */
export const removeDatasetTraces = async (query: Query, domain: string): Promise<void> => {
  await query('select pg_advisory_xact_lock(hashtextextended($1, 8))', [domain])
  await query(
    `insert into chartroom.deleted (domain) values ($1) on conflict (domain) do update set at = excluded.at`,
    [domain],
  )
  await query(
    `delete from chartroom.feedback where answer in (select id from chartroom.answers where answer->>'domain' = $1)`,
    [domain],
  )
  await query(`delete from chartroom.answers where answer->>'domain' = $1`, [domain])
  for (const table of ['plans', 'verified', 'lessons', 'said'])
    await query(`delete from chartroom.${table} where domain = $1`, [domain])
  await query(`delete from chartroom.turns where query->>'domain' = $1`, [domain])
  await query(
    `update chartroom.audit set question = 'deleted with its data', sql = null, code = null where domain = $1`,
    [domain],
  )
}
