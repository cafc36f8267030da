import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeSample } from '#src/sample/make.ts'
import { supportSample } from '#src/sample/support/sample.ts'
import {
  ensureSupportSample,
  resolveSupportSettings,
  type SupportSettingsInput,
  supportDefaults,
  supportState,
} from '#src/sample/support.ts'
import { emptyFolder, filesIn, inAnotherProcess, runOn, sampleInMemory } from './files.ts'

const sampleOf = (settings: SupportSettingsInput = {}) => sampleInMemory(supportSample(settings))
type Query = Awaited<ReturnType<typeof sampleOf>>

const contentHash = async (query: Query): Promise<string> => {
  const hash = createHash('sha256')
  for (const table of ['interaction_log', 'landscape_interaction_log'])
    for (const row of await query(`SELECT * FROM ${table} ORDER BY id`)) hash.update(`${JSON.stringify(row)}\n`)
  return hash.digest('hex')
}

const small = { numInteractions: 300, numLandscapeInteractions: 200 }
const standard = await sampleOf()
const numbers = async (sql: string, query = standard) => (await query(sql))[0]!.map(Number)
const logs = ['interaction_log', 'landscape_interaction_log']

describe('the rows', () => {
  it('are exactly these for the default settings, on every machine', async () => {
    // When this hash changes on purpose, raise `version` in src/sample/support/sample.ts, so that files made before are rebuilt.
    expect(await contentHash(standard)).toBe('d92b6f2b5824521deb946b6f9dd4b3a21d7f517db45aaef740099d68af9c83b4')
  })

  it('are the same for the same settings, and others for another seed', async () => {
    const [one, same, other] = [await sampleOf(small), await sampleOf(small), await sampleOf({ ...small, seed: 'b' })]
    expect(await contentHash(one)).toBe(await contentHash(same))
    expect(await contentHash(one)).not.toBe(await contentHash(other))
  })

  it('are as many as asked for, all between the two days, numbered in the order of time', async () => {
    for (const [log, rows] of [
      ['interaction_log', '25000'],
      ['landscape_interaction_log', '15000'],
    ]) {
      expect(
        await standard(`SELECT count(*), min(time_stamp)::DATE, max(time_stamp)::DATE, max(id) FROM ${log}`),
      ).toEqual([[rows, '2023-01-01', '2023-06-30', Number(rows)]])
      const back = `SELECT count(*) FROM (SELECT time_stamp < lag(time_stamp) OVER (ORDER BY id) AS back FROM ${log}) WHERE back`
      expect(await numbers(back)).toEqual([0])
    }
  })

  it.each([
    ['one row', { numInteractions: 1, numLandscapeInteractions: 1 }],
    ['one day', { ...small, startDate: '2023-05-09', endDate: '2023-05-09' }],
    ['days on which nobody can talk to a bot', { ...small, startDate: '2023-02-18', endDate: '2023-02-19' }],
    ['two years', { numInteractions: 2_000, numLandscapeInteractions: 50, startDate: '2022-01-01' }],
  ])('can be few or stretched: %s', async (_, settings) => {
    const query = await sampleOf(settings)
    const { startDate, endDate } = { ...supportDefaults, ...settings }
    expect(await numbers('SELECT count(*) FROM interaction_log', query)).toEqual([settings.numInteractions])
    const outside = `SELECT count(*) FROM interactions WHERE time_stamp::DATE NOT BETWEEN '${startDate}' AND '${endDate}'`
    expect(await numbers(outside, query)).toEqual([0])
  })
})

