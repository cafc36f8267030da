import type { TextResult } from '#src/domain.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Large, Outcome } from '../outcome.ts'
import { createAllowance } from '../tools/compute.ts'
import type { Unread, Working } from '../unread.ts'

/** How far a question is. */
export type State = {
  repairs: number
  /** What was done, in words for people. */
  steps: string[]
  last: (TextResult & { says: string }) | undefined
  /** The last SQL was too much at once. */
  large?: Large
  /** The last result was odd, and the model was told so. */
  doubted: boolean
  /** What is left for programs. */
  allowance: ReturnType<typeof createAllowance>
}

export const beginning = (): State => ({
  ...{ repairs: 0, steps: [], last: undefined, doubted: false },
  allowance: createAllowance(),
})

export type Taking = Working & { question: Unread; state: State }

/** What a step came to: the end, or what the model is told of it. */
export type Taken = { outcome: Outcome } | { observation: string }

export const repair = ({ state }: Taking, observation: string): Taken => {
  state.repairs += 1
  state.steps.push(`Did not work, and was mended: ${cut(observation)}`)
  return { observation: `That did not work: ${observation} Mend it.` }
}

/** An odd result is looked at twice; the second time it is taken as it is. */
export const doubt = ({ state }: Taking, remarks: string[]): Taken => {
  state.doubted = true
  state.steps.push(`Looked at the result again: ${remarks[0]}`)
  return { observation: `${remarks.join(' ')} If it is right as it is, give the same step again.` }
}

export const nearWords = (names: readonly string[]): string[] =>
  names.length > 0 ? [`Near names: ${names.join(', ')}.`] : []

/** What does not run is told to the model; who stops is not. */
export const failed = (error: unknown): { failure: string } => ({ failure: wordsOf(error) })

/** A driver's own words help to mend a statement; they go to the model only. */
export const wordsOf = (error: unknown): string => {
  if (!(error instanceof ChartroomError) || error.code === 'engine/cancelled') throw error
  const cause = error.cause instanceof Error ? ` (${cut(error.cause.message)})` : ''
  return `${error.message}${cause}`
}

export const cut = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text)
