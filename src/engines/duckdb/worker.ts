import { type ChildProcess, fork } from 'node:child_process'
import { rmSync } from 'node:fs'
import { compileCache } from '#src/compile-cache.ts'
import type { EngineResult } from '#src/engines/engine.ts'
import { type Fault, type OpenRequest, outgrown, type ParseRequest, type Reply, type RunRequest } from './protocol.ts'

/** How a worker ended: killed by us, killed by itself for its size, or by an accident. */
export type Death = 'killed' | 'outgrown' | 'crashed'

/** Thrown into everything that waits for a worker when it ends; `together` counts what waited. */
export class WorkerDied extends Error {
  readonly death: Death
  readonly together: number
  constructor(death: Death, together: number) {
    super(`The DuckDB worker ended: ${death}`)
    this.death = death
    this.together = together
  }
}

/** Thrown when the worker answers that it could not do something. */
export class WorkerFault extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(fault.detail)
    this.fault = fault
  }
}

/** A request that was sent. `cancel` stops the statement softly, if DuckDB listens. `answer` throws `WorkerFault` or `WorkerDied`. */
export type Asked<T> = { answer: Promise<T>; cancel: () => void }

/** The bot's side of one DuckDB process. */
export type Worker = {
  readonly pid: number
  run(request: Omit<RunRequest, 'kind' | 'id'>): Asked<EngineResult>
  /** The tree of a statement, as JSON. */
  parse(sql: string): Asked<string>
  /** Ends the process at once; resolves when it is gone. */
  kill(): Promise<void>
  /** Resolves when it is gone, whoever ended it. */
  readonly ended: Promise<void>
}

/** A DuckDB process that has opened nothing yet. */
export type Started = {
  /** Undefined when it could not be started. */
  readonly pid: number | undefined
  /** Opens the source in it, which can be done once. Throws as {@link startWorker} does; the process is gone then. */
  open(request: OpenRequest, timeoutMs: number): Promise<Worker>
  /** Ends the process at once; resolves when it is gone. */
  kill(): Promise<void>
  /** Resolves when it is gone, whoever ended it. */
  readonly ended: Promise<void>
}

/**
 * Starts a DuckDB process and opens the source in it, which must be done within `timeoutMs`. Throws `WorkerFault` (the source cannot be
 * opened) or `WorkerDied`.
 */
export const startWorker = (request: OpenRequest, timeoutMs: number): Promise<Worker> =>
  startProcess().open(request, timeoutMs)

/**
 * The process has an environment of two settings (and where compiled code is kept), no arguments and no output, and ends with ours. `UV_THREADPOOL_SIZE`: with the default
 * of 4 threads four long statements would block every file access of the process.
 */
export const startProcess = (): Started => {
  const child = fork(new URL('./child.ts', import.meta.url), [], {
    env: { UV_THREADPOOL_SIZE: '16', TZ: 'UTC', ...compileCache() },
    execArgv: ['--max-old-space-size=256', '--max-semi-space-size=2'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const state: State = { child, waiting: new Map(), lastId: 0, killed: false, ended: ended(child) }
  child.on('message', (reply: Reply) => receive(state, reply))
  const gone = state.ended.then(signal => fail(state, signal))
  return {
    pid: child.pid,
    open: (request, timeoutMs) => open(state, request, timeoutMs),
    kill: () => kill(state),
    ended: gone,
  }
}

const open = async (state: State, request: OpenRequest, timeoutMs: number): Promise<Worker> => {
  const opened = new Promise<void>((resolve, reject) => {
    if (state.death) return reject(new WorkerDied(state.death, 0))
    state.opening = { resolve, reject }
  })
  const gone = state.ended.then(() => removeSpill(request))
  send(state, request)
  const late = setTimeout(() => kill(state), timeoutMs)
  try {
    await opened
  } catch (thrown) {
    await kill(state)
    throw thrown
  } finally {
    clearTimeout(late)
  }
  return worker(state, gone)
}

const worker = (state: State, gone: Promise<void>): Worker => ({
  pid: state.child.pid!,
  run: request => ask(state, { ...request, kind: 'run' }, reply => reply.kind === 'result' && reply.result),
  parse: sql => ask(state, { kind: 'parse', sql }, reply => reply.kind === 'tree' && reply.json),
  kill: () => kill(state),
  ended: gone,
})

type Waiting = { resolve: (reply: Reply) => void; reject: (thrown: unknown) => void }
type State = {
  child: ChildProcess
  waiting: Map<number, Waiting>
  opening?: { resolve: () => void; reject: (thrown: unknown) => void }
  lastId: number
  killed: boolean
  /** The signal that ended the process, once it has ended. */
  ended: Promise<string | null>
  death?: Death
}

const ended = (child: ChildProcess) =>
  new Promise<string | null>(resolve => {
    child.once('exit', (_code, signal) => resolve(signal))
    // A process that cannot be started has no exit, only this.
    child.once('error', () => resolve(null))
  })

type Ask = Omit<RunRequest, 'id'> | Omit<ParseRequest, 'id'>

const ask = <T>(state: State, request: Ask, pick: (reply: Reply) => T | false): Asked<T> => {
  const id = ++state.lastId
  const reply = new Promise<Reply>((resolve, reject) => {
    if (state.death) return reject(new WorkerDied(state.death, 1))
    state.waiting.set(id, { resolve, reject })
    send(state, { ...request, id })
  })
  return { answer: reply.then(found => pick(found) as T), cancel: () => send(state, { kind: 'cancel', id }) }
}

/** A message that cannot be sent is no news: the process has ended, and its end rejects everything that waits. */
const send = ({ child }: State, message: object) => {
  if (child.connected) child.send(message, ignore)
}

const ignore = () => undefined

const receive = (state: State, reply: Reply) => {
  switch (reply.kind) {
    case 'opened':
      return state.opening?.resolve()
    case 'unopened':
      return state.opening?.reject(new WorkerFault(reply.fault))
    case 'fault':
      return take(state, reply.id)?.reject(new WorkerFault(reply.fault))
    default:
      return take(state, reply.id)?.resolve(reply)
  }
}

const take = ({ waiting }: State, id: number) => {
  const found = waiting.get(id)
  waiting.delete(id)
  return found
}

const fail = (state: State, signal: string | null) => {
  state.death = state.killed ? 'killed' : signal === outgrown ? 'outgrown' : 'crashed'
  const died = new WorkerDied(state.death, state.waiting.size)
  state.opening?.reject(died)
  for (const { reject } of state.waiting.values()) reject(died)
  state.waiting.clear()
}

const kill = async (state: State) => {
  state.killed = true
  state.child.kill('SIGKILL')
  await state.ended
}

/** A killed DuckDB leaves its spilled blocks behind. */
const removeSpill = ({ settings }: OpenRequest) => {
  if (settings.spillDirectory) rmSync(settings.spillDirectory, { recursive: true, force: true })
}
