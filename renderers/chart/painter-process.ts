import { type ChildProcess, fork } from 'node:child_process'
import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import type { Order, Reply } from './painter.ts'

/** One child process that paints one picture at a time. */
export type PainterProcess = {
  pid: number | undefined
  /** Hands over one order; the process is killed when it takes longer than the limit. */
  order: (order: Order) => void
  kill: () => void
}

type Settings = { program: URL; limit: number }
type Events = {
  ready: () => void
  /** A picture was painted or could not be. */
  done: (reply: Extract<Reply, { kind: 'painted' | 'failed' }>) => void
  /** The process is gone, whatever the reason. Said once. */
  ended: (reason: string) => void
}

const startLimit = 20_000

/** Where Node keeps compiled code, if it does: a painter starts in two thirds of the time. Node adds a folder for its version. */
const compiled = getCompileCacheDir()

/** All that a painter is told. The MALLOC settings make glibc give pixels back at once: a third less memory after some hundred charts. */
const environment = {
  TZ: 'UTC',
  MALLOC_ARENA_MAX: '2',
  MALLOC_TRIM_THRESHOLD_: '131072',
  MALLOC_MMAP_THRESHOLD_: '131072',
  ...(compiled === undefined ? {} : { NODE_COMPILE_CACHE: dirname(compiled) }),
}

/** Starts a painter with 256 MB of heap and no environment of ours. It does not keep the parent alive unless it has work. */
export const startPainter = ({ program, limit }: Settings, events: Events): PainterProcess => {
  const child = fork(program, [], {
    execArgv: ['--max-old-space-size=256', '--max-semi-space-size=2'],
    env: environment,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  })
  child.unref()
  child.channel?.unref()
  let reason = 'the painter ended'
  const clock = timer(() => {
    reason = 'the painter took too long'
    child.kill('SIGKILL')
  })
  clock.set(startLimit)
  child.on('message', (reply: Reply) => {
    clock.clear()
    if (reply.kind === 'ready') return events.ready()
    if (reply.kind !== 'broken') return events.done(reply)
    reason = reply.reason
    child.kill('SIGKILL')
  })
  whenGone(child, why => {
    clock.clear()
    events.ended(why ?? reason)
  })
  return {
    pid: child.pid,
    order: order => {
      clock.set(limit)
      child.send(order, () => {})
    },
    kill: () => {
      child.ref()
      child.kill('SIGKILL')
    },
  }
}

const timer = (act: () => void): { set: (ms: number) => void; clear: () => void } => {
  let current: NodeJS.Timeout | undefined
  const clear = () => clearTimeout(current)
  return {
    clear,
    set: ms => {
      clear()
      current = setTimeout(act, ms)
    },
  }
}

const whenGone = (child: ChildProcess, act: (why?: string) => void): void => {
  let gone = false
  const once = (why?: string) => {
    if (gone) return
    gone = true
    act(why)
  }
  child.once('exit', () => once())
  child.once('error', error => once(error.message))
}
