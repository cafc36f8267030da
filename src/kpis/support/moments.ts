import { Temporal } from 'temporal-polyfill'

const bareDate = /^\d{4}-\d\d-\d\d$/
const timeOfDay = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d(:?\d\d)?)?$/i
const offset = /(Z|[+-]\d\d(:?\d\d)?)$/i

/** Whether a text is a date, or a date and a time, of ISO 8601, and exists. */
export const isMoment = (text: string): boolean => {
  if (!bareDate.test(text) && !timeOfDay.test(text)) return false
  try {
    beginningOf(text, 'UTC')
    return true
  } catch {
    return false
  }
}

/** When a text begins: a date at the first moment of its day in the zone; a time without an offset is one of the zone. Throws RangeError. */
export const beginningOf = (text: string, zone: string): Temporal.Instant => {
  if (bareDate.test(text)) return startOf(Temporal.PlainDate.from(text, { overflow: 'reject' }), zone)
  return offset.test(text.slice(10))
    ? Temporal.Instant.from(text.toUpperCase())
    : Temporal.PlainDateTime.from(text, { overflow: 'reject' }).toZonedDateTime(zone).toInstant()
}

/** The moment before which a range ends that ends with this text: after a whole day, or at an instant. */
export const endingOf = (text: string, zone: string): Temporal.Instant =>
  bareDate.test(text) ? startOf(Temporal.PlainDate.from(text).add({ days: 1 }), zone) : beginningOf(text, zone)

const startOf = (day: Temporal.PlainDate, zone: string) => day.toZonedDateTime(zone).toInstant()
