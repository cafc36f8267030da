import { readFileSync } from 'node:fs'
import type { Logger } from 'pino'
import { type Config, type Environment, loadEnvironment, readConfig } from '../config.ts'
import type { Effects } from '../effects.ts'
import { createLog } from '../log.ts'
import type { Database } from '../store/database.ts'

/** The settings of this process and of the `.env` where it was started. Throws `config/invalid`. */
export const configured = (): Config => readConfig(environment())

/** The environment, and the `.env` under it; for the addresses that `chartroom.yaml` takes from there. */
export const environment = (): Environment => loadEnvironment(process.cwd())

export const logger = (): Logger => createLog(configured().logLevel)

/** The version of the package. */
export const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

/** What outlives the program. PostgreSQL and its driver are loaded only by what needs them: a question in the terminal does not. */
export const openStore = async (effects: Effects): Promise<Database> => {
  const log = logger()
  const { openState } = await import('../store/state.ts')
  return openState({ ...configured(), warn: (event, error) => log.warn({ event, err: error }, 'state') }, effects)
}

/** The same, with the files of what people brought: whoever is forgotten leaves none. */
export const openStoreWithFiles = async (
  effects: Effects,
): Promise<Database & { removeFiles: (id: string) => Promise<void> }> => {
  const { datasetFiles } = await import('../datasets/files.ts')
  const files = datasetFiles(configured().home)
  return { ...(await openStore(effects)), removeFiles: id => files.remove(id) }
}
