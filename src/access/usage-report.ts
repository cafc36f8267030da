import type { Effects } from '#src/effects.ts'
import type { Account } from '#src/store/calls.ts'
import type { Usage, UseOfDomain } from '#src/store/usage.ts'
import type { ReportRequest } from './audit-report.ts'
import { readReportWords } from './report-words.ts'

export type UsageLine = Omit<UseOfDomain, 'owner'> & { who?: string }

/** Who used how much of what, a line per person, day and domain, the latest day first; or the words that were not understood. */
export type UsageReport = { label: string; lines: UsageLine[]; unread: string[]; spending?: Spending }

/** What a language model was used for: its calls, tokens and US dollars; questions that went to it, and of them those whose plan was kept. */
export type Spending = { calls: number; tokens: number; cost: number; asked: number; kept: number }

export type ReadSpending = (account: Account, since: number) => Promise<Spending>

/** How many lines are told. */
const most = 30

/** What `data usage` shows, of the last week when nothing else is said. Whether whoever asks may see it is for the caller to know. Throws `state/…`. */
export const usageReport = async (
  { usage, spending }: { usage: Usage; spending?: ReadSpending },
  { words, asker }: ReportRequest,
  { now }: Pick<Effects, 'now'>,
): Promise<UsageReport> => {
  const given = readReportWords(words, { asker, now: now() })
  const asked = given.filter.since === undefined ? readReportWords(`${words} last week`, { asker, now: now() }) : given
  const { filter, label } = asked
  // How a question ended is a column here, and nothing to ask for.
  const unread = [...asked.unread, ...(filter.outcome ? [filter.outcome] : [])]
  if (unread.length > 0) return { label, lines: [], unread }
  const found = await usage.read({ ...filter, most })
  const lines = found.map(({ owner, ...use }) => ({ ...use, ...(owner ? { who: owner.user } : {}) }))
  const spent = await spending?.(filter.owner ?? {}, filter.since ?? 0)
  return { label, lines, unread, ...(spent && spent.calls > 0 && { spending: spent }) }
}
