import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDriving } from './driving.ts'
import type { FakeSlack } from './slack.ts'

describe('driving by hand', () => {
  let slack: FakeSlack
  beforeAll(async () => {
    slack = await startDriving()
  })
  afterAll(() => slack.close())

  const post = (body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    fetch(`${slack.origin}/do`, { method: 'POST', headers, body: JSON.stringify(body) })

  const stateFor = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: slack.port, path: '/state', headers: { host } }, response => {
        response.resume()
        resolve(response.statusCode)
      })
      sent.on('error', reject)
      sent.end()
    })

  it('is on this machine only and takes nothing that another page could send', async () => {
    expect(await stateFor(`127.0.0.1:${slack.port}`)).toBe(200)
    expect(await stateFor('evil.example')).toBe(421)
    expect(slack.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect((await post({ kind: 'say' }, { 'content-type': 'text/plain' })).status).toBe(415)
  })

  it('says when the bot is not there', async () => {
    const said = await post({ as: 'U0ASKER', place: 'D0ASKER', kind: 'say', text: 'revenue' })
    expect(await said.json()).toEqual({
      problem: 'The bot is not connected. Start it with the settings that were printed.',
    })
    expect(slack.messages('D0ASKER')).toMatchObject([{ text: 'revenue', user: 'U0ASKER' }])
  })

  it('says what went wrong', async () => {
    const here = { as: 'U0ASKER', place: 'C0GENERAL' }
    const problem = async (what: object) => (await (await post({ ...here, ...what })).json()) as unknown
    expect(await problem({ kind: 'say', text: ' ' })).toEqual({ problem: 'There is nothing to send.' })
    expect(await problem({ kind: 'submit', values: {} })).toEqual({ problem: 'No modal is open.' })
    expect(await problem({ kind: 'explain', ts: '1.000000' })).toEqual({
      problem: 'This message is not there any more.',
    })
  })
})
