import { dayNumber } from '../calendar.ts'
import { accumulate, createDealer, createRandom, type Random } from '../random.ts'
import { companyName, personName } from './names.ts'
import { states } from './places.ts'
import type { EcommerceSettings } from './settings.ts'

export const segments = ['Consumer', 'Small Business', 'Corporate'] as const
export type Segment = (typeof segments)[number]

/** `signupDay` counts days since 1970. `weight` is how often the customer orders compared with others. */
export type Customer = {
  id: number
  name: string
  email: string
  state: string
  city: string
  segment: Segment
  signupDay: number
  weight: number
}

/** The customers, numbered in the order they signed up. The first of every state is there before the first order. */
export const createCustomers = (settings: EcommerceSettings): Customer[] => {
  const random = createRandom(`${settings.seed}/customers`)
  const dealState = createDealer(random, 0)
  const dealSegment = createDealer(random, 0)
  const signupDay = signupDays(settings, random)
  const uniqueEmail = emails()
  const customers = Array.from({ length: settings.numCustomers }, (_, i) => {
    const state = states[dealState(stateWeights)]!
    // The first one, who signed up early, is a company: even a handful of customers has a buyer for the large order.
    const segment = i === 0 ? 'Corporate' : segments[dealSegment(segmentShares)]!
    const { name, mailbox, host } = segment === 'Consumer' ? personName(random) : companyName(random)
    return {
      id: 0,
      name,
      email: uniqueEmail(mailbox, host),
      state: state.name,
      city: state.cities[random.weighted(cityWeights, state.cities.length)]!,
      segment,
      signupDay: signupDay(state.name),
      weight: loyalty(random),
    }
  })
  customers.sort((a, b) => a.signupDay - b.signupDay)
  return customers.map((customer, i) => ({ ...customer, id: i + 1 }))
}

const stateWeights = states.map(s => s.weight)
const segmentShares = [62, 25, 13]
const cityWeights = accumulate([10, 6, 5, 4, 3, 2])

/** Most orders come from few customers: the most loyal tenth orders about five times as often as the least loyal half. */
const loyalty = (random: Random) => 10 + Math.floor(200 / (1 + random.below(20)))

const signupDays = ({ startDate, endDate }: EcommerceSettings, random: Random) => {
  const [start, end] = [dayNumber(startDate), dayNumber(endDate)]
  const seen = new Set<string>()
  return (state: string): number => {
    const before = !seen.has(state) || random.chance(60)
    seen.add(state)
    return before ? start - 1 - random.below(2 * 365) : start + random.below(end - start + 1)
  }
}

const emails = () => {
  const taken = new Map<string, number>()
  return (mailbox: string, host: string): string => {
    const count = (taken.get(mailbox) ?? 0) + 1
    taken.set(mailbox, count)
    return `${mailbox}${count === 1 ? '' : count}@${host}`
  }
}
