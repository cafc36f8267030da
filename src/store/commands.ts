import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Database } from './database.ts'
import { exportOf, forget, type Person, readPerson, theirDatasets } from './person.ts'

/** The database, and what removes the files of a dataset. */
type Store = Database & { removeFiles?: (dataset: string) => Promise<void> }

type Io = { out: (text: string) => Promise<void> }

/** `chartroom forget <user>`: deletes every trace of a person and says how much that was. Gives the exit code. Throws `command/usage`, `state/…`. */
export const forgetPerson = async (args: readonly string[], io: Io, open: () => Promise<Store>): Promise<number> => {
  const person = personIn(args)
  const deleted = await using(open, async store => {
    const datasets = await theirDatasets(store.query, person)
    const rows = await forget(store, person)
    for (const { id } of datasets) await store.removeFiles?.(id)
    return rows
  })
  const parts = Object.entries(deleted).filter(([, count]) => count > 0)
  const said = parts.map(([table, count]) => `${count} of ${table.replaceAll('_', ' ')}`).join(', ')
  await io.out(said ? `Deleted: ${said}.\n` : `Nothing is kept of ${person.user}.\n`)
  return 0
}

/** `chartroom export <user>`: prints everything that is kept of a person as JSON. Gives the exit code. Throws `command/usage`, `state/…`. */
export const exportPerson = async (args: readonly string[], io: Io, open: () => Promise<Database>): Promise<number> => {
  const person = personIn(args)
  const found = await using(open, database => exportOf(database, person))
  await io.out(`${JSON.stringify(found, null, 2)}\n`)
  return 0
}

const personIn = (args: readonly string[]): Person => {
  const person = args.length === 1 ? readPerson(args[0] ?? '') : undefined
  if (person) return person
  throw ChartroomError.of('command/usage', {
    problem: 'One user is needed: the id alone, such as U123, or with platform and tenant, such as slack:T1:U123.',
  })
}

const using = async <D extends Database, T>(open: () => Promise<D>, work: (database: D) => Promise<T>): Promise<T> => {
  const database = await open()
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}
