import type { Chart, Theme } from '#src/vocabulary/chart.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Order } from './painter.ts'
import { type PainterProcess, startPainter } from './painter-process.ts'
import type { PictureFormat } from './theme.ts'

export type PainterSettings = {
  /** Child processes; one paints 20 to 40 charts a second. */
  count?: number
  /** Pictures that may wait; more are refused at once. */
  queue?: number
  /** Milliseconds that one picture may take before its painter is killed. */
  limit?: number
  /** Pictures after which a painter is replaced by a fresh one as soon as nothing waits. */
  recycle?: number
  /** Told of every painter that is started; `again` when it takes the place of one that ended. */
  onStart?: (again: boolean) => void
  /** The painter's program; tests put another in its place. */
  program?: URL
}

export type PaintOptions = { signal?: AbortSignal; format?: PictureFormat }

export type Painters = {
  /**
   * The PNG of a chart, `full` unless said otherwise. What is asked for while the same is waiting or being painted is painted once.
   * Throws `chart/failed` when it cannot be drawn (a painter that dies is tried once more) or too many wait, `engine/cancelled` on abort.
   */
  paint: (chart: Chart, theme: Theme, options?: PaintOptions) => Promise<Uint8Array>
  /** Settles when a painter has passed its self-test; throws `chart/failed` when none can start. */
  ready: () => Promise<void>
  /** Process ids of the painters, for looking at their memory. */
  pids: () => number[]
  /** Ends the painters. What still waits fails with `chart/failed`. */
  close: () => Promise<void>
}

type Wish = Omit<Order, 'id'>
type Result = { png: Uint8Array } | { error: ChartroomError }
type Job = { order: Order; key: string; tries: number; waiting: Set<(result: Result) => void> }
type Painter = { process: PainterProcess; ready: boolean; job: Job | undefined; painted: number }
type Room = {
  settings: Required<PainterSettings>
  painters: Set<Painter>
  queue: Job[]
  jobs: Map<string, Job>
  readiness: Set<(result: { error?: ChartroomError }) => void>
  closing: (() => void)[]
  closed: boolean
  failedStarts: number
  started: number
  nextId: number
}

const defaults = {
  onStart: () => undefined,
  count: 1,
  queue: 200,
  limit: 3000,
  recycle: 500,
  program: new URL('./painter.ts', import.meta.url),
}
const mostFailedStarts = 3

/** Starts painters: child processes that draw, are given no secrets and little memory, and are killed when they take too long. */
export const createPainters = (settings: PainterSettings = {}): Painters => {
  const room: Room = {
    settings: { ...defaults, ...settings },
    ...{ painters: new Set(), queue: [], jobs: new Map(), readiness: new Set(), closing: [] },
    ...{ closed: false, failedStarts: 0, started: 0, nextId: 1 },
  }
  fill(room)
  return {
    paint: (chart, theme, { signal, format = 'full' } = {}) => ask(room, { chart, theme, format }, signal),
    ready: () => whenReady(room),
    pids: () => [...room.painters].flatMap(p => (p.process.pid ? [p.process.pid] : [])),
    close: () => close(room),
  }
}

const ask = (room: Room, wish: Wish, signal: AbortSignal | undefined): Promise<Uint8Array> => {
  if (signal?.aborted) return Promise.reject(ChartroomError.of('engine/cancelled'))
  if (room.closed) return Promise.reject(failed('the painters are closed'))
  const key = JSON.stringify([wish.format, wish.theme, wish.chart])
  const job = room.jobs.get(key) ?? enqueue(room, key, wish)
  if (!job) return Promise.reject(failed('too many pictures wait'))
  return new Promise((resolve, reject) => {
    const settle = (result: Result) => {
      signal?.removeEventListener('abort', leave)
      if ('png' in result) resolve(result.png)
      else reject(result.error)
    }
    const leave = () => {
      job.waiting.delete(settle)
      if (job.waiting.size === 0) forgetQueued(room, job)
      reject(ChartroomError.of('engine/cancelled'))
    }
    signal?.addEventListener('abort', leave, { once: true })
    job.waiting.add(settle)
    fill(room)
    handOut(room)
  })
}

