import { parseArgs } from 'node:util'
import { readModel } from '#src/semantic/load.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Warehouse } from './postgres.ts'

/** `chartroom doctor [--data <postgres url> [--model <file>]]`: the database to look at as well. Throws `command/usage`, `model/invalid`. */
export const readGiven = async (args: readonly string[]): Promise<Warehouse | undefined> => {
  const { data: url, model } = valuesOf(args)
  if (url === undefined && model === undefined) return undefined
  if (!url || !/^postgres(ql)?:\/\//.test(url))
    throw usage('`chartroom doctor` looks at a database by --data postgres://…')
  const tables = model === undefined ? [] : Object.keys((await readModel(model)).tables)
  return { name: 'Database', url, tables }
}

const valuesOf = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: { data: { type: 'string' }, model: { type: 'string' } } }).values
  } catch (cause) {
    throw usage('`chartroom doctor` takes --data and --model, and nothing else.', cause)
  }
}

const usage = (problem: string, cause?: unknown) => ChartroomError.of('command/usage', { problem }, cause)
