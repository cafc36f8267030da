import type { Effects } from '#src/effects.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import type { Owner } from './answers.ts'
import type { Database } from './database.ts'

/** One question: who asked it where, what ran, and how it ended. The local room and the terminal name no owner. */
export type AuditEntry = {
  /** Id of the answer; of the run when there is none. */
  id: string
  owner?: Owner
  /** The channel or chat where it was asked. */
  place?: string
  thread?: string
  domain?: string
  question: string
  outcome: Answer['status'] | 'failed' | 'stopped'
  /** Why it was refused or failed. */
  code?: string
  sql?: string
  /** Rows of the result. */
  rows?: number
  /** Milliseconds from question to answer. */
  ms: number
}

export type AuditFilter = {
  /** Whose questions: a user, and if need be of which platform and tenant. */
  owner?: Partial<Owner>
  /** How they ended. */
  outcome?: AuditEntry['outcome']
  /** Milliseconds since 1970. */
  since?: number
  /** Default 100, the latest. */
  most?: number
}

/** What somebody used on one day (UTC). */
export type DayOfUse = { day: string; owner: Owner; questions: number; failed: number; rows: number; ms: number }

/** The code of a question that was refused because somebody asked too many. */
export const overLimit = 'access/too-many'

export type Audit = {
  write: (entry: AuditEntry) => Promise<void>
  /** Latest first; `at` in milliseconds since 1970. */
  read: (filter?: AuditFilter) => Promise<(AuditEntry & { at: number })[]>
  /** How many questions somebody has asked since a moment, for a limit per person; those that the limit refused do not count. */
  count: (owner: Owner, since: number) => Promise<number>
  /** Use per person and day since a moment: to see who is far from usual. */
  use: (since: number) => Promise<DayOfUse[]>
}

export const storedAudit = ({ query }: Database, { now }: Pick<Effects, 'now'>): Audit => ({
  write: async ({ id, owner, ms, ...entry }) => {
    const { place, thread, domain, question, outcome, code, sql, rows } = entry
    const who = [owner?.platform, owner?.tenant, owner?.user]
    await query(
      `insert into chartroom.audit
         (id, platform, tenant, person, place, thread, domain, question, outcome, code, sql, rows, ms, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
       on conflict (id) do nothing`,
      [id, ...who, place, thread, domain, question, outcome, code, sql, rows, Math.round(ms), new Date(now())],
    )
  },
  read: async ({ owner, outcome, since = 0, most = 100 } = {}) => {
    const found = await query<AuditRow>(
      `select * from chartroom.audit
       where ($1::text is null or platform = $1) and ($2::text is null or tenant = $2) and ($3::text is null or person = $3)
         and at >= $4 and ($6::text is null or outcome = $6)
       order by at desc, id limit $5`,
      [owner?.platform, owner?.tenant, owner?.user, new Date(since), most, outcome],
    )
    return found.map(entryIn)
  },
  count: async ({ platform, tenant, user }, since) => {
    const [row] = await query<{ count: number }>(
      `select count(*) from chartroom.audit
       where platform = $1 and tenant = $2 and person = $3 and at >= $4 and code is distinct from $5`,
      [platform, tenant, user, new Date(since), overLimit],
    )
    return row?.count ?? 0
  },
  use: async since => {
    const found = await query<UseRow>(
      `select to_char(at at time zone 'UTC', 'YYYY-MM-DD') as day, platform, tenant, person, count(*) as questions,
         count(*) filter (where outcome = 'failed') as failed, coalesce(sum(rows), 0) as rows, sum(ms) as ms
       from chartroom.audit where person is not null and at >= $1 group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
      [new Date(since)],
    )
    return found.map(({ platform, tenant, person, ...use }) => ({ ...use, owner: { platform, tenant, user: person } }))
  },
})

type OwnerColumns = { platform: Owner['platform']; tenant: string; person: string }

type UseRow = Omit<DayOfUse, 'owner'> & OwnerColumns

type AuditRow = { [K in keyof Omit<AuditEntry, 'owner'>]-?: AuditEntry[K] | null } & {
  [K in keyof OwnerColumns]: OwnerColumns[K] | null
} & { at: Date }

const entryIn = ({ platform, tenant, person, at, ...row }: AuditRow): AuditEntry & { at: number } => {
  const given = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Omit<
    AuditEntry,
    'owner'
  >
  const owner = platform && tenant !== null && person !== null ? { owner: { platform, tenant, user: person } } : {}
  return { ...given, ...owner, at: at.getTime() }
}
