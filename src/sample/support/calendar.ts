import type { Day } from '../calendar.ts'
import { categoryShares, type Product } from './categories.ts'
import { isDown, isPriceListWeek, priceRush } from './events.ts'

/** How many sessions a day has, against other days: the day of the week, the season, and what happens on it. */
export const busyness = (day: Day, product: Product): number =>
  isDown(day) ? 0 : weekdays[day.weekday]! * months[product][day.month - 1]! * priceListBusyness(day, product)

const priceListBusyness = (day: Day, product: Product) =>
  isPriceListWeek(day, product) ? 1 + (categoryShares[product]['Pricing / inventory'] / 1000) * (priceRush - 1) : 1

/** How many of a thousand sessions begin in each hour. */
export const hours = [1, 1, 1, 1, 2, 9, 30, 70, 95, 102, 98, 88, 66, 84, 92, 88, 74, 50, 24, 12, 6, 3, 2, 1]

/** Sunday first; most who ask are contractors. */
const weekdays = [22, 100, 104, 103, 100, 96, 46]

/** Pools are opened in spring. */
const months: Record<Product, readonly number[]> = {
  pool: [70, 74, 92, 112, 124, 132, 134, 120, 100, 84, 72, 64],
  landscape: [74, 82, 108, 122, 120, 112, 100, 98, 104, 96, 76, 62],
}
