import { fork } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { compileCache } from '#src/compile-cache.ts'
import { fingerprint } from '#src/engines/duckdb/fingerprint.ts'
import type { Job, Told } from './child.ts'
import { sampleFault } from './fault.ts'
import { marksOf, type OnProgress, type SampleName } from './sample.ts'
import { type SampleSettings, sampleOf } from './samples.ts'

export type MakeOptions = {
  sample: SampleName
  path: string
  settings?: SampleSettings
  onProgress?: OnProgress
}

/**
 * Makes sure of a sample in a short-lived process of its own, so that the bot never loads a database. A file that was looked at before and is still the
 * same is not looked at again: that is kept beside it. Throws `config/sample`.
 */
export const makeSample = async (options: MakeOptions): Promise<void> => {
  const { sample, path, settings } = options
  const seal = `${path}.seal`
  const sealOf = (file: string) => JSON.stringify([marksOf(sampleOf(sample, settings)), file])
  const [known, now] = await Promise.all([readFile(seal, 'utf8'), fingerprint(path)]).catch(() => [])
  if (now !== undefined && known === sealOf(now)) return
  const file = await made(options)
  // Where it cannot be written, the file is looked at each time.
  if (file !== undefined) await writeFile(seal, sealOf(file)).catch(() => undefined)
}

/** The fingerprint of the file in which the sample was found, after it was made if need be. */
const made = ({ sample, path, settings = {}, onProgress }: MakeOptions): Promise<string | undefined> =>
  new Promise((resolve, reject) => {
    const child = fork(new URL('./child.ts', import.meta.url), {
      env: { ...compileCache() },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    child.on('message', (told: Told) => {
      if ('done' in told) onProgress?.(told.done, told.total)
      else if (told.end === 'made') resolve(told.file)
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
