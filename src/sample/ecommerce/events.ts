import type { Day } from '../calendar.ts'
import { categories } from './catalogue.ts'

/** 12–18 June, PayPal does not work: those orders are lost, nobody pays in another way instead. */
export const isPayPalDown = ({ month, dayOfMonth }: Day) => month === 6 && dayOfMonth >= 12 && dayOfMonth <= 18

/** 17–30 November, twice as much Electronics is bought, and as much of everything else as before. */
export const isElectronicsRush = ({ month, dayOfMonth }: Day) => month === 11 && dayOfMonth >= 17

/** In January, orders with Clothing come back three times as often as in other months. */
export const isClothingReturnMonth = ({ month }: Day) => month === 1

/** On 15 August one corporate customer places one very large order. */
export const isLargeOrderDay = ({ month, dayOfMonth }: Day) => month === 8 && dayOfMonth === 15

/** Texas grows steadily from 8 % of orders on the first day to 16 % on the last. */
export const texasShare = ({ progress }: Day) => 0.08 + 0.08 * progress

/** Payment methods and the percent of orders paid with each. */
export const paymentMethods = [
  { name: 'Credit Card', share: 38 },
  { name: 'PayPal', share: 27 },
  { name: 'Debit Card', share: 18 },
  { name: 'Gift Card', share: 7 },
  { name: 'Apple Pay', share: 10 },
] as const

const allPayments = paymentMethods.map(p => p.share)
const withoutPayPal = paymentMethods.map(p => (p.name === 'PayPal' ? 0 : p.share))
export const paymentWeights = (day: Day): readonly number[] => (isPayPalDown(day) ? withoutPayPal : allPayments)

const ordinaryCategories = categories.map(c => c.share)
const rushCategories = categories.map(c => (c.name === 'Electronics' ? 2 * c.share : c.share))
export const categoryWeights = (day: Day): readonly number[] =>
  isElectronicsRush(day) ? rushCategories : ordinaryCategories

/** By how much the events of a day make it busier or quieter than an ordinary one. */
export const eventBusyness = (day: Day): number =>
  (total(paymentWeights(day)) / total(allPayments)) * (total(categoryWeights(day)) / total(ordinaryCategories))

/** What the one very large order is worth: some 13 ordinary days, within what one company may spend at once. */
export const largeOrderCents = (ordersPerDay: number): number =>
  Math.round(Math.min(250_000, Math.max(2_000, 1_700 * ordersPerDay))) * 100

/** What the large order is made of, an office being fitted out, and the share of its value of each product. */
export const largeOrderLines = [
  { product: 'Standing Desk', share: 0.4 },
  { product: 'Ergonomic Office Chair', share: 0.32 },
  { product: '27-inch Monitor', share: 0.12 },
  { product: 'Espresso Machine', share: 0.09 },
  { product: 'LED Desk Lamp', share: 0.07 },
]

const total = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)
