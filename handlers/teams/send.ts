import { setTimeout as sleep } from 'node:timers/promises'
import { createLanes } from '#handlers/chat/lanes.ts'
import { type Verdict, withRetries } from '#handlers/chat/retry.ts'
import type { ChatParts } from '#handlers/chat/turn.ts'
import type { Effects } from '#src/effects.ts'
import { createPace } from './pace.ts'
import { type Address, isOfNetwork, type Json, TeamsError, type TeamsPort } from './port.ts'
import type { References } from './references.ts'
import { baseOf } from './thread.ts'

/** The port with retries, an order within each conversation, and Teams' limits kept. Throws {@link TeamsError} when it cannot be. */
export type Sender = {
  /** Gives the id of the message; none when it is unclear whether it arrived, which is never tried again. */
  send: TeamsPort['send']
  update: TeamsPort['update']
  remove: TeamsPort['remove']
  /** Writes over a message once, if there is room for it now. */
  refresh: TeamsPort['update']
  /** "Chartroom is typing", for a few seconds. Left out where others would see it or there is no room for it. */
  typing: (to: Address) => void
}

type Parts = Pick<ChatParts, 'metrics' | 'warn' | 'running'> & { references: References }

/**
 * Seven messages a second and 60 in half a minute are the most in one conversation, 50 calls a second in a tenant
 * (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit). We stay well below, for other bots count too.
 */
const perConversation = { burst: 5, everyMs: 1000 }
const perTenant = { burst: 20, everyMs: 50 }

export const createSender = (
  port: Pick<TeamsPort, 'send' | 'update' | 'remove'>,
  { metrics, warn, running, references }: Parts,
  { ticks, random }: Pick<Effects, 'ticks' | 'random'>,
): Sender => {
  const lanes = createLanes()
  const [conversations, tenant] = [createPace(perConversation), createPace(perTenant)]
  const paced = (to: Address) => Math.max(conversations.wait(keyOf(to), ticks()), tenant.wait(to.tenant, ticks()))
  const call = <T>(to: Address, work: () => Promise<T>, repeatable: boolean): Promise<T> =>
    lanes.run(keyOf(to), async () => {
      if (references.isDead(to)) throw new TeamsError('unsent', { code: 'ConversationClosed' })
      const wait = paced(to)
      if (wait > 0) await sleep(wait)
      const onRetry = (reason: string) => metrics.retried('teams', reason)
      return withRetries(work, { judge: judge(repeatable), onRetry }, { random }).catch(async error => {
        if (isClosed(error)) await references.bury(to).catch(reason => warn('reference', reason))
        throw error
      })
    })
  return {
    send: (to, activity) =>
      call(to, () => port.send(to, activity), false).catch(error => {
        if (!(error instanceof TeamsError && error.end === 'unclear')) throw error
        warn('unclear', error)
        return undefined
      }),
    update: (to, id, activity) => call(to, () => port.update(to, id, activity), true),
    remove: (to, id) => call(to, () => port.remove(to, id), true),
    refresh: async (to, id, activity) => {
      if (references.isDead(to) || !conversations.isFree(keyOf(to), ticks()) || paced(to) > 0) return
      await port.update(to, id, activity)
    },
    typing: to => {
      if (to.only || to.conversation.type === 'channel' || references.isDead(to)) return
      if (!conversations.isFree(keyOf(to), ticks()) || paced(to) > 0) return
      void running.follow(port.send(to, typing).catch(error => warn('typing', error)))
    },
  }
}

const typing: Json = { type: 'typing' }

const keyOf = ({ tenant, conversation }: Address) => `${tenant}:${baseOf(conversation.id)}`

/** https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis */
const passing = [412, 429, 500, 502, 503, 504]

/** Whether a call is worth another try; `repeatable` when doing it twice is like doing it once. */
export const judge =
  (repeatable: boolean) =>
  (error: unknown): Verdict => {
    if (!(error instanceof TeamsError)) return { retry: false }
    const { end, status, afterMs } = error
    if (end === 'refused')
      return status !== undefined && passing.includes(status)
        ? { retry: true, reason: String(status), afterMs }
        : { retry: false }
    const isWorthIt = end === 'unsent' ? isOfNetwork(error) : repeatable
    return isWorthIt ? { retry: true, reason: end } : { retry: false }
  }

/** Removed, blocked, or the conversation is gone; a message that is gone is another matter. */
const isClosed = (error: unknown) =>
  error instanceof TeamsError &&
  (error.status === 403 || (error.status === 404 && error.code === 'ConversationNotFound'))
