import type { Owner } from './answers.ts'
import type { Database, Query } from './database.ts'
import { removeDatasetTraces } from './dataset-traces.ts'
import type { Deleted } from './retention.ts'

/** Somebody: a user id, and of which platform and tenant when that is known. */
export type Person = Pick<Owner, 'user'> & Partial<Owner>

/** Reads `U123` or `slack:T1:U123`. Undefined for anything else. */
export const readPerson = (text: string): Person | undefined => {
  const [, platform, tenant, user] = /^(?:(slack|teams):([^:\s]+):)?([^:\s]+)$/.exec(text) ?? []
  if (user === undefined) return undefined
  return platform === undefined ? { user } : { user, platform: platform as Owner['platform'], tenant }
}

const theirs = '(person = $1 and ($2::text is null or platform = $2) and ($3::text is null or tenant = $3))'
const theirAnswers = `(select id from chartroom.answers where ${theirs})`

/** Conversations that they took part in: of others in these, too, nothing is followed up any more. */
const theirThreads = `(
  select thread from chartroom.answers where ${theirs} union select thread from chartroom.audit where ${theirs}
)`

const theirChats = `(
  space = 'teams-conversations' and value->>'user' = $1
  and ($2::text is null or $2 = 'teams') and ($3::text is null or value->>'tenant' = $3)
)`

/** What there is of a person, table by table, those first that others are looked up by last. */
const traces = {
  // Keys name a user wherever they like; a few more than need be may go, as they are of use for an hour only.
  claims: `$1 = any (string_to_array(key, ':')) and coalesce($2::text, $3::text, '') is not null`,
  turns: `thread in ${theirThreads}`,
  feedback: `${theirs} or (person is null and answer in ${theirAnswers})`,
  key_values: theirChats,
  answers: theirs,
  audit: theirs,
  notes: theirs,
  verified: theirs,
  lessons: theirs,
  said: theirs,
  at_work: theirs,
  // Nobody's name is kept with a plan: whose question it was made for stands in the calls.
  plans: `question in (select question from chartroom.calls where ${theirs})`,
  calls: theirs,
  dataset_versions: `dataset in (select id from chartroom.datasets where ${theirs})`,
  datasets: theirs,
} as const

/** Deletes every trace of a person, all or nothing, and says how many rows of each table those were. */
export const forget = ({ transaction }: Database, person: Person): Promise<Deleted> =>
  transaction(async query => {
    const deleted: Deleted = {}
    for (const { domain } of await theirDatasets(query, person)) await removeDatasetTraces(query, domain)
    for (const [table, where] of Object.entries(traces)) {
      const statement = `with gone as (delete from chartroom.${table} where ${where} returning 1) select count(*) from gone`
      const [row] = await query<{ count: number }>(statement, valuesOf(person))
      deleted[table] = row?.count ?? 0
    }
    return deleted
  })

/** The data that a person brought. Its rows lie in files of the home folder. */
export const theirDatasets = (query: Query, person: Person): Promise<{ id: string; domain: string }[]> =>
  query(`select id, domain from chartroom.datasets where ${theirs}`, valuesOf(person))

/** Everything that is kept of a person, by table, as JSON. */
export const exportOf = ({ transaction }: Database, person: Person): Promise<Record<string, unknown[]>> =>
  transaction(async query => {
    const found: Record<string, unknown[]> = {}
    for (const [table, where] of Object.entries(traces)) found[table] = await rowsOf(query, { table, where, person })
    return found
  })

type Looking = { table: string; where: string; person: Person }

const rowsOf = async (query: Query, { table, where, person }: Looking): Promise<unknown[]> => {
  const rows = await query<{ row: unknown }>(
    `select to_jsonb(t) as row from chartroom.${table} t where ${where} order by at`,
    valuesOf(person),
  )
  return rows.map(({ row }) => row)
}

const valuesOf = ({ user, platform, tenant }: Person) => [user, platform ?? null, tenant ?? null]
