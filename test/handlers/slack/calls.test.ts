import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api'
import { describe, expect, test } from 'vitest'
import { type Caller, createCalls } from '#handlers/slack/calls.ts'
import { createMetrics } from '#src/metrics.ts'

const busyFor = (seconds: number): Caller => {
  const client = { apiCall: () => Promise.reject(new WebAPIRateLimitedError(seconds)) }
  return { tenant: 'T1', client: client as unknown as WebClient }
}
const open = () => createCalls({ metrics: createMetrics() }, { random: () => 0.5 })

describe('when the program ends', () => {
  test('a call that Slack has put off fails instead of waiting', async () => {
    const calls = open()
    const call = calls.call(busyFor(60), { method: 'chat.postMessage', args: {}, channel: 'C1' })
    calls.hurry()
    await expect(call).rejects.toMatchObject({ name: 'CallError', method: 'chat.postMessage', code: 'given_up' })
  })

  test('a pause fails, one that has begun and one that begins', async () => {
    const calls = open()
    const begun = calls.pause(60_000)
    calls.hurry()
    await expect(begun).rejects.toMatchObject({ name: 'CallError', code: 'given_up' })
    await expect(calls.pause(0)).rejects.toMatchObject({ code: 'given_up' })
  })
})
