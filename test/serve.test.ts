import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { makeHome, type Running } from './cli/program.ts'
import { rawRequest } from './fakes/raw-request.ts'

const home = makeHome()
let server: Running
let port = 0
beforeAll(async () => {
  server = home.start(['serve'])
  await vi.waitFor(() => expect(server.seen.out).toContain('Ctrl-C stops it.'), { timeout: 100_000, interval: 100 })
  port = Number(/http:\/\/localhost:(\d+)\//.exec(server.seen.out)?.[1])
})
afterAll(() => home.clear())

const own = () => ({ host: `localhost:${port}`, 'content-type': 'application/json' })

const ask = async (text: string) => {
  const body = JSON.stringify({ text, thread: 'test' })
  const reply = await rawRequest({ port, method: 'POST', path: '/room/ask', headers: own(), body })
  return {
    status: reply.status,
    lines: reply.body
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line)),
  }
}

describe('chartroom serve', () => {
  test('says where the room is, what is configured, and a question to try', () => {
    expect(server.seen.out).toMatch(
      /Chartroom is ready\.\n\n +Local room +http:\/\/localhost:\d+\/\n +Slack +no\n +Teams +no\n +Model +no\n\nTry: \S.+\n/,
    )
    expect(server.seen.err).toMatch(/^Making sample data: /)
  })

  test('is healthy and ready', async () => {
    expect(await rawRequest({ port, path: '/healthz' })).toMatchObject({ status: 200, body: '{"status":"ok"}' })
    expect(await rawRequest({ port, path: '/readyz' })).toMatchObject({ status: 200, body: '{"status":"ready"}' })
  })

  test('serves the page, to this machine only', async () => {
    const page = await rawRequest({ port, headers: { host: `localhost:${port}` } })
    expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } })
    expect(page.body).toContain('<title>')
    expect((await rawRequest({ port, headers: { host: 'evil.example' } })).status).toBe(421)
  })

  test('answers a question over HTTP, with its picture and its rows as CSV', async () => {
    const { status, lines } = await ask('orders by category')
    expect(status).toBe(200)
    const last = lines.at(-1)
    expect(last).toMatchObject({ type: 'answer', view: { status: 'answered' } })
    const id = encodeURIComponent(last.view.id)
    const png = await rawRequest({ port, path: `/room/chart/${id}.light.png`, headers: own() })
    expect(png).toMatchObject({ status: 200, headers: { 'content-type': 'image/png' } })
    const csv = await rawRequest({ port, path: `/room/answers/${id}.csv`, headers: own() })
    expect(csv.body).toMatch(/^\uFEFF?category,orders\r?\n/)
  })

  test('understands commands and follow-ups of a thread', async () => {
    expect((await ask('kpi')).lines.at(-1)).toMatchObject({ view: { status: 'told', title: 'KPIs' } })
    expect((await ask('orders by category')).lines.at(-1)).toMatchObject({ view: { status: 'answered' } })
    const { lines } = await ask('as a pie')
    expect(lines.at(-1)).toMatchObject({ type: 'answer', view: { status: 'answered' } })
  })

  test('the doctor sees that Chartroom itself is at the port', async () => {
    const { out, code } = await home.run(['doctor'], { settings: { PORT: String(port) } })
    expect(out).toMatch(/✓ PORT .*Chartroom/)
    expect(code).toBe(0)
  })

  test('an interrupt lets a question that runs finish, then ends everything', async () => {
    const asked = ask('why did revenue change in October?')
    await rawRequest({ port, path: '/healthz' })
    server.child.kill('SIGINT')
    expect((await asked).lines.at(-1)).toMatchObject({ type: 'answer' })
    const { code, err } = await server.ended
    expect(err).toContain('Finishing what is running…\n')
    expect(err).not.toMatch(/Error| {4}at /)
    expect(code).toBe(0)
    await expect(rawRequest({ port, path: '/healthz' })).rejects.toThrow(/ECONNREFUSED/)
  })
})
