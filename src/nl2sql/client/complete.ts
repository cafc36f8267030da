import type { z } from 'zod'
import type { Owner } from '#src/store/answers.ts'

/** Which text of `prompts/` was sent. */
export type PromptName = { name: string; version: number }

export type Message = { role: 'user' | 'assistant'; content: string }

/** One thing that a language model is asked for. The reply is a value of the schema, nothing else. */
export type ModelRequest<T> = {
  /** What it is for: `plan`, `repair`, `story` … */
  step: string
  prompt: PromptName
  /** The model's name; absent: the usual one. */
  model?: string
  /** 0 to 2. */
  temperature?: number
  system: string
  messages: readonly Message[]
  schema: z.ZodType<T>
  /** Most tokens of the reply. Default 2000. */
  most?: number
  /** On whose account it goes. */
  owner?: Owner
  domain?: string
  /** The question that it is done for. */
  question?: string
}

/** What one call used. `cost` is in US dollars; undefined when the price of the model is not known. */
export type Use = { model: string; input: number; cached: number; output: number; cost?: number; ms: number }

/** `warnings` are sentences on budgets that soon will be spent. */
export type ModelReply<T> = { value: T; use: Use; warnings?: string[] }

export type Completing = {
  signal?: AbortSignal
  /** Told all of the reply that has come so far, as it grows; from its beginning when it is tried again. Not every server sends it bit by bit. */
  onText?: (soFar: string) => void
}

/** Asks the language model. Throws `language/…`; `engine/cancelled` when the signal aborts. */
export type Complete = <T>(request: ModelRequest<T>, options?: Completing) => Promise<ModelReply<T>>
