import { setTimeout as sleep } from 'node:timers/promises'
import type { Owner } from '#src/store/answers.ts'
import type { AtWork, Entry, Standing } from '#src/store/at-work.ts'
import { createLanes } from './lanes.ts'
import type { Running } from './running.ts'

/** What came of a Stop: the work ends; it had been cut off when its process ended; or there is nothing that this person could stop. */
export type StopOutcome = 'stopping' | 'cut-off' | 'nothing'

/** A place in the queue. What holds it works once, or leaves; until then all behind it wait. */
export type Arrival = {
  /** Works when no turn before is worked on. An aborted signal ends the waiting, not the work: that has to look itself. */
  run: <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T>
  /** Does nothing once it works. */
  leave: () => void
}

/** Turns of one conversation one after the other, in the order they came to any of the processes that share a database. */
export type Queue = {
  /** Takes a place at once, also for what has to be looked up before it can be worked on. */
  arrive: (entry: Entry) => Arrival
  /** Stops a run wherever it runs. Takes up to 15 seconds when its process may have been killed. Never throws. */
  stop: (run: string, owner: Owner) => Promise<StopOutcome>
  /** Stops what runs in a conversation wherever it runs. Never throws. */
  stopThread: (thread: string) => Promise<void>
  /** How many wait in this process. */
  waiting: () => number
}

type Parts = { atWork: AtWork; running: Running; warn: (event: string, error: unknown) => void }

/** Milliseconds between two looks at whether it is one's turn; and between two signs of life. */
const [lookEvery, signEvery] = [100, 1000]

/** When the database does not answer, only the turns of this process wait for each other. */
export const createQueue = ({ atWork, running, warn }: Parts): Queue => {
  const [entering, lanes] = [createLanes(), createLanes()]
  const signs = createSigns({ atWork, running, warn })
  const survive = (error: unknown) => void warn('queue', error)
  const untilFirst = async (standing: Standing, signal: AbortSignal) => {
    for (let isFirst = standing.isFirst; !isFirst && !signal.aborted; isFirst = await atWork.isFirst(standing))
      await sleep(lookEvery, undefined, { signal }).catch(() => undefined)
  }
  const arrive = (entry: Entry): Arrival => {
    // In the order in which they come to the lane, or two could wait for each other.
    const entered = entering
      .run(entry.thread, () => atWork.enter(entry))
      .then(standing => signs.begin(standing, entry))
      .catch(survive)
    const begun = Promise.withResolvers<((standing: Standing | undefined) => Promise<void>) | undefined>()
    const turn = lanes.run(entry.thread, async () => {
      const work = await begun.promise
      const standing = await entered
      await work?.(standing)
      if (!standing) return
      signs.end(standing)
      await atWork.leave(standing).catch(survive)
    })
    void running.follow(turn)
    return {
      run: <T>(signal: AbortSignal, work: () => Promise<T>) => {
        const { promise, resolve, reject } = Promise.withResolvers<T>()
        begun.resolve(async standing => {
          if (standing) await untilFirst(standing, signal).catch(survive)
          await work().then(resolve, reject)
        })
        return promise
      },
      leave: () => begun.resolve(undefined),
    }
  }
  return {
    arrive,
    stop: async (run, owner) =>
      running.stop(run, owner.user)
        ? 'stopping'
        : stopElsewhere(() => atWork.stop(run, owner)).catch(error => {
            survive(error)
            return 'nothing'
          }),
    stopThread: async thread => {
      running.stopThread(thread)
      await atWork.stopThread(thread).catch(survive)
    },
    waiting: lanes.waiting,
  }
}

/** A process that was killed seems alive for a while, so it is waited for until the work ends or another sign of life comes. */
const stopElsewhere = async (stop: () => ReturnType<AtWork['stop']>): Promise<StopOutcome> => {
  const first = await stop()
  let found = first
  while (found.kind === 'alive' && first.kind === 'alive' && found.sign === first.sign) {
    await sleep(lookEvery * 5)
    found = await stop()
  }
  if (found.kind === 'dead') return 'cut-off'
  return first.kind === 'alive' ? 'stopping' : 'nothing'
}

/** Says for the turns of this process that it lives, and stops those that were stopped at another. */
const createSigns = ({ atWork, running, warn }: Parts) => {
  const held = new Map<number, Entry>()
  let timer: NodeJS.Timeout | undefined
  let isGiving = false
  const give = async () => {
    if (isGiving) return
    isGiving = true
    try {
      for (const nth of await atWork.signal([...held.keys()])) {
        const entry = held.get(nth)
        if (entry) running.stop(entry.run, entry.owner.user)
      }
    } catch (error) {
      warn('queue', error)
    }
    isGiving = false
  }
  return {
    begin: (standing: Standing, entry: Entry): Standing => {
      held.set(standing.nth, entry)
      timer ??= setInterval(() => void running.follow(give()), signEvery)
      return standing
    },
    end: ({ nth }: Standing): void => {
      held.delete(nth)
      if (held.size > 0) return
      clearInterval(timer)
      timer = undefined
    },
  }
}
