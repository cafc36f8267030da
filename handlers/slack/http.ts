import { HTTPReceiver } from '@slack/bolt'
import type { PublicRoute } from '../chat/platform.ts'
import { receipt } from './acknowledge.ts'
import { admit, createSignatures } from './edge.ts'
import { libraryLog } from './log.ts'
import type { Slack } from './slack-parts.ts'

export type HttpDoor = { receiver: HTTPReceiver; route: PublicRoute; close: () => void }

/** Events, commands and clicks over HTTP, at one path of the public listener. Bolt's receiver opens no port of its own. */
export const openHttp = (slack: Pick<Slack, 'parts' | 'effects'>, signingSecret: string): HttpDoor => {
  const { parts, effects } = slack
  let isOpen = true
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: ['/slack/events'],
    logger: libraryLog(parts),
    customPropertiesExtractor: () => receipt(slack),
  })
  const refused = (reason: string) => parts.warn('slack/refused-request', new Error(reason))
  const edge = { signingSecret, isNew: createSignatures(effects), refused, effects }
  const handle: PublicRoute['handle'] = async (request, response) => {
    if (!isOpen) return void response.writeHead(503, { connection: 'close' }).end()
    const body = await admit(request, response, edge)
    // Bolt takes a body that was read before.
    if (body) receiver.requestListener(Object.assign(request, { rawBody: body }), response)
  }
  const close = () => {
    isOpen = false
  }
  return { receiver, route: { method: 'POST', path: '/slack/events', handle }, close }
}
