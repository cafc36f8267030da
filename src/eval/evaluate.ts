import { type AskParts, createAsk } from '#src/ask.ts'
import type { WorkOut } from '#src/beyond.ts'
import type { Domain } from '#src/domain.ts'
import type { Complete, Use } from '#src/nl2sql/client/complete.ts'
import { createThreads } from '#src/threads.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Cell } from '#src/vocabulary/table.ts'
import { type Judged, judge } from './judge.ts'
import type { Worked } from './questions.ts'

/** What became of a question, and what that took. `uses` are the calls of the language model that came back. */
export type Outcome = Judged & { worked: Worked; planner: 'rules' | 'model'; ms: number; calls: number; uses: Use[] }

export type Evaluating = {
  domain: Domain
  today: string
  /** Absent: rules only. Its calls are counted. */
  planner?: Planner
  signal?: AbortSignal
  onOutcome?: (outcome: Outcome) => Promise<void>
}

/** A language model that works questions out. */
export type Planner = {
  open: (complete: Complete) => Promise<WorkOut>
  complete: Complete
  /** Told which question comes next. */
  begin?: (worked: Worked) => void
}

/** Asks every question in order and compares what came with what its check query gives. Throws `eval/check`, `engine/cancelled`. */
export const evaluate = async (
  questions: readonly Worked[],
  { domain, today, planner, signal, onOutcome }: Evaluating,
  effects: AskParts['effects'],
): Promise<Outcome[]> => {
  const counted = planner && countCalls(planner.complete)
  const workOut = planner && counted && (await planner.open(counted.complete))
  const ask = createAsk({
    domain: async () => domain,
    threads: createThreads(),
    workOut: () => workOut,
    warn: () => undefined,
    effects,
  })
  const outcomes: Outcome[] = []
  for (const worked of questions) {
    signal?.throwIfAborted()
    planner?.begin?.(worked)
    counted?.begin()
    const started = effects.ticks()
    const question = { text: worked.question, thread: worked.thread, today: worked.today ?? today }
    const answer = await ask(question, { signal }).catch(told)
    const ms = Math.round(effects.ticks() - started)
    const { calls, uses, failure } = counted?.taken() ?? { calls: 0, uses: [] }
    const judged =
      'failure' in answer
        ? failed(answer.failure)
        : await judge(worked, answer, sql => checkRows(sql, { domain, worked }))
    // The rules ask back when the language model fails: that is no reading of the question.
    const verdict = failure && judged.verdict === 'asked' ? failed(failure) : judged
    const outcome: Outcome = { ...verdict, worked, planner: calls > 0 ? 'model' : 'rules', ms, calls, uses }
    outcomes.push(outcome)
    await onOutcome?.(outcome)
  }
  return outcomes
}

const failed = (detail: string): Judged => ({ verdict: 'failed', got: 'failed', detail })

const told = (error: unknown): { failure: string } => {
  if (!(error instanceof ChartroomError) || error.code === 'engine/cancelled') throw error
  return { failure: `${error.code}: ${error.message}` }
}

/** Check queries go through the guard like any other text, so they run wherever the domain does. */
const checkRows = async (sql: string, { domain, worked }: { domain: Domain; worked: Worked }): Promise<Cell[][]> => {
  const result = await domain.runText(sql).catch(error => [{ message: String(error.cause?.message ?? error.message) }])
  if (Array.isArray(result))
    throw ChartroomError.of('eval/check', { id: worked.id, reason: result.map(({ message }) => message).join('; ') })
  if (result.truncated) throw ChartroomError.of('eval/check', { id: worked.id, reason: 'it has too many rows' })
  return result.rows
}

/** A call that did not come back is counted too; only what it used is not known. */
const countCalls = (complete: Complete) => {
  let [calls, uses, failure]: [number, Use[], string | undefined] = [0, [], undefined]
  const counted: Complete = async (request, options) => {
    calls += 1
    const reply = await complete(request, options).catch(error => {
      failure = told(error).failure
      throw error
    })
    uses.push(reply.use)
    return reply
  }
  return {
    complete: counted,
    begin: () => {
      ;[calls, uses, failure] = [0, [], undefined]
    },
    taken: () => ({ calls, uses, failure }),
  }
}