describe('the tables', () => {
  it('have these columns; only the landscape bot knows about the mobile app', async () => {
    const columns = Object.fromEntries(
      await standard(`
        SELECT table_name, string_agg(column_name || ' ' || data_type || if(is_nullable, '?', ''), ', ' ORDER BY column_index)
        FROM duckdb_columns() WHERE NOT internal AND table_name <> 'interactions' GROUP BY 1`),
    )
    const pool =
      'id INTEGER, time_stamp TIMESTAMP WITH TIME ZONE, user_id VARCHAR?, session_id VARCHAR?, input VARCHAR, output VARCHAR, ' +
      'full_prompt VARCHAR, chat_history VARCHAR?, context VARCHAR?, user_feedback VARCHAR?, user_feedback_reason VARCHAR?, ' +
      'message_id VARCHAR, query_category VARCHAR?, environment VARCHAR, chat_bubble BOOLEAN, context_aware BOOLEAN, ' +
      'chat_language VARCHAR, orch_1_time DECIMAL(9,3), orch_2_time DECIMAL(9,3), response_time DECIMAL(9,3), ' +
      'execution_flow_time DECIMAL(9,3), residual_time DECIMAL(9,3), errors VARCHAR?, is_voice_input BOOLEAN, original_transcription VARCHAR?'
    expect(columns).toEqual({
      interaction_log: pool,
      landscape_interaction_log: `${pool}, is_mobile_app BOOLEAN`,
    })
  })

  it.each([
    ['the same message twice', 'SELECT message_id FROM interactions GROUP BY 1 HAVING count(*) > 1'],
    [
      'a time that is not the sum of its parts',
      'SELECT 1 FROM interactions WHERE response_time <> orch_1_time + orch_2_time + execution_flow_time + residual_time',
    ],
    [
      'a category that the router does not have',
      `SELECT 1 FROM interactions WHERE query_category NOT IN ('Product catalog', 'Compatible parts', 'Pricing / inventory',
        'Invoice / payment', 'Product manuals', 'Orders', 'General conversation', 'Tutorial videos', 'Out of scope', 'Nearest branch')`,
    ],
    [
      'more than 15 messages',
      'SELECT session_id FROM interactions WHERE session_id IS NOT NULL GROUP BY 1 HAVING count(*) > 15',
    ],
    ['feedback of another kind', `SELECT 1 FROM interactions WHERE user_feedback NOT IN ('positive', 'negative')`],
    [
      'a reason without feedback',
      'SELECT 1 FROM interactions WHERE user_feedback IS NULL AND user_feedback_reason IS NOT NULL',
    ],
    [
      'a transcription that nobody spoke',
      'SELECT 1 FROM interaction_log WHERE is_voice_input <> (original_transcription IS NOT NULL)',
    ],
    [
      'sessions of two people, or in two environments',
      `SELECT session_id FROM interactions WHERE session_id IS NOT NULL GROUP BY product_context, session_id
        HAVING count(DISTINCT user_id) > 1 OR count(DISTINCT environment) > 1`,
    ],
    [
      'sessions without any user or any category',
      'SELECT session_id FROM interactions WHERE session_id IS NOT NULL GROUP BY 1 HAVING count(user_id) = 0 OR count(query_category) = 0',
    ],
  ])('have no %s', async (_, sql) => {
    expect(await standard(sql)).toEqual([])
  })

  it('miss a user, a session or a category in some rows of both', async () => {
    for (const log of logs)
      for (const column of ['user_id', 'session_id', 'query_category']) {
        const [missing, all] = await numbers(`SELECT count(*) FILTER (${column} IS NULL), count(*) FROM ${log}`)
        expect(missing).toBeGreaterThan(10)
        expect(missing! / all!).toBeLessThan(0.02)
      }
  })

  it('hold users of all four segments', async () => {
    for (const log of logs) {
      const segments = await standard(`
        SELECT CASE WHEN n >= 10 THEN 'power' WHEN n >= 3 THEN 'regular' WHEN n = 2 THEN 'casual' ELSE 'one-time' END AS segment, count(*)
        FROM (SELECT count(DISTINCT session_id) AS n FROM ${log} WHERE user_id IS NOT NULL GROUP BY user_id) GROUP BY 1 ORDER BY 1`)
      expect(segments.map(([name]) => name)).toEqual(['casual', 'one-time', 'power', 'regular'])
      for (const [, users] of segments) expect(Number(users)).toBeGreaterThan(50)
    }
  })

  it('hold messy texts: most distinct, some asked again and again, in three languages, some with what points to a person', async () => {
    const [texts, distinct] = await numbers('SELECT count(*), count(DISTINCT input) FROM interaction_log')
    expect(distinct! / texts!).toBeGreaterThan(0.4)
    expect(distinct! / texts!).toBeLessThan(0.7)
    expect(await standard('SELECT DISTINCT chat_language FROM interactions ORDER BY 1')).toEqual([
      ['de'],
      ['en'],
      ['es'],
    ])
    expect(
      (await numbers(`SELECT count(*) FROM interaction_log WHERE input LIKE '%@example.com%'`))[0],
    ).toBeGreaterThan(20)
  })

  it('hold sessions in which somebody was first annoyed and then pleased', async () => {
    const both = `SELECT count(*) FROM (SELECT 1 FROM interaction_log WHERE session_id IS NOT NULL GROUP BY session_id
      HAVING arg_min(user_feedback, time_stamp) = 'negative' AND arg_max(user_feedback, time_stamp) = 'positive')`
    expect((await numbers(both))[0]).toBeGreaterThan(15)
  })
})

