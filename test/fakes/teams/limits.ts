/**
 * What one bot may do in one conversation, per window in milliseconds.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit#per-bot-per-thread-limit
 */
export const threadLimits = {
  send: [
    { window: 1000, most: 7 },
    { window: 2000, most: 8 },
    { window: 30_000, most: 60 },
    { window: 3_600_000, most: 1800 },
  ],
  read: [
    { window: 1000, most: 14 },
    { window: 2000, most: 16 },
    { window: 30_000, most: 120 },
    { window: 3_600_000, most: 3600 },
  ],
} as const

/** The whole app in one tenant: 50 requests a second. The page says 30 in older versions. */
const tenantLimit = { window: 1000, most: 50 }

export type Limits = {
  /** Counts a call; seconds to wait when it is one too many. */
  wait: (kind: keyof typeof threadLimits, conversation: string, at: number) => number | undefined
}

export const createLimits = (): Limits => {
  const calls = new Map<string, number[]>()
  const over = (key: string, limit: { window: number; most: number }, at: number) => {
    const recent = (calls.get(key) ?? []).filter(time => time > at - limit.window)
    return recent.length < limit.most ? 0 : recent[recent.length - limit.most]! + limit.window - at
  }
  const count = (key: string, at: number) => calls.set(key, [...(calls.get(key) ?? []), at])
  return {
    wait: (kind, conversation, at) => {
      const key = `${kind}:${conversation}`
      const waits = [...threadLimits[kind].map(limit => over(key, limit, at)), over('tenant', tenantLimit, at)]
      const longest = Math.max(...waits)
      if (longest > 0) return Math.ceil(longest / 1000)
      count(key, at)
      count('tenant', at)
      return undefined
    },
  }
}
