import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Effects } from '#src/effects.ts'
import { findSeat } from './find-seat.ts'
import { openFolder } from './folder.ts'
import type { Address, Seat } from './seat.ts'
import { stopServer } from './stop.ts'

export type ServerOptions = {
  /** Where it keeps everything; made on first use. */
  folder: string
  /** Whether what is committed survives a power cut. Default true; tests have no use for it. */
  durable?: boolean
  /** Told when the server was lost and when it cannot be had again. */
  warn?: (event: string, error?: unknown) => void
}

export type PrivateServer = {
  /** Where it listens. After it was lost: once it answers again. Throws as {@link openServer} does. */
  address: () => Promise<Address>
  /** Ends the server, unless another bot uses it. */
  close: () => Promise<void>
}

/**
 * A PostgreSQL of our own, with no settings: started, or joined when another bot of this folder (or one that was killed) left it running.
 * It is started again when it dies. Throws `state/no-server`, `state/broken`, `state/other-version`, `state/not-started`.
 */
export const openServer = async (
  { folder, durable = true, warn = () => undefined }: ServerOptions,
  effects: Pick<Effects, 'newId' | 'now' | 'ticks'>,
): Promise<PrivateServer> => {
  const place = await openFolder(folder, { durable }, effects)
  const password = await readFile(place.password, 'utf8')
  let seat: Promise<Seat> | undefined
  let closed = false
  const sit = (): Promise<Seat> => {
    seat ??= findSeat({ place, password, durable }, effects).then(follow, forget)
    return seat
  }
  const follow = (taken: Seat): Seat => {
    void taken.lost.then(() => lose())
    return taken
  }
  const forget = (error: unknown): never => {
    seat = undefined
    throw error
  }
  const lose = async () => {
    seat = undefined
    if (closed) return
    warn('state/lost')
    // One that dies again at once must not keep us busy.
    await sleep(aMoment)
    if (!closed) await sit().catch(error => warn('state/not-back', error))
  }
  await sit()
  return {
    address: async () => (await sit()).address,
    close: async () => {
      closed = true
      const taken = await seat?.catch(() => undefined)
      if (await taken?.isLast().catch(() => false)) await stopServer(place, { softly: 10_000, hard: 2000 })
      await taken?.leave().catch(() => undefined)
    },
  }
}

/** Milliseconds. */
const aMoment = 200
