import type { EcommerceSettings } from './settings.ts'

/** A day of the sample. `number` counts days since 1970; `progress` runs from 0 on the first day to 1 on the last. */
export type Day = {
  number: number
  month: number
  dayOfMonth: number
  weekday: number
  progress: number
  index: number
}

/** Every day from the start to the end, both included. */
export const daysOf = ({ startDate, endDate }: EcommerceSettings): Day[] => {
  const first = dayNumber(startDate)
  const count = dayNumber(endDate) - first + 1
  return Array.from({ length: count }, (_, index) => {
    const date = new Date((first + index) * millisecondsPerDay)
    return {
      number: first + index,
      month: date.getUTCMonth() + 1,
      dayOfMonth: date.getUTCDate(),
      weekday: date.getUTCDay(),
      progress: count === 1 ? 0 : index / (count - 1),
      index,
    }
  })
}

/** Days since 1970 of a `YYYY-MM-DD`. */
export const dayNumber = (isoDate: string): number => Date.parse(`${isoDate}T00:00:00Z`) / millisecondsPerDay

/** How busy an ordinary day is: the day of the week, the season, and about one percent more every month. */
export const ordinaryBusyness = ({ weekday, month, index }: Day): number =>
  weekdays[weekday]! * months[month - 1]! * (1 + (0.12 * index) / 365)

/** How many of a thousand orders come in each hour. */
export const hours = [8, 5, 3, 2, 2, 4, 10, 22, 36, 50, 60, 66, 70, 64, 58, 56, 58, 62, 70, 82, 86, 68, 40, 18]

const millisecondsPerDay = 86_400_000

/** Sunday first. */
const weekdays = [108, 100, 95, 94, 97, 102, 106]

const months = [96, 96, 98, 98, 100, 100, 99, 99, 100, 102, 105, 108]
