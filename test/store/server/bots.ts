import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { compileCache } from '#src/compile-cache.ts'

/** A bot that runs in a process of its own and shares the folder of a server. */
export type Bot = {
  sql: (sql: string) => Promise<unknown[][]>
  /** Goes as bots go, having closed everything. */
  leave: () => Promise<void>
  /** kill -9 */
  kill: () => Promise<void>
}

const running = new Set<ChildProcess>()

export const startBot = async (folder: string): Promise<Bot> => {
  const child = fork(fileURLToPath(new URL('./bot.ts', import.meta.url)), [folder], { env: { ...compileCache() } })
  running.add(child)
  const gone = once(child, 'exit').then(() => void running.delete(child))
  const ended = gone.then(() => {
    throw new Error('the bot has ended')
  })
  ended.catch(() => undefined)
  const heard = async () => (await Promise.race([once(child, 'message'), ended]))[0]
  await heard()
  return {
    sql: async sql => {
      child.send({ sql })
      return ((await heard()) as { rows: unknown[][] }).rows
    },
    leave: async () => {
      child.send('leave')
      await gone
    },
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}

/** Kills the bots that still run. */
export const killBots = (): void => {
  for (const child of running) child.kill('SIGKILL')
}
