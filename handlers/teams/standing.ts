import { LRUCache } from 'lru-cache'
import { withRetries } from '#handlers/chat/retry.ts'
import type { ChatParts } from '#handlers/chat/turn.ts'
import type { Effects } from '#src/effects.ts'
import type { Standing } from '#src/vocabulary/question.ts'
import type { Account, Address, Member, TeamsPort } from './port.ts'
import { judge } from './send.ts'
import { baseOf } from './thread.ts'

/** What somebody is to the tenant, or that nothing is to be answered: `unknown` when Teams does not say it, `stranger` without an account. */
export type Standings = { of: (at: Address, who: Account) => Promise<Standing | 'stranger' | 'unknown'> }

/** An hour in milliseconds: so long a guest is asked for once in a conversation. */
const kept = 3_600_000

/** Asks Teams who somebody is in a conversation, once an hour; those who ask meanwhile wait for the same answer. */
export const createStandings = (
  port: Pick<TeamsPort, 'member'>,
  { warn, metrics }: Pick<ChatParts, 'warn' | 'metrics'>,
  { ticks, random }: Pick<Effects, 'ticks' | 'random'>,
): Standings => {
  const known = new LRUCache<string, Promise<Standing | 'stranger'>>({
    max: 10_000,
    ttl: kept,
    ttlResolution: 0,
    perf: { now: ticks },
  })
  const ask = async (at: Address, who: Account) => {
    const onRetry = (reason: string) => metrics.retried('teams', reason)
    const settings = { tries: 3, longestMs: 3000, judge: judge(true), onRetry }
    return standingOf(await withRetries(() => port.member(at, who), settings, { random }), at.tenant)
  }
  return {
    of: async (at, who) => {
      const key = `${at.tenant}:${baseOf(at.conversation.id)}:${who.id}`
      const asked = known.get(key) ?? ask(at, who)
      known.set(key, asked, { noUpdateTTL: true })
      return asked.catch(error => {
        if (known.get(key) === asked) known.delete(key)
        warn('member', error)
        return 'unknown' as const
      })
    },
  }
}

/**
 * The role is "user", "owner" or "guest" (https://github.com/microsoft/botbuilder-dotnet/issues/3405); it was seen to be "user" for guests too
 * (https://github.com/MicrosoftDocs/msteams-docs/issues/6381), whom the name that they sign in with gives away
 * (https://learn.microsoft.com/entra/external-id/user-properties). Whoever is called anything else is given the least.
 */
export const standingOf = (
  { tenantId, userRole, userPrincipalName }: Member,
  tenant: string,
): Standing | 'stranger' => {
  const role = userRole?.toLowerCase()
  if (role === 'anonymous' || role === 'federated') return 'stranger'
  if (tenantId && tenantId.toLowerCase() !== tenant) return 'external'
  if (/#ext#/i.test(userPrincipalName ?? '')) return 'guest'
  const isMember = role ? role === 'user' || role === 'owner' : Boolean(userPrincipalName)
  return isMember ? 'member' : 'guest'
}
