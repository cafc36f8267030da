import { textOf } from './arguments.ts'
import type { Method } from './methods/method.ts'
import type { Json, World } from './world.ts'

/** A post a second in a channel; a few more at once are let through (https://docs.slack.dev/apis/web-api/rate-limits). */
const postBurst = 3

/** Counts calls and says how many seconds one has to wait; 0 when it may go on. */
export const createRateLimits = (world: World) => {
  const asked: { method: string; channel?: string; until: number }[] = []
  const taken = new Map<string, number[]>()

  /** Room for `most` calls in `windowMs`, one after the other. */
  const secondsToWait = (key: string, most: number, windowMs: number): number => {
    const now = world.now()
    const times = (taken.get(key) ?? []).filter(at => at > now - windowMs)
    taken.set(key, times)
    const oldest = times[times.length - most]
    if (oldest !== undefined) return Math.ceil((oldest + windowMs - now) / 1000)
    times.push(now)
    return 0
  }

  const byTier = (name: string, method: Method, { args, team }: { args: Json; team: string }): number => {
    if (!world.settings.rateLimits) return 0
    const place = method.perSecondIn && textOf(args, method.perSecondIn)
    if (place) return secondsToWait(`${team} ${name} ${place}`, postBurst, postBurst * 1000)
    return method.perMinute === undefined ? 0 : secondsToWait(`${team} ${name}`, method.perMinute, 60_000)
  }

  return {
    /** Refuses a method, in one channel or in all, for so many seconds from now. */
    limit: (method: string, { seconds, channel }: { seconds: number; channel?: string }) => {
      asked.push({ method, channel, until: world.now() + seconds * 1000 })
    },
    secondsToWait: (name: string, method: Method, call: { args: Json; team: string }): number => {
      const now = world.now()
      const hit = asked.find(
        a => a.method === name && a.until > now && (a.channel === undefined || a.channel === call.args.channel),
      )
      return hit ? Math.max(1, Math.ceil((hit.until - now) / 1000)) : byTier(name, method, call)
    },
  }
}
export type RateLimits = ReturnType<typeof createRateLimits>
