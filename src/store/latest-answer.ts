import type { Answered } from '#src/vocabulary/answer.ts'
import type { Owner } from './answers.ts'
import type { Database } from './database.ts'

/** An answer with rows; `at` in milliseconds since 1970. */
export type LatestAnswer = { answer: Answered; owner?: Owner; thread?: string; at: number }

export type LatestAnswers = {
  /** The last one of a conversation that somebody may know of. */
  last: (thread: string, who?: Owner) => Promise<LatestAnswer | undefined>
  byId: (id: string, who?: Owner) => Promise<LatestAnswer | undefined>
  /** Those that followed an answer in its conversation, the next one first. */
  after: (id: string, most: number) => Promise<LatestAnswer[]>
}

const rows = `answer->>'status' = 'answered'`
const seen = `platform = $2 and tenant = $3 and (person = $4 or coalesce(answer->>'onlyForAsker', 'false') = 'false')`

const columns = 'answer, platform, tenant, person, thread, at'

/**
 * Looks answers up by their conversation, as long as they are kept. One that was for its asker alone is nobody else's, and nobody is told of one of
 * another workspace or tenant; the machine's own user may know of all.
 */
export const latestAnswers = ({ query }: Pick<Database, 'query'>): LatestAnswers => {
  const one = async (where: string, name: string, who?: Owner) => {
    const may = who ? `${rows} and ${seen}` : rows
    const [row] = await query<Row>(
      `select ${columns} from chartroom.answers where ${where} and ${may} order by at desc limit 1`,
      [name, ...(who ? [who.platform, who.tenant, who.user] : [])],
    )
    return row && readRow(row)
  }
  return {
    last: (thread, who) => one('thread = $1', thread, who),
    byId: (id, who) => one('id = $1', id, who),
    after: async (id, most) => {
      const found = await query<Row>(
        `select ${columns} from chartroom.answers
         where ${rows} and coalesce(answer->>'onlyForAsker', 'false') = 'false'
           and (thread, answer->>'domain') = (select thread, answer->>'domain' from chartroom.answers where id = $1)
           and at > (select at from chartroom.answers where id = $1)
         order by at limit $2`,
        [id, most],
      )
      return found.map(readRow)
    },
  }
}

type Row = {
  answer: Answered
  platform: Owner['platform'] | null
  tenant: string | null
  person: string | null
  thread: string | null
  at: Date
}

const readRow = ({ answer, platform, tenant, person, thread, at }: Row): LatestAnswer => ({
  answer,
  at: at.getTime(),
  ...(platform && tenant !== null && person !== null && { owner: { platform, tenant, user: person } }),
  ...(thread !== null && { thread }),
})
