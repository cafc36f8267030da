import type { WorkOut } from '../beyond.ts'
import type { Config } from '../config.ts'
import type { Effects } from '../effects.ts'
import type { Accounting } from '../nl2sql/client/accounted.ts'
import type { Complete } from '../nl2sql/client/complete.ts'
import type { AgentOptions } from '../nl2sql/open-agent.ts'
import type { Retell } from '../nl2sql/retell.ts'
import type { Calls } from '../store/calls.ts'
import type { Plans } from '../store/plans.ts'

type Parts = {
  config: Config
  /** Where calls are noted; absent: nowhere, and budgets see nothing. */
  calls?: Pick<Calls, 'write' | 'spent'>
  /** Where plans are kept; absent: nowhere. */
  plans?: Plans
  onPlan?: (found: 'kept' | 'new') => void
  onStory?: (found: 'kept' | 'new') => void
  /** What admins taught about a domain. */
  lessonsOf?: AgentOptions['lessonsOf']
  /** Goes around each call: what whoever waits has no use for meanwhile is given up. */
  outside?: Accounting['outside']
  /** Told of budgets that soon will be spent. */
  onWarning?: Accounting['onWarning']
  warn: (event: string, error: unknown) => void
}

/** A language model, and what works out with it the questions that the rules do not read. */
export type Model = { complete: Complete; workOut: WorkOut; retell: Retell }

/** Undefined when no language model is set up. */
export const openModel = async (
  { config, calls, plans, onPlan, onStory, lessonsOf, outside, warn, onWarning = () => undefined }: Parts,
  effects: Effects,
): Promise<Model | undefined> => {
  const { apiKey, baseUrl, name, budgets } = config.model
  if (apiKey === undefined && baseUrl === undefined) return undefined
  const [
    { createPlanCache },
    { createComplete },
    { createBudgets },
    client,
    { loadPrices },
    { createKeepStories },
    { openAgent },
    { openRetell },
  ] = await Promise.all([
    import('../nl2sql/cache-plans.ts'),
    import('../nl2sql/client/accounted.ts'),
    import('../nl2sql/client/budgets.ts'),
    import('../nl2sql/client/openai.ts'),
    import('../nl2sql/client/prices.ts'),
    import('../nl2sql/keep-stories.ts'),
    import('../nl2sql/open-agent.ts'),
    import('../nl2sql/retell.ts'),
  ])
  const store = calls ?? nowhere
  const complete = createComplete(client.openModel({ apiKey, baseUrl, model: name }, effects), {
    calls: store,
    prices: await loadPrices(),
    budgets: createBudgets(budgets, store, effects),
    outside,
    onWarning,
    warn,
  })
  const stories = plans && createKeepStories({ plans, onStory, warn }, effects)
  const retell = await openRetell(complete, stories && { kept: { stories, model: name } })
  const cache = plans && createPlanCache({ plans, calls: store, model: name, onPlan, warn }, effects)
  return { complete, retell, workOut: await openAgent(complete, { retell, cache, lessonsOf }) }
}

const nowhere: Pick<Calls, 'write' | 'spent'> = { write: async () => undefined, spent: async () => 0 }