const enqueue = (room: Room, key: string, wish: Wish): Job | undefined => {
  if (room.queue.length >= room.settings.queue) return undefined
  const job: Job = { order: { id: room.nextId++, ...wish }, key, tries: 0, waiting: new Set() }
  room.queue.push(job)
  room.jobs.set(key, job)
  return job
}

const forgetQueued = (room: Room, job: Job): void => {
  const place = room.queue.indexOf(job)
  if (place < 0) return
  room.queue.splice(place, 1)
  room.jobs.delete(job.key)
}

const fill = (room: Room): void => {
  while (!room.closed && room.painters.size < room.settings.count) startOne(room)
}

const startOne = (room: Room): void => {
  room.settings.onStart(room.started >= room.settings.count)
  room.started += 1
  const process = startPainter(room.settings, {
    ready: () => {
      painter.ready = true
      for (const settle of room.readiness) settle({})
      room.readiness.clear()
      handOut(room)
    },
    done: reply => {
      const { job } = painter
      painter.job = undefined
      painter.painted += 1
      room.failedStarts = 0
      if (job) finish(room, job, reply.kind === 'painted' ? { png: reply.png } : { error: failed(reply.reason) })
      refresh(room, painter)
      handOut(room)
    },
    ended: reason => afterEnd(room, painter, reason),
  })
  const painter: Painter = { process, ready: false, job: undefined, painted: 0 }
  room.painters.add(painter)
}

const handOut = (room: Room): void => {
  for (const painter of room.painters) {
    if (!painter.ready || painter.job) continue
    const job = room.queue.shift()
    if (!job) return
    job.tries += 1
    painter.job = job
    painter.process.order(job.order)
  }
}

const finish = (room: Room, job: Job, result: Result): void => {
  room.jobs.delete(job.key)
  for (const settle of job.waiting) settle(result)
  job.waiting.clear()
}

const refresh = (room: Room, painter: Painter): void => {
  const { recycle } = room.settings
  if (painter.painted < recycle || (room.queue.length > 0 && painter.painted < 2 * recycle)) return
  painter.ready = false
  painter.process.kill()
}

const afterEnd = (room: Room, painter: Painter, reason: string): void => {
  room.painters.delete(painter)
  // One that was ready and is gone without an order counts too, or it would be started for ever.
  if (!painter.job && painter.painted === 0) room.failedStarts += 1
  if (painter.job) retry(room, painter.job, reason)
  if (room.closed && room.painters.size === 0) for (const done of room.closing) done()
  if (room.failedStarts >= mostFailedStarts) giveUp(room, reason)
  else fill(room)
}

const retry = (room: Room, job: Job, reason: string): void => {
  if (job.tries < 2 && !room.closed) room.queue.unshift(job)
  else finish(room, job, { error: failed(reason) })
}

const giveUp = (room: Room, reason: string): void => {
  room.failedStarts = 0
  for (const job of room.queue.splice(0)) finish(room, job, { error: failed(reason) })
  for (const settle of room.readiness) settle({ error: failed(reason) })
  room.readiness.clear()
}

const whenReady = (room: Room): Promise<void> => {
  if ([...room.painters].some(painter => painter.ready)) return Promise.resolve()
  if (room.closed) return Promise.reject(failed('the painters are closed'))
  fill(room)
  return new Promise((resolve, reject) => {
    room.readiness.add(({ error }) => (error ? reject(error) : resolve()))
  })
}

const close = (room: Room): Promise<void> => {
  room.closed = true
  giveUp(room, 'the painters are closed')
  if (room.painters.size === 0) return Promise.resolve()
  return new Promise(resolve => {
    room.closing.push(resolve)
    for (const painter of room.painters) painter.process.kill()
  })
}

const failed = (reason: string): ChartroomError => ChartroomError.of('chart/failed', undefined, new Error(reason))
