import { type Day, daysOf } from '../calendar.ts'
import { accumulate, createRandom, type Random } from '../random.ts'
import { busyness, hours } from './calendar.ts'
import { categories, categoryShares, type Product } from './categories.ts'
import { counterShare, germanPercent, isPriceListWeek, mobilePercent, priceRush } from './events.ts'
import { createPeople, type Person } from './people.ts'
import type { Language } from './phrases/phrases.ts'
import type { SupportSettings } from './settings.ts'

/** One conversation before anything is said: who, when, how many messages, mostly about what. `start` is in milliseconds since 1970. */
export type Session = {
  person: Person
  day: Day
  start: number
  messages: number
  category: (typeof categories)[number]
  language: Language
  environment: string
  bubble: boolean
  mobile: boolean
}

/** All sessions to one bot, as they begin; together they have exactly `rows` messages. */
export const createSessions = (settings: SupportSettings, product: Product, rows: number): Session[] => {
  const random = createRandom(`${settings.seed}/${product}/sessions`)
  const days = daysOf(settings)
  const pickDay = createDayPicker(random, days, product)
  const counterSessions = Math.max(1, Math.round((rows / averageMessages) * counterShare))
  const sessions: Session[] = []
  let left = rows
  for (const person of createPeople(createRandom(`${settings.seed}/${product}/people`), product, counterSessions)) {
    const near = pickDay.window(person.within)
    for (let n = 0; n < person.sessions && left > 0; n++) {
      const messages = Math.min(left, 1 + random.weighted(cumulativeLengths))
      sessions.push(createSession(random, { person, product, messages, day: pickDay.in(near) }))
      left -= messages
    }
    if (left === 0) break
  }
  return sessions.sort((a, b) => a.start - b.start)
}

/** How many of 1000 sessions have 1, 2, … 15 messages. */
const lengths = [290, 220, 150, 100, 70, 50, 36, 26, 19, 13, 10, 7, 4, 3, 2]
const cumulativeLengths = accumulate(lengths)
const averageMessages = lengths.reduce((sum, weight, i) => sum + weight * (i + 1), 0) / 1000

type Window = { first: number; last: number }

/** Days as often as they are busy, within a stretch of them. */
const createDayPicker = (random: Random, days: Day[], product: Product) => {
  const weights = days.map(day => busyness(day, product))
  const running = accumulate(weights.some(weight => weight > 0) ? weights : days.map(() => 1))
  const before = (index: number) => (index === 0 ? 0 : running[index - 1]!)
  const whole = { first: 0, last: days.length - 1 }
  const draw = ({ first, last }: Window): number => {
    const share = running[last]! - before(first)
    if (share <= 0) return draw(whole)
    const target = before(first) + random.fraction() * share
    return first + running.slice(first, last + 1).findIndex(sum => sum > target)
  }
  return {
    /** All days, or so many around a day that somebody first came. */
    window: (length: number): Window => {
      if (length === 0 || length >= days.length) return whole
      const first = Math.min(draw(whole), days.length - length)
      return { first, last: first + length - 1 }
    },
    in: (window: Window): Day => days[draw(window)]!,
  }
}

type Drawn = { person: Person; product: Product; messages: number; day: Day }

const createSession = (random: Random, { person, product, messages, day }: Drawn): Session => {
  const second = random.weighted(cumulativeHours) * 3600 + random.below(3600)
  return {
    person,
    day,
    messages,
    start: (day.number * 86_400 + second) * 1000 + random.below(1000),
    category: categories[random.weighted(isPriceListWeek(day, product) ? rushShares : ordinaryShares[product])]!,
    language: languageOf(random, { person, product, day }),
    environment: person.counter ? 'production' : environments[random.weighted(cumulativeEnvironments)]!,
    bubble: random.chance(70),
    mobile: random.chance(mobilePercent(day)),
  }
}

const cumulativeHours = accumulate(hours)
const environments = ['production', 'staging', 'development']
const cumulativeEnvironments = accumulate([93, 5, 2])

const sharesOf = (product: Product, rush: number) =>
  accumulate(categories.map(c => categoryShares[product][c] * (c === 'Pricing / inventory' ? rush : 1)))
const ordinaryShares = { pool: sharesOf('pool', 1), landscape: sharesOf('landscape', 1) }
const rushShares = sharesOf('pool', priceRush)

const languageOf = (random: Random, { person, product, day }: Omit<Drawn, 'messages'>): Language => {
  const percent = { en: 0, de: germanPercent(day, product), es: 70 }[person.speaks]
  return random.chance(percent) ? person.speaks : 'en'
}
