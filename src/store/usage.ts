import type { Owner } from './answers.ts'
import type { AuditFilter } from './audit.ts'
import type { Database } from './database.ts'

/** What somebody used of one domain on one day (UTC). The local room and the terminal name no owner; a question that failed early no domain. */
export type UseOfDomain = {
  day: string
  owner?: Owner
  domain?: string
  questions: number
  failed: number
  refused: number
  rows: number
  /** Milliseconds of all questions together. */
  ms: number
}

export type Usage = {
  /** The latest day first, within it whoever asked most; at most `most`, by default 100. */
  read: (filter?: AuditFilter) => Promise<UseOfDomain[]>
}

/** Sums over the audit. */
export const storedUsage = ({ query }: Pick<Database, 'query'>): Usage => ({
  read: async ({ owner, since = 0, most = 100 } = {}) => {
    const found = await query<UsageRow>(
      `select to_char(at at time zone 'UTC', 'YYYY-MM-DD') as day, platform, tenant, person, domain, count(*) as questions,
         count(*) filter (where outcome = 'failed') as failed, count(*) filter (where outcome = 'refused') as refused,
         coalesce(sum(rows), 0) as rows, sum(ms) as ms
       from chartroom.audit
       where ($1::text is null or platform = $1) and ($2::text is null or tenant = $2) and ($3::text is null or person = $3)
         and at >= $4
       group by 1, 2, 3, 4, 5 order by 1 desc, questions desc, 2, 3, 4, 5 limit $5`,
      [owner?.platform, owner?.tenant, owner?.user, new Date(since), most],
    )
    return found.map(({ platform, tenant, person, domain, ...use }) => ({
      ...use,
      ...(platform && tenant !== null && person !== null ? { owner: { platform, tenant, user: person } } : {}),
      ...(domain === null ? {} : { domain }),
    }))
  },
})

type UsageRow = Omit<UseOfDomain, 'owner' | 'domain'> & {
  platform: Owner['platform'] | null
  tenant: string | null
  person: string | null
  domain: string | null
}
