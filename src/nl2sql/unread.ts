import type { Domain, Knowledge } from '#src/domain.ts'
import type { Owner } from '#src/store/answers.ts'
import type { OnStory } from '#src/vocabulary/answer.ts'
import type { IsoDate } from '#src/vocabulary/period.ts'

/** A question that the rules did not wholly read. */
export type Unread = {
  id: string
  text: string
  domain: Domain
  knowledge: Knowledge
  today: IsoDate
  owner?: Owner
  /** Names the conversation; the same one gets the same text of a prompt. */
  thread?: string
  /** What was said before, in words, the latest last. */
  before: readonly string[]
  /** One of the parts that a question was split into: it is not split any further. */
  isPart?: boolean
  /** What admins want kept to, in words. */
  rules?: readonly string[]
}

export type Working = {
  signal?: AbortSignal
  onStatus?: (words: string) => void
  /** Told the sentences of a story that were written and checked so far. */
  onStory?: OnStory
}
