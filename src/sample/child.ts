import { ChartroomError } from '#src/vocabulary/errors.ts'
import { type EnsureEcommerceOptions, ensureEcommerceSample } from './ecommerce.ts'

/** What the child tells: progress, then one end. */
export type Told = { done: number; total: number } | { end: 'made' } | { end: 'failed'; message: string }

export type Job = Pick<EnsureEcommerceOptions, 'path' | 'settings'>

const tell = (told: Told) => process.send?.(told)

process.once('message', async (job: Job) => {
  const made = ensureEcommerceSample({ ...job, onProgress: (done, total) => tell({ done, total }) })
  tell(await made.then((): Told => ({ end: 'made' }), failed))
  process.disconnect()
})

const failed = (error: unknown): Told => {
  const message =
    error instanceof ChartroomError ? error.message : `The sample data could not be made: ${String(error)}.`
  return { end: 'failed', message }
}
