import { z } from 'zod'
import { mostTurns, type Said } from '#src/conversation/said.ts'
import type { Effects } from '#src/effects.ts'
import type { Database } from './database.ts'
import { toJsonb } from './jsonb.ts'

const turnSchema = z.object({
  question: z.string(),
  reading: z.string().optional(),
  sql: z.string().optional(),
  filters: z.array(z.string()).optional(),
  period: z.string().optional(),
  finding: z.string().optional(),
})

/** What was said, for all processes of a database. */
export const storedSaid = ({ query }: Database, { now }: Pick<Effects, 'now'>): Said => ({
  keep: async (thread, turn, { domain, asker, alone }) => {
    await query(
      `insert into chartroom.said (thread, domain, platform, tenant, person, alone, turn, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [thread, domain, asker?.platform, asker?.tenant, asker?.user, alone, toJsonb(turn), new Date(now())],
    )
  },
  of: async (thread, { domain, asker }) => {
    const rows = await query<{ turn: unknown }>(
      `select turn from chartroom.said
       where thread = $1 and domain = $2
         and (not alone or (platform, tenant, person) is not distinct from ($3::text, $4::text, $5::text))
       order by nth desc limit $6`,
      [thread, domain, asker?.platform, asker?.tenant, asker?.user, mostTurns],
    )
    return rows.toReversed().flatMap(({ turn }) => turnSchema.safeParse(turn).data ?? [])
  },
  last: async (thread, asker) => {
    const [row] = await query<{ domain: string }>(
      `select domain from chartroom.said
       where thread = $1
         and (not alone or (platform, tenant, person) is not distinct from ($2::text, $3::text, $4::text))
       order by nth desc limit 1`,
      [thread, asker?.platform, asker?.tenant, asker?.user],
    )
    return row?.domain
  },
})
