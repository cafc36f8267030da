import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { IsoDate } from '#src/vocabulary/period.ts'
import { beginningOf, endingOf, isMoment } from './moments.ts'

export const productContexts = ['pool', 'landscape'] as const
export type ProductContext = (typeof productContexts)[number]

const [earliest, latest] = ['1900-01-01', '2999-12-31']
const unreadable = 'must be a date such as 2023-05-01, or a time such as 2023-05-01T09:30:00Z'

/** In an address a + is a space. */
const lostPlus = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]* \d\d(:?\d\d)?$/i
const plusLost =
  'has a space where its offset begins; in an address a + is written %2B, as in 2023-05-01T09:30:00%2B02:00'

const moment = (about: string) =>
  z
    .string({ error: ({ input }) => (input === undefined ? 'is required' : unreadable) })
    .trim()
    .refine(isMoment, { error: ({ input }) => (lostPlus.test(String(input)) ? plusLost : unreadable), abort: true })
    .refine(text => text.slice(0, 10) >= earliest && text.slice(0, 10) <= latest, {
      error: `must be between ${earliest} and ${latest}`,
    })
    .describe(`${about} ISO 8601, such as 2023-05-01 or 2023-05-01T09:30:00Z.`)

const name = () =>
  z
    .string({ error: 'must be one text' })
    .trim()
    .min(1, 'must not be empty')
    .max(200, 'must have at most 200 characters')

/** The fields as they stand in a query string or a command. */
export const filterFields = {
  start_date: moment('First day of the range, or the instant at which it begins.'),
  end_date: moment('Last day of the range, which counts as a whole, or the instant before which it ends.'),
  product_context: z
    .enum(productContexts, {
      error: ({ input }) => (input === undefined ? 'is required: ' : 'must be ') + productContexts.join(' or '),
    })
    .describe('pool reads interaction_log, landscape reads landscape_interaction_log; never both.'),
  environment: name().optional().describe('Only interactions of this environment, such as production.'),
  user_id: name().optional().describe('Only interactions of this user.'),
}

/** What every KPI is asked with: the fields as given, and what they mean in the zone. */
export type SupportFilters = {
  start_date: string
  end_date: string
  product_context: ProductContext
  environment?: string
  user_id?: string
  /** An instant in UTC, and the one before which the range ends. */
  from: string
  until: string
  /** The days of the zone that the range touches; `last_day` lies before `first_day` when it touches none. */
  first_day: IsoDate
  last_day: IsoDate
}

/**
 * The one filter model of the support KPIs. A bare date is a whole day of `zone`; a time without an offset is one of `zone`. Every field that is
 * wrong is told, and what the two ends say about each other also when another field is wrong.
 */
export const filterSchema = (zone: string) =>
  z
    .strictObject(filterFields)
    .refine(given => rangeProblem(given, zone) === undefined, {
      path: ['end_date'],
      error: ({ input }) => rangeProblem(input as Ends, zone),
      when: ({ value }) => ends.safeParse(value).success,
    })
    .transform((given): SupportFilters => ({ ...given, ...rangeOf(given, zone) }))

const ends = z.object({ start_date: filterFields.start_date, end_date: filterFields.end_date })
type Ends = z.infer<typeof ends>

export const longestYears = 5

/** Whether a range is longer than any may be. Its ends must be readable. */
export const isTooLong = ({ start_date, end_date }: Ends, zone: string): boolean => {
  const most = beginningOf(start_date, zone).toZonedDateTimeISO(zone).add({ years: longestYears }).toInstant()
  return Temporal.Instant.compare(endingOf(end_date, zone), most) > 0
}

const rangeProblem = ({ start_date, end_date }: Ends, zone: string): string | undefined => {
  const [from, until] = [beginningOf(start_date, zone), endingOf(end_date, zone)]
  const isBefore = Temporal.Instant.compare(beginningOf(end_date, zone), from) < 0
  if (isBefore && Temporal.Instant.compare(until, from) <= 0) return `must not be before start_date (${start_date})`
  return isTooLong({ start_date, end_date }, zone)
    ? `must be at most ${longestYears} years after start_date (${start_date})`
    : undefined
}

const rangeOf = ({ start_date, end_date }: Ends, zone: string) => {
  const [from, until] = [beginningOf(start_date, zone), endingOf(end_date, zone)]
  const dayOf = (instant: Temporal.Instant) => instant.toZonedDateTimeISO(zone).toPlainDate()
  const first = dayOf(from)
  const last = from.equals(until) ? first.subtract({ days: 1 }) : dayOf(until.subtract({ nanoseconds: 1 }))
  return { from: from.toString(), until: until.toString(), first_day: first.toString(), last_day: last.toString() }
}
