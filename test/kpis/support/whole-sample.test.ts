import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { realEffects } from '#src/effects.ts'
import { openDuckdb } from '#src/engines/duckdb/duckdb.ts'
import { openPostgres } from '#src/engines/postgres/postgres.ts'
import { type KpiName, kpiNames } from '#src/kpis/support/catalogue.ts'
import { classifyByKey } from '#src/kpis/support/cluster/by-key.ts'
import type { SupportFilters } from '#src/kpis/support/filters.ts'
import { painPoints } from '#src/kpis/support/pain-points.ts'
import { runKpi } from '#src/kpis/support/run.ts'
import { loadSample } from '#src/sample/postgres/load.ts'
import { supportSample } from '#src/sample/support/sample.ts'
import { ensureSupportSample } from '#src/sample/support.ts'
import { urlOf } from '#test/engines/engines.ts'
import { createTestDatabase, type TestDatabase } from '#test/store/database.ts'
import { classifyByWords, filtersIn, type WatchedLog, watchedLog } from './logs.ts'

let folder: string
let database: TestDatabase
let logs: { duckdb: (zone: string) => Promise<WatchedLog>; postgres: (zone: string) => Promise<WatchedLog> }
let check: (sql: string) => Promise<unknown[][]>
const closing: (() => unknown)[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chartroom-support-'))
  const path = join(folder, 'support.duckdb')
  database = await createTestDatabase()
  await ensureSupportSample({ path })
  await loadSample({ url: urlOf(database.address), sample: supportSample() })
  const [duckdb, postgres] = [
    await openDuckdb({ path }),
    await openPostgres({ url: urlOf(database.address) }, {}, realEffects),
  ]
  logs = { duckdb: zone => watchedLog(duckdb, zone), postgres: zone => watchedLog(postgres, zone) }
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  await connection.run(`SET TimeZone = 'UTC'`)
  check = async sql => (await connection.runAndReadAll(sql)).getRowsJson()
  closing.push(
    () => connection.closeSync(),
    () => instance.closeSync(),
    () => duckdb.close(),
    () => postgres.close(),
  )
})
afterAll(async () => {
  for (const close of closing) await close()
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
})

const asking = { classify: classifyByWords, maySeeUsers: true }
const half = { start_date: '2023-01-01', end_date: '2023-06-30' }

describe('over the whole sample', () => {
  const cases: [string, string, Partial<SupportFilters>][] = [
    ['the pool bot', 'UTC', half],
    ['the landscape bot', 'UTC', { ...half, product_context: 'landscape' }],
    ['one environment', 'UTC', { ...half, environment: 'staging' }],
    ['one user', 'UTC', { ...half, user_id: 'U-104711' }],
    [
      'days around a change of clocks, in a zone of the other side of the world',
      'Australia/Lord_Howe',
      { start_date: '2023-03-20', end_date: '2023-04-10' },
    ],
    ['a zone off by three quarters of an hour', 'Asia/Kathmandu', { start_date: '2023-02-10', end_date: '2023-02-28' }],
    ['two instants', 'America/New_York', { start_date: '2023-03-12T06:30:00Z', end_date: '2023-03-12T07:30:00.25Z' }],
  ]

  test.each(cases)('both engines give the same JSON for %s', async (_, zone, given) => {
    const filters = filtersIn(zone, given)
    const [duckdb, postgres] = [await logs.duckdb(zone), await logs.postgres(zone)]
    for (const name of kpiNames) {
      const one = await runKpi(name, filters, { ...asking, log: duckdb })
      expect({ [name]: await runKpi(name, filters, { ...asking, log: postgres }) }).toEqual({ [name]: one })
    }
  })
})

