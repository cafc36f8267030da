import type { CliIo } from '#handlers/cli/io.ts'
import type { Effects } from '../effects.ts'
import { startProcesses } from './processes.ts'
import { openStore } from './settings.ts'

/**
 * `chartroom serve`: everything that listens, until it is told to stop. What takes a while by itself is begun first: our own code is loaded meanwhile.
 */
export const serve = async (io: CliIo, effects: Effects): Promise<number> => {
  const processes = startProcesses({ serves: true })
  const store = openStore(effects)
  // It is awaited when all is loaded; when it fails before, nobody asks yet.
  store.catch(() => undefined)
  const { serveWith } = await import('./serving.ts')
  return serveWith({ processes, store }, io, effects)
}
