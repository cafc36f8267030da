import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { compileCache } from '#src/compile-cache.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { unreadable } from './faults.ts'
import type { ChildMessage, Job, Progress, ResultOf } from './job.ts'

export type ChildOptions = {
  file: string
  onProgress?: (progress: Progress) => void
  signal?: AbortSignal
  timeoutMs?: number
}

/** Runs one job in a process of its own, with an empty environment, and ends it whatever happens. Throws what the child reports. */
export const runInChild = <J extends Job>(
  job: J,
  { file, onProgress, signal, timeoutMs = 600_000 }: ChildOptions,
): Promise<ResultOf<J>> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(ChartroomError.of('engine/cancelled'))
    const child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), [], {
      env: { ...compileCache() },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const end = (settle: () => void) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      child.removeAllListeners()
      child.kill('SIGKILL')
      settle()
    }
    const onAbort = () => end(() => reject(ChartroomError.of('engine/cancelled')))
    const timer = setTimeout(
      () => end(() => reject(ChartroomError.of('engine/timeout', { seconds: timeoutMs / 1000 }))),
      timeoutMs,
    )
    signal?.addEventListener('abort', onAbort)
    child.on('message', (message: ChildMessage) => {
      if (message.kind === 'progress') onProgress?.(message.progress)
      else if (message.kind === 'done') end(() => resolve(message.result as ResultOf<J>))
      else end(() => reject(ChartroomError.received(message.code, message.message)))
    })
    child.on('error', cause => end(() => reject(ChartroomError.of('engine/crashed', undefined, cause))))
    child.on('exit', () => end(() => reject(unreadable(file, 'it needs more memory than reading a file may use'))))
    child.send(job)
  })
