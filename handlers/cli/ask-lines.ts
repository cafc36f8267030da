import { z } from 'zod'
import type { Answer } from '#src/vocabulary/answer.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Question } from '#src/vocabulary/question.ts'
import type { CliIo } from './io.ts'
import { jsonLine, toFailure, toJson } from './json.ts'
import { linesOf } from './lines.ts'
import { stoppable } from './stop.ts'
import { takeTurns } from './turns.ts'

export type LineAsking = {
  ask: (question: Question) => Promise<Answer>
  /** Turns whatever was thrown into the error that people see. */
  known: (error: unknown) => ChartroomError
  /** What lines that say nothing about it have. */
  defaults: Omit<Question, 'text'>
}

/**
 * Answers one question a line, four independent ones at once, and prints one JSON object a line in the order of the lines, each as soon as
 * it and all before it are there. A failure is printed too and does not end the run. Gives the exit code: 1 when a line failed.
 * Throws `engine/cancelled` when stopped.
 */
export const askLines = async ({ ask, known, defaults }: LineAsking, io: CliIo): Promise<number> => {
  const turns = takeTurns(atOnce)
  let failed = false
  const answer = async (line: string) => {
    try {
      const question = { ...defaults, ...readLine(line) }
      return toJson(await turns(question.thread, () => stoppable(ask(question), io.signal)))
    } catch (error) {
      failed = true
      return toFailure(known(error))
    }
  }
  await inOrder(linesOf(io.input()), { answer, print: result => io.out(jsonLine(result)), signal: io.signal })
  if (io.signal.aborted) throw ChartroomError.of('engine/cancelled')
  return failed ? 1 : 0
}

const atOnce = 4
const readAhead = 32

type Steps<T> = { answer: (line: string) => Promise<T>; print: (result: T) => Promise<void>; signal: AbortSignal }

/** Reads only so far ahead that a reader who stops, or a slow question, holds back the input instead of filling the memory. */
const inOrder = async <T>(lines: AsyncGenerator<string>, { answer, print, signal }: Steps<T>) => {
  const printing: Promise<void>[] = []
  let last = Promise.resolve()
  const printInTurn = async (result: Promise<T>, before: Promise<void>) => {
    await before
    const printable = await result
    if (!signal.aborted) await print(printable)
  }
  try {
    for (;;) {
      const { value: line, done } = await stoppable(lines.next(), signal)
      if (done) break
      last = printInTurn(answer(line), last)
      printing.push(last)
      if (printing.length > readAhead) await printing.shift()
    }
  } finally {
    await last
  }
}

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform(value => (value === null || value === '' ? undefined : value?.toString()))
const lineSchema = z.object({ question: z.string(), thread: text, domain: text })

/** A line that starts with "{" must be JSON; any other is the question itself. */
const readLine = (line: string): Question => {
  const trimmed = line.replace(/^\uFEFF/, '').trim()
  if (!trimmed.startsWith('{')) return { text: trimmed }
  const parsed = lineSchema.safeParse(jsonOf(trimmed))
  if (!parsed.success) throw ChartroomError.of('input/not-json')
  const { question, thread, domain } = parsed.data
  return { text: question.trim(), ...(thread && { thread }), ...(domain && { domain }) }
}

const jsonOf = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch (error) {
    throw ChartroomError.of('input/not-json', undefined, error)
  }
}
