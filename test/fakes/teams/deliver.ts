import type { TokenFlaw, Tokens } from './tokens.ts'
import type { Json, Person, Place } from './world.ts'

/** What came of a request to the bot. */
export type Delivery = {
  /** 0 when there was no answer in time, or none at all. */
  status: number
  /** Read as JSON when it is JSON, else the text. */
  body: unknown
  headers: Headers
  ms: number
  /** What was sent; `teams.redeliver` sends it again. */
  activity: Json
}

/** What holds for everything a person does, and how to break it. */
export type Doing = {
  /** Where. Default: the personal chat. */
  conversation?: Place
  /** Who. Default: the asker. */
  from?: Person['key']
  /** Message that it is about: for a channel also the thread. */
  replyToId?: string
  locale?: string
  /** Another tenant than the one of the token and the bot. */
  tenant?: string
  /** Another service URL in the activity than in the token. */
  serviceUrl?: string
  token?: TokenFlaw
  /** Last change to the activity, to break it in any way. */
  alter?: (activity: Json) => unknown
  /** Sends this as it is instead of the activity. */
  raw?: string
  headers?: Record<string, string>
  /** How long Teams waits for the bot, in milliseconds. Default 15 s, as long as clients are known to wait. */
  patience?: number
}

/** Posts an activity to the bot as the connector does, with a token made for it. */
export const deliver = async (
  { tokens, botUrl }: { tokens: Tokens; botUrl: () => string },
  activity: Json,
  doing: Doing,
): Promise<Delivery> => {
  const url = botUrl()
  const token = await tokens.forBot(doing.token)
  const sent = doing.alter ? doing.alter(structuredClone(activity)) : activity
  const start = performance.now()
  const done = (response?: Response, text = '') => ({
    status: response?.status ?? 0,
    body: readJson(text),
    headers: response?.headers ?? new Headers(),
    ms: performance.now() - start,
    activity: sent as Json,
  })
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)',
        ...(token && { authorization: `Bearer ${token}` }),
        ...doing.headers,
      },
      body: doing.raw ?? JSON.stringify(sent),
      signal: AbortSignal.timeout(doing.patience ?? 15_000),
    })
    return done(response, await response.text())
  } catch {
    return done()
  }
}

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
