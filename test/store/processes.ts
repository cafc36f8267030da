import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { compileCache } from '#src/compile-cache.ts'
import type { StateOptions } from '#src/store/state.ts'
import type { Query } from '#src/vocabulary/query.ts'

/** What a bot of `process.ts` can be told to do. */
export type Order =
  | { kind: 'claim'; keys: string[] }
  | { kind: 'remember'; thread: string; measure: string }
  | { kind: 'last'; thread: string }

export type StateProcess = {
  claim: (keys: string[]) => Promise<boolean[]>
  remember: (thread: string, measure: string) => Promise<unknown>
  last: (thread: string) => Promise<Query | null>
  leave: () => Promise<unknown>
  /** kill -9 */
  kill: () => Promise<unknown>
}

/** Opens the state in a process of its own. Throws when it cannot. */
export const startProcess = async (options: StateOptions): Promise<StateProcess> => {
  const child = fork(fileURLToPath(new URL('./process.ts', import.meta.url)), [JSON.stringify(options)], {
    env: { ...compileCache() },
  })
  const gone = once(child, 'exit')
  const ended = gone.then(() => {
    throw new Error('the process has ended')
  })
  ended.catch(() => undefined)
  const heard = async () => (await Promise.race([once(child, 'message'), ended]))[0]
  const tell = async (order: Order) => {
    child.send(order)
    return ((await heard()) as { done: unknown }).done
  }
  await heard()
  return {
    claim: async keys => (await tell({ kind: 'claim', keys })) as boolean[],
    remember: (thread, measure) => tell({ kind: 'remember', thread, measure }),
    last: async thread => (await tell({ kind: 'last', thread })) as Query | null,
    leave: () => {
      child.send('leave')
      return gone
    },
    kill: () => {
      child.kill('SIGKILL')
      return gone
    },
  }
}