describe('what happened', () => {
  it('on 18 and 19 February nobody could talk to either bot, and on all other days somebody did', async () => {
    for (const log of logs)
      expect(
        await standard(`SELECT d::DATE::VARCHAR FROM range(DATE '2023-01-01', DATE '2023-07-01', INTERVAL 1 DAY) r(d)
          ANTI JOIN ${log} l ON l.time_stamp::DATE = d::DATE ORDER BY 1`),
      ).toEqual([['2023-02-18'], ['2023-02-19']])
  })

  it('on 25 April answers were six times as slow, a third failed, and most who said something were annoyed', async () => {
    for (const log of logs) {
      const [slower, failed, annoyed, otherwise] = await numbers(`
        SELECT avg(response_time) FILTER (bad) / avg(response_time) FILTER (NOT bad), avg((errors IS NOT NULL)::INT) FILTER (bad),
          avg((user_feedback = 'negative')::INT) FILTER (bad), avg((user_feedback = 'negative')::INT) FILTER (NOT bad)
        FROM (SELECT *, time_stamp::DATE = '2023-04-25' AS bad FROM ${log})`)
      expect(slower).toBeGreaterThan(5)
      expect(slower).toBeLessThan(7)
      expect(failed).toBeGreaterThan(0.2)
      expect(annoyed).toBeGreaterThan(0.8)
      expect(otherwise).toBeLessThan(0.45)
    }
  })

  it('8–14 May conversations with the pool bot about prices tripled, and all others stayed as they were', async () => {
    const [prices, others] = await numbers(`
      WITH firsts AS (SELECT session_id, min(time_stamp) AS begun, arg_min(query_category, time_stamp) AS about FROM interaction_log
        WHERE session_id IS NOT NULL GROUP BY 1)
      SELECT count(*) FILTER (during AND price) * 2 / count(*) FILTER (around AND price),
        count(*) FILTER (during AND NOT price) * 2 / count(*) FILTER (around AND NOT price)
      FROM (SELECT about = 'Pricing / inventory' AS price, begun::DATE BETWEEN '2023-05-08' AND '2023-05-14' AS during,
        begun::DATE BETWEEN '2023-05-01' AND '2023-05-07' OR begun::DATE BETWEEN '2023-05-15' AND '2023-05-21' AS around FROM firsts)`)
    expect(prices).toBeGreaterThan(2.4)
    expect(prices).toBeLessThan(3.6)
    expect(Math.abs(others! - 1)).toBeLessThan(0.15)
  })

  it('German grew from month to month with the pool bot, from about 5 % to about 19 %', async () => {
    const months = await standard(
      `SELECT avg((chat_language = 'de')::INT) FROM interaction_log GROUP BY month(time_stamp) ORDER BY month(time_stamp)`,
    )
    const shares = months.map(([share]) => Number(share))
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares[0]).toBeLessThan(0.07)
    expect(shares[5]).toBeGreaterThan(0.16)
  })

  it('one user has the pool bot open on a counter: about one session in fifty', async () => {
    const [most, next, all] = await numbers(`
      WITH users AS (SELECT count(DISTINCT session_id) AS n FROM interaction_log WHERE user_id IS NOT NULL GROUP BY user_id)
      SELECT max(n), (SELECT n FROM users ORDER BY n DESC LIMIT 1 OFFSET 1), sum(n) FROM users`)
    expect(most! / all!).toBeCloseTo(0.02, 2)
    expect(most! / next!).toBeGreaterThan(4)
  })

  it('from 1 April on the landscape bot was used in the mobile app', async () => {
    const shares = await numbers(`
      SELECT avg(is_mobile_app::INT) FILTER (month(time_stamp) < 4), avg(is_mobile_app::INT) FILTER (month(time_stamp) >= 4)
      FROM landscape_interaction_log`)
    expect(shares).toEqual([expect.closeTo(0.05, 1), expect.closeTo(0.45, 1)])
    expect(await numbers(`SELECT count(is_mobile_app) FROM interactions WHERE product_context = 'pool'`)).toEqual([0])
  })
})

