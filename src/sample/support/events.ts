import type { Day } from '../calendar.ts'
import type { Category, Product } from './categories.ts'

/** 18 and 19 February the bots are taken down to be moved: nobody can talk to either of them. */
export const isDown = ({ month, dayOfMonth }: Day) => month === 2 && (dayOfMonth === 18 || dayOfMonth === 19)

/** 25 April, both bots answer six times as slowly, every third answer fails, and people say that they are annoyed. */
export const isOutage = ({ month, dayOfMonth }: Day) => month === 4 && dayOfMonth === 25

/** By how much an outage stretches the time of an answer. */
export const outageDelay = 6

/** 8–14 May a new price list of the pool shop is out: three times as many conversations about prices as otherwise, all others as before. */
export const isPriceListWeek = ({ month, dayOfMonth }: Day, product: Product) =>
  product === 'pool' && month === 5 && dayOfMonth >= 8 && dayOfMonth <= 14

export const priceRush = 3

/** Of the people who speak German in their team, how many of 100 write German: few on the first day, most on the last. Only of the pool bot. */
export const germanPercent = ({ progress }: Day, product: Product) => (product === 'pool' ? 12 + 76 * progress : 12)

/** From 1 April on the landscape bot is in the mobile app; before, a few people tried it. */
export const mobilePercent = ({ month }: Day) => (month >= 4 ? 45 : 5)

/** One branch of the pool shop has the bot open on its counter all day: about one session in fifty is from this user. */
export const counterShare = 0.02

/** How many of 1000 answers somebody likes or dislikes. */
export const feedbackPerMille = (category: Category, outage: boolean): { positive: number; negative: number } => {
  if (outage) return { positive: 15, negative: 320 }
  return { positive: 70, negative: category === 'Compatible parts' || category === 'Out of scope' ? 62 : 32 }
}
