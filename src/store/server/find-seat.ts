import { readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Effects } from '#src/effects.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { ServerPlace } from './place.ts'
import { isServing, readPostmaster } from './postmaster.ts'
import { type NoSeat, type Seat, takeSeat } from './seat.ts'
import { socketPort } from './settings.ts'
import { startServer } from './start.ts'
import { stopServer } from './stop.ts'

type Finding = { place: ServerPlace; password: string; durable: boolean }

/**
 * Joins the server of a folder, or starts it. The lock that counts is PostgreSQL's own `postmaster.pid`: of two bots that start it at once
 * one wins, and the other joins. Throws `state/broken`, `state/not-started`.
 */
export const findSeat = async (finding: Finding, effects: Pick<Effects, 'now' | 'ticks'>): Promise<Seat> => {
  const search = { ...finding, started: false }
  try {
    return await find(search, effects)
  } catch (error) {
    if (search.started) await stopServer(search.place, { softly: 10_000, hard: 2000 })
    throw error
  }
}

const find = async (search: Finding & { started: boolean }, effects: Pick<Effects, 'now' | 'ticks'>): Promise<Seat> => {
  const { place, password } = search
  const began = effects.ticks()
  let answered = began
  while (effects.ticks() - began < longest) {
    const met = await meet(place, password)
    if (typeof met === 'object') return met
    if (met === 'nobody') {
      search.started = (await startServer(place, search)) === 'ready'
      if (!search.started) await clearRemains(place, effects)
      answered = effects.ticks()
      continue
    }
    if (met === 'busy') answered = effects.ticks()
    // An orphan that hangs is of no use to anybody.
    if (effects.ticks() - answered > longestSilence) await stopServer(place, { softly: 0, hard: 2000 })
    await sleep(20)
  }
  const reason = 'it has been starting or stopping for a minute'
  throw ChartroomError.of('state/not-started', { path: place.path, reason })
}

/** Milliseconds; after a crash PostgreSQL first reads what was not yet in its files. */
const [longest, longestSilence] = [60_000, 10_000]

/**
 * A socket in our folder is asked even when its process cannot be seen: a bot in another container may share the folder, and two servers
 * on the same files would destroy them. A port may meanwhile belong to another program.
 */
const meet = async (place: ServerPlace, password: string): Promise<Seat | NoSeat | 'nobody'> => {
  const found = await readPostmaster(place.data)
  if (!found) return 'nobody'
  const serving = await isServing(found.pid, place.data)
  if (!found.ready) return serving ? 'busy' : 'nobody'
  if (!serving && !found.socketFolder) return 'nobody'
  const met = await takeSeat(place, found, password)
  return met === 'silent' && !serving ? 'nobody' : met
}

/**
 * Takes away the lock files of a server that is gone. PostgreSQL does so itself, unless their number belongs to another process by now, or
 * to one that has ended and was not reaped.
 */
const clearRemains = async ({ path, data }: ServerPlace, { now }: Pick<Effects, 'now'>): Promise<void> => {
  for (const file of [join(path, `.s.PGSQL.${socketPort}.lock`), join(data, 'postmaster.pid')]) {
    const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10)
    const written = (await stat(file).catch(() => undefined))?.mtimeMs ?? 0
    const isRemains = pid ? !(await isServing(pid, data)) : written < now() - aWhile
    if (isRemains) await rm(file, { force: true })
  }
  // Or else processes of a server that was killed are about to end.
  await sleep(100)
}

const aWhile = 5000
