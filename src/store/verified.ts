import type { Effects } from '#src/effects.ts'
import type { IsoDate } from '#src/vocabulary/period.ts'
import { type Query, querySchema } from '#src/vocabulary/query.ts'
import type { Owner } from './answers.ts'
import type { Database } from './database.ts'
import { toJsonb } from './jsonb.ts'

/** A period that a question named when it was verified, and whether it was read again because it lay after the data's last day. */
export type NamedPeriod = { start: IsoDate; end: IsoDate; again: boolean }

/** What is said of somebody whose name a platform does not tell. */
export const anAdmin = 'an admin of this workspace'

/** A question whose answer somebody verified, with what answers it. */
export type Verification = {
  nth: number
  domain: string
  question: string
  asked: { query: Query } | { sql: string; says: string }
  /** Of SQL: the periods that the question named on `day`. */
  periods: readonly NamedPeriod[]
  /** The day that the question was asked on. */
  day: IsoDate
  modelHash: string
  /** Who verified it, for people. */
  name: string
  owner?: Owner
  /** Milliseconds since 1970. */
  at: number
}

export type Verifications = {
  /** Those of some domains, oldest first. */
  of: (domains: readonly string[]) => Promise<Verification[]>
  /** The same question takes the place of the one before. Gives its number. */
  put: (verification: Omit<Verification, 'nth' | 'at'>) => Promise<number>
  /** What a language model worked out in its domain goes too: the same answer would come again, only not as verified. */
  remove: (nth: number) => Promise<void>
}

/** Verified questions that all processes of a database share. */
export const storedVerifications = ({ query }: Database, { now }: Pick<Effects, 'now'>): Verifications => ({
  of: async domains => {
    const rows = await query<Row>(
      `select nth, domain, question, query, sql, says, periods, to_char(day, 'YYYY-MM-DD') as day, model_hash, name, platform, tenant, person, at
       from chartroom.verified where domain = any ($1) order by nth`,
      [domains],
    )
    return rows.flatMap(verificationIn)
  },
  put: async ({ domain, question, asked, periods, day, modelHash, name, owner }) => {
    const what = 'query' in asked ? [toJsonb(asked.query), null, null] : [null, asked.sql, asked.says]
    const [row] = await query<{ nth: number }>(
      `insert into chartroom.verified
         (domain, question, query, sql, says, periods, day, model_hash, name, platform, tenant, person, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
       on conflict (domain, md5(question)) do update set query = excluded.query, sql = excluded.sql, says = excluded.says,
         periods = excluded.periods, day = excluded.day, model_hash = excluded.model_hash, name = excluded.name,
         platform = excluded.platform, tenant = excluded.tenant, person = excluded.person, at = excluded.at
       returning nth`,
      [
        ...[domain, question, ...what, toJsonb(periods), day, modelHash, name],
        ...[owner?.platform, owner?.tenant, owner?.user, new Date(now())],
      ],
    )
    return row?.nth ?? 0
  },
  remove: async nth => {
    await query(
      `with gone as (delete from chartroom.verified where nth = $1 returning domain)
       delete from chartroom.plans where domain in (select domain from gone)`,
      [nth],
    )
  },
})

type Row = {
  nth: number
  domain: string
  question: string
  query: unknown
  sql: string | null
  says: string | null
  periods: NamedPeriod[]
  day: string
  model_hash: string
  name: string
  platform: Owner['platform'] | null
  tenant: string | null
  person: string | null
  at: Date
}

/** A query that was written by an older program and is none today is passed over. */
const verificationIn = (row: Row): Verification[] => {
  const { nth, domain, question, sql, says, periods, day, model_hash, name, platform, tenant, person, at } = row
  const query = sql === null ? querySchema.safeParse(row.query).data : undefined
  if (sql === null && !query) return []
  return [
    {
      ...{ nth, domain, question, periods, day, modelHash: model_hash, at: at.getTime() },
      // The id of a platform was kept as a name once.
      name: name === person ? anAdmin : name,
      asked: query ? { query } : { sql: sql ?? '', says: says ?? question },
      ...(platform && tenant !== null && person !== null && { owner: { platform, tenant, user: person } }),
    },
  ]
}
