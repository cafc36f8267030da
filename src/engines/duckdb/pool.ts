import { ChartroomError } from '#src/vocabulary/errors.ts'
import { type Asked, type Worker, WorkerDied, WorkerFault } from './worker.ts'

export type PoolSettings = {
  workers: number
  perWorker: number
  queueLimit: number
  /** Starts a process; `nth` counts from 1. */
  start: (nth: number) => Promise<Worker>
  /** Told once of each process in which a statement came to a good end: processes can live here. */
  onProven?: () => void
}

export type AskOptions = { signal?: AbortSignal; timeoutMs: number }

/** DuckDB processes, the statements that run in them and the ones that wait for a place. */
export type Pool = {
  /** Starts the first worker; the others start when they are needed. */
  start(): Promise<void>
  /** Throws `engine/timeout`, `engine/cancelled`, `engine/busy`, `WorkerFault` or `WorkerDied`. */
  ask<T>(work: (worker: Worker) => Asked<T>, options: AskOptions): Promise<T>
  pids(): number[]
  close(): Promise<void>
}

/** After a timeout or Stop a statement gets this long to end by itself; then its process is killed. Milliseconds. */
const grace = 500

export const createPool = (settings: PoolSettings): Pool => {
  const state: State = { settings, seats: [], waiting: [], started: 0, closed: false }
  for (let i = 0; i < settings.workers; i++) state.seats.push({ used: false, running: new Set() })
  return {
    start: async () => void (await workerOf(state, state.seats[0]!)),
    ask: (work, options) => enqueue(state, work, options),
    pids: () => state.seats.flatMap(seat => seat.alive?.pid ?? []),
    close: () => close(state),
  }
}

/**
 * A place for one worker, which is started when it is first needed. `used`: a statement was begun in this worker; `proven`: the last
 * worker here in which one came to a good end.
 */
type Seat = { worker?: Promise<Worker>; alive?: Worker; used: boolean; proven?: Worker; running: Set<Job> }

type Job = {
  begin: (worker: Worker) => Promise<unknown>
  settle: { resolve: (value: unknown) => void; reject: (thrown: unknown) => void }
  /** Why it is being stopped. */
  verdict?: ChartroomError
  /** Where it runs, and how to stop it softly. */
  at?: { worker: Worker; cancel: () => void }
  /** How often a worker died under it. */
  deaths: number
  /** Runs with no other beside it, so that a second death has one cause. */
  alone: boolean
  done: boolean
}

type State = { settings: PoolSettings; seats: Seat[]; waiting: Job[]; started: number; closed: boolean }

const enqueue = <T>(state: State, work: (worker: Worker) => Asked<T>, { signal, timeoutMs }: AskOptions) =>
  new Promise<T>((resolve, reject) => {
    if (state.closed || signal?.aborted) return reject(ChartroomError.of('engine/cancelled'))
    const timer = setTimeout(() => expire(state, job, timeoutMs), timeoutMs)
    const onAbort = () => stop(state, job, ChartroomError.of('engine/cancelled'))
    signal?.addEventListener('abort', onAbort)
    const job = newJob(work, {
      resolve: value => resolve(value as T),
      reject,
      tidy: () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
      },
    })
    state.waiting.push(job)
    dispatch(state)
    if (state.waiting.length > state.settings.queueLimit) stop(state, job, ChartroomError.of('engine/busy'))
  })

type Ends = { resolve: (value: unknown) => void; reject: (thrown: unknown) => void; tidy: () => void }

const newJob = <T>(work: (worker: Worker) => Asked<T>, { resolve, reject, tidy }: Ends): Job => {
  const once =
    <A>(end: (value: A) => void) =>
    (value: A) => {
      job.done = true
      tidy()
      end(value)
    }
  const job: Job = {
    begin: worker => {
      const { answer, cancel } = work(worker)
      job.at = { worker, cancel }
      return answer
    },
    settle: { resolve: once(resolve), reject: once(reject) },
    deaths: 0,
    alone: false,
    done: false,
  }
  return job
}

const dispatch = (state: State) => {
  for (let job = state.waiting[0]; job; job = state.waiting[0]) {
    const seat = place(state, job)
    if (!seat) return
    state.waiting.shift()
    seat.running.add(job)
    void run(state, seat, job)
  }
}

