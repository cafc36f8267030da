import type { Answer } from '#src/vocabulary/answer.ts'
import type { Owner } from './answers.ts'
import type { Database } from './database.ts'

/** Somebody said that an answer is not right. */
export type Complaint = {
  nth: number
  /** Id of the answer. */
  id: string
  question: string
  domain?: string
  reason?: string
  by?: Owner
  /** As long as it is kept. */
  answer?: Answer
  /** Milliseconds since 1970. */
  at: number
}

/** What came of a complaint. */
export type Settled = 'example' | 'synonym' | 'rule' | 'resolved' | 'ignored'

export type Complaints = {
  /** Those that nobody has looked at, latest first. Somebody of a workspace or tenant sees that one alone. */
  open: (who: Pick<Owner, 'platform' | 'tenant'> | undefined, most: number) => Promise<Complaint[]>
  get: (who: Pick<Owner, 'platform' | 'tenant'> | undefined, nth: number) => Promise<Complaint | undefined>
  settle: (nth: number, how: Settled) => Promise<void>
}

const found = `
  select f.nth, f.answer as id, f.reason, f.platform, f.tenant, f.person, f.at, a.answer,
    coalesce(a.answer->>'question', u.question) as question, coalesce(a.answer->>'domain', u.domain) as domain
  from chartroom.feedback f
    left join chartroom.answers a on a.id = f.answer
    left join chartroom.audit u on u.id = f.answer
  where f.verdict = 'down' and coalesce(a.answer->>'question', u.question) is not null
    and ($1::text is null or coalesce(f.platform, a.platform, u.platform) = $1)
    and ($2::text is null or coalesce(f.tenant, a.tenant, u.tenant) = $2)`

/** What people said against answers. */
export const storedComplaints = ({ query }: Pick<Database, 'query'>): Complaints => ({
  open: async (who, most) => {
    const rows = await query<Row>(`${found} and f.settled is null order by f.nth desc limit $3`, [
      ...[who?.platform, who?.tenant, most],
    ])
    return rows.map(complaintIn)
  },
  get: async (who, nth) => {
    const [row] = await query<Row>(`${found} and f.nth = $3`, [who?.platform, who?.tenant, nth])
    return row && complaintIn(row)
  },
  settle: async (nth, how) => {
    await query('update chartroom.feedback set settled = $2 where nth = $1', [nth, how])
  },
})

type Row = {
  nth: number
  id: string
  question: string
  domain: string | null
  reason: string | null
  platform: Owner['platform'] | null
  tenant: string | null
  person: string | null
  answer: Answer | null
  at: Date
}

const complaintIn = ({ nth, id, question, domain, reason, platform, tenant, person, answer, at }: Row): Complaint => ({
  ...{ nth, id, question, at: at.getTime() },
  ...(domain && { domain }),
  ...(reason && { reason }),
  ...(answer && { answer }),
  ...(platform && tenant !== null && person !== null && { by: { platform, tenant, user: person } }),
})
