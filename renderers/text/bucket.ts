import type { Grain } from '#src/vocabulary/period.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A time bucket as people say it: "Mar 2023", "Q1 2023", "2023-03-06", "2023-03-06 14:00". Anything that is no date stays. */
export const bucketText = (at: string, grain?: Grain): string => {
  const [, year, month, rest] = /^(\d{4})-(\d{2})-\d{2}(.*)$/.exec(at) ?? []
  if (!year) return at
  if (grain === 'year') return year
  if (grain === 'quarter') return `Q${Math.ceil(Number(month) / 3)} ${year}`
  if (grain === 'month') return `${months[Number(month) - 1] ?? month} ${year}`
  const time = /^[T ](\d{2}:\d{2})/.exec(rest ?? '')?.[1]
  return time && grain !== 'day' && grain !== 'week' ? `${at.slice(0, 10)} ${time}` : at.slice(0, 10)
}
