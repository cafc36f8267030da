import type { Day } from '../calendar.ts'

/** How busy an ordinary day is: the day of the week, the season, and about one percent more every month. */
export const ordinaryBusyness = ({ weekday, month, index }: Day): number =>
  weekdays[weekday]! * months[month - 1]! * (1 + (0.12 * index) / 365)

/** How many of a thousand orders come in each hour. */
export const hours = [8, 5, 3, 2, 2, 4, 10, 22, 36, 50, 60, 66, 70, 64, 58, 56, 58, 62, 70, 82, 86, 68, 40, 18]

/** Sunday first. */
const weekdays = [108, 100, 95, 94, 97, 102, 106]

const months = [96, 96, 98, 98, 100, 100, 99, 99, 100, 102, 105, 108]
