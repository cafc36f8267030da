import type { Effects } from '#src/effects.ts'
import type { Account, Calls } from '#src/store/calls.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { ModelRequest } from './complete.ts'

/** US dollars; absent: no limit. Days and months are those of UTC. */
export type Budget = { day?: number; month?: number }
export type Budgets = { person: Budget; workspace: Budget; domain: Budget }

type Kind = keyof Budgets
type Period = keyof Budget

/** A budget of which four fifths are spent. */
export type Warning = { whose: string; period: 'daily' | 'monthly'; spent: number; limit: number }

/** The same as a sentence. */
export const warningWords = ({ whose, period, spent, limit }: Warning): string =>
  `$${spent.toFixed(2)} of $${limit} are spent: the ${period} budget for the language model of ${whose}.`

const words = { day: 'daily', month: 'monthly' } as const
const warnFrom = 0.8

/** Throws `language/budget` when a budget that a call would go on is spent; gives those that soon will be. */
export type CheckBudgets = (request: Pick<ModelRequest<unknown>, 'owner' | 'domain'>) => Promise<Warning[]>

export const createBudgets =
  (budgets: Budgets, calls: Pick<Calls, 'spent'>, { now }: Pick<Effects, 'now'>): CheckBudgets =>
  async request => {
    const all = (['person', 'workspace', 'domain'] as const).flatMap(kind => limitsOf(kind, budgets[kind], request))
    const spent = await Promise.all(all.map(({ account, period }) => calls.spent(account, beginningOf(period, now()))))
    return all.flatMap(({ whose, period, limit }, i) => {
      const used = spent[i] ?? 0
      if (used >= limit)
        throw ChartroomError.of('language/budget', { whose, period: words[period], limit: `$${limit}` })
      return used >= warnFrom * limit ? [{ whose, period: words[period], spent: used, limit }] : []
    })
  }

type Limit = { account: Account; whose: string; period: Period; limit: number }

const limitsOf = (kind: Kind, budget: Budget, request: Parameters<CheckBudgets>[0]): Limit[] => {
  const account = accountOf[kind](request)
  if (!account) return []
  return (['day', 'month'] as const).flatMap(period => {
    const limit = budget[period]
    return limit === undefined ? [] : [{ ...account, period, limit }]
  })
}

type AccountOf = (request: Parameters<CheckBudgets>[0]) => Pick<Limit, 'account' | 'whose'> | undefined

/** The local machine has no person and no workspace. */
const accountOf: Record<Kind, AccountOf> = {
  person: ({ owner }) => owner && { account: owner, whose: 'you' },
  workspace: ({ owner }) =>
    owner && { account: { platform: owner.platform, tenant: owner.tenant }, whose: 'your workspace' },
  domain: ({ domain }) => (domain === undefined ? undefined : { account: { domain }, whose: domain }),
}

const beginningOf = (period: Period, now: number) => {
  const date = new Date(now)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), period === 'day' ? date.getUTCDate() : 1)
}
