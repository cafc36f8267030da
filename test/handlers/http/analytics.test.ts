import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { supportAnalytics } from '#src/kpis/support/analytics.ts'
import { kpiNames, supportKpis } from '#src/kpis/support/catalogue.ts'
import { classifyByKey } from '#src/kpis/support/cluster/by-key.ts'
import { createRulesClassifier } from '#src/kpis/support/cluster/by-rules.ts'
import { runKpi } from '#src/kpis/support/run.ts'
import { type Base, kinds } from '#test/engines/engines.ts'
import { openApi, scriptedQuestions } from '#test/fakes/api.ts'
import { range, statements, zone } from '#test/kpis/support/hand-made-log.ts'
import { filtersIn, type WatchedLog, watchedLog } from '#test/kpis/support/logs.ts'

const { questions } = scriptedQuestions()
const classify = classifyByKey(createRulesClassifier())
const inRange = `start_date=${range.start_date}&end_date=${range.end_date}`
const keyOf = (name: string) => name.replaceAll('-', '_')

describe.each(kinds)('the KPIs over HTTP on $name', kind => {
  let base: Base
  let log: WatchedLog
  let api: Awaited<ReturnType<typeof openApi>>
  const closing: (() => Promise<unknown>)[] = []
  beforeAll(async () => {
    base = await kind.create(statements)
    const engine = await base.open()
    log = await watchedLog(engine, zone)
    api = await openApi({ analytics: supportAnalytics({ log, classify, maySeeUsers: true }), questions })
    closing.push(
      () => api.close(),
      () => engine.close(),
      () => base.drop(),
    )
  })
  afterAll(async () => {
    for (const close of closing) await close()
  })

  test.each(['pool', 'landscape'] as const)(
    '%s: each gives what its function gives, and so does the overview',
    async product_context => {
      const filters = filtersIn(zone, { ...range, product_context })
      const query = `${inRange}&product_context=${product_context}`
      const overview = (await api.get(`/analytics/overview?${query}`)).json as Record<string, unknown>
      expect(Object.keys(overview)).toEqual(kpiNames.map(keyOf))
      for (const name of kpiNames) {
        const { status, json } = await api.get(`/analytics/${name}?${query}`)
        expect([name, status, json]).toEqual([
          name,
          200,
          await runKpi(name, filters, { log, classify, maySeeUsers: true }),
        ])
        expect(overview[keyOf(name)]).toEqual(json)
      }
    },
  )

  test('the overview makes no query twice, and reads one of the two logs only', async () => {
    for (const [context, table, other] of [
      ['pool', 'interaction_log', 'landscape_interaction_log'],
      ['landscape', 'landscape_interaction_log', 'interaction_log'],
    ] as const) {
      log.seen.length = 0
      await api.get(`/analytics/overview?${inRange}&product_context=${context}`)
      const made = log.seen.map(({ sql, params }) => JSON.stringify([sql, params]))
      expect(made.length).toBeGreaterThanOrEqual(9)
      expect(new Set(made).size).toBe(made.length)
      for (const { sql } of log.seen) {
        expect(sql).toMatch(new RegExp(`\\b${table}\\b`))
        expect(sql).not.toMatch(new RegExp(`\\b${other}\\b`))
      }
    }
  })

  test('another filter gives another result; an environment and a user narrow it; values are bound', async () => {
    const sessions = async (query: string) =>
      ((await api.get(`/analytics/session-metrics?${inRange}&${query}`)).json as { sessions: number }).sessions
    expect(await sessions('product_context=pool')).toBe(20)
    expect(await sessions('product_context=pool&user_id=u1')).toBe(3)
    expect(await sessions('product_context=pool&environment=staging')).toBe(1)
    log.seen.length = 0
    expect(await sessions(`product_context=pool&user_id=${encodeURIComponent("u1' OR 1=1 --")}`)).toBe(0)
    expect(log.seen.map(({ sql }) => sql).join()).not.toContain('OR 1=1')
  })

  test('a range without anything is no error', async () => {
    const query = 'start_date=2020-01-01&end_date=2020-01-02&product_context=pool'
    const { status, json } = await api.get(`/analytics/overview?${query}`)
    expect(status).toBe(200)
    expect(json).toMatchObject({
      session_metrics: { sessions: 0, average_duration_seconds: null },
      pain_points: { queries: 0, classified_by: 'rules' },
      volume: { peak_day: null, days: 2 },
    })
  })

  test('the document is valid with the real schemas, and says of every KPI what is really answered', async () => {
    const document = (await api.get('/openapi.json')).json as Record<string, unknown>
    const { valid, errors } = await new Validator().validate(structuredClone(document))
    expect([valid, errors]).toEqual([true, undefined])
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
    ajv.addSchema({ $id: 'api', ...document })
    const paths = document.paths as Record<
      string,
      {
        get: {
          description: string
          responses: Record<string, { content: Record<string, { schema: { $ref: string } }> }>
        }
      }
    >
    for (const name of ['overview', ...kpiNames]) {
      const operation = paths[`/analytics/${name}`]?.get
      const check = ajv.compile({ $ref: `api${operation?.responses['200']?.content['application/json']?.schema.$ref}` })
      const { json } = await api.get(`/analytics/${name}?${inRange}&product_context=pool`)
      expect([name, check(json), check.errors]).toEqual([name, true, null])
      if (name !== 'overview')
        expect(operation?.description).toBe(supportKpis[name as keyof typeof supportKpis].description)
    }
  })
})
