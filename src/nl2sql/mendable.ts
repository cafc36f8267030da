import { ChartroomError, type ErrorCode } from '#src/vocabulary/errors.ts'

/** Whether another statement may go better. A database that is away, busy or being moved is nothing that a language model could mend. */
export const isMendable = (error: unknown): error is ChartroomError =>
  error instanceof ChartroomError && mendable.has(error.code)

const mendable: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'engine/failed',
  'engine/timeout',
  'engine/out-of-memory',
  'engine/crashed',
])
