import type { ChartroomError } from '#src/vocabulary/errors.ts'
import type { FailureView } from './view.ts'

/** A failure as the page shows it: one sentence, one next step, and the incident id to give to whoever reads the log (the sentence of a bug has it). */
export const failureView = ({ message, next, retry, code }: ChartroomError, incident: string): FailureView => ({
  status: 'failed',
  message,
  next,
  retry: retry || code === 'internal/bug',
  ...(code === 'engine/cancelled' || message.includes(incident) ? {} : { incident }),
})
