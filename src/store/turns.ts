import type { Effects } from '#src/effects.ts'
import type { Threads } from '#src/threads.ts'
import { querySchema } from '#src/vocabulary/query.ts'
import type { Database } from './database.ts'
import { toJsonb } from './jsonb.ts'

/** Conversations that all processes of a database share, and that outlive them. */
export const storedThreads = ({ query }: Database, { maxTurns = 40 }, { now }: Pick<Effects, 'now'>): Threads => ({
  last: async thread => {
    if (thread === undefined) return undefined
    const [row] = await query<Turn>('select query from chartroom.turns where thread = $1 order by nth desc limit 1', [
      thread,
    ])
    return readTurn(row)
  },
  remember: async (thread, asked) => {
    if (thread === undefined) return
    await query(remember, [thread, toJsonb(asked), new Date(now()), maxTurns - 1])
  },
  back: async thread => {
    if (thread === undefined) return undefined
    const [row] = await query<Turn>(back, [thread])
    return readTurn(row)
  },
})

type Turn = { query: unknown }

/** A query that was written by an older program and is none today is forgotten. */
const readTurn = (row: Turn | undefined) => querySchema.safeParse(row?.query).data

/** Both parts see the turns as they were: the oldest one goes when the new one makes them too many. */
const remember = `
  with new as (
    insert into chartroom.turns (thread, query, at)
    select $1, $2::jsonb, $3
    where $2::jsonb is distinct from (select query from chartroom.turns where thread = $1 order by nth desc limit 1)
    returning nth
  )
  delete from chartroom.turns
  where thread = $1 and exists (select from new)
    and nth <= (select nth from chartroom.turns where thread = $1 order by nth desc offset $4 limit 1)`

const back = `
  with latest as (select nth, query from chartroom.turns where thread = $1 order by nth desc limit 2),
    gone as (
      delete from chartroom.turns
      where nth = (select max(nth) from latest) and (select count(*) from latest) = 2
    )
  select query from latest where (select count(*) from latest) = 2 order by nth limit 1`
