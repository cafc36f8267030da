import { fingerprint } from '#src/engines/duckdb/fingerprint.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { ensureSample } from './ensure.ts'
import type { SampleName } from './sample.ts'
import { type SampleSettings, sampleOf } from './samples.ts'

/** What the child tells: progress, then one end. */
export type Told =
  | { done: number; total: number }
  | { end: 'made'; file: string | undefined }
  | { end: 'failed'; message: string }

export type Job = { sample: SampleName; path: string; settings: SampleSettings }

const tell = (told: Told) => process.send?.(told)

process.once('message', async (job: Job) => {
  const made = makeIt(job)
  tell(await made.then((file): Told => ({ end: 'made', file }), failed))
  process.disconnect()
})

/** Tells which file holds it: one that was looked at and left as it was. Undefined when others make it anew all the time. */
const makeIt = async ({ sample, path, settings }: Job): Promise<string | undefined> => {
  for (let i = 0; i < 3; i++) {
    const file = await fingerprint(path).catch(() => undefined)
    const found = await ensureSample(path, sampleOf(sample, settings), (done, total) => tell({ done, total }))
    if (found === 'reused') return file
  }
  return undefined
}

const failed = (error: unknown): Told => {
  const message =
    error instanceof ChartroomError ? error.message : `The sample data could not be made: ${String(error)}.`
  return { end: 'failed', message }
}
