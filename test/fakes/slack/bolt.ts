import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { App, HTTPReceiver, LogLevel } from '@slack/bolt'
import { WebClient } from '@slack/web-api'
import type { FakeSlack } from './slack.ts'

/** Says nothing; tests look at what the stand-in saw instead. */
export const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
}

/** A client that tries once and gives 429 back at once. */
export const clientOf = (slack: FakeSlack, token = slack.botToken) =>
  new WebClient(token, { slackApiUrl: slack.apiUrl, ...once, logger: silent })

/** A real Bolt app against the stand-in, over HTTP or Socket Mode; `listen` registers its listeners. */
export const startBolt = async (
  slack: FakeSlack,
  listen: (app: App) => void,
  { transport = 'http' }: { transport?: 'http' | 'socket' } = {},
): Promise<{ app: App; stop: () => Promise<unknown> }> => {
  const shared = { token: slack.botToken, logger: silent, clientOptions: { slackApiUrl: slack.apiUrl, ...once } }
  if (transport === 'socket') {
    const app = new App({ ...shared, socketMode: true, appToken: slack.appToken })
    listen(app)
    await app.start()
    return { app, stop: () => app.stop() }
  }
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logger: silent })
  const app = new App({ ...shared, receiver })
  listen(app)
  const server = createServer(receiver.requestListener)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  slack.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`)
  return { app, stop: () => new Promise(resolve => server.close(resolve)) }
}

const once = { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true }
