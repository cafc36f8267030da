import type { TextResult } from '#src/domain.ts'
import { isMendable } from '../mendable.ts'
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
  /** A statement took longer than it may. */
  timedOut: boolean
  /** What is left for programs. */
  allowance: ReturnType<typeof createAllowance>
}

export const beginning = (): State => ({
  ...{ repairs: 0, steps: [], last: undefined, doubted: false, timedOut: false },
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

/** What does not run is told to the model. A second statement that takes too long is not: nobody waits for a third. */
export const failed =
  ({ state }: Taking) =>
  (error: unknown): { failure: string } => {
    const failure = wordsOf(error)
    if (!isMendable(error) || error.code !== 'engine/timeout') return { failure }
    if (state.timedOut) throw error
    state.timedOut = true
    return { failure }
  }

/** A driver's own words help to mend a statement; they go to the model only. What cannot be mended is thrown on. */
export const wordsOf = (error: unknown): string => {
  if (!isMendable(error)) throw error
  const cause = error.cause instanceof Error ? ` (${cut(error.cause.message)})` : ''
  return `${error.message}${cause}`
}

export const cut = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text)
