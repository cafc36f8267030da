import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { classifyByKey } from '#src/kpis/support/cluster/by-key.ts'
import { engagement } from '#src/kpis/support/engagement.ts'
import { painPoints } from '#src/kpis/support/pain-points.ts'
import { queryCategories } from '#src/kpis/support/query-categories.ts'
import { retention } from '#src/kpis/support/retention.ts'
import { returningUsers } from '#src/kpis/support/returning-users.ts'
import { segments } from '#src/kpis/support/segments.ts'
import { sessionMetrics } from '#src/kpis/support/session-metrics.ts'
import { toolUsage } from '#src/kpis/support/tool-usage.ts'
import { volume } from '#src/kpis/support/volume.ts'
import { type Base, kinds } from '#test/engines/engines.ts'
import { range, statements, zone } from './hand-made-log.ts'
import { classifyByWords, filtersIn, type WatchedLog, watchedLog } from './logs.ts'

describe.each(kinds)('the nine KPIs on $name', kind => {
  let base: Base
  let log: WatchedLog
  let close: () => Promise<void>
  beforeAll(async () => {
    base = await kind.create(statements)
    const engine = await base.open()
    log = await watchedLog(engine, zone)
    close = () => engine.close()
  })
  afterAll(async () => {
    await close()
    await base.drop()
  })
  const filters = filtersIn(zone, range)
  const landscape = filtersIn(zone, { ...range, product_context: 'landscape' })
  const nothing = filtersIn(zone, { start_date: '2020-01-01', end_date: '2020-01-03' })
  const staging = filtersIn(zone, { ...range, environment: 'staging' })
  const only = (user_id: string) => filtersIn(zone, { ...range, user_id })

  describe('session metrics', () => {
    test('count sessions, those with each feedback, and their seconds', async () => {
      // 330 + 0 + 120 + 10 + 0 + 180 + 20.5 + 0 + 1 + 0 + 10 × 0 = 661.5 s in 20 sessions: 33.075
      expect(await sessionMetrics(filters, { log })).toEqual({
        sessions: 20,
        sessions_with_negative_feedback: 3,
        sessions_with_negative_feedback_percent: 15,
        sessions_with_positive_feedback: 2,
        sessions_with_positive_feedback_percent: 10,
        average_duration_seconds: 33.08,
        messages: 30,
        messages_without_session: 1,
      })
    })

    test('count a session with both feedbacks in both, and take only what lies in the range', async () => {
      const night = filtersIn(zone, { start_date: '2023-03-24T23:00:00Z', end_date: '2023-03-24T23:04:30Z' })
      // Row 2 alone: row 1 is before, row 3 at the very instant that ends the range.
      expect(await sessionMetrics(night, { log })).toMatchObject({
        sessions: 1,
        sessions_with_negative_feedback: 1,
        sessions_with_positive_feedback: 0,
        average_duration_seconds: 0,
      })
      expect(await sessionMetrics(only('u1'), { log })).toMatchObject({
        sessions: 3,
        sessions_with_negative_feedback: 2,
        sessions_with_positive_feedback: 1,
        average_duration_seconds: 150,
      })
    })

    test('of one environment are those of that environment', async () => {
      expect(await sessionMetrics(staging, { log })).toMatchObject({ sessions: 1, messages: 1 })
    })

    test('of a range without anything are zeros, and no average', async () => {
      expect(await sessionMetrics(nothing, { log })).toEqual({
        sessions: 0,
        sessions_with_negative_feedback: 0,
        sessions_with_negative_feedback_percent: null,
        sessions_with_positive_feedback: 0,
        sessions_with_positive_feedback_percent: null,
        average_duration_seconds: null,
        messages: 0,
        messages_without_session: 0,
      })
    })
  })

  describe('pain points', () => {
    const ask = (given = filters) => painPoints(given, { log, classify: classifyByWords })

    test('place every query in one of five clusters, with shares that sum to 100', async () => {
      // 29 texts of 30 messages: 12, 1, 2, 12, 2. Of 1000 tenths 413, 34, 68, 413, 68 = 996; the remainders of 29 are 23, 14, 28, 23, 28:
      // the four that are missing go to clusters 2, 4, 0 and 3.
      expect(await ask()).toEqual({
        queries: 29,
        distinct_queries: 14,
        clusters: [
          {
            cluster: 0,
            name: 'Branch hours, orders, pool questions',
            queries: 12,
            percent_of_queries: 41.4,
            examples: ['hello', 'invoice', 'video'],
          },
          {
            cluster: 1,
            name: 'Pump recommendations',
            queries: 1,
            percent_of_queries: 3.4,
            examples: ['best pump? mail [email]'],
          },
          {
            cluster: 2,
            name: 'Replacement filter parts',
            queries: 2,
            percent_of_queries: 6.9,
            examples: ['o-ring for the filter'],
          },
          {
            cluster: 3,
            name: 'Stock by part number',
            queries: 12,
            percent_of_queries: 41.4,
            examples: ['stock 340039', 'price of 340039'],
          },
          {
            cluster: 4,
            name: 'DE filter assembly',
            queries: 2,
            percent_of_queries: 6.9,
            examples: ['DE filter assembly'],
          },
        ],
        classified_by: 'rules',
        texts_left_to_rules: 0,
        messages: 30,
        messages_without_text: 1,
      })
    })

    test('ask about every different text once, and about none twice', async () => {
      const asked: string[] = []
      await painPoints(filters, {
        log,
        classify: classifyByKey(async texts => {
          asked.push(...texts)
          return { clusters: new Map(), by: 'model', leftToRules: new Set(['hello']) }
        }),
      })
      expect(new Set(asked).size).toBe(14)
      expect(asked).toHaveLength(14)
      // Ten times, three times, then twice each in the order in which they came.
      expect(asked.slice(0, 6)).toEqual([
        'stock 340039',
        'hello',
        'price of 340039',
        'o-ring for the filter',
        'invoice',
        'DE filter assembly',
      ])
    })

    test('of a range without anything have five clusters of nothing', async () => {
      const { clusters, ...rest } = await ask(nothing)
      expect(
        clusters.map(({ queries, percent_of_queries, examples }) => [queries, percent_of_queries, examples]),
      ).toEqual(Array(5).fill([0, null, []]))
      expect(rest).toEqual({
        queries: 0,
        distinct_queries: 0,
        classified_by: 'rules',
        texts_left_to_rules: 0,
        messages: 0,
        messages_without_text: 0,
      })
    })
  })

  describe('volume', () => {
    test('counts a session on every day that it has a message, days being those of the zone', async () => {
      // 24th: A, D, I, J, P1–P10. 25th: A, B, F, G, H. 26th: C. 27th: E. (14 + 5 + 1 + 1) / 4
      expect(await volume(filters, { log })).toEqual({
        days: 4,
        average_sessions_per_day: 5.25,
        peak_day: { date: '2023-03-24', sessions: 14 },
        lowest_day: { date: '2023-03-26', sessions: 1 },
        daily: [
          { date: '2023-03-24', sessions: 14 },
          { date: '2023-03-25', sessions: 5 },
          { date: '2023-03-26', sessions: 1 },
          { date: '2023-03-27', sessions: 1 },
        ],
        sessions: 20,
        messages: 30,
        messages_without_session: 1,
      })
    })

    test('counts days without sessions too; of several days the earliest is peak or lowest', async () => {
      // 20th–22nd: nothing; 23rd: D; 24th: 14. 15 / 5
      const wider = filtersIn(zone, { start_date: '2023-03-20', end_date: '2023-03-24' })
      expect(await volume(wider, { log })).toMatchObject({
        days: 5,
        average_sessions_per_day: 3,
        peak_day: { date: '2023-03-24', sessions: 14 },
        lowest_day: { date: '2023-03-20', sessions: 0 },
      })
      expect((await volume(only('u2'), { log })).peak_day).toEqual({ date: '2023-03-24', sessions: 1 })
    })

    test('of a range between two instants has the days that it touches', async () => {
      const noonToNoon = filtersIn(zone, { start_date: '2023-03-25T12:00', end_date: '2023-03-26T12:00' })
      // From 11:00Z on: G and H; C on the next day.
      expect((await volume(noonToNoon, { log })).daily).toEqual([
        { date: '2023-03-25', sessions: 2 },
        { date: '2023-03-26', sessions: 1 },
      ])
      const instant = filtersIn(zone, { start_date: '2023-03-25T12:00Z', end_date: '2023-03-25T12:00Z' })
      expect(await volume(instant, { log })).toEqual({
        days: 0,
        average_sessions_per_day: null,
        peak_day: null,
        lowest_day: null,
        daily: [],
        sessions: 0,
        messages: 0,
        messages_without_session: 0,
      })
    })

    test('of a range without anything has its days, and no peak', async () => {
      const { daily, ...rest } = await volume(nothing, { log })
      expect(daily).toEqual(['01', '02', '03'].map(day => ({ date: `2020-01-${day}`, sessions: 0 })))
      expect(rest).toEqual({
        days: 3,
        average_sessions_per_day: null,
        peak_day: null,
        lowest_day: null,
        sessions: 0,
        messages: 0,
        messages_without_session: 0,
      })
    })
  })

  describe('engagement', () => {
    test('counts users, conversations, and conversations of users', async () => {
      // u1–u7, u5 without any conversation; 3 + 2 + 1 + 1 + 0 + 2 + 10 = 19 conversations of theirs: 19 / 7 = 2.714…
      expect(await engagement(filters, { log })).toEqual({
        unique_users: 7,
        conversations: 20,
        conversations_per_user: 2.71,
        conversations_without_user: 1,
        messages: 30,
        messages_without_user: 2,
        messages_without_session: 1,
      })
    })

    test('of a range without anything has nobody', async () => {
      expect(await engagement(nothing, { log })).toMatchObject({
        unique_users: 0,
        conversations: 0,
        conversations_per_user: null,
      })
    })
  })

  describe('retention', () => {
    test('tells who came back within the range from who did not', async () => {
      // u1, u2, u6 and u7 of six; u5 has no session and is in neither share.
      expect(await retention(filters, { log })).toEqual({
        users: 6,
        returning_users: 4,
        one_time_users: 2,
        returning_percent: 66.7,
        one_time_percent: 33.3,
        messages: 30,
        messages_without_user: 2,
        messages_without_session: 1,
      })
    })

    test('of a range without anything has no shares', async () => {
      expect(await retention(nothing, { log })).toMatchObject({
        users: 0,
        returning_percent: null,
        one_time_percent: null,
      })
    })
  })

  describe('query categories', () => {
    test('put every session in the category that most of its messages have, with shares that sum to 100', async () => {
      // 19 sessions. Of 1000 tenths: one session 52 (remainder 12 of 19), ten 526 (6), three 157 (17); 995 in all. The five that are missing
      // go to Orders and to the first four of those with one session.
      expect(await queryCategories(filters, { log })).toEqual({
        sessions: 20,
        sessions_without_category: 1,
        categories: [
          { category: 'Product catalog', sessions: 1, percent_of_sessions: 5.3 },
          { category: 'Compatible parts', sessions: 1, percent_of_sessions: 5.3 },
          { category: 'Pricing / inventory', sessions: 10, percent_of_sessions: 52.6 },
          { category: 'Invoice / payment', sessions: 0, percent_of_sessions: 0 },
          { category: 'Product manuals', sessions: 1, percent_of_sessions: 5.3 },
          { category: 'Orders', sessions: 3, percent_of_sessions: 15.8 },
          { category: 'General conversation', sessions: 1, percent_of_sessions: 5.3 },
          { category: 'Tutorial videos', sessions: 1, percent_of_sessions: 5.2 },
          { category: 'Out of scope', sessions: 1, percent_of_sessions: 5.2 },
          { category: 'Nearest branch', sessions: 0, percent_of_sessions: 0 },
        ],
        messages: 30,
        messages_without_session: 1,
        messages_without_category: 3,
      })
    })

    test('of several categories with as many messages take the one that came first', async () => {
      const { categories } = await queryCategories(only('u3'), { log })
      expect(categories.filter(({ sessions }) => sessions > 0)).toEqual([
        { category: 'Product manuals', sessions: 1, percent_of_sessions: 100 },
      ])
      const later = filtersIn(zone, {
        start_date: '2023-03-25T10:01:00Z',
        end_date: '2023-03-25T10:02:01Z',
        user_id: 'u3',
      })
      const inside = await queryCategories(later, { log })
      expect(inside.categories.find(({ sessions }) => sessions > 0)?.category).toBe('Invoice / payment')
    })

    test('of a range without anything have ten buckets of nothing', async () => {
      const { categories, ...rest } = await queryCategories(nothing, { log })
      expect(categories.map(({ sessions, percent_of_sessions }) => [sessions, percent_of_sessions])).toEqual(
        Array(10).fill([0, null]),
      )
      expect(rest).toEqual({
        sessions: 0,
        sessions_without_category: 0,
        messages: 0,
        messages_without_session: 0,
        messages_without_category: 0,
      })
    })
  })

  describe('tool usage', () => {
    test('counts a session for every tool that any of its messages uses', async () => {
      // A uses Orders and Pricing, F manuals and invoices: 21 uses in 19 sessions. Row 7 (Nearest branch) is outside the range.
      const { tools, ...rest } = await toolUsage(filters, { log })
      expect(tools.map(({ tool, sessions, percent_of_sessions }) => [tool, sessions, percent_of_sessions])).toEqual([
        ['Product catalog', 1, 5.3],
        ['Compatible parts', 1, 5.3],
        ['Pricing / inventory', 11, 57.9],
        ['Invoice / payment', 1, 5.3],
        ['Product manuals', 1, 5.3],
        ['Orders', 3, 15.8],
        ['General conversation', 1, 5.3],
        ['Tutorial videos', 1, 5.3],
        ['Out of scope', 1, 5.3],
        ['Nearest branch', 0, 0],
      ])
      expect(rest).toEqual({
        sessions: 20,
        sessions_without_tool: 1,
        sessions_with_several_tools: 2,
        messages: 30,
        messages_without_session: 1,
        messages_without_category: 3,
      })
    })

    test('of a range without anything has ten tools that nobody used', async () => {
      const { tools } = await toolUsage(nothing, { log })
      expect(tools.map(({ sessions, percent_of_sessions }) => [sessions, percent_of_sessions])).toEqual(
        Array(10).fill([0, null]),
      )
    })
  })

  describe('returning users', () => {
    test('say how often and over how many days who came back came', async () => {
      // u1 3 sessions, 24th–26th; u2 2, 24th–27th; u6 2 and u7 10, both on one day. 17 / 4, and (2 + 3 + 0 + 0) / 4.
      expect(await returningUsers(filters, { log, maySeeUsers: true })).toEqual({
        returning_users: 4,
        sessions_per_returning_user: 4.25,
        most_active_user: { user_id: 'u7', sessions: 10 },
        average_days_between_first_and_last_chat: 1.25,
        longest_span_days: 3,
        messages: 30,
        messages_without_user: 2,
        messages_without_session: 1,
      })
    })

    test('of several with as many sessions name the one who came first', async () => {
      const found = await returningUsers(landscape, { log, maySeeUsers: true })
      expect(found.most_active_user).toEqual({ user_id: 'v2', sessions: 2 })
    })

    test('do not say who it was to somebody who may not see it', async () => {
      const found = await returningUsers(filters, { log, maySeeUsers: false })
      expect(found.most_active_user).toEqual({ user_id: null, sessions: 10 })
      expect(JSON.stringify(found)).not.toContain('u7')
    })

    test('of a range without anything are nobody', async () => {
      expect(await returningUsers(nothing, { log, maySeeUsers: true })).toEqual({
        returning_users: 0,
        sessions_per_returning_user: null,
        most_active_user: null,
        average_days_between_first_and_last_chat: null,
        longest_span_days: null,
        messages: 0,
        messages_without_user: 0,
        messages_without_session: 0,
      })
    })
  })

  describe('segments', () => {
    test('part users by how often they came, with shares that sum to 100', async () => {
      // u7; u1; u2 and u6; u3 and u4. Of 1000 tenths 166, 166, 333, 333 = 998; the larger remainders are those of the single users.
      expect(await segments(filters, { log })).toEqual({
        users: 6,
        segments: [
          { segment: 'power', least_sessions: 10, most_sessions: null, users: 1, percent_of_users: 16.7 },
          { segment: 'regular', least_sessions: 3, most_sessions: 9, users: 1, percent_of_users: 16.7 },
          { segment: 'casual', least_sessions: 2, most_sessions: 2, users: 2, percent_of_users: 33.3 },
          { segment: 'one_time', least_sessions: 1, most_sessions: 1, users: 2, percent_of_users: 33.3 },
        ],
        messages: 30,
        messages_without_user: 2,
        messages_without_session: 1,
      })
    })

    test('of a range without anything have nobody', async () => {
      const { segments: found, users } = await segments(nothing, { log })
      expect(users).toBe(0)
      expect(found.map(segment => [segment.users, segment.percent_of_users])).toEqual(Array(4).fill([0, null]))
    })
  })

  describe('which log is read', () => {
    const all = async (given: typeof filters) => {
      log.seen.length = 0
      await sessionMetrics(given, { log })
      await painPoints(given, { log, classify: classifyByWords })
      await volume(given, { log })
      await engagement(given, { log })
      await retention(given, { log })
      await queryCategories(given, { log })
      await toolUsage(given, { log })
      await returningUsers(given, { log, maySeeUsers: true })
      await segments(given, { log })
      return log.seen
    }
    const tablesIn = (sql: string) => sql.replace(/--.*$/gm, '').match(/\w*interaction\w*/g)

    test('pool reads interaction_log and landscape landscape_interaction_log, never both, once for each KPI', async () => {
      const pool = await all(filters).then(seen => [...seen])
      expect(pool.map(({ sql, table }) => [tablesIn(sql), table])).toEqual(
        Array(9).fill([['interaction_log'], 'interaction_log']),
      )
      expect((await all(landscape)).map(({ sql, table }) => [tablesIn(sql), table])).toEqual(
        Array(9).fill([['landscape_interaction_log'], 'landscape_interaction_log']),
      )
    })

    test('whatever somebody filters by is a bound value and never in the SQL', async () => {
      const hostile = `x'; DROP TABLE interaction_log; --`
      const seen = await all(filtersIn(zone, { ...range, environment: hostile, user_id: hostile }))
      for (const { sql, params } of seen) {
        expect(sql).not.toContain('DROP')
        expect(params.slice(0, 4)).toEqual(['2023-03-23T23:00:00Z', '2023-03-27T22:00:00Z', hostile, hostile])
      }
      expect((await sessionMetrics(filters, { log })).sessions).toBe(20)
    })

    test('the guard lets a statement read the log that it names, and not the other one', async () => {
      const statement = { sql: 'SELECT count(*) FROM interaction_log', params: [], table: 'landscape_interaction_log' }
      await expect(log.run(statement, {})).rejects.toThrow('there is no table interaction_log here')
    })
  })
})
