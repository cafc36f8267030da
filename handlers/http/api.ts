import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import type { Effects } from '#src/effects.ts'
import { type Analytics, analyticsRoutes } from './analytics.ts'
import { limitRequests } from './api-limit.ts'
import { openApiDocument } from './api-openapi.ts'
import { type Questions, questionRoutes } from './api-questions.ts'
import type { ApiRoute } from './api-route.ts'
import { failure, notFound, onlyGet, problemTitles, type Report } from './problem.ts'

export type ApiParts = {
  /** Without it there are no `/analytics`. */
  analytics?: Analytics
  questions: Questions
  near: (word: string, among: readonly string[]) => string[]
  report: Report
  version: string
  /** Requests of one client in a minute. Default 300. */
  perMinute?: number
  /** How long an answer may take, in milliseconds. Default 60 s. */
  timeoutMs?: number
}

/**
 * The API: reads only, by GET and query parameters. It checks no Host, Origin or key; the listener that it is mounted in does. To be mounted before
 * whatever looks at bodies: another method is told 405, whatever it brings.
 */
export const createApi = (
  { analytics, questions, near, report, version, perMinute = 300, timeoutMs = 60_000 }: ApiParts,
  { now }: Pick<Effects, 'now'>,
): Hono<{ Bindings: HttpBindings }> => {
  const tools = { near, report, now, timeoutMs }
  const routes = [...(analytics ? analyticsRoutes(analytics, tools) : []), ...questionRoutes(questions, tools)]
  const document = JSON.stringify(openApiDocument(routes, { version }))
  const app = new Hono<{ Bindings: HttpBindings }>()
  const limit = limitRequests({ perMinute }, { now })
  for (const path of ['/analytics/*', '/ask', '/query']) app.use(path, limit)
  for (const route of routes) mount(app, route.path, route.handle)
  mount(app, '/openapi.json', c => c.body(document, 200, { ...jsonType, 'cache-control': 'no-cache' }))
  mount(app, '/problems/:kind', c => aboutProblem(c))
  app.all('/analytics/*', c => notFound(c, aboutAnalytics(routes)))
  app.onError((error, c) => failure(c, error, report))
  return app
}

/** Where it answers. */
export const apiPaths = ['/analytics/*', '/ask', '/query', '/openapi.json', '/problems/*'] as const

type App = Hono<{ Bindings: HttpBindings }>

const jsonType = { 'content-type': 'application/json; charset=utf-8' }

const mount = (app: App, path: string, handle: (c: Context) => Response | Promise<Response>) => {
  app.get(path, handle)
  app.all(path, c => onlyGet(c))
}

/** What a `type` of problem leads to. */
const aboutProblem = (c: Context): Response => {
  const kind = c.req.param('kind') ?? ''
  const title = Object.hasOwn(problemTitles, kind) ? problemTitles[kind as keyof typeof problemTitles] : undefined
  return title ? c.json({ type: `/problems/${kind}`, title }) : notFound(c)
}

const aboutAnalytics = (routes: readonly ApiRoute[]): string => {
  const paths = routes.map(({ path }) => path).filter(path => path.startsWith('/analytics/'))
  return paths.length > 0 ? `There is nothing here; there is ${paths.join(', ')}.` : 'There are no analytics here.'
}
