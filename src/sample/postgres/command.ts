import { parseArgs } from 'node:util'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { EcommerceSettingsInput } from '../ecommerce/settings.ts'
import { relationsOf, type Sample, sampleNames } from '../sample.ts'
import { sampleOf } from '../samples.ts'
import type { SupportSettingsInput } from '../support/settings.ts'
import { type Loaded, loadSample } from './load.ts'

export type SampleIo = {
  out: (text: string) => Promise<void>
  err: (text: string) => Promise<void>
  signal: AbortSignal
}

/** Settings of the shop, and beside them those of the others. */
export type LoadSettings = EcommerceSettingsInput & { support?: SupportSettingsInput }

/**
 * `chartroom sample --to <url> [--schema s]`: loads every sample into a PostgreSQL database, one after the other, each as a whole, and says how
 * to go on. Gives the exit code. Throws `command/usage` and what {@link loadSample} throws.
 */
export const sampleCommand = async (
  args: readonly string[],
  { out, err, signal }: SampleIo,
  settings: () => LoadSettings,
): Promise<number> => {
  const { to: url, schema } = readOptions(args)
  const { support, ...ecommerce } = settings()
  const all = { ecommerce, support: { seed: ecommerce.seed, ...support } }
  for (const sample of sampleNames.map(name => sampleOf(name, all))) {
    const onProgress = (done: number, total: number) =>
      void err(`${grouped(done)} of ${grouped(total)} ${sample.unit}\n`)
    await out(`${sentenceOf(await loadSample({ url, schema, sample, onProgress, signal }), sample)}\n`)
  }
  await out('Next: `npx chartroom harden <url>` prints SQL for a user that may only read.\n')
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

const sentenceOf = ({ outcome, place, schema }: Loaded, sample: Sample) => {
  const names = relationsOf(sample)
  const tables = `${names.slice(0, -1).join(', ')} and ${names.at(-1)} in schema ${schema} of ${place}`
  return {
    loaded: `Made ${tables}.`,
    replaced: `Made ${tables} anew.`,
    kept: `There are ${tables} already, made with the same settings; nothing was changed.`,
  }[outcome]
}

const grouped = (n: number) => n.toLocaleString('en-US')
