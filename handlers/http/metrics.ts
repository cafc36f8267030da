import { Hono } from 'hono'
import type { Metrics } from '#src/metrics.ts'

/** `GET /metrics` of the local listener, for Prometheus on this machine. */
export const metricsPage = (metrics: Pick<Metrics, 'page'>): Hono => {
  const app = new Hono()
  app.get('/metrics', async c => {
    const { text, type } = await metrics.page()
    return c.body(text, 200, { 'content-type': type, 'cache-control': 'no-store' })
  })
  return app
}
