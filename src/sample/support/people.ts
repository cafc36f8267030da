import { accumulate, type Random } from '../random.ts'
import type { Product } from './categories.ts'

/** Somebody who talks to a bot, and how often within the whole range. */
export type Person = {
  id: string
  sessions: number
  /** Days within which all of it happens; 0: any days. */
  within: number
  /** What is spoken beside English. */
  speaks: 'en' | 'de' | 'es'
  /** Has the bot open on a counter: `counterShare` in `events.ts`. */
  counter: boolean
}

/** One person after another, without end. The first is the one with the counter. */
export function* createPeople(random: Random, product: Product, counterSessions: number): Generator<Person> {
  yield { id: idOf(0, product), sessions: counterSessions, within: 0, speaks: 'en', counter: true }
  for (let k = 1; ; k++) {
    const { sessions, within } = habits[random.weighted(cumulativeShares)]!
    const speaks = languages[random.weighted(cumulativeLanguages)]!
    yield { id: idOf(k, product), sessions: sessions(random), within, speaks, counter: false }
  }
}

/** Scattered, so that no number says when somebody came; some people are known to both bots. */
const idOf = (k: number, product: Product) => {
  const place = product === 'pool' ? k : k + 1200
  return `U-${100_000 + ((place * 7919 + 4711) % 900_000)}`
}

/** One-time, casual, regular and power users, and how many of 100 people are such. */
const habits = [
  { share: 44, within: 0, sessions: () => 1 },
  { share: 20, within: 35, sessions: () => 2 },
  { share: 29, within: 90, sessions: (random: Random) => 3 + random.below(7) },
  { share: 7, within: 0, sessions: (random: Random) => 10 + random.below(8) + random.below(8) },
]
const cumulativeShares = accumulate(habits.map(({ share }) => share))

const languages = ['en', 'de', 'es'] as const
const cumulativeLanguages = accumulate([65, 25, 10])
