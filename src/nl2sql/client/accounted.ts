import type { Calls } from '#src/store/calls.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { type CheckBudgets, type Warning, warningWords } from './budgets.ts'
import type { Complete, Completing, ModelRequest, Use } from './complete.ts'
import type { Attempt, Hearing } from './openai.ts'
import { costOf, type Prices } from './prices.ts'

export type Accounting = {
  calls: Pick<Calls, 'write'>
  prices: Prices
  budgets: CheckBudgets
  /** Goes around each call, which may take long and needs nothing of this machine meanwhile. */
  outside?: <T>(call: () => Promise<T>) => Promise<T>
  /** Told of budgets that soon will be spent. */
  onWarning: (warnings: Warning[], request: ModelRequest<unknown>) => void
  /** Told of trouble that was survived. */
  warn: (event: string, error: unknown) => void
}

/** Calls of a model of which each is paid from a budget that has something left, and noted with what it used, however it ends. */
export const createComplete = (
  attempt: Attempt,
  { calls, prices, budgets, outside = call => call(), onWarning, warn }: Accounting,
): Complete => {
  const complete: Complete = async (request, { signal, onText } = {}) => {
    const warnings = await budgets(request)
    if (warnings.length > 0) onWarning(warnings, request)
    const note = (use: Use, outcome: string) =>
      calls.write(callOf(request, use, outcome)).catch(error => warn('model/calls', error))
    const heard = estimating(onText)
    const reply = await attempt(request, signal, heard.hearing).catch(async error => {
      const code = error instanceof ChartroomError ? error.code : 'failed'
      const use = heard.use(code) ?? nothing(request.model)
      await note({ ...use, cost: costOf(use, prices) }, code)
      throw error
    })
    const use = { ...reply.use, cost: costOf(reply.use, prices) }
    await note(use, 'problem' in reply ? reply.problem.code : 'read')
    if ('problem' in reply) throw reply.problem
    return { value: reply.value, use, ...(warnings.length > 0 && { warnings: warnings.map(warningWords) }) }
  }
  // What is left of a budget is looked at when the call begins, which may have waited for its turn.
  return (request, options) => outside(() => complete(request, options))
}

const nothing = (model = ''): Use => ({ model, input: 0, cached: 0, output: 0, ms: 0 })

/** Letters of English or JSON for a token, about (https://help.openai.com/en/articles/4936856-what-are-tokens-and-how-to-count-them). */
const lettersPerToken = 4

/**
 * What a call that was broken off used, about: the server says it at the end alone, and bills what it read and wrote until then. Undefined for a call
 * that was never sent, or that the server refused.
 */
const estimating = (onText: Completing['onText']) => {
  let sent: { model: string; characters: number } | undefined
  let received = 0
  const hearing: Hearing = {
    onSent: now => {
      sent = now
      received = 0
    },
    ...(onText && {
      onText: (soFar: string) => {
        received = soFar.length
        onText(soFar)
      },
    }),
  }
  const use = (code: string): Use | undefined => {
    const isBilled = received > 0 || code === 'engine/cancelled' || code === 'language/slow'
    if (!sent || !isBilled) return undefined
    const tokens = (letters: number) => Math.ceil(letters / lettersPerToken)
    return { ...nothing(sent.model), input: tokens(sent.characters), output: tokens(received) }
  }
  return { hearing, use }
}

const callOf = ({ owner, domain, question, step, prompt }: ModelRequest<unknown>, use: Use, outcome: string) => ({
  ...{ owner, domain, question, step, prompt: prompt.name, version: prompt.version, outcome },
  ...use,
})
