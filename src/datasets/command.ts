import { parseArgs } from 'node:util'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Datasets } from './datasets.ts'
import type { Imported } from './import.ts'
import { harmless, tellImported } from './tell.ts'

export type ImportIo = {
  out: (text: string) => Promise<void>
  err: (text: string) => Promise<void>
  signal: AbortSignal
}

type Opened = { datasets: Datasets; close: () => Promise<void> }

/**
 * `chartroom import <file> [--name n] [--into dataset]`: makes a file a dataset of whoever uses this machine, and says what was made of it. Gives
 * the exit code. Throws `command/usage`, `dataset/unknown`, `file/too-large`, `source/…`, `engine/cancelled`, `state/…`.
 */
export const importCommand = async (
  args: readonly string[],
  { out, err, signal }: ImportIo,
  open: () => Promise<Opened>,
): Promise<number> => {
  const { path, name, into } = readOptions(args)
  const { datasets, close } = await open()
  try {
    const dataset = into === undefined ? undefined : await datasets.find(into, {})
    if (into !== undefined && !dataset)
      throw unknown(
        into,
        (await datasets.list({})).map(d => d.name),
      )
    const imported = await datasets.importFile({
      from: { path },
      name: path,
      label: name,
      into: dataset,
      signal,
      onProgress: p => void err(`${steps[p.step]}${p.file ? ` ${p.file}` : ''}…\n`),
    })
    await out(printed(imported))
    return 0
  } finally {
    await close()
  }
}

const steps = { reading: 'Reading', typing: 'Finding the types of', profiling: 'Looking at what is in it' }

const unknown = (name: string, known: string[]) => ChartroomError.of('dataset/unknown', { name, known })

const readOptions = (args: readonly string[]): { path: string; name?: string; into?: string } => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { name: { type: 'string' }, into: { type: 'string' } },
      allowPositionals: true,
    })
    const [path] = positionals
    if (path && positionals.length === 1 && !(values.name && values.into)) return { path, ...values }
  } catch {
    // An argument that is not known; the same sentence helps.
  }
  throw ChartroomError.of('command/usage', {
    problem:
      '`chartroom import` needs one file, and takes --name <name> for a new dataset or --into <dataset> for a new version.',
  })
}

const rejectsShown = 10

const printed = (imported: Imported): string => {
  const { title, paragraphs, items } = tellImported(imported)
  const { dataset, version, examples } = imported
  const { rejects } = version
  const lines = [
    `${title}.`,
    ...paragraphs.filter(p => !p.startsWith('Say “data rejects”')),
    ...items.map(item => `  ${item.term}: ${item.text}`),
    ...(rejects.count > 0 ? ['', `Kept aside (${rejects.count.toLocaleString('en-US')}):`] : []),
    ...rejects.kept.slice(0, rejectsShown).map(r => `  line ${r.line}: ${r.reason}: ${harmless(r.text).slice(0, 100)}`),
    '',
    'Ask it:',
    ...examples
      .slice(0, 3)
      .map(question => `  npx chartroom ask ${shellWord(harmless(question))} --domain ${dataset.domain}`),
  ]
  return `${lines.join('\n')}\n`
}

/** In double quotes, for any shell: what means something within them is left out. */
const shellWord = (text: string) => `"${text.replace(/["$`\\!]/g, '')}"`
