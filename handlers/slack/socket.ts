import { setTimeout as sleep } from 'node:timers/promises'
import { SocketModeReceiver } from '@slack/bolt'
import { receipt } from './acknowledge.ts'
import { toCallError } from './call-error.ts'
import { libraryLog } from './log.ts'
import type { Slack } from './slack-parts.ts'

/** How long Slack's answer to a ping is waited for. The library waits as long before it connects again when Slack recycles a connection, every few hours. */
const pingTimeoutMs = 2500
const hangUpMs = 2000
const reconnectMs = 30_000

export type SocketDoor = { receiver: SocketModeReceiver; open: () => Promise<void>; close: () => Promise<void> }

/**
 * Events, commands and clicks over a connection of our own. Neither an installer nor routes are given to the receiver: with either it would open
 * a port on all interfaces.
 */
export const openSocket = (
  slack: Pick<Slack, 'parts' | 'effects'>,
  { appToken, apiUrl }: { appToken: string; apiUrl: string },
): SocketDoor => {
  const logger = libraryLog(slack.parts)
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    clientPingTimeout: pingTimeoutMs,
    installerOptions: { clientOptions: { slackApiUrl: apiUrl } },
    customPropertiesExtractor: () => receipt(slack),
  })
  const { client } = receiver
  const connect = client.start.bind(client)
  const again = keepConnecting(receiver, connect, slack)
  return {
    receiver,
    open: async () => {
      await connect()
    },
    close: async () => {
      again.end()
      await Promise.race([client.disconnect(), sleep(hangUpMs, undefined, { ref: false })])
    },
  }
}

/** The library connects again by itself and lets nobody know when it gives up: the rejected promise would end the program. */
const keepConnecting = (
  { client }: SocketModeReceiver,
  connect: typeof client.start,
  { parts }: Pick<Slack, 'parts'>,
) => {
  const ended = new AbortController()
  const start: typeof client.start = () =>
    connect().catch(async error => {
      if (!ended.signal.aborted) parts.warn('slack/reconnect', toCallError('apps.connections.open', error))
      await sleep(reconnectMs, undefined, { ref: false, signal: ended.signal }).catch(
        () => new Promise(() => undefined),
      )
      return start()
    })
  client.start = start
  return { end: () => ended.abort() }
}
