import type { ReadSpending } from '#src/access/usage-report.ts'
import type { Calls } from './calls.ts'
import { keptStep, type Plans } from './plans.ts'

/** What a language model was used for, by what was noted of its calls. */
export const storedSpending =
  (calls: Pick<Calls, 'use'>, plans: Pick<Plans, 'use'>): ReadSpending =>
  async (account, since) => {
    const [days, use] = await Promise.all([calls.use(account, since), plans.use(account, since)])
    const made = days.filter(({ step }) => step !== keptStep)
    const sum = (of: 'calls' | 'tokens' | 'cost') => made.reduce((all, day) => all + day[of], 0)
    return { calls: sum('calls'), tokens: sum('tokens'), cost: sum('cost'), ...use }
  }
