import type { AnswerOptions } from '#renderers/view/view.ts'
import type { Feedback } from '#src/store/feedback.ts'
import type { Answer, Answered } from '#src/vocabulary/answer.ts'
import type { Chart, Theme } from '#src/vocabulary/chart.ts'
import type { Query } from '#src/vocabulary/query.ts'
import type { Question } from '#src/vocabulary/question.ts'

/** Words as somebody typed them (a question or a command of the grammar), or a reading that somebody clicked. */
export type Asked = Question & { query?: Query }

type Running = { signal: AbortSignal }

/** Everything that a place to talk in can do. `main.ts` passes it in; the places themselves work nothing out. */
export type ChatUseCases = {
  /** Answers; throws `engine/cancelled` (or anything, once the signal is aborted) when it was stopped. `onStatus` takes words for people. */
  ask: (question: Asked, running: Running & { onStatus: (words: string) => void }) => Promise<Answer>
  /** A chart as a PNG: `full` 1200 × 720, `small` to be put into a message (at most 1020 × 612, few colours). */
  paint: (chart: Chart, theme: Theme, running: Running & { format?: 'full' | 'small' }) => Promise<Uint8Array>
  /** The whole result as CSV, UTF-8. */
  csv: (answer: Answered) => string | Promise<string>
  feedback: (feedback: Feedback) => void | Promise<void>
  /** What the menus under an answer offer; computed from its query and the semantic model. */
  options: (answer: Answered) => AnswerOptions
  /** What the KPIs of the domain are called. */
  kpis: (domain?: string) => string[] | Promise<string[]>
  /** Four to six questions to start with. */
  examples: (domain?: string) => string[] | Promise<string[]>
}
