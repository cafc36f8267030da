import type { Effects } from '#src/effects.ts'
import type { Account } from './calls.ts'
import type { Database } from './database.ts'
import { toJsonb } from './jsonb.ts'

/** What a question was worked out to; `plan` is JSON that its reader checks. */
export type StoredPlan = {
  domain: string
  /** Of the data that it was tried on. */
  version: string
  /** Id of the question that it was made for. */
  question: string
  plan: unknown
  /** Milliseconds since 1970. */
  at: number
}

/** Questions that went to a language model, and how many of them needed none because their plan was kept. */
export type PlanUse = { asked: number; kept: number }

export type Plans = {
  get: (key: string) => Promise<StoredPlan | undefined>
  /** One with the same key takes the place of the one before. */
  put: (key: string, plan: Omit<StoredPlan, 'at'>) => Promise<void>
  remove: (key: string) => Promise<void>
  /** Since a moment. */
  use: (account: Account, since: number) => Promise<PlanUse>
}

/** The step under which a question whose plan was kept is noted in `chartroom.calls`. */
export const keptStep = 'kept'

/** Plans that all processes of a database share. */
export const storedPlans = ({ query }: Database, { now }: Pick<Effects, 'now'>): Plans => ({
  get: async key => {
    const [row] = await query<Omit<StoredPlan, 'at'> & { at: Date }>(
      'select domain, version, question, plan, at from chartroom.plans where key = $1',
      [key],
    )
    return row && { ...row, at: row.at.getTime() }
  },
  put: async (key, { domain, version, question, plan }) => {
    await query(
      `insert into chartroom.plans (key, domain, version, question, plan, at) values ($1, $2, $3, $4, $5, $6)
       on conflict (key) do update set domain = excluded.domain, version = excluded.version, question = excluded.question,
         plan = excluded.plan, at = excluded.at`,
      [key, domain, version, question, toJsonb(plan), new Date(now())],
    )
  },
  remove: async key => {
    await query('delete from chartroom.plans where key = $1', [key])
  },
  use: async ({ platform, tenant, user, domain }, since) => {
    const [row] = await query<PlanUse>(
      `select count(distinct question) as asked, count(distinct question) filter (where step = $6) as kept from chartroom.calls
       where step in ('plan', $6) and ($1::text is null or platform = $1) and ($2::text is null or tenant = $2)
         and ($3::text is null or person = $3) and ($4::text is null or domain = $4) and at >= $5`,
      [platform, tenant, user, domain, new Date(since), keptStep],
    )
    return { asked: row?.asked ?? 0, kept: row?.kept ?? 0 }
  },
})
