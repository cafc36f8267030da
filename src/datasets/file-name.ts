import { identifier } from '#src/ingest/names.ts'

/** A file's name as it may be shown and kept: no folders, no characters that steer what is shown, at most 120 characters. */
export const plainFileName = (given: string): string => {
  const base = given.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const harmless = base
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (/^\.*$/.test(harmless)) return 'upload'
  const characters = [...harmless]
  if (characters.length <= 120) return harmless
  const ending = /\.[a-z0-9]{1,8}(\.gz)?$/i.exec(harmless)?.[0] ?? ''
  return characters.slice(0, 120 - ending.length).join('') + ending
}

/** What a dataset made of a file is called, for people. */
export const labelOf = (file: string): string =>
  file
    .replace(/\.gz$/i, '')
    .replace(/\.(csv|tsv|tab|psv|txt|json|ndjson|jsonl|parquet|xlsx|xlsm|xls|dat|data)$/i, '')
    .replaceAll('_', ' ')
    .trim() || 'upload'

/** The name of a dataset: an identifier near what it is called; the second one of a name is `sales_2`. */
export const nameFor = (label: string, nth: number): string => {
  const name = identifier(label, 'data').slice(0, 48).replace(/_+$/, '')
  return nth === 1 ? name : `${name}_${nth}`
}
