import type { Fault } from './protocol.ts'

/** Sorts what DuckDB (or the file system) threw into a {@link Fault}. DuckDB errors differ only in the first words of their message. */
export const faultOf = (thrown: unknown): Fault => {
  const detail = thrown instanceof Error ? thrown.message : String(thrown)
  const known = signs.find(([sign]) => sign.test(detail))
  return { reason: known?.[1] ?? 'failed', detail }
}

const signs: [RegExp, Fault['reason']][] = [
  [/^INTERRUPT Error/, 'cancelled'],
  [/^(Out of Memory|OutOfMemory) Error|^std::bad_alloc/, 'out-of-memory'],
  [/^(INTERNAL|FATAL) Error/, 'broken'],
  [/^ENOENT|^IO Error.*No such file or directory/s, 'missing'],
  [/^IO Error.*Could not set lock on file/s, 'locked'],
  [/^(EACCES|EISDIR|ENOTDIR|IO Error|Serialization Error)/, 'unreadable'],
]

/** Why a file cannot be read, in words that need no knowledge of DuckDB. */
export const unreadableReason = ({ detail }: Fault): string =>
  reasons.find(([sign]) => sign.test(detail))?.[1] ?? 'DuckDB cannot open it'

const reasons: [RegExp, string][] = [
  [/not a valid DuckDB database/i, 'it is not a DuckDB file'],
  [/^EACCES|Permission denied/, 'you may not read it'],
  [/^EISDIR|Is a directory/, 'it is a folder, not a DuckDB file'],
  [/version number/, 'it was made by another version of DuckDB'],
  [/Could not read enough bytes|Corrupt database/i, 'it is damaged'],
]
