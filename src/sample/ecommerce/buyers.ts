import type { Day } from '../calendar.ts'
import { accumulate, createDealer, type Random } from '../random.ts'
import type { Customer } from './customers.ts'
import { texasShare } from './events.ts'
import { states } from './places.ts'

/** Who places an order and where it goes: mostly to the customer's home state, at times to another. */
export const createBuyers = (random: Random, customers: Customer[]) => {
  const dealState = createDealer(random, 50)
  const everybody = crowd(customers)
  const byState = new Map(states.map(({ name }) => [name, crowd(customers.filter(c => c.state === name))]))
  const pick = (day: Day, { list, cumulative }: Crowd): Customer =>
    list[random.weighted(cumulative, signedUpBy(day, list))]!
  return {
    next: (day: Day) => {
      const shippingState = states[dealState(stateWeights(day))]!.name
      const residents = byState.get(shippingState)!
      const fromHome = residents.list.length > 0 && !random.chance(7)
      return { customer: pick(day, fromHome ? residents : everybody), shippingState }
    },
    large: (day: Day) => {
      const customer = largeBuyer(everybody.list.slice(0, signedUpBy(day, everybody.list)))
      return { customer, shippingState: customer.state }
    },
  }
}

type Crowd = { list: Customer[]; cumulative: number[] }

const crowd = (list: Customer[]): Crowd => ({ list, cumulative: accumulate(list.map(c => c.weight)) })

/** How many of a list in signup order had signed up; one at least, the first customers of a state being there early. */
const signedUpBy = (day: Day, list: Customer[]): number => {
  let low = 1
  let high = list.length
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (list[middle - 1]!.signupDay <= day.number) low = middle
    else high = middle - 1
  }
  return low
}

const othersWeight = states.reduce((sum, s) => sum + (s.name === 'Texas' ? 0 : s.weight), 0)

const stateWeights = (day: Day): number[] =>
  states.map(s => (s.name === 'Texas' ? texasShare(day) : ((1 - texasShare(day)) * s.weight) / othersWeight))

/** A corporate customer of the largest state, where one order distorts least, and never of Texas if that can be. */
const largeBuyer = (customers: Customer[]): Customer => {
  const corporate = customers.filter(c => c.segment === 'Corporate')
  const rank = (c: Customer) => (c.state === states[0]!.name ? 0 : c.state === 'Texas' ? 2 : 1)
  return corporate.sort((a, b) => rank(a) - rank(b))[0] ?? customers[0]!
}
