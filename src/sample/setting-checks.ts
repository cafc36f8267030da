import { sampleFault } from './fault.ts'

/** A setting by the name that people know it by, and as it was given. */
export type Given = { name: string; value: string | number }

/** A whole number from 1 to `max`. Throws one sentence that names the setting. */
export const wholeNumber = ({ name, value }: Given, max: number): number => {
  const number = /^[+-]?\d+$/.test(String(value).trim()) ? Number(value) : Number.NaN
  if (number >= 1 && number <= max) return number
  throw sampleFault(`${name} must be a whole number from 1 to ${max.toLocaleString('en-US')}, not "${value}".`)
}

/** A day that exists, as `YYYY-MM-DD`. Throws one sentence that names the setting. */
export const calendarDay = ({ name, value }: Given): string => {
  const text = String(value).trim()
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN)
  const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  if (!exists) throw sampleFault(`${name} must be a day such as 2023-01-31, not "${value}".`)
  if (text < '1970-01-01' || text > '2199-12-31') {
    throw sampleFault(`${name} must be between 1970-01-01 and 2199-12-31, not "${value}".`)
  }
  return text
}

const longestYears = 20

/** The two days follow each other, and not too far apart. Throws one sentence that names them. */
export const checkRange = (start: Given, end: Given): void => {
  if (end.value < start.value) throw sampleFault(`${end.name} (${end.value}) is before ${start.name} (${start.value}).`)
  const days = (Date.parse(String(end.value)) - Date.parse(String(start.value))) / 86_400_000
  if (days > longestYears * 366) {
    throw sampleFault(
      `${start.name} to ${end.name} may cover ${longestYears} years at most, not ${start.value} to ${end.value}.`,
    )
  }
}
