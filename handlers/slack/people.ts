import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Effects } from '#src/effects.ts'
import type { Standing } from '#src/vocabulary/question.ts'
import type { ChatParts } from '../chat/turn.ts'
import { toCallError } from './call-error.ts'
import type { Calls } from './calls.ts'
import type { Doer } from './identity.ts'

/** What Slack says of somebody. `isSure` is false when it could not be asked; then they count as a guest in no group. */
export type Known = { standing: Standing; groups?: string[]; isSure: boolean }

export type People = { of: (doer: Doer) => Promise<Known> }

type Parts = Pick<ChatParts, 'groupsNeeded' | 'warn'>

/** For so long a change of somebody's standing may go unnoticed. */
const personMs = 60 * 60_000
const groupsMs = 10 * 60_000

/** Somebody waits for it. */
const whenAsked = { tries: 2, longestMs: 3000 }

/** Looks up who people are in their workspace, and in which of its user groups when rights hang on them. */
export const createPeople = (
  { calls, parts }: { calls: Calls; parts: Parts },
  { ticks }: Pick<Effects, 'ticks'>,
): People => {
  const person = memory<Standing>({ max: 20_000, ttl: personMs }, ticks)
  const groups = memory<Group[]>({ max: 1000, ttl: groupsMs }, ticks)
  return {
    of: async doer => {
      const { tenant, team, user } = doer
      try {
        const [standing, all] = await Promise.all([
          person(`${tenant} ${user}`, () => lookUp(calls, doer)),
          parts.groupsNeeded?.() ? groups(`${tenant} ${team}`, () => groupsIn(calls, doer)) : undefined,
        ])
        return { standing, isSure: true, ...(all && { groups: idsWith(user, all) }) }
      } catch (error) {
        parts.warn('slack/people', toCallError('users.info', error))
        return { standing: 'guest', groups: [], isSure: false }
      }
    },
  }
}

/** Asks once for all who want to know at the same time, and again after a while; what failed is asked again at once. */
const memory = <V extends object | string>({ max, ttl }: { max: number; ttl: number }, now: () => number) => {
  const known = new LRUCache<string, Promise<V>>({ max, ttl, ttlResolution: 0, perf: { now } })
  return (key: string, ask: () => Promise<V>): Promise<V> => {
    const found = known.get(key)
    if (found) return found
    const asking = ask()
    known.set(key, asking)
    asking.catch(() => known.peek(key) === asking && known.delete(key))
    return asking
  }
}

const flag = z.boolean().nullish()

const info = z.object({
  user: z.object({
    team_id: z.string().nullish(),
    deleted: flag,
    is_restricted: flag,
    is_ultra_restricted: flag,
    is_stranger: flag,
    enterprise_user: z.object({ enterprise_id: z.string().nullish() }).nullish(),
  }),
})

const lookUp = async (calls: Calls, doer: Doer): Promise<Standing> =>
  standingOf(
    info.parse(await calls.call(doer, { method: 'users.info', args: { user: doer.user }, ...whenAsked })).user,
    doer,
  )

/**
 * Guests are restricted to some channels or to one (https://docs.slack.dev/reference/objects/user-object). People of another organisation
 * have another home (https://docs.slack.dev/apis/slack-connect/using-slack-connect-with-apps); those of another workspace of the same one belong.
 */
const standingOf = (user: z.infer<typeof info>['user'], { tenant, team, enterprise }: Doer): Standing => {
  const org = user.enterprise_user?.enterprise_id
  const isHere = !user.team_id || [tenant, team].includes(user.team_id) || (!!org && [tenant, enterprise].includes(org))
  if (user.is_stranger || !isHere) return 'external'
  return user.is_restricted || user.is_ultra_restricted || user.deleted ? 'guest' : 'member'
}

const listed = z.object({
  usergroups: z.array(
    z.object({ id: z.string(), users: z.array(z.string()).default([]), date_delete: z.number().nullish() }),
  ),
})
type Group = z.infer<typeof listed>['usergroups'][number]

/** https://docs.slack.dev/reference/methods/usergroups.list; the token of an organisation has to name the workspace. */
const groupsIn = async (calls: Calls, doer: Doer): Promise<Group[]> => {
  const workspace = doer.team !== undefined && doer.team !== doer.tenant ? { team_id: doer.team } : {}
  const args = { include_users: true, ...workspace }
  return listed.parse(await calls.call(doer, { method: 'usergroups.list', args, ...whenAsked })).usergroups
}

const idsWith = (user: string, groups: Group[]): string[] =>
  groups.filter(({ users, date_delete }) => !date_delete && users.includes(user)).map(({ id }) => id)
