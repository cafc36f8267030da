import { flushCompileCache } from 'node:module'
import { build } from './build.ts'
import { readFault } from './faults.ts'
import type { ChildMessage, Job } from './job.ts'
import { look } from './look.ts'
import { measureQuality } from './quality.ts'

/** The child process: takes one job, answers once, ends. It ends with its parent, and before it takes more memory than it was given. */
const send = (message: ChildMessage) => new Promise<void>(resolve => process.send?.(message, () => resolve()))

const watchMemory = (capMb: number) =>
  setInterval(() => {
    if (process.memoryUsage.rss() > capMb * 1_048_576) process.kill(process.pid, 'SIGKILL')
  }, 50).unref()

const resultOf = (job: Job) => {
  switch (job.kind) {
    case 'build':
      return build(job, progress => void send({ kind: 'progress', progress }))
    case 'look':
      return look(job)
    case 'quality':
      return measureQuality(job)
  }
}

const work = async (job: Job): Promise<ChildMessage> => {
  try {
    return { kind: 'done', result: await resultOf(job) }
  } catch (cause) {
    const { code, message } = readFault(job.kind === 'build' ? (job.files[0]?.file ?? '') : job.database, cause)
    return { kind: 'failed', code, message }
  }
}

// The parent ends this process with a signal, at which Node keeps nothing.
flushCompileCache()
process.once('message', async (job: Job) => {
  watchMemory(job.memoryMb * 2 + 512)
  await send(await work(job))
  process.exit(0)
})
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'))
