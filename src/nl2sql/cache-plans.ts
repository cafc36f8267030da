import { z } from 'zod'
import type { Domain } from '#src/domain.ts'
import type { Effects } from '#src/effects.ts'
import type { Calls } from '#src/store/calls.ts'
import { keptStep, type Plans, type StoredPlan } from '#src/store/plans.ts'
import { querySchema } from '#src/vocabulary/query.ts'
import { planKey } from './cache-key.ts'
import { isMendable } from './mendable.ts'
import type { Outcome, Worked } from './outcome.ts'
import type { Prompt } from './prompts.ts'
import type { Taught } from './taught.ts'
import { compute, recordsOf } from './tools/compute.ts'
import type { Unread, Working } from './unread.ts'

export type PlanCacheParts = {
  plans: Pick<Plans, 'get' | 'put' | 'remove'>
  /** Where questions whose plan was kept are noted; they cost nothing. */
  calls: Pick<Calls, 'write'>
  /** The usual model. */
  model: string
  /** How long a plan is good for. Default a day. */
  seconds?: number
  /** Told how it went. */
  onPlan?: (found: 'kept' | 'new') => void
  /** Told of trouble that was survived. */
  warn: (event: string, error: unknown) => void
}

/** Who works a question out when no plan is kept, with which text, and what the language model was taught. */
type Making = { prompt: Prompt; taught: Taught; work: () => Promise<Worked> }

export type PlanCache = (unread: Unread, making: Making, working: Working) => Promise<Worked>

const aDay = 86_400

/**
 * Keeps what questions were worked out to, a query or SQL and never its rows, until the data changes or it grows old. A kept plan runs again through
 * guard and engine, so what may be seen and what is there now counts. What failed, asked back or declined is not kept; a plan that does not run any
 * more is thrown away and the question worked out anew. Nothing is kept in memory: what one process deletes, no other one takes.
 */
export const createPlanCache = (parts: PlanCacheParts, { now }: Pick<Effects, 'now'>): PlanCache => {
  const { plans, calls, model: usual, seconds = aDay, onPlan, warn } = parts
  const find = async (key: string, version: string): Promise<StoredPlan | undefined> => {
    const stored = await plans.get(key)
    return stored?.version === version && stored.at > now() - seconds * 1000 ? stored : undefined
  }
  const survived = (error: unknown): undefined => void warn('model/plans', error)
  return async (unread, { prompt, taught, work }, working) => {
    const model = prompt.model ?? usual
    const key = planKey(unread, { prompt, model, taught })
    const version = await unread.domain.version()
    const stored = await find(key, version).catch(survived)
    const outcome = stored && (await runAgain(stored.plan, unread.domain, working))
    if (outcome) {
      onPlan?.('kept')
      await calls.write(noteOf(unread, { prompt, model })).catch(survived)
      return workedBefore(outcome, { prompt, model })
    }
    if (stored) await plans.remove(key).catch(survived)
    onPlan?.('new')
    const worked = await work()
    const plan = planIn(worked.outcome)
    if (plan)
      await plans.put(key, { domain: unread.domain.model.domain, version, question: unread.id, plan }).catch(survived)
    return worked
  }
}

const planSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('query'), query: querySchema }),
  z.strictObject({ kind: z.literal('sql'), sql: z.string(), says: z.string(), program: z.string().optional() }),
])
type Plan = z.infer<typeof planSchema>

const planIn = (outcome: Outcome): Plan | undefined => {
  if (outcome.kind === 'query') return outcome
  if (outcome.kind !== 'rows') return undefined
  const { sql, says, program } = outcome
  return { kind: 'sql', sql, says, ...(program !== undefined && { program }) }
}

/** What a plan gives now; undefined when it gives nothing any more. Throws what no other plan would mend. */
const runAgain = async (kept: unknown, domain: Domain, { signal }: Working): Promise<Outcome | undefined> => {
  const { data: plan } = planSchema.safeParse(kept)
  if (!plan) return undefined
  try {
    if (plan.kind === 'query') return 'code' in (await domain.run(plan.query, { signal })) ? undefined : plan
    const { sql, says, program } = plan
    const result = await domain.runText(sql, { signal })
    if (Array.isArray(result)) return undefined
    const rows = { kind: 'rows' as const, result, sql, says, cached: result.cached }
    if (program === undefined) return rows
    const computed = await compute(program, recordsOf(result), { signal })
    return 'problem' in computed
      ? undefined
      : { ...rows, result: { ...computed, truncated: result.truncated }, program }
  } catch (error) {
    if (isMendable(error)) return undefined
    throw error
  }
}

type By = { prompt: Prompt; model: string }

const nothing = { input: 0, cached: 0, output: 0, cost: 0, ms: 0 }

const noteOf = ({ owner, domain, id }: Unread, { prompt, model }: By) => ({
  ...{ owner, domain: domain.model.domain, question: id, step: keptStep, outcome: keptStep },
  ...{ prompt: prompt.name, version: prompt.version, model },
  ...nothing,
})

const workedBefore = (outcome: Outcome, { prompt, model }: By): Worked => ({
  outcome,
  steps: ['Took what the same question was worked out to before, and ran it again.'],
  uses: [{ model, ...nothing }],
  prompt: { name: prompt.name, version: prompt.version },
})
