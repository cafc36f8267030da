import { fork } from 'node:child_process'
import { compileCache } from '#src/compile-cache.ts'
import type { Job, Told } from './child.ts'
import { sampleFault } from './fault.ts'
import type { OnProgress, SampleName } from './sample.ts'
import type { SampleSettings } from './samples.ts'

export type MakeOptions = {
  sample: SampleName
  path: string
  settings?: SampleSettings
  onProgress?: OnProgress
}

/** Makes sure of a sample in a short-lived process of its own, so that the bot never loads a database. Throws `config/sample`. */
export const makeSample = ({ sample, path, settings = {}, onProgress }: MakeOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = fork(new URL('./child.ts', import.meta.url), {
      env: { ...compileCache() },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    child.on('message', (told: Told) => {
      if ('done' in told) onProgress?.(told.done, told.total)
      else if (told.end === 'made') resolve()
      else reject(sampleFault(told.message))
    })
    child.once('error', error =>
      reject(sampleFault('The sample data could not be made: its process did not start.', error)),
    )
    child.once('exit', code =>
      reject(sampleFault(`The sample data could not be made: its process ended with code ${code}.`)),
    )
    child.send({ sample, path, settings } satisfies Job)
  })
