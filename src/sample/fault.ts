import { ChartroomError } from '#src/vocabulary/errors.ts'

/** An error that a person can act on: one sentence, and what happened underneath as `cause`. */
export const sampleFault = (sentence: string, cause?: unknown): ChartroomError =>
  ChartroomError.of('config/sample', { sentence }, cause)

/** The reason of a failed read or write in a few words. */
export const reasonOf = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error)
  const known = reasons.find(([pattern]) => pattern.test(message))
  return known ? known[1] : message.split('\n')[0]!.replace(/\.$/, '')
}

/** Whether it failed because another program has the file open. */
export const isInUse = (error: unknown): boolean => inUse.test(String(error))

const inUse = /EBUSY|could not set lock|conflicting lock|being used by another process/i

const reasons: [RegExp, string][] = [
  [/ENOSPC|EDQUOT|no space left|out of disk|quota exceeded/i, 'the disk is full'],
  [/EFBIG|file too large/i, 'the file would be larger than the system allows'],
  [/EROFS|read-only file system/i, 'the disk is read-only'],
  [/EACCES|EPERM|permission denied|operation not permitted/i, 'there is no right to do so'],
  [inUse, 'another program is using it'],
]
