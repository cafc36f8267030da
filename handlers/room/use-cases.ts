import type { AnswerOptions } from '#renderers/view/view.ts'
import type { Answer, Answered } from '#src/vocabulary/answer.ts'
import type { Chart, Theme } from '#src/vocabulary/chart.ts'
import type { Query } from '#src/vocabulary/query.ts'
import type { Question } from '#src/vocabulary/question.ts'

/** A question, or a reading that somebody clicked. */
export type RoomQuestion = Question & { query?: Query }

export type Feedback = { answerId: string; verdict: 'up' | 'down'; reason?: string }

/** A domain to choose from; `about` is one short line. */
export type RoomDomain = { name: string; label: string; about?: string }

/** Whether questions can be answered now, and short lines for the start page ("Data until 31 Dec 2023"). */
export type RoomStatus = { ready: boolean; lines: string[] }

type Running = { signal: AbortSignal }

/** Everything the room can do. `main.ts` passes it in; the room itself works nothing out. */
export type RoomUseCases = {
  /** Answers; throws `engine/cancelled` (or anything, once the signal is aborted) when it was stopped. `onStatus` takes words for people. */
  ask: (question: RoomQuestion, running: Running & { onStatus: (words: string) => void }) => Promise<Answer>
  /** A chart as a PNG. */
  paint: (chart: Chart, theme: Theme, running: Running) => Promise<Uint8Array>
  /** The whole result as CSV, UTF-8 without a byte order mark. */
  csv: (answer: Answered) => string | Promise<string>
  feedback: (feedback: Feedback) => void | Promise<void>
  /** What the menus under an answer offer; computed from its query and the semantic model. */
  options: (answer: Answered) => AnswerOptions
  /** Four to six questions to start with. */
  examples: (domain?: string) => string[] | Promise<string[]>
  domains: () => RoomDomain[] | Promise<RoomDomain[]>
  status: () => RoomStatus | Promise<RoomStatus>
}

/** What the room needs from the world: incident ids and the log. */
export type RoomEffects = {
  incident: () => string
  log: (entry: { incident: string; error: unknown; path: string }) => void
}
