import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type FileHandle, open, readFile, rename, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { program } from './packaged.ts'
import { type ServerPlace, serverEnvironment } from './place.ts'
import { readPostmaster } from './postmaster.ts'
import { type Listening, longestSocket, serverSettings, socketPort } from './settings.ts'

/** `taken`: another server holds the data folder, or what is left of one that was killed. */
export type Start = 'ready' | 'taken'

/**
 * Starts the server in a session of its own, so that Ctrl-C reaches the bot alone; it writes to nothing but its log.
 * Resolves when it takes connections. Throws `state/not-started`.
 */
export const startServer = async (place: ServerPlace, options: { durable: boolean }): Promise<Start> => {
  let reason = ''
  for (const listening of await waysToListen(place)) {
    const tried = await tryStart(place, serverSettings(listening, options))
    if (tried === 'ready') return tried
    if (isTaken.test(tried.said)) return 'taken'
    reason = reasonIn(tried.said)
    if (!cannotListen.test(tried.said)) break
  }
  throw ChartroomError.of('state/not-started', { path: place.path, reason })
}

const isTaken = /lock file ".*" (already exists|is empty)|pre-existing shared memory block/
const cannotListen = /could not (create any|bind|listen)|Unix-domain socket|No TCP\/IP sockets/i

const reasonIn = (said: string): string =>
  reasons.find(([sign]) => sign.test(said))?.[1] ?? /(?:FATAL|PANIC): +(.*)/.exec(said)?.[1] ?? 'it does not say why'

const reasons: [RegExp, string][] = [
  [/No space left on device/, 'there is no space left on its disk'],
  [/global\/pg_control/, 'its file data/global/pg_control is missing or cannot be read'],
  [/incompatible with server|valid checkpoint|invalid (checksum|page)|corrupt/i, 'its files are damaged'],
]

/** The socket first, where the system and its folder can have one; then a port that is free, the last one if it still is. */
const waysToListen = async ({ path, data, known }: ServerPlace): Promise<Listening[]> => {
  const socket = join(path, `.s.PGSQL.${socketPort}`)
  const before = await readPostmaster(data)
  const port = await freePort(before?.socketFolder ? 0 : (before?.port ?? 0))
  if (process.platform === 'win32' || Buffer.byteLength(socket) > longestSocket) return [{ port }]
  return [{ socketFolder: known === data ? path : '..' }, { port }]
}

const freePort = async (wanted: number): Promise<number> => {
  const probe = createServer().listen(wanted, '127.0.0.1')
  try {
    await once(probe, 'listening')
    const address = probe.address()
    return typeof address === 'object' && address ? address.port : 0
  } catch {
    return freePort(0)
  } finally {
    probe.close()
  }
}

const tryStart = async (
  { path, data, known, packaged, owner }: ServerPlace,
  settings: Record<string, string>,
): Promise<'ready' | { said: string }> => {
  const log = await openLog(join(path, 'server.log'))
  try {
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const child = spawn(program(packaged, 'postgres'), ['-D', known, ...flags], {
      cwd: data,
      env: serverEnvironment,
      stdio: ['ignore', log.file.fd, log.file.fd],
      detached: true,
      windowsHide: true,
      ...owner,
    })
    child.unref()
    let over: { said: string } | undefined
    const ended = once(child, 'exit').then(
      async () => {
        over = { said: await log.since() }
      },
      () => {
        over = { said: 'FATAL: its program cannot be run here' }
      },
    )
    while (!over && !(await isReady(data, child.pid))) await Promise.race([sleep(10), ended])
    return over ?? 'ready'
  } finally {
    await log.file.close()
  }
}

const isReady = async (data: string, pid: number | undefined): Promise<boolean> => {
  const found = await readPostmaster(data)
  return found !== undefined && found.pid === pid && found.ready
}

const mostLog = 1_000_000

type Log = { file: FileHandle; since: () => Promise<string> }

/** The log, begun anew when it is long; the one before is kept beside it. `since` gives what was written from now on. */
const openLog = async (path: string): Promise<Log> => {
  const size = (await stat(path).catch(() => undefined))?.size ?? 0
  if (size > mostLog) await rename(path, `${path}.before`)
  const from = size > mostLog ? 0 : size
  const file = await open(path, 'a', 0o600)
  return { file, since: async () => (await readFile(path)).subarray(from).toString('utf8') }
}
