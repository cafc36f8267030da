import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { realEffects } from '#src/effects.ts'
import { isServing, readPostmaster } from '#src/store/server/postmaster.ts'
import { openServer } from '#src/store/server/server.ts'

/** Folders of servers for one test file. */
export type Homes = {
  /** A folder with a server that was used once and ended. */
  used: (name: string) => string
  /** What is looked at before a server is started, and no more: no server could start there. */
  sketched: (name: string) => string
  /** A path where nothing is. */
  empty: (name: string) => string
  /** Ends whatever still runs there and removes everything. */
  clear: () => Promise<void>
}

/** Sets up one server, which takes a second, and copies it from then on. */
export const makeHomes = async (): Promise<Homes> => {
  const root = mkdtempSync(join(tmpdir(), 'servers-'))
  const first = join(root, 'first')
  await (await openServer({ folder: first, durable: false }, realEffects)).close()
  const folders: string[] = []
  const empty = (name: string) => {
    const folder = join(root, name, 'state')
    folders.push(folder)
    return folder
  }
  return {
    empty,
    sketched: name => {
      const folder = empty(name)
      mkdirSync(join(folder, 'data'), { recursive: true })
      writeFileSync(join(folder, 'data', 'PG_VERSION'), '18\n')
      writeFileSync(join(folder, 'password'), 'secret')
      return folder
    },
    used: name => {
      const folder = empty(name)
      cpSync(first, folder, { recursive: true })
      return folder
    },
    clear: async () => {
      for (const folder of folders) await killServer(folder)
      rmSync(root, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** The process of the server that runs in a folder. */
export const pidOf = async (folder: string): Promise<number | undefined> => {
  const data = join(folder, 'data')
  const found = await readPostmaster(data)
  return found && (await isServing(found.pid, data)) ? found.pid : undefined
}

/** kill -9 */
export const killServer = async (folder: string): Promise<void> => {
  const pid = await pidOf(folder)
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
}
