import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApi } from '#handlers/http/api.ts'
import { type ApiListener, createApiListener } from '#handlers/http/api-listener.ts'
import { createDocs } from '#handlers/http/docs.ts'
import { fixedEffects } from '#src/effects.ts'
import { nearest } from '#src/semantic/near.ts'
import { scriptedQuestions } from '#test/fakes/api.ts'
import { rawRequest } from '#test/fakes/raw-request.ts'

const key = 'k3y-of-the-api-0123456789'

describe('the API opened to the network', () => {
  const { questions, asked } = scriptedQuestions()
  let listener: ApiListener
  let port = 0

  beforeAll(async () => {
    const report = () => 'incident'
    const api = createApi({ questions, near: nearest, report, version: '1' }, fixedEffects())
    listener = createApiListener({ host: '127.0.0.1', port: 0, key, api, docs: createDocs(), report })
    port = (await listener.listen()).port
  })
  afterAll(() => listener.close())

  const at = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    rawRequest({ port, path, headers: { host: 'analytics.example', ...headers }, method })

  it.each<Record<string, string>>([
    {},
    { authorization: '' },
    { authorization: 'Bearer' },
    { authorization: `Basic ${key}` },
    { authorization: `Bearer ${key}x` },
    { authorization: `Bearer ${key.slice(0, -1)}` },
    { 'x-api-key': 'x' },
    { 'x-api-key': '' },
    { cookie: `key=${key}` },
  ])('refuses %j', async headers => {
    const before = asked.length
    for (const path of [
      '/ask?question=x',
      `/ask?question=x&key=${key}`,
      '/query?measures=x',
      '/analytics/x',
      '/room/ask',
    ]) {
      const reply = await at(path, headers)
      expect([reply.status, reply.headers['www-authenticate']]).toEqual([401, 'Bearer realm="chartroom"'])
      expect(reply.headers['content-type']).toContain('application/problem+json')
    }
    expect(asked.length).toBe(before)
  })

  it.each<Record<string, string>>([
    { authorization: `Bearer ${key}` },
    { authorization: `bearer  ${key}` },
    { 'x-api-key': key },
  ])('lets %j in, by any name of the machine', async headers => {
    expect((await at('/ask?question=x', headers)).status).toBe(200)
  })

  it('shows its page and what it can do to anybody, and nothing of the room', async () => {
    for (const path of ['/docs', '/docs/start.js', '/openapi.json', '/healthz', '/problems/key'])
      expect([path, (await at(path)).status]).toEqual([path, 200])
    for (const path of ['/', '/metrics', '/room/start']) expect((await at(path, { 'x-api-key': key })).status).toBe(404)
  })

  it('only reads', async () => {
    expect((await at('/ask?question=x', { 'x-api-key': key }, 'POST')).status).toBe(405)
    expect((await at('/ask?question=x', {}, 'POST')).status).toBe(401)
  })
})
