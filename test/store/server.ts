import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { realEffects } from '#src/effects.ts'
import { isServing, readPostmaster } from '#src/store/server/postmaster.ts'
import { openServer, type PrivateServer } from '#src/store/server/server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A port of 127.0.0.1 that says, as JSON, how the PostgreSQL of this run is reached; it is started for the first who asks. */
    postgres: number
  }
}

const prefix = 'chartroom-test-postgres-'

/** One PostgreSQL for a whole run of the tests, ended with it; a run that needs none starts none. Each test file takes a database of its own (`database.ts`). */
export default async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  await clearDeadRuns()
  const home = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  let server: Promise<PrivateServer> | undefined
  const door = createServer(async socket => {
    socket.on('error', () => undefined)
    server ??= openServer({ folder: join(home, 'state'), durable: false }, realEffects)
    const said = await server.then(
      async ({ address }) => ({ address: await address() }),
      error => ({ problem: String(error) }),
    )
    socket.end(JSON.stringify(said))
  }).listen(0, '127.0.0.1')
  await once(door, 'listening')
  provide('postgres', (door.address() as AddressInfo).port)
  return async () => {
    door.close()
    await server?.then(running => running.close()).catch(() => undefined)
    rmSync(home, { recursive: true, force: true })
  }
}

/** Servers and folders of our runs that were killed. */
const clearDeadRuns = async () => {
  const left = readdirSync(tmpdir()).filter(name => name.startsWith(prefix))
  for (const name of left.filter(isOfDeadRun)) {
    const data = join(tmpdir(), name, 'state', 'data')
    const found = await readPostmaster(data)
    if (found && (await isServing(found.pid, data))) process.kill(found.pid, 'SIGKILL')
    rmSync(join(tmpdir(), name), { recursive: true, force: true, maxRetries: 5 })
  }
}

const isOfDeadRun = (name: string): boolean => {
  if (statSync(join(tmpdir(), name)).uid !== process.getuid?.()) return false
  try {
    return !process.kill(Number(name.slice(prefix.length).split('-')[0]), 0)
  } catch {
    return true
  }
}
