import type { Effects } from '#src/effects.ts'
import type { Database } from './database.ts'

/** Keys of deliveries that were taken up. Platforms deliver some of them again; a key is given out once. */
export type Claims = {
  /** True for the first to ask; false for everybody after, until the key is forgotten. */
  claim: (key: string) => Promise<boolean>
}

/**
 * Keys that all processes of a database share, and that outlive them. Slack repeats an event for up to five minutes
 * (https://docs.slack.dev/apis/events-api/), so an hour is plenty.
 */
export const storedClaims = ({ query }: Database, { seconds = 3600 }, { now }: Pick<Effects, 'now'>): Claims => ({
  claim: async key => {
    const at = now()
    const taken = await query(
      `insert into chartroom.claims as c (key, at) values ($1, $2)
       on conflict (key) do update set at = excluded.at where c.at <= $3
       returning key`,
      [key, new Date(at), new Date(at - seconds * 1000)],
    )
    return taken.length === 1
  },
})
