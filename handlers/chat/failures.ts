import { failureView } from '#renderers/view/failure.ts'
import type { FailureView } from '#renderers/view/view.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'

/** Incident ids, and the log that is told of each once. */
export type Incidents = {
  incident: () => string
  log: (entry: { incident: string; error: unknown; path: string }) => void
}

/** Turns whatever was thrown into something to show: unknown things become a bug, and each is logged once under an incident id. */
export const toFailure = (error: unknown, path: string, { incident, log }: Incidents): FailureView => {
  const id = incident()
  const known = error instanceof ChartroomError ? error : ChartroomError.of('internal/bug', { incident: id }, error)
  if (known.code !== 'engine/cancelled') log({ incident: id, error, path })
  return failureView(known, id)
}
