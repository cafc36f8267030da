import type { Ask, FindDomain } from './ask.ts'
import type { Effects } from './effects.ts'
import { type ParameterProblem, type QueryRequest, readQueryRequest } from './query-request.ts'
import { restate } from './question/restate.ts'
import type { Answer } from './vocabulary/answer.ts'

/** A query without words: of which domain, else the usual one, and from which day relative periods count. */
export type AskQuery = (
  request: QueryRequest & { domain?: string; today?: string },
  options?: { signal?: AbortSignal },
) => Promise<Answer | { problems: ParameterProblem[] }>

/** Reads a request by the model of its domain and asks it as a question would be. Throws `domain/unknown`, `engine/…`. */
export const createAskQuery =
  ({ domain: find, ask }: { domain: FindDomain; ask: Ask }, { now }: Pick<Effects, 'now'>): AskQuery =>
  async ({ domain, today, ...request }, { signal } = {}) => {
    const { model, knowledge } = await find(domain, {})
    const { range } = await knowledge()
    const read = readQueryRequest(request, { model, range, today: today ?? dayIn(model.zone, now()) })
    if ('problems' in read) return read
    return ask({ text: restate(read.query, model), query: read.query, domain: model.domain, today }, { signal })
  }

const dayIn = (zone: string, now: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(now)
