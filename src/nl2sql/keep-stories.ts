import { createHash } from 'node:crypto'
import type { Effects } from '#src/effects.ts'
import type { Plans } from '#src/store/plans.ts'
import { type ToldByModel, toldSchema } from './tell-schema.ts'

/** What a story depends on: the text that the language model is given, of which prompt and model that is. */
export type StoryAsked = { prompt: { name: string; version: number }; model: string; domain: string; content: string }

export type KeepStories = {
  find: (asked: StoryAsked) => Promise<ToldByModel | undefined>
  /** `question` is the id of the one that it was told for. */
  keep: (asked: StoryAsked, told: ToldByModel, question: string) => Promise<void>
}

export type KeepingStories = {
  /** Where plans are kept: a story lives as long, and goes with the same questions and data. */
  plans: Pick<Plans, 'get' | 'put'>
  /** How long a story is good for. Default a day. */
  seconds?: number
  /** Told how it went. */
  onStory?: (found: 'kept' | 'new') => void
  /** Told of trouble that was survived. */
  warn: (event: string, error: unknown) => void
}

const aDay = 86_400

/**
 * Keeps what a language model told, until the facts change or it grows old. The facts and rows that it was given are all that it was told from, so they
 * are the key: other data, or somebody who sees other rows, has another one. What is found is checked against the numbers once more by whoever tells it.
 */
export const createKeepStories = (
  { plans, seconds = aDay, onStory, warn }: KeepingStories,
  { now }: Pick<Effects, 'now'>,
): KeepStories => {
  const survived = (error: unknown): undefined => void warn('model/stories', error)
  return {
    find: async asked => {
      const key = keyOf(asked)
      const stored = await plans.get(key).catch(survived)
      const isFresh = stored !== undefined && stored.at > now() - seconds * 1000
      const told = isFresh ? toldSchema.safeParse(stored.plan).data : undefined
      onStory?.(told ? 'kept' : 'new')
      return told
    },
    keep: async (asked, told, question) => {
      const key = keyOf(asked)
      await plans.put(key, { domain: asked.domain, version: key, question, plan: told }).catch(survived)
    },
  }
}

const keyOf = ({ prompt, model, domain, content }: StoryAsked): string =>
  createHash('sha256')
    .update(JSON.stringify(['story', prompt.name, prompt.version, model, domain, content]))
    .digest('hex')
