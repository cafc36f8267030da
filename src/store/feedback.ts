import { appendFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Effects } from '#src/effects.ts'

/** What somebody thought of an answer. */
export type Feedback = { answerId: string; verdict: 'up' | 'down'; reason?: string }

/** Appends what people say of answers to a file, one JSON object a line, readable by its owner alone: reasons are people's own words. */
export const createFeedback =
  (path: string, { now }: Pick<Effects, 'now'>) =>
  async (feedback: Feedback): Promise<void> => {
    await mkdir(dirname(path), { recursive: true })
    await appendFile(path, `${JSON.stringify({ at: new Date(now()).toISOString(), ...feedback })}\n`, { mode: 0o600 })
  }
