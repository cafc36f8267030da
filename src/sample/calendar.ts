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
export const daysOf = ({ startDate, endDate }: { startDate: string; endDate: string }): Day[] => {
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

const millisecondsPerDay = 86_400_000
