import { codeOf, type ErrorCode, failure, type Reply } from './errors.ts'

/** What a call does, for scripts, limits and the log. */
export type Operation =
  | 'send'
  | 'update'
  | 'delete'
  | 'typing'
  | 'stream'
  | 'create'
  | 'members'
  | 'team'
  | 'token'
  | 'keys'

/** How a coming call is answered instead of, or on top of, what would be right. */
export type Scripted = {
  /** Which calls it is for. Default: sends, updates and creations. */
  on?: Operation | 'any'
  /** How many calls. Default 1. */
  times?: number
  /** Waits this long first, in milliseconds. */
  delay?: number
} & (
  | { status: number; code?: ErrorCode; message?: string; retryAfter?: number }
  /** The connection is cut before anything was done. */
  | { reset: true }
  /** It is done, but the connection is cut before the answer. */
  | { lost: true }
  /** Only late. */
  | { delay: number }
)

export type Script = {
  add: (...answers: Scripted[]) => void
  /** The answer for this call, which is used up by it. */
  take: (operation: Operation) => Scripted | undefined
  /** Answers nobody has asked for yet; a test ends with none. */
  left: () => number
}

const usual: readonly Operation[] = ['send', 'update', 'create']

export const createScript = (): Script => {
  const waiting: { answer: Scripted; left: number }[] = []
  const isFor = (answer: Scripted, operation: Operation) =>
    answer.on === undefined ? usual.includes(operation) : answer.on === 'any' || answer.on === operation
  return {
    add: (...answers) => {
      for (const answer of answers) waiting.push({ answer, left: answer.times ?? 1 })
    },
    take: operation => {
      const found = waiting.find(({ answer, left }) => left > 0 && isFor(answer, operation))
      if (found) found.left -= 1
      return found?.answer
    },
    left: () => waiting.reduce((sum, { left }) => sum + left, 0),
  }
}

/** The connector's answer for a scripted status; undefined when the call goes on as usual. */
export const scriptedReply = (answer: Scripted): Reply | undefined => {
  if (!('status' in answer)) return undefined
  const headers = answer.retryAfter === undefined ? undefined : { 'retry-after': String(answer.retryAfter) }
  const { status, body } = failure(answer.code ?? codeOf(answer.status), answer.message, headers)
  return { status: answer.status ?? status, body, ...(headers && { headers }) }
}