describe('pain points over more texts than come along', () => {
  // The texts that were sent once or twice stand behind the thousand most frequent.
  const rare = `SELECT input FROM interaction_log GROUP BY input HAVING count(*) = 1 ORDER BY min(time_stamp), min(id) LIMIT 2`

  test.each(['duckdb', 'postgres'] as const)('fetch on %s each text once, and then none', async engine => {
    const log = await logs[engine]('UTC')
    const asked: string[] = []
    const classify = classifyByKey(async texts => {
      asked.push(...texts)
      return { clusters: new Map(), by: 'rules' }
    })
    const ask = async () => {
      log.seen.length = 0
      const { distinct_queries } = await painPoints(filtersIn('UTC', half), { log, classify })
      return { distinct_queries, statements: log.seen.length }
    }
    const [[texts]] = (await check('SELECT count(DISTINCT input)::INT FROM interaction_log')) as [[number]]
    expect(texts).toBeGreaterThan(3000)
    expect(await ask()).toEqual({ distinct_queries: texts, statements: 2 })
    expect([asked.length, new Set(asked).size]).toEqual([texts, texts])
    expect(await ask()).toEqual({ distinct_queries: texts, statements: 1 })
    expect(asked.length).toBe(texts)
  })

  test.each(['duckdb', 'postgres'] as const)('find on %s examples also among the rarest', async engine => {
    const found = (await check(rare)).flat().map(String)
    const classify = classifyByKey(async texts => ({
      clusters: new Map(texts.map(text => [text, found.includes(text) ? 4 : 1])),
      by: 'rules',
    }))
    const { clusters } = await painPoints(filtersIn('UTC', half), { log: await logs[engine]('UTC'), classify })
    expect(clusters[4]).toMatchObject({ queries: 2, examples: found })
    expect(clusters[1]!.examples).toHaveLength(3)
    expect(clusters[2]!.examples).toEqual([])
  })
})

/** Written another way than the KPIs, over the whole table of the pool bot: joins and windows instead of grouped steps, DuckDB's own functions. */
const checks: { [N in KpiName]: { sql: string; from: (result: never) => unknown[][] } } = {
  'session-metrics': {
    sql: `SELECT count(DISTINCT session_id)::INT,
        (SELECT count(DISTINCT session_id)::INT FROM interaction_log WHERE user_feedback = 'negative'),
        (SELECT count(DISTINCT session_id)::INT FROM interaction_log WHERE user_feedback = 'positive'),
        (SELECT round(avg(date_diff('millisecond', a, b)) / 1000, 2) FROM
          (SELECT min(time_stamp) AS a, max(time_stamp) AS b FROM interaction_log WHERE session_id IS NOT NULL GROUP BY session_id))
      FROM interaction_log`,
    from: (r: { [key: string]: number }) => [
      [r.sessions, r.sessions_with_negative_feedback, r.sessions_with_positive_feedback, r.average_duration_seconds],
    ],
  },
  'pain-points': {
    sql: `SELECT CASE WHEN contains(input, 'pump') THEN 1 WHEN contains(input, 'o-ring') THEN 2 WHEN contains(input, '340039') THEN 3
        WHEN contains(input, 'DE filter') THEN 4 ELSE 0 END AS cluster, count(*)::INT FROM interaction_log GROUP BY 1 ORDER BY 1`,
    from: (r: { clusters: { cluster: number; queries: number }[] }) => r.clusters.map(c => [c.cluster, c.queries]),
  },
  volume: {
    sql: `WITH daily AS (SELECT d::DATE AS day, (SELECT count(DISTINCT session_id) FROM interaction_log WHERE time_stamp::DATE = d::DATE)::INT AS n
        FROM range(DATE '2023-01-01', DATE '2023-07-01', INTERVAL 1 DAY) days(d))
      SELECT round(avg(n), 2), (SELECT day::VARCHAR FROM daily ORDER BY n DESC, day LIMIT 1), max(n),
        (SELECT day::VARCHAR FROM daily ORDER BY n, day LIMIT 1), min(n), count(*)::INT FROM daily`,
    from: (r: {
      average_sessions_per_day: number
      days: number
      peak_day: { date: string; sessions: number }
      lowest_day: { date: string; sessions: number }
    }) => [
      [
        r.average_sessions_per_day,
        r.peak_day.date,
        r.peak_day.sessions,
        r.lowest_day.date,
        r.lowest_day.sessions,
        r.days,
      ],
    ],
  },
  engagement: {
    sql: `SELECT count(DISTINCT user_id)::INT, count(DISTINCT session_id)::INT,
      round(count(DISTINCT CASE WHEN user_id IS NOT NULL AND session_id IS NOT NULL THEN (user_id, session_id) END) / count(DISTINCT user_id), 2)
      FROM interaction_log`,
    from: (r: { [key: string]: number }) => [[r.unique_users, r.conversations, r.conversations_per_user]],
  },
  retention: {
    sql: `WITH users AS (SELECT user_id, min(session_id) <> max(session_id) AS back FROM interaction_log
        WHERE user_id IS NOT NULL AND session_id IS NOT NULL GROUP BY 1)
      SELECT count_if(back)::INT, count_if(NOT back)::INT, round(100 * avg(back::INT), 1), round(100 - 100 * avg(back::INT), 1) FROM users`,
    from: (r: { [key: string]: number }) => [
      [r.returning_users, r.one_time_users, r.returning_percent, r.one_time_percent],
    ],
  },
  'query-categories': {
    sql: `WITH counted AS (SELECT *, count(*) OVER (PARTITION BY session_id, query_category) AS n FROM interaction_log
        WHERE session_id IS NOT NULL AND query_category IS NOT NULL),
      first AS (SELECT *, row_number() OVER (PARTITION BY session_id ORDER BY n DESC, time_stamp, id) AS place FROM counted)
      SELECT query_category, count(*)::INT FROM first WHERE place = 1 GROUP BY 1 ORDER BY 1`,
    from: (r: { categories: { category: string; sessions: number }[] }) =>
      r.categories.map(c => [c.category, c.sessions]).toSorted(),
  },
  'tool-usage': {
    sql: `SELECT query_category, count(DISTINCT session_id)::INT, round(100 * count(DISTINCT session_id) /
        (SELECT count(DISTINCT session_id) FROM interaction_log WHERE query_category IS NOT NULL), 1)
      FROM interaction_log WHERE query_category IS NOT NULL GROUP BY 1 ORDER BY 1`,
    from: (r: { tools: { tool: string; sessions: number; percent_of_sessions: number }[] }) =>
      r.tools.map(t => [t.tool, t.sessions, t.percent_of_sessions]).toSorted(),
  },
  'returning-users': {
    sql: `WITH users AS (SELECT user_id, len(list_distinct(list(session_id))) AS n, date_diff('day', min(time_stamp), max(time_stamp)) AS days
        FROM interaction_log WHERE user_id IS NOT NULL AND session_id IS NOT NULL GROUP BY 1)
      SELECT count(*)::INT, round(avg(n), 2), arg_max(user_id, n), max(n)::INT, round(avg(days), 2), max(days)::INT FROM users WHERE n > 1`,
    from: (r: { most_active_user: { user_id: string; sessions: number } } & { [key: string]: unknown }) => [
      [
        r.returning_users,
        r.sessions_per_returning_user,
        r.most_active_user.user_id,
        r.most_active_user.sessions,
        r.average_days_between_first_and_last_chat,
        r.longest_span_days,
      ],
    ],
  },
  segments: {
    sql: `WITH users AS (SELECT count(DISTINCT session_id) AS n FROM interaction_log WHERE session_id IS NOT NULL AND user_id IS NOT NULL GROUP BY user_id)
      SELECT count_if(n >= 10)::INT, count_if(n BETWEEN 3 AND 9)::INT, count_if(n = 2)::INT, count_if(n = 1)::INT FROM users`,
    from: (r: { segments: { users: number }[] }) => [r.segments.map(s => s.users)],
  },
}

