import type pg from 'pg'

/**
 * A text that changes when rows of the database were written: the server's own counters, asked for every `everyMs` at most, for all who
 * want to know together. PostgreSQL counts a little late (a session that commits twice in a second up to ten seconds:
 * https://www.postgresql.org/docs/18/monitoring-stats.html#MONITORING-STATS-SETUP) and nothing that lies in other servers; what is kept
 * is never older than the cache allows. A server that does not count gives the same text always, and the cache's age is all there is.
 */
export const watchFreshness = (
  use: <T>(work: (client: pg.PoolClient) => Promise<T>) => Promise<T>,
  { everyMs }: { everyMs: number },
  { ticks }: { ticks: () => number },
): (() => Promise<string>) => {
  let asked: { at: number; mark: Promise<string> } | undefined
  return () => {
    if (asked && ticks() - asked.at < everyMs) return asked.mark
    const now = { at: ticks(), mark: use(countersOf) }
    asked = now
    now.mark.catch(() => {
      if (asked === now) asked = undefined
    })
    return now.mark
  }
}

const countersOf = async (client: pg.PoolClient): Promise<string> => {
  try {
    const { rows } = await client.query<{ mark: string | null }>({
      text: counters,
      query_timeout: 5000,
    } as pg.QueryConfig)
    return rows[0]?.mark ?? uncounted
  } catch (thrown) {
    if (thrown instanceof Error && 'severity' in thrown) return uncounted
    throw thrown
  }
}

const uncounted = 'uncounted'

/** Rows written, also those of the catalog (TRUNCATE, ALTER); on a standby, which counts none, how far it has followed. */
const counters = `SELECT concat_ws('/', extract(epoch from pg_postmaster_start_time()),
  CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()::text
       ELSE concat_ws('/', tup_inserted, tup_updated, tup_deleted) END) AS mark
FROM pg_stat_database WHERE datname = current_database()`
