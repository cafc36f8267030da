import type { Choice } from '#src/vocabulary/answer.ts'

/** What to say instead of an answer, and what may be clicked. `code` is set when it is a refusal. */
export type Reply = { message: string; choices: Choice[]; code?: string }
