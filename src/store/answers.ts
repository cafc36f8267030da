import type { Effects } from '#src/effects.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import type { Database } from './database.ts'
import { toJsonb } from './jsonb.ts'

/** Who asked: a user within a workspace or tenant of a platform. */
export type Owner = { platform: 'slack' | 'teams'; tenant: string; user: string }

/** An answer that was given, for its buttons, pictures and downloads. The local room has one user and names no owner. */
export type KeptAnswer = {
  answer: Answer
  owner?: Owner
  /** The conversation that it belongs to. */
  thread?: string
}

export type Answers = {
  /** An answer with the same id takes the place of the one before. */
  put: (kept: KeptAnswer) => Promise<void>
  get: (id: string) => Promise<KeptAnswer | undefined>
  /** Remembers that an answer stands in a message: `slack:T1:C1:1700000000.000100`. */
  place: (place: string, id: string) => Promise<void>
  /** The answer that stands in a message. */
  at: (place: string) => Promise<KeptAnswer | undefined>
}

const aWeek = 7 * 86_400

/** Answers that all processes of a database share, and that outlive them. */
export const storedAnswers = ({ query }: Database, { seconds = aWeek }, { now }: Pick<Effects, 'now'>): Answers => {
  const oldest = () => new Date(now() - seconds * 1000)
  const found = async (where: string, name: string): Promise<KeptAnswer | undefined> => {
    const [row] = await query<KeptRow>(
      `select answer, thread, platform, tenant, person from chartroom.answers where ${where} and at > $2`,
      [name, oldest()],
    )
    return row && keptIn(row)
  }
  return {
    put: async ({ answer, owner, thread }) => {
      await query(
        `insert into chartroom.answers (id, platform, tenant, person, thread, answer, at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (id) do update set platform = excluded.platform, tenant = excluded.tenant, person = excluded.person,
           thread = excluded.thread, answer = excluded.answer, at = excluded.at`,
        [answer.id, owner?.platform, owner?.tenant, owner?.user, thread, toJsonb(answer), new Date(now())],
      )
    },
    get: id => found('id = $1', id),
    place: async (place, id) => {
      await query(
        `insert into chartroom.places (place, answer) select $1, id from chartroom.answers where id = $2
         on conflict (place) do update set answer = excluded.answer`,
        [place, id],
      )
    },
    at: place => found('id = (select answer from chartroom.places where place = $1)', place),
  }
}

type KeptRow = {
  answer: Answer
  thread: string | null
  platform: Owner['platform'] | null
  tenant: string | null
  person: string | null
}

const keptIn = ({ answer, thread, platform, tenant, person }: KeptRow): KeptAnswer => ({
  answer,
  ...(platform && tenant !== null && person !== null && { owner: { platform, tenant, user: person } }),
  ...(thread !== null && { thread }),
})
