import { parseArgs } from 'node:util'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Relation } from './plan.ts'
import { hardenStatements } from './statements.ts'
import { lookUpTables } from './tables.ts'

/**
 * `chartroom harden <url> [--role r] [--schema s …] [--table t …] [--tenant column]`: prints SQL for a user that may only read, and runs
 * none of it. Gives the exit code. Throws `command/usage`, `source/…`, `engine/unreachable`.
 */
export const hardenCommand = async (
  args: readonly string[],
  { out }: { out: (text: string) => Promise<void> },
): Promise<number> => {
  const { url, role, schemas, tables, tenant } = readOptions(args)
  const { database, relations } = await lookUpTables({ url, schemas })
  const chosen = tables.length > 0 ? tables.map(name => find(name, relations, schemas)) : relations
  if (chosen.length === 0)
    throw usage(`There are no tables in ${schemas.join(', ')} of ${database}; name a schema with --schema.`)
  if (tenant && !chosen.some(({ columns }) => columns.includes(tenant)))
    throw usage(`No table has a column ${tenant}, so rows cannot be told apart by it.`)
  await out(hardenStatements({ database, role, relations: chosen, tenant }))
  return 0
}

const usage = (problem: string) => ChartroomError.of('command/usage', { problem })

const readOptions = (args: readonly string[]) => {
  const { values, positionals } = parsed(args)
  const [url] = positionals
  if (!url || positionals.length > 1)
    throw usage('`chartroom harden` needs one address, such as postgres://user:password@host/database.')
  return { url, role: values.role, schemas: values.schema, tables: values.table, tenant: values.tenant }
}

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        role: { type: 'string', default: 'chartroom_reader' },
        schema: { type: 'string', multiple: true, default: ['public'] },
        table: { type: 'string', multiple: true, default: [] },
        tenant: { type: 'string' },
      },
      allowPositionals: true,
    })
  } catch {
    throw usage('`chartroom harden` takes --role, --schema, --table and --tenant, each with a value.')
  }
}

const find = (name: string, relations: readonly Relation[], schemas: readonly string[]): Relation => {
  const found = relations.find(r => r.name === name || `${r.schema}.${r.name}` === name)
  if (found) return found
  throw usage(`There is no table ${name} in ${schemas.join(', ')}.`)
}
