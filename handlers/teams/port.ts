/** JSON of an activity or a card, ready to be sent. */
export type Json = Record<string, unknown>

export type Scope = 'personal' | 'groupChat' | 'channel'

/** Somebody in Teams: `id` counts within this bot, `aadObjectId` within the tenant. */
export type Account = { id: string; aadObjectId?: string; name?: string }

/** Where messages go: all that is needed to write there, now or later. */
export type Address = {
  serviceUrl: string
  tenant: string
  /** A thread of a channel has an id of its own: `<channel>;messageid=<root>`. */
  conversation: { id: string; type: Scope }
  bot: Account
  /** Only this person sees what is written (https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/targeted-messages). */
  only?: Account
}

/** What Teams says of somebody in a conversation. */
export type Member = { tenantId?: string; userRole?: string; userPrincipalName?: string }

/** What the bot writes and looks up with. Each throws {@link TeamsError}. */
export type TeamsPort = {
  /** Posts, and gives the id of the message. */
  send: (to: Address, activity: Json) => Promise<string | undefined>
  update: (to: Address, id: string, activity: Json) => Promise<void>
  remove: (to: Address, id: string) => Promise<void>
  member: (at: Address, who: Account) => Promise<Member>
}

/** What becomes of a call that failed: Teams said no; it never left; or nobody knows whether it arrived. */
export type CallEnd = 'refused' | 'unsent' | 'unclear'

/** `detail` is from our own check and names places in a card, no texts. */
type Why = { status?: number; code?: string; afterMs?: number; detail?: string }

/** A call to Teams that failed, with nothing of what was sent, of tokens or of the library's own error. */
export class TeamsError extends Error {
  readonly end: CallEnd
  readonly status: number | undefined
  /** The platform's word for it: `ConversationNotFound`, `ECONNRESET`. */
  readonly code: string | undefined
  /** How long Teams wants us to wait, in milliseconds. */
  readonly afterMs: number | undefined
  constructor(end: CallEnd, { status, code, afterMs, detail }: Why = {}) {
    super(`Teams: ${[end, status, code, detail].filter(part => part !== undefined).join(' ')}`)
    this.name = 'TeamsError'
    this.end = end
    this.status = status
    this.code = code
    this.afterMs = afterMs
  }
}

/** The message of a call is not there any more: somebody has deleted it, or a private one has run out after its day. */
export const isGone = (error: unknown): boolean =>
  error instanceof TeamsError && error.status === 404 && error.code !== 'ConversationNotFound'

/** The network or a service on the way is to blame, by the words of Node and of the library that gets tokens; nothing is wrong with the call. */
export const isOfNetwork = ({ code = '' }: TeamsError): boolean =>
  /^E[A-Z_]+$|network|timeout|openid|endpoints/i.test(code)
