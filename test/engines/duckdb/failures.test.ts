import { describe, expect, it } from 'vitest'
import { fault, sourceFault } from '#src/engines/duckdb/failures.ts'
import { faultOf } from '#src/engines/duckdb/fault.ts'
import { WorkerDied, WorkerFault } from '#src/engines/duckdb/worker.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'

const told = (message: string) => {
  const error = fault(new WorkerFault(faultOf(new Error(message))), { path: 'data/shop.duckdb' }) as ChartroomError
  return [error.code, error.message]
}

describe('what DuckDB throws, as an error for people', () => {
  it.each([
    ['INTERRUPT Error: Interrupted!', 'engine/cancelled'],
    ['Out of Memory Error: failed to allocate data of size 16.0 KiB', 'engine/out-of-memory'],
    ['std::bad_alloc', 'engine/out-of-memory'],
    ['INTERNAL Error: Attempted to access index 5', 'engine/crashed'],
    ['FATAL Error: Failed: database has been invalidated', 'engine/crashed'],
    ['Binder Error: Referenced column "x" not found', 'engine/failed'],
    ['Conversion Error: Could not convert string "INTERNAL Error ENOENT" to INT32', 'engine/failed'],
    ['ENOENT: no such file or directory, stat', 'source/missing'],
    ['IO Error: Cannot open file "x": No such file or directory', 'source/missing'],
    ['IO Error: Could not set lock on file "x": Conflicting lock is held in node (PID 7)', 'source/locked'],
  ])('%s → %s', (message, code) => {
    expect(told(message)[0]).toBe(code)
  })

  it.each([
    ['IO Error: The file "x" exists, but it is not a valid DuckDB database file!', 'it is not a DuckDB file'],
    ['EACCES: permission denied, stat', 'you may not read it'],
    ['IO Error: Cannot open file "x": Permission denied', 'you may not read it'],
    ['EISDIR: not a file', 'it is a folder, not a DuckDB file'],
    ['IO Error: Trying to read a database file with version number 99', 'it was made by another version of DuckDB'],
    ['IO Error: Could not read enough bytes from file "x"', 'it is damaged'],
    ['Serialization Error: Failed to deserialize', 'DuckDB cannot open it'],
  ])('%s → %s', (message, reason) => {
    expect(told(message)).toEqual(['source/unreadable', `data/shop.duckdb could not be read: ${reason}.`])
  })

  it('says nothing of the driver in its sentence, and keeps all of it in its cause', () => {
    const error = fault(new WorkerFault(faultOf(new Error('Binder Error: secret'))), { tables: [] }) as ChartroomError
    expect(error.message).toBe('The database could not run this question.')
    expect((error.cause as Error).message).toBe('Binder Error: secret')
  })

  it('takes things that are no errors', () => {
    expect(faultOf('odd')).toEqual({ reason: 'failed', detail: 'odd' })
  })
})

describe('other failures', () => {
  it.each([
    ['outgrown', 'engine/out-of-memory'],
    ['crashed', 'engine/crashed'],
    ['killed', 'engine/crashed'],
  ] as const)('a worker that ended (%s) is %s', (death, code) => {
    expect(fault(new WorkerDied(death, 1), { tables: [] })).toMatchObject({ code })
  })

  it('lets errors through that have a code already', () => {
    const busy = ChartroomError.of('engine/busy')
    expect(fault(busy, { tables: [] })).toBe(busy)
  })

  it('names the file that is missing', () => {
    expect(sourceFault(new Error('ENOENT'), 'a.duckdb').message).toBe('There is no file or folder at a.duckdb.')
  })
})
