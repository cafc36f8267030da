import type { Day } from '../calendar.ts'
import { accumulate, createDealer, type Random } from '../random.ts'
import { categories, type Product } from './catalogue.ts'
import type { Segment } from './customers.ts'
import { categoryWeights, largeOrderCents, largeOrderLines } from './events.ts'

/** Money in cents; `amount` is `quantity` × `unitPrice`. */
export type Line = { product: Product; quantity: number; unitPrice: number; amount: number }

/** What is in an order: one to five different products, mostly of one category, at times at a promotional price. */
export const createBasket = (random: Random, products: Product[], ordersPerDay: number) => {
  const dealCategory = createDealer(random, 30)
  const dealSize = createDealer(random, 30)
  const takeFrom = categories.map(({ name }) =>
    createShelf(
      random,
      products.filter(p => p.category === name),
    ),
  )
  return {
    next: (day: Day, segment: Segment): Line[] => {
      const main = dealCategory(categoryWeights(day))
      const chosen = new Set([takeFrom[main]!()])
      const size = 1 + dealSize(lineCounts)
      while (chosen.size < size) {
        const category = random.chance(70) ? main : dealCategory(categoryWeights(day))
        chosen.add(takeFrom[category]!())
      }
      return [...chosen].map(product => line(product, quantityOf(random, segment, product), priceOf(random, product)))
    },
    large: (): Line[] =>
      largeOrderLines.map(({ product: name, share }) => {
        const product = products.find(p => p.name === name)!
        const quantity = Math.max(1, Math.round((largeOrderCents(ordersPerDay) * share) / product.listPrice))
        return line(product, quantity, product.listPrice)
      }),
  }
}

const createShelf = (random: Random, list: Product[]) => {
  const deal = createDealer(random, 30)
  const weights = list.map(p => p.weight)
  return (): Product => list[deal(weights)]!
}

/** Percent of orders with one, two … five lines. */
const lineCounts = [26, 28, 24, 14, 8]

const line = (product: Product, quantity: number, unitPrice: number): Line => ({
  product,
  quantity,
  unitPrice,
  amount: quantity * unitPrice,
})

const quantityShares = {
  Consumer: accumulate([80, 16, 4]),
  'Small Business': accumulate([62, 26, 12]),
  Corporate: accumulate([50, 30, 14, 6]),
}

const expensive = 200_00

const quantityOf = (random: Random, segment: Segment, product: Product): number =>
  product.listPrice >= expensive ? 1 : 1 + random.weighted(quantityShares[segment])

const priceOf = (random: Random, { listPrice }: Product): number =>
  random.chance(10) ? Math.floor((listPrice * (100 - random.pick([5, 10, 10, 15]))) / 100) : listPrice
