import type { Effects } from '#src/effects.ts'
import type { Owner } from '#src/store/answers.ts'
import type { Audit, DayOfUse } from '#src/store/audit.ts'
import type { Notes } from '#src/store/notes.ts'

/** Somebody who used far more today than they usually do; `usual` is the median of their other days, or of everybody's when they have few. */
export type Unusual = { owner: Owner; what: 'questions' | 'rows'; today: number; usual: number }

/**
 * Who is far from usual on a day (`YYYY-MM-DD`): above a floor, three times the median, and six times as far from it as days usually are
 * (median absolute deviation, https://en.wikipedia.org/wiki/Median_absolute_deviation). Once each, by questions before rows.
 */
export const unusualUse = (days: readonly DayOfUse[], today: string): Unusual[] => {
  const before = days.filter(({ day }) => day < today)
  return days
    .filter(({ day }) => day === today)
    .flatMap(use => {
      const own = before.filter(({ owner }) => isSame(owner, use.owner))
      const known = own.length >= fewest ? own : before
      const found = measures.flatMap(what =>
        far(
          use,
          what,
          known.map(day => day[what]),
        ),
      )
      return found.slice(0, 1)
    })
}

const measures = ['questions', 'rows'] as const

/** Nobody is told of less. */
const floors = { questions: 60, rows: 100_000 }

/** Days that make a habit. */
const fewest = 5

const isSame = (a: Owner, b: Owner) => a.platform === b.platform && a.tenant === b.tenant && a.user === b.user

const far = (use: DayOfUse, what: Unusual['what'], known: readonly number[]): Unusual[] => {
  const usual = median(known)
  // 1.4826 makes of it a standard deviation, where values lie as the normal distribution has them.
  const spread = 1.4826 * median(known.map(value => Math.abs(value - usual)))
  const today = use[what]
  const isFar = today >= floors[what] && today >= 3 * usual && today >= usual + 6 * spread
  return isFar ? [{ owner: use.owner, what, today, usual }] : []
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length === 0 ? 0 : (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle) - 1]!) / 2
}

export type NotingParts = {
  audit: Pick<Audit, 'use'>
  notes: Notes
  /** Tells the admins of the platform and tenant; false when nobody could be told. */
  tellAdmins: (words: string, about: Owner) => Promise<boolean>
}

const aDay = 86_400_000

/** Looks at the last four weeks, and tells the admins of everybody who is far from usual, once a person and day. To be called now and then. */
export const noteUnusual = async (
  { audit, notes, tellAdmins }: NotingParts,
  { now }: Pick<Effects, 'now'>,
): Promise<void> => {
  const today = new Date(now()).toISOString().slice(0, 10)
  for (const found of unusualUse(await audit.use(now() - 28 * aDay), today)) {
    if (!(await notes.note(found.owner, today))) continue
    const told = await tellAdmins(words(found), found.owner).catch(() => false)
    if (!told) await notes.unnote(found.owner, today)
  }
}

const words = ({ owner, what, today, usual }: Unusual) => {
  const who = owner.platform === 'slack' ? `<@${owner.user}>` : owner.user
  const [many, most] = [today, Math.round(usual)].map(n => n.toLocaleString('en-US'))
  const did = what === 'questions' ? `has asked ${many} questions today` : `was shown ${many} rows today`
  return `${who} ${did}; ${most} is usual. \`data audit ${owner.platform}:${owner.tenant}:${owner.user} today\` shows them.`
}