/** The emptiest place that may take the job. */
const place = ({ seats, settings }: State, job: Job): Seat | undefined => {
  const open = seats.filter(
    ({ running }) => running.size < (job.alone ? 1 : settings.perWorker) && ![...running].some(other => other.alone),
  )
  return open.sort((a, b) => a.running.size - b.running.size)[0]
}

const run = async (state: State, seat: Seat, job: Job) => {
  try {
    const worker = await workerOf(state, seat)
    if (job.verdict) throw job.verdict
    seat.used = true
    const value = await job.begin(worker)
    prove(state, seat, worker)
    if (job.verdict) throw job.verdict
    job.settle.resolve(value)
  } catch (thrown) {
    if (isBroken(thrown)) void job.at?.worker.kill()
    if (job.at && thrown instanceof WorkerDied) replace(state, seat, job.at.worker)
    afterFailure(state, job, thrown)
  } finally {
    seat.running.delete(job)
    job.at = undefined
    dispatch(state)
  }
}

const prove = ({ settings }: State, seat: Seat, worker: Worker) => {
  if (seat.proven === worker) return
  seat.proven = worker
  settings.onProven?.()
}

/** After an internal error DuckDB refuses everything that follows: only a new process helps. */
const isBroken = (thrown: unknown) => thrown instanceof WorkerFault && thrown.fault.reason === 'broken'

/**
 * A job that was being stopped gets its verdict. One under which the worker died is run once more when the cause may have been another
 * job: alone, unless the cause is known.
 */
const afterFailure = (state: State, job: Job, thrown: unknown) => {
  if (job.verdict) return job.settle.reject(job.verdict)
  const innocent = thrown instanceof WorkerDied && (thrown.death === 'killed' || thrown.together > 1)
  if (!innocent || job.deaths > 0) return job.settle.reject(thrown)
  job.deaths += 1
  job.alone = thrown.death !== 'killed'
  state.waiting.unshift(job)
}

const workerOf = (state: State, seat: Seat): Promise<Worker> => {
  seat.worker ??= begin(state, seat)
  return seat.worker
}

const begin = async (state: State, seat: Seat): Promise<Worker> => {
  try {
    seat.used = false
    const worker = await state.settings.start(++state.started)
    seat.alive = worker
    void worker.ended.then(() => replace(state, seat, worker))
    return worker
  } catch (thrown) {
    seat.worker = undefined
    throw thrown
  }
}

/** A worker that ended is replaced before anybody asks again, unless it did so before it was of use. */
const replace = (state: State, seat: Seat, worker: Worker) => {
  if (seat.alive !== worker) return
  seat.alive = undefined
  seat.worker = undefined
  // Whoever asks next starts it again and gets the reason.
  if (seat.used && !state.closed) workerOf(state, seat).catch(() => undefined)
}

const expire = (state: State, job: Job, timeoutMs: number) => {
  const waits = state.waiting.includes(job)
  stop(
    state,
    job,
    waits ? ChartroomError.of('engine/busy') : ChartroomError.of('engine/timeout', { seconds: timeoutMs / 1000 }),
  )
}

const stop = (state: State, job: Job, verdict: ChartroomError) => {
  job.verdict ??= verdict
  if (drop(state, job)) return
  if (!job.at) return job.settle.reject(job.verdict)
  job.at.cancel()
  setTimeout(() => job.done || void job.at?.worker.kill(), grace).unref()
}

/** Takes a job out of the queue and gives it its verdict; false when it is not there. */
const drop = ({ waiting }: State, job: Job): boolean => {
  const at = waiting.indexOf(job)
  if (at < 0) return false
  waiting.splice(at, 1)
  job.settle.reject(job.verdict)
  return true
}

const close = async (state: State) => {
  state.closed = true
  const cancelled = ChartroomError.of('engine/cancelled')
  for (const job of [...state.waiting, ...state.seats.flatMap(seat => [...seat.running])]) {
    job.verdict ??= cancelled
    drop(state, job)
  }
  await Promise.all(state.seats.map(async seat => (await seat.worker?.catch(() => undefined))?.kill()))
}
