import { ChartroomError } from '#src/vocabulary/errors.ts'
import { ensureSample } from './ensure.ts'
import type { SampleName } from './sample.ts'
import { type SampleSettings, sampleOf } from './samples.ts'

/** What the child tells: progress, then one end. */
export type Told = { done: number; total: number } | { end: 'made' } | { end: 'failed'; message: string }

export type Job = { sample: SampleName; path: string; settings: SampleSettings }

const tell = (told: Told) => process.send?.(told)

process.once('message', async (job: Job) => {
  const made = makeIt(job)
  tell(await made.then((): Told => ({ end: 'made' }), failed))
  process.disconnect()
})

const makeIt = async ({ sample, path, settings }: Job) =>
  ensureSample(path, sampleOf(sample, settings), (done, total) => tell({ done, total }))

const failed = (error: unknown): Told => {
  const message =
    error instanceof ChartroomError ? error.message : `The sample data could not be made: ${String(error)}.`
  return { end: 'failed', message }
}
