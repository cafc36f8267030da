import { AsyncLocalStorage } from 'node:async_hooks'
import { createPlaces, type Entering } from './places.ts'

/** Lets so many works go on at once; the others wait, in the order they came. */
export type Seats = {
  /** Rejects when it is stopped while it waits, and throws `engine/busy` when too many wait already. */
  take: <T>(work: () => Promise<T>, options?: Pick<Entering, 'signal' | 'onWait'>) => Promise<T>
  /**
   * Waits for something that takes none of this machine, such as a language model. The seat of the work that waits is somebody else's meanwhile. As
   * many works as there are seats may wait so; each keeps its place among them until it ends, so that what was begun is not overtaken.
   */
  outside: <T>(wait: () => Promise<T>) => Promise<T>
  waiting: () => number
}

/** One that has taken a seat. `out`: has a place among those who wait outside, or waits for one; `waits`: how often at this moment. */
type Guest = Entering & { seated: boolean; over: boolean; waits: number; out?: Promise<void>; back?: Promise<void> }

/**
 * Without it, hundreds of questions at once would share the one thread of the bot and none would be heard in time: hearing a message
 * takes a millisecond, working on it a hundred.
 */
export const createSeats = ({ count = 8, queue = 5000 } = {}): Seats => {
  const [inside, outside] = [createPlaces({ count, queue }), createPlaces({ count, queue })]
  // Who waits is known without being told on every way to a model, so no way can forget it.
  const guests = new AsyncLocalStorage<Guest>()
  const goOut = (guest: Guest): Promise<void> => {
    guest.waits += 1
    if (guest.seated) inside.leave()
    guest.seated = false
    guest.out ??= outside.enter(guest)
    return guest.out
  }
  const sitDown = async (guest: Guest): Promise<void> => {
    await inside.enter({ signal: guest.signal, first: true })
    guest.back = undefined
    guest.seated = !guest.over
    if (guest.over) inside.leave()
  }
  const comeBack = async (guest: Guest): Promise<void> => {
    guest.waits -= 1
    if (guest.waits > 0 || guest.seated || guest.over) return
    guest.back ??= sitDown(guest)
    await guest.back
  }
  const end = (guest: Guest): void => {
    guest.over = true
    if (guest.seated) inside.leave()
    guest.out?.then(outside.leave, () => undefined)
  }
  return {
    take: async (work, options = {}) => {
      await inside.enter(options)
      const guest: Guest = { ...options, seated: true, over: false, waits: 0 }
      try {
        return await guests.run(guest, work)
      } finally {
        end(guest)
      }
    },
    outside: async wait => {
      const guest = guests.getStore()
      if (!guest) return wait()
      try {
        await goOut(guest)
        return await wait()
      } finally {
        await comeBack(guest)
      }
    },
    waiting: () => inside.waiting() + outside.waiting(),
  }
}
