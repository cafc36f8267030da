import type { Owner } from './answers.ts'
import type { Database } from './database.ts'

/** A turn of a conversation: the run that answers it, and who asked. */
export type Entry = { run: string; thread: string; owner: Owner }

/** Where a turn stands: those of its conversation with a smaller number came before. */
export type Standing = { nth: number; thread: string; isFirst: boolean }

/** What was found of a run that somebody stops; `sign` is the last sign of life of the process that works on it, in milliseconds. */
export type Found = { kind: 'none' } | { kind: 'alive'; sign: number } | { kind: 'dead' }

/** What is worked on by one process, as all processes see it. A process that gave no sign for 15 seconds is dead, and nobody waits for it. */
export type AtWork = {
  enter: (entry: Entry) => Promise<Standing>
  /** Whether no living process works on what came before. */
  isFirst: (standing: Standing) => Promise<boolean>
  leave: (standing: Standing) => Promise<void>
  /** Gives a sign of life for these turns, and says which of them somebody has stopped. */
  signal: (turns: readonly number[]) => Promise<number[]>
  /** Has a run of this person stopped by the process that works on it. */
  stop: (run: string, owner: Owner) => Promise<Found>
  /** Has all that is worked on in a conversation stopped. */
  stopThread: (thread: string) => Promise<void>
}

/** `process` names the process, anew each time that it starts. */
export const storedAtWork = ({ query }: Database, process: string): AtWork => ({
  enter: async ({ run, thread, owner: { platform, tenant, user } }) => {
    const [row] = await query<{ nth: number; first: boolean }>(
      'select nth, first from chartroom.enter($1, $2, $3, $4, $5, $6)',
      [run, thread, platform, tenant, user, process],
    )
    return { nth: row?.nth ?? 0, thread, isFirst: row?.first ?? true }
  },
  isFirst: async ({ nth, thread }) => {
    const [row] = await query<{ first: boolean }>('select chartroom.is_first($1, $2, $3) as first', [
      nth,
      thread,
      process,
    ])
    return row?.first ?? true
  },
  leave: async ({ nth }) => void (await query('delete from chartroom.at_work where nth = $1', [nth])),
  signal: async turns => {
    // Written every few seconds, as that costs more than looking.
    const rows = await query<{ nth: number }>(
      `with kept as (
         update chartroom.at_work set at = clock_timestamp()
         where nth = any ($1::bigint[]) and at < clock_timestamp() - interval '4 seconds'
       )
       select nth from chartroom.at_work where nth = any ($1::bigint[]) and stopped`,
      [turns],
    )
    return rows.map(({ nth }) => nth)
  },
  stop: async (run, { platform, tenant, user }) => {
    const [row] = await query<{ sign: Date; alive: boolean }>(
      `update chartroom.at_work set stopped = true
       where run = $1 and platform = $2 and tenant = $3 and person = $4
       returning at as sign, chartroom.is_alive(at) as alive`,
      [run, platform, tenant, user],
    )
    if (!row) return { kind: 'none' }
    return row.alive ? { kind: 'alive', sign: row.sign.getTime() } : { kind: 'dead' }
  },
  stopThread: async thread =>
    void (await query('update chartroom.at_work set stopped = true where thread = $1', [thread])),
})
