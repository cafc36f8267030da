import type { Asked } from '#src/ask.ts'
import type { Owner } from '#src/store/answers.ts'
import type { Feedback } from '#src/store/feedback.ts'
import type { Answer, Answered, AnswerOptions, OnStory } from '#src/vocabulary/answer.ts'
import type { Chart, Theme } from '#src/vocabulary/chart.ts'
import type { Asker, Question } from '#src/vocabulary/question.ts'

type Running = { signal: AbortSignal }
type Telling = Running & { onStatus: (words: string) => void; onStory?: OnStory }

/** A file that somebody sent. `size` is what was said of it, in bytes; the stream throws when it is cut off or becomes too long. */
export type SentFile = {
  stream: AsyncIterable<Uint8Array>
  name: string
  size?: number
  owner: Owner
  /** The channel or chat whose people may ask about it. Absent: its owner alone. */
  channel?: string
}

/** Whom an answer is to be shown to now: everybody in `place`. `asker` is who shares it. */
export type Sharing = { asker: Asker; place: string }

/** Everything that a place to talk in can do. `main.ts` passes it in; the places themselves work nothing out. */
export type ChatUseCases = {
  /**
   * Answers; throws `engine/cancelled` (or anything, once the signal is aborted) when it was stopped. `onStatus` takes words for people, `onStory` the
   * sentences that were written so far.
   */
  ask: (question: Asked, running: Telling) => Promise<Answer>
  /** An answer that was kept, worked out anew as somebody else may see it, who may be refused. */
  askAgain: (answer: Answer, asker: Asker, running: Telling) => Promise<Answer>
  /** A chart as a PNG: `full` 1200 × 720, `small` to be put into a message (at most 1020 × 612, few colours). */
  paint: (chart: Chart, theme: Theme, running: Running & { format?: 'full' | 'small' }) => Promise<Uint8Array>
  /** The whole result as CSV, UTF-8. */
  csv: (answer: Answered) => string | Promise<string>
  feedback: (feedback: Feedback) => void | Promise<void>
  /** What the menus under an answer offer; computed from its query and the semantic model as its owner sees it. */
  options: (answer: Answered, owner?: Owner) => AnswerOptions | Promise<AnswerOptions>
  /** What the KPIs are called that somebody may see. */
  kpis: (who?: Asker) => string[] | Promise<string[]>
  /** Four to six questions to start with, for somebody alone or for all who read in the place where they are. */
  examples: (who?: Asker, audience?: Question['audience']) => string[] | Promise<string[]>
  /**
   * What may be shown to everybody in a place of an answer that one person saw: asked again with the rights of those people, or refused.
   * Without it answers are shared as they are, except those that are only for their asker.
   */
  share?: (answer: Answer, sharing: Sharing, running: Running) => Promise<Answer>
  /** Makes a file data that can be asked about, and tells of it; the domain of what is told is that data. Without it no files are taken. */
  importFile?: (file: SentFile, telling: Telling) => Promise<Answer>
}
