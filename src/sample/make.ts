import { fork } from 'node:child_process'
import type { Job, Told } from './child.ts'
import type { EnsureEcommerceOptions } from './ecommerce.ts'
import { sampleFault } from './fault.ts'

/** Makes sure of the ecommerce sample in a short-lived process of its own, so that the bot never loads a database. Throws `config/sample`. */
export const makeEcommerceSample = ({ path, settings, onProgress }: EnsureEcommerceOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = fork(new URL('./child.ts', import.meta.url), {
      env: {},
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
    child.send({ path, settings } satisfies Job)
  })
