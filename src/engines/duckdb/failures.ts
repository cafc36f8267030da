import { ChartroomError } from '#src/vocabulary/errors.ts'
import { faultOf, unreadableReason } from './fault.ts'
import type { Fault, Source } from './protocol.ts'
import { WorkerDied, WorkerFault } from './worker.ts'

/** What a worker could not do, as an error for people; the driver's words are only in `cause`. */
export const fault = (thrown: unknown, source: Source): unknown => {
  if (thrown instanceof WorkerDied)
    return ChartroomError.of(thrown.death === 'outgrown' ? 'engine/out-of-memory' : 'engine/crashed', undefined, thrown)
  if (!(thrown instanceof WorkerFault)) return thrown
  return errorOf(thrown.fault, { path: 'path' in source ? source.path : 'memory', cause: thrown })
}

/** The same for a file that this process looks at itself. */
export const sourceFault = (thrown: unknown, path: string): ChartroomError =>
  errorOf(faultOf(thrown), { path, cause: thrown })

const errorOf = (found: Fault, { path, cause }: { path: string; cause: unknown }) => {
  switch (found.reason) {
    case 'missing':
      return ChartroomError.of('source/missing', { path }, cause)
    case 'locked':
      return ChartroomError.of('source/locked', { path }, cause)
    case 'unreadable':
      return ChartroomError.of('source/unreadable', { path, reason: unreadableReason(found) }, cause)
    case 'cancelled':
      return ChartroomError.of('engine/cancelled', undefined, cause)
    case 'out-of-memory':
      return ChartroomError.of('engine/out-of-memory', undefined, cause)
    case 'broken':
      return ChartroomError.of('engine/crashed', undefined, cause)
    case 'failed':
      return ChartroomError.of('engine/failed', undefined, cause)
  }
}
