import { readHead } from './encoding.ts'
import type { FileKind } from './job.ts'

/** How a file is to be read. `label` is its name without the endings that say so. */
export type Kind = { kind: FileKind; gzip: boolean; label: string }

const endings: Record<string, FileKind> = {
  csv: 'text',
  tsv: 'text',
  tab: 'text',
  psv: 'text',
  txt: 'text',
  json: 'json',
  ndjson: 'json',
  jsonl: 'json',
  parquet: 'parquet',
  xlsx: 'workbook',
  xlsm: 'workbook',
  xls: 'workbook',
  xlsb: 'workbook',
  ods: 'workbook',
}

/**
 * What a file is: by its first bytes, else by its ending. Undefined for what is not read. `any`: a file with an ending that says nothing is
 * taken too, as people name files as they like.
 */
export const kindOf = (path: string, name: string, any: boolean): Kind | undefined => {
  const head = readHead(path, 4096)
  const gzip = head.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b])) || /\.gz$/i.test(name)
  const inner = name.replace(/\.gz$/i, '')
  const ending = /\.([a-z0-9]{1,10})$/i.exec(inner)?.[1] ?? ''
  const named = endings[ending.toLowerCase()]
  const label = named ? inner.slice(0, -ending.length - 1) : inner.replace(/\.(dat|data|log|out|zip|duckdb|db)$/i, '')
  if (gzip) return named === 'parquet' ? undefined : named || any ? { kind: named ?? 'text', gzip, label } : undefined
  if (!named && !any) return undefined
  const kind = bySignature(head) ?? byText(head, named) ?? named ?? 'text'
  return { kind, gzip, label }
}

const bySignature = (head: Buffer): FileKind | undefined => {
  const first = head.subarray(0, 4).toString('latin1')
  if (first === 'PK\x03\x04' || first === '\xd0\xcf\x11\xe0') return 'workbook'
  return first === 'PAR1' ? 'parquet' : undefined
}

/** Objects in brackets are JSON whatever the ending says, and what begins otherwise is none. */
const byText = (head: Buffer, named: FileKind | undefined): FileKind | undefined => {
  if (named === 'parquet' || named === 'workbook') return named
  const text = head
    .toString('latin1')
    .replace(/^\xef\xbb\xbf|^[\xff\xfe]{2}/, '')
    .replaceAll('\0', '')
    .trimStart()
  if (/^(?:\[\s*)?\{\s*(?:"|\}|$)/.test(text)) return 'json'
  return named === 'json' && text !== '' && !/^[[{]/.test(text) ? 'text' : undefined
}
