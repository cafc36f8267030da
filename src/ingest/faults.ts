import { ChartroomError } from '#src/vocabulary/errors.ts'
import { XmlFault } from './xlsx/xml.ts'

/** Any failure while a file was read, as an error for people. `file` is the path as they gave it. */
export const readFault = (file: string, cause: unknown): ChartroomError => {
  if (cause instanceof ChartroomError) return cause
  if (cause instanceof XmlFault) return unreadable(file, cause.message, cause)
  const text = cause instanceof Error ? cause.message : String(cause)
  if (/ENOSPC|No space left|disk full|max_temp_directory_size/i.test(text))
    return ChartroomError.of('source/no-space', { path: file }, cause)
  if (/lock on file|Conflicting lock/i.test(text)) return ChartroomError.of('source/locked', { path: file }, cause)
  if (/out of memory|failed to allocate|could not allocate/i.test(text))
    return unreadable(file, 'it needs more memory than reading a file may use', cause)
  return unreadable(file, reasonOf(text), cause)
}

/** A file that is not what it claims. `reason` goes on a sentence and has no full stop. */
export const unreadable = (path: string, reason: string, cause?: unknown): ChartroomError =>
  ChartroomError.of('source/unreadable', { path, reason }, cause)

const reasons: [RegExp, string][] = [
  [/EACCES|EPERM|Permission denied/i, 'you may not read it'],
  [/EMFILE|ENFILE/, 'too many files are open'],
  [/No magic bytes|too small to be a Parquet|Parquet/i, 'it is not a Parquet file, or it is damaged'],
  [
    /newer version of DuckDB|Serialization Error|not a valid DuckDB|storage version/i,
    'it is not a DuckDB file that this version reads',
  ],
  [/maximum_object_size|maximum line size|max_line_size/i, 'one of its lines or objects is longer than 16 MB'],
  [
    /Malformed JSON|JSON transform|unexpected (?:character|end)|read_json|Invalid Input Error: .*JSON/i,
    'it is not valid JSON',
  ],
  [/CSV|sniff/i, 'its lines do not form a table'],
]

const reasonOf = (text: string) =>
  reasons.find(([pattern]) => pattern.test(text))?.[1] ?? 'its content is damaged or of another kind'