describe('a file with the logs', () => {
  it('is built, reused, and built anew when a setting changed; another sample is never touched', async () => {
    const path = join(emptyFolder(), 'support.duckdb')
    expect(await supportState(path, small)).toBe('missing')
    expect(await ensureSupportSample({ path, settings: small })).toBe('built')
    expect(await ensureSupportSample({ path, settings: small })).toBe('reused')
    expect(await supportState(path, small)).toBe('matching')
    expect(await supportState(path, { ...small, seed: 'other' })).toBe('different')
    for (const change of [
      { numInteractions: 301 },
      { numLandscapeInteractions: 201 },
      { endDate: '2023-06-29' },
      { seed: 'b' },
    ])
      expect(await ensureSupportSample({ path, settings: { ...small, ...change } })).toBe('rebuilt')
    expect(await runOn(path, `SELECT value FROM _chartroom_sample WHERE key = 'seed'`)).toEqual([{ value: 'b' }])
  })

  it('is left alone when it is somebody else’s, with what to do', async () => {
    const folder = emptyFolder()
    const path = join(folder, 'support.duckdb')
    writeFileSync(path, 'a,b\n')
    await expect(ensureSupportSample({ path, settings: small })).rejects.toThrow(
      `${path} was not made by Chartroom, so it was left alone; move it away or set CHARTROOM_HOME to another folder.`,
    )
    expect(filesIn(folder)).toEqual(['support.duckdb'])
    const other = join(folder, 'shop.duckdb')
    await runOn(other, `CREATE TABLE _chartroom_sample AS SELECT 'sample' AS key, 'ecommerce' AS value`)
    await expect(ensureSupportSample({ path: other })).rejects.toThrow('holds the ecommerce sample data')
    expect(await supportState(other)).toBe('foreign')
  })

  it('is made in a process of its own, also by several at once', async () => {
    const folder = emptyFolder()
    const path = join(folder, 'support.duckdb')
    const progress: number[][] = []
    await makeSample({
      sample: 'support',
      path,
      settings: { support: small },
      onProgress: (done, total) => progress.push([done, total]),
    })
    expect(progress).toEqual([[500, 500]])
    expect(filesIn(folder)).toEqual(['support.duckdb', 'support.duckdb.seal'])
    const code = `
      import { ensureSupportSample } from '#src/sample/support.ts'
      await ensureSupportSample({ path: ${JSON.stringify(path)}, settings: { numInteractions: 400, numLandscapeInteractions: 1 } })`
    const exits = await Promise.all([1, 2].map(() => once(inAnotherProcess(code), 'exit')))
    expect(exits.map(([status]) => status)).toEqual([0, 0])
    expect(await runOn(path, 'SELECT count(*)::INT AS n FROM interaction_log')).toEqual([{ n: 400 }])
    expect(filesIn(folder)).toEqual(['support.duckdb', 'support.duckdb.seal'])
  })

  it('is not looked at again while its file is the one that was looked at; another file or other settings are', async () => {
    const path = join(emptyFolder(), 'support.duckdb')
    const rowsOf = () => runOn(path, 'SELECT count(*)::INT AS n FROM interaction_log')
    const make = (numInteractions: number) =>
      makeSample({ sample: 'support', path, settings: { support: { numInteractions, numLandscapeInteractions: 1 } } })
    await make(300)
    const sealed = readFileSync(`${path}.seal`, 'utf8')
    await make(300)
    expect(readFileSync(`${path}.seal`, 'utf8')).toBe(sealed)
    await make(200)
    expect(await rowsOf()).toEqual([{ n: 200 }])
    await ensureSupportSample({ path, settings: { numInteractions: 100, numLandscapeInteractions: 1 } })
    await make(200)
    expect(await rowsOf()).toEqual([{ n: 200 }])
    writeFileSync(path, 'of somebody else')
    await expect(make(200)).rejects.toThrow('was not made by Chartroom')
    expect(readFileSync(path, 'utf8')).toBe('of somebody else')
  })

  it('is not made of settings that make no sense; the sentence names the setting', async () => {
    const path = join(emptyFolder(), 'support.duckdb')
    const making = makeSample({ sample: 'support', path, settings: { support: { numInteractions: 0 } } })
    await expect(making).rejects.toThrow('SUPPORT_INTERACTIONS must be a whole number from 1 to 5,000,000, not "0".')
    expect(resolveSupportSettings({ numInteractions: '5', startDate: '' })).toEqual({
      ...supportDefaults,
      numInteractions: 5,
    })
    expect(() => resolveSupportSettings({ endDate: '2022-12-31' })).toThrow(
      'SUPPORT_END_DATE (2022-12-31) is before SUPPORT_START_DATE (2023-01-01).',
    )
    expect(() => resolveSupportSettings({ startDate: '1.1.2023' })).toThrow(
      'SUPPORT_START_DATE must be a day such as 2023-01-31, not "1.1.2023".',
    )
  })
})
