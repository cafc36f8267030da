import type { Effects } from '#src/effects.ts'
import { type NotingParts, noteUnusual } from './unusual.ts'

const everyMs = 10 * 60_000

/** Looks every ten minutes whether somebody's use is far from usual. `stop` ends that. */
export const watchUse = (
  { warn, ...parts }: NotingParts & { warn: (event: string, error: unknown) => void },
  effects: Pick<Effects, 'now'>,
): { stop: () => void } => {
  const look = () => void noteUnusual(parts, effects).catch(error => warn('access/unusual', error))
  const timer = setInterval(look, everyMs).unref()
  return { stop: () => clearInterval(timer) }
}
