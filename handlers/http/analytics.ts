import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { z } from 'zod'
import type { SupportFilters } from '#src/kpis/support/filters.ts'
import { type ParameterReader, readParameters } from './api-parameters.ts'
import { type ApiRoute, type ApiTools, answering } from './api-route.ts'
import { wrongParameters } from './problem.ts'

/** One KPI: where it is, what it means, what it gives, and the function that works it out. */
export type AnalyticsKpi = {
  /** The last part of the address: `session-metrics`. Its key in the overview is `session_metrics`. */
  path: string
  title: string
  description: string
  result: z.ZodType
  run: (filters: SupportFilters, options: { signal: AbortSignal }) => Promise<unknown>
}

export type Analytics = {
  /** The parameters as the page of the API shows them. */
  fields: z.ZodObject
  /** Reads them, and what they say about each other. */
  filters: z.ZodType<SupportFilters>
  kpis: readonly AnalyticsKpi[]
  /** What the page fills in, such as days that the data has. */
  examples?: Readonly<Record<string, string>>
}

/** Milliseconds for which a browser may show again what a range that is over gave; the data may still be loaded anew. */
const keptFor = 300

/** `GET /analytics/<kpi>` for each, and `/analytics/overview` for all of them at once. */
export const analyticsRoutes = ({ fields, filters, kpis, examples }: Analytics, tools: ApiTools): ApiRoute[] => {
  const reader: ParameterReader<SupportFilters> = {
    names: Object.keys(fields.shape),
    schema: filters,
    near: tools.near,
  }
  const common = { parameters: fields, examples, tag: 'Analytics', kept: true }
  const overview: ApiRoute = {
    ...common,
    path: '/analytics/overview',
    operationId: 'overview',
    summary: 'All nine at once',
    description: `Every KPI under its own name, with the same filters: ${kpis.map(({ path }) => keyOf(path)).join(', ')}.`,
    result: z
      .strictObject(Object.fromEntries(kpis.map(({ path, result }) => [keyOf(path), result])))
      .meta({ id: 'Overview' }),
    handle: c => answer(c, { reader, tools, run: (given, options) => runAll(kpis, given, options) }),
  }
  const single = kpis.map(
    ({ path, title, description, result, run }): ApiRoute => ({
      ...common,
      path: `/analytics/${path}`,
      operationId: keyOf(path),
      summary: title,
      description,
      result,
      handle: c => answer(c, { reader, tools, run }),
    }),
  )
  return [overview, ...single]
}

const keyOf = (path: string) => path.replaceAll('-', '_')

/** All at once; when one fails the others are stopped. */
const runAll = async (
  kpis: readonly AnalyticsKpi[],
  filters: SupportFilters,
  { signal }: { signal: AbortSignal },
): Promise<unknown> => {
  const stop = new AbortController()
  const options = { signal: AbortSignal.any([signal, stop.signal]) }
  try {
    const results = await Promise.all(
      kpis.map(async ({ path, run }): Promise<[string, unknown]> => [keyOf(path), await run(filters, options)]),
    )
    return Object.fromEntries(results)
  } catch (error) {
    stop.abort()
    throw error
  }
}

type Answering = { reader: ParameterReader<SupportFilters>; tools: ApiTools; run: AnalyticsKpi['run'] }

const answer = (c: Context, { reader, tools, run }: Answering): Promise<Response> => {
  const read = readParameters(new URL(c.req.url).searchParams, reader)
  if ('faults' in read) return Promise.resolve(wrongParameters(c, read.faults))
  return answering(c, tools, async signal => {
    const body = JSON.stringify(await run(read.value, { signal }))
    const isOver = Date.parse(read.value.until) <= tools.now()
    return isOver ? tagged(c, body) : reply(c, body, { 'cache-control': 'no-store' })
  })
}

/** Of a range that is over: the reader may keep it for a while, and is then told whether it is still so. */
const tagged = (c: Context, body: string): Response => {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  const headers = { etag, 'cache-control': `private, max-age=${keptFor}` }
  return isKnown(c.req.header('if-none-match'), etag) ? c.body(null, 304, headers) : reply(c, body, headers)
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-if-none-match: weak comparison, any of a list. */
const isKnown = (given = '', etag: string) => {
  const tags: readonly string[] = given.match(/"[^"]*"/g) ?? []
  return given.trim() === '*' || tags.includes(etag)
}

const reply = (c: Context, body: string, headers: Record<string, string>) =>
  c.body(body, 200, { 'content-type': 'application/json; charset=utf-8', ...headers })
