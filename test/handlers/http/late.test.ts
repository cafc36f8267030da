import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { late } from '#handlers/http/late.ts'

const lateApp = () => {
  let made = 0
  const app = late(['/data/*'], async () => {
    made += 1
    if (made === 1) throw new Error('not yet')
    const inner = new Hono<{ Bindings: object }>()
    inner.get('/data/:name', c => c.text(c.req.param('name')))
    return inner
  })
  app.get('/other', c => c.text('here'))
  app.onError((error, c) => c.text(error.message, 500))
  return { app, made: () => made }
}

test('an app is made by the first who asks for it, once, and again after it could not be', async () => {
  const { app, made } = lateApp()
  expect(await (await app.request('/other')).text()).toBe('here')
  expect(made()).toBe(0)
  const failed = await app.request('/data/a')
  expect([failed.status, await failed.text()]).toEqual([500, 'not yet'])
  const two = await Promise.all(['/data/a', '/data/b'].map(path => app.request(path)))
  expect(await Promise.all(two.map(reply => reply.text()))).toEqual(['a', 'b'])
  expect(made()).toBe(2)
})
