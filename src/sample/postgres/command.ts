import { parseArgs } from 'node:util'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { EcommerceSettingsInput } from '../ecommerce/settings.ts'
import { type Loaded, loadSample } from './load.ts'

export type SampleIo = {
  out: (text: string) => Promise<void>
  err: (text: string) => Promise<void>
  signal: AbortSignal
}

/**
 * `chartroom sample --to <url> [--schema s]`: loads the sample shop into a PostgreSQL database and says how to go on. Gives the exit code.
 * Throws `command/usage` and what {@link loadSample} throws.
 */
export const sampleCommand = async (
  args: readonly string[],
  { out, err, signal }: SampleIo,
  settings: () => EcommerceSettingsInput,
): Promise<number> => {
  const { to: url, schema } = readOptions(args)
  const onProgress = (done: number, total: number) => void err(`${grouped(done)} of ${grouped(total)} orders\n`)
  const loaded = await loadSample({ url, schema, settings: settings(), onProgress, signal })
  await out(`${sentenceOf(loaded)}\nNext: \`npx chartroom harden <url>\` prints SQL for a user that may only read.\n`)
  return 0
}

const readOptions = (args: readonly string[]): { to: string; schema?: string } => {
  try {
    const { values } = parseArgs({ args: [...args], options: { to: { type: 'string' }, schema: { type: 'string' } } })
    if (values.to) return { ...values, to: values.to }
  } catch {
    // An argument that is not known; the same sentence helps.
  }
  throw ChartroomError.of('command/usage', {
    problem: '`chartroom sample` needs --to postgres://user:password@host/database, and takes --schema.',
  })
}

const sentenceOf = ({ outcome, place, schema }: Loaded) => {
  const tables = `customers, products, orders and order_items in schema ${schema} of ${place}`
  return {
    loaded: `Made ${tables}.`,
    replaced: `Made ${tables} anew.`,
    kept: `There are ${tables} already, made with the same settings; nothing was changed.`,
  }[outcome]
}

const grouped = (n: number) => n.toLocaleString('en-US')
