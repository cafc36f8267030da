import type { Effects } from '#src/effects.ts'
import type { Owner } from './answers.ts'
import type { Database } from './database.ts'

/** One call of a language model. `cost` is in US dollars; undefined: nobody knows the price. */
export type Call = {
  owner?: Owner
  domain?: string
  /** Id of the question that it was made for. */
  question?: string
  step: string
  prompt: string
  version: number
  model: string
  /** `read`, or the code of what went wrong. */
  outcome: string
  input: number
  cached: number
  output: number
  cost?: number
  ms: number
}

/** On whose account: a person of a workspace, a workspace or tenant, a domain, or everybody (`{}`). */
export type Account = Partial<Owner> & { domain?: string }

/** What was used on one day (UTC) for one step of a model. */
export type DayOfCalls = { day: string; step: string; model: string; calls: number; tokens: number; cost: number }

export type Calls = {
  write: (call: Call) => Promise<void>
  /** US dollars since a moment. */
  spent: (account: Account, since: number) => Promise<number>
  /** Use per day, step and model since a moment. */
  use: (account: Account, since: number) => Promise<DayOfCalls[]>
}

const theirs = `($1::text is null or platform = $1) and ($2::text is null or tenant = $2) and ($3::text is null or person = $3)
  and ($4::text is null or domain = $4) and at >= $5`

/** Calls that all processes of a database share. */
export const storedCalls = ({ query }: Database, { now }: Pick<Effects, 'now'>): Calls => ({
  write: async ({ owner, ...call }) => {
    const { domain, question, step, prompt, version, model, outcome, input, cached, output, cost, ms } = call
    await query(
      `insert into chartroom.calls
         (platform, tenant, person, domain, question, step, prompt, version, model, outcome, input, cached, output, cost, ms, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [
        ...[owner?.platform, owner?.tenant, owner?.user, domain, question, step, prompt, version, model, outcome],
        ...[input, cached, output, cost, Math.round(ms), new Date(now())],
      ],
    )
  },
  spent: async (account, since) => {
    const [row] = await query<{ cost: number }>(
      `select coalesce(sum(cost), 0) as cost from chartroom.calls where ${theirs}`,
      valuesOf(account, since),
    )
    return row?.cost ?? 0
  },
  use: (account, since) =>
    query<DayOfCalls>(
      `select to_char(at at time zone 'UTC', 'YYYY-MM-DD') as day, step, model, count(*) as calls,
         sum(input + output) as tokens, coalesce(sum(cost), 0) as cost
       from chartroom.calls where ${theirs} group by 1, 2, 3 order by 1, 2, 3`,
      valuesOf(account, since),
    ),
})

const valuesOf = ({ platform, tenant, user, domain }: Account, since: number) => [
  platform,
  tenant,
  user,
  domain,
  new Date(since),
]
