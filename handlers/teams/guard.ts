import type { IncomingMessage } from 'node:http'
import { type Activity, readActivity } from './activity.ts'
import { isServiceUrl, type Places } from './service-url.ts'

/** What the guard knows of us. Without `clientId` or `tenantId` (only with the playground) they are not compared. */
export type GuardSettings = Places & { clientId?: string; tenantId?: string }

export type Admission =
  | { ok: true; body: unknown; activity: Activity }
  | { ok: false; status: number; error: string; message: string }

/** A card of Teams is at most about 100 KB, an activity with a pressed button less. */
export const mostBytes = 256 * 1024

/**
 * Stands in front of the SDK, which takes tokens of Entra of any tenant and then writes to whatever service the request names
 * (docs/decisions/0011-teams-sdk.md). Here a request must claim to come from the Bot Framework, name a service of Microsoft, our tenant and
 * our bot; whether the claim is true is then checked by the SDK.
 */
export const admit = async (request: IncomingMessage, settings: GuardSettings): Promise<Admission> => {
  if (request.method !== 'POST') return refuse(405, 'method-not-allowed')
  if (mediaType(request) !== 'application/json') return refuse(415, 'not-json')
  if (settings.playground ? !isFromHere(request) : !isFromBotFramework(request)) return refuse(401, 'not-signed')
  const text = await readBody(request)
  if (text === undefined) return refuse(413, 'too-large')
  const body = parse(text)
  const activity = readActivity(body)
  if (!activity) return refuse(400, 'not-an-activity')
  if (activity.channelId !== 'msteams') return refuse(403, 'wrong-channel')
  if (!isServiceUrl(activity.serviceUrl, settings)) return refuse(403, 'wrong-service')
  if (!isOurTenant(activity, settings)) return refuse(403, 'wrong-tenant')
  if (!isOurBot(activity, settings)) return refuse(403, 'wrong-bot')
  return { ok: true, body, activity }
}

const messages = {
  'method-not-allowed': 'Use POST.',
  'not-json': 'Send application/json.',
  'not-signed': 'This is not signed by the Bot Framework.',
  'too-large': 'This is more than the bot takes.',
  'not-an-activity': 'This is not an activity of Teams.',
  'wrong-channel': 'The bot is only in Teams.',
  'wrong-service': 'The bot does not know this service.',
  'wrong-tenant': 'The bot is not for this tenant.',
  'wrong-bot': 'This is meant for another bot.',
} as const

const refuse = (status: number, error: keyof typeof messages): Admission => ({
  ok: false,
  status,
  error,
  message: messages[error],
})

const mediaType = ({ headers }: IncomingMessage) => headers['content-type']?.split(';')[0]?.trim().toLowerCase()

/** https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#connector-to-bot */
const issuer = 'https://api.botframework.com'

const isFromBotFramework = ({ headers }: IncomingMessage) => {
  const [, payload] = /^Bearer [\w-]+\.([\w-]+)\.[\w-]+$/.exec(headers.authorization ?? '') ?? []
  const claims = payload && parse(Buffer.from(payload, 'base64url').toString('utf8'))
  return typeof claims === 'object' && claims !== null && 'iss' in claims && claims.iss === issuer
}

/** The playground signs nothing; it runs on this machine. */
const isFromHere = ({ socket }: IncomingMessage) =>
  ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(socket.remoteAddress ?? '')

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Undefined for what is too large; what is left of that is thrown away, or the caller would never hear our answer. */
const readBody = (request: IncomingMessage): Promise<string | undefined> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    if (Number(request.headers['content-length'] ?? 0) > mostBytes) return tooLarge(request, resolve)
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > mostBytes) tooLarge(request, resolve)
      else chunks.push(chunk)
    })
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    request.on('error', reject)
  })

const tooLarge = (request: IncomingMessage, resolve: (text: undefined) => void) => {
  request.removeAllListeners('data')
  request.resume()
  resolve(undefined)
}

/** Every place that names a tenant names ours, and one does. Somebody of another organisation in a shared chat is refused as well. */
const isOurTenant = ({ conversation, channelData, from }: Activity, { tenantId }: GuardSettings) => {
  if (tenantId === undefined) return true
  const named = [conversation.tenantId, channelData?.tenant?.id].filter(id => id !== null && id !== undefined)
  return named.length > 0 && [...named, from.tenantId ?? tenantId].every(id => isSame(id, tenantId))
}

/** Teams calls a bot `28:<app id>`. */
const isOurBot = ({ recipient }: Activity, { clientId }: GuardSettings) =>
  clientId === undefined || isSame(recipient.id.replace(/^28:/, ''), clientId)

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
