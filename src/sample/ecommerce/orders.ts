import { type Day, daysOf } from '../calendar.ts'
import { accumulate, createDealer, createRandom, type Random } from '../random.ts'
import { createBasket, type Line } from './basket.ts'
import { createBuyers } from './buyers.ts'
import { hours, ordinaryBusyness } from './calendar.ts'
import type { Product } from './catalogue.ts'
import type { Customer } from './customers.ts'
import { eventBusyness, isClothingReturnMonth, isLargeOrderDay, paymentMethods, paymentWeights } from './events.ts'
import type { EcommerceSettings } from './settings.ts'

/** `orderedAt` counts seconds since 1970; money is in cents. */
export type Order = {
  id: number
  customerId: number
  orderedAt: number
  status: (typeof statuses)[number]
  paymentMethod: string
  channel: string
  shippingState: string
  discount: number
  shippingFee: number
  lines: Line[]
}

export const statuses = ['completed', 'shipped', 'cancelled', 'returned'] as const

/** All orders, one after the other as they were placed. Holds one day in memory at a time. */
export function* createOrders(
  settings: EcommerceSettings,
  customers: Customer[],
  products: Product[],
): Generator<Order> {
  const random = createRandom(`${settings.seed}/orders`)
  const days = daysOf(settings)
  const place = createOrderDesk(random, customers, products, settings.numOrders / days.length)
  let id = 0
  for (const { day, orders, large } of plan(settings.numOrders, days, createRandom(`${settings.seed}/days`))) {
    for (const moment of moments(random, orders, large)) yield place(++id, day, moment)
  }
}

type Moment = { second: number; large: boolean }

/** Shares the orders out over the days, exactly as many as asked for, each large order being one of them. */
const plan = (numOrders: number, days: Day[], random: Random) => {
  const largeDays = new Set(days.filter(isLargeOrderDay).slice(0, numOrders))
  const running = accumulate(
    days.map(day => ordinaryBusyness(day) * eventBusyness(day) * (0.9 + 0.2 * random.fraction())),
  )
  const ordinary = numOrders - largeDays.size
  const until = (i: number) => (i < 0 ? 0 : Math.round((ordinary * running[i]!) / running.at(-1)!))
  return days.map((day, i) => ({ day, orders: until(i) - until(i - 1), large: largeDays.has(day) }))
}

const moments = (random: Random, count: number, large: boolean): Moment[] => {
  const list = Array.from({ length: count }, () => ({
    second: random.weighted(cumulativeHours) * 3600 + random.below(3600),
    large: false,
  }))
  if (large) list.push({ second: tenFortyTwo, large })
  return list.sort((a, b) => a.second - b.second)
}

const cumulativeHours = accumulate(hours)
const tenFortyTwo = (10 * 60 + 42) * 60

const createOrderDesk = (random: Random, customers: Customer[], products: Product[], ordersPerDay: number) => {
  const buyers = createBuyers(random, customers)
  const baskets = createBasket(random, products, ordersPerDay)
  const dealPayment = createDealer(random, 30)
  const dealStatus = createStatusDealer(random)
  return (id: number, day: Day, { second, large }: Moment): Order => {
    const { customer, shippingState } = large ? buyers.large(day) : buyers.next(day)
    const payment = dealPayment(paymentWeights(day))
    const channel = large ? 'web' : channelOf(random, payment, second)
    const lines = large ? baskets.large() : baskets.next(day, customer.segment)
    const value = lines.reduce((sum, line) => sum + line.amount, 0)
    return {
      id,
      customerId: customer.id,
      orderedAt: day.number * 86_400 + second,
      status: large ? 'completed' : dealStatus(day, lines),
      paymentMethod: large ? 'Credit Card' : paymentMethods[payment]!.name,
      channel,
      shippingState,
      discount: large ? 0 : discountOf(random, value),
      shippingFee: shippingFeeOf(random, value, channel),
      lines,
    }
  }
}

const channels = ['web', 'mobile', 'store'] as const

/** Percent web, mobile and store, by payment method. */
const channelShares = [
  [55, 30, 15],
  [62, 36, 2],
  [47, 29, 24],
  [56, 21, 23],
  [14, 62, 24],
].map(accumulate)

const channelOf = (random: Random, payment: number, second: number): string => {
  const channel = channels[random.weighted(channelShares[payment]!)]!
  const open = second >= 9 * 3600 && second < 21 * 3600
  return channel === 'store' && !open ? 'web' : channel
}

/** Percent completed, shipped, cancelled, returned. */
const statusShares = {
  ordinary: [79, 8, 6, 7],
  clothing: [77, 8, 6, 9],
  clothingInJanuary: [59, 8, 6, 27],
}

const createStatusDealer = (random: Random) => {
  const dealers = {
    ordinary: createDealer(random, 40),
    clothing: createDealer(random, 40),
    clothingInJanuary: createDealer(random, 40),
  }
  return (day: Day, lines: Line[]) => {
    const clothing = lines.some(line => line.product.category === 'Clothing')
    const kind = !clothing ? 'ordinary' : isClothingReturnMonth(day) ? 'clothingInJanuary' : 'clothing'
    return statuses[dealers[kind](statusShares[kind])]!
  }
}

const discountOf = (random: Random, value: number): number =>
  random.chance(15) ? Math.floor((value * random.pick([5, 10, 10, 15, 20])) / 100) : 0

/** Free in the store and from 99 dollars on. */
const shippingFeeOf = (random: Random, value: number, channel: string): number =>
  channel === 'store' || value >= 99_00 ? 0 : random.pick([4_99, 4_99, 6_99, 9_99])
