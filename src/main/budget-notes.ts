import type { NotingParts } from '../access/unusual.ts'
import { type Warning, warningWords } from '../nl2sql/client/budgets.ts'
import type { ModelRequest } from '../nl2sql/client/complete.ts'

type Told = (warnings: readonly Warning[], request: Pick<ModelRequest<unknown>, 'owner' | 'domain'>) => void

/** Tells the admins of a budget that soon will be spent, once a day for each, of whom it is. */
export const createBudgetNotes = (tellAdmins: NotingParts['tellAdmins'], { now }: { now: () => number }): Told => {
  const told = new Set<string>()
  return (warnings, { owner, domain }) => {
    if (!owner) return
    const day = new Date(now()).toISOString().slice(0, 10)
    for (const warning of warnings) {
      const whose = warning.whose === 'you' ? owner.user : warning.whose
      const key = [day, owner.platform, owner.tenant, whose, domain, warning.period].join(' ')
      if (told.has(key)) continue
      told.add(key)
      void tellAdmins(warningWords({ ...warning, whose }), owner)
    }
  }
}