describe('a check query of another shape', () => {
  test.each(kpiNames)('agrees with %s', async name => {
    const { sql, from } = checks[name]
    const result = await runKpi(name, filtersIn('UTC', half), { ...asking, log: await logs.duckdb('UTC') })
    const numbers = (rows: unknown[][]) =>
      rows.map(row => row.map(cell => (Number.isNaN(Number(cell)) ? cell : Number(cell))))
    const found = from(result as never)
    expect(numbers(found)).toEqual(numbers(await check(sql)))
    expect(found.flat().length).toBeGreaterThan(2)
  })

  test.each([
    ['pain-points', 'clusters', 'percent_of_queries'],
    ['query-categories', 'categories', 'percent_of_sessions'],
    ['segments', 'segments', 'percent_of_users'],
  ] as const)('shares of %s sum to 100 for every month and both bots', async (name, list, key) => {
    for (const product_context of ['pool', 'landscape'] as const)
      for (const month of [1, 2, 3, 4, 5, 6]) {
        const given = { start_date: `2023-0${month}-01`, end_date: `2023-0${month}-28`, product_context }
        const result = await runKpi(name, filtersIn('UTC', given), { ...asking, log: await logs.duckdb('UTC') })
        const parts = (result as unknown as Record<string, Record<string, number>[]>)[list]!
        expect(Math.round(parts.reduce((sum, part) => sum + part[key]! * 10, 0))).toBe(1000)
      }
  })
})
