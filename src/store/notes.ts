import type { Effects } from '#src/effects.ts'
import type { Owner } from './answers.ts'
import type { Database } from './database.ts'

/** Of whom admins were told on which day (`YYYY-MM-DD`). */
export type Notes = {
  /** True for the first who notes it, of all processes. */
  note: (owner: Owner, day: string) => Promise<boolean>
  /** Takes it back, when nobody could be told. */
  unnote: (owner: Owner, day: string) => Promise<void>
}

export const storedNotes = ({ query }: Database, { now }: Pick<Effects, 'now'>): Notes => ({
  note: async ({ platform, tenant, user }, day) => {
    const noted = await query(
      `insert into chartroom.notes (platform, tenant, person, day, at) values ($1, $2, $3, $4, $5)
       on conflict do nothing returning person`,
      [platform, tenant, user, day, new Date(now())],
    )
    return noted.length > 0
  },
  unnote: async ({ platform, tenant, user }, day) => {
    await query('delete from chartroom.notes where platform = $1 and tenant = $2 and person = $3 and day = $4', [
      platform,
      tenant,
      user,
      day,
    ])
  },
})
