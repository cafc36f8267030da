import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { program } from './packaged.ts'
import { type ServerPlace, serverEnvironment } from './place.ts'
import { isServing, readPostmaster } from './postmaster.ts'

/**
 * Ends the server: sessions are cut and data is written; a server that does not end by that is ended harder, and finds everything that
 * was committed when it starts next. (https://www.postgresql.org/docs/18/server-shutdown.html)
 */
export const stopServer = async (place: ServerPlace, waits: { softly: number; hard: number }): Promise<void> => {
  const found = await readPostmaster(place.data)
  // One of another container that shares the folder is not ours to end, and its number means another process here.
  if (!found || !(await isServing(found.pid, place.data))) return
  const ways = [['INT', waits.softly] as const, ['QUIT', waits.hard] as const, ['KILL', waits.hard] as const]
  for (const [signal, ms] of ways) {
    await send(place, found.pid, signal)
    for (let waited = 0; waited < ms; waited += 10) {
      if (!(await isServing(found.pid, place.data))) return
      await sleep(10)
    }
  }
}

const send = async ({ packaged }: ServerPlace, pid: number, signal: 'INT' | 'QUIT' | 'KILL'): Promise<void> => {
  if (process.platform === 'win32') {
    const child = spawn(program(packaged, 'pg_ctl'), ['kill', signal, String(pid)], {
      env: serverEnvironment,
      stdio: 'ignore',
      windowsHide: true,
    })
    await once(child, 'exit')
    return
  }
  try {
    process.kill(pid, `SIG${signal}`)
  } catch {
    // It has ended by itself.
  }
}
