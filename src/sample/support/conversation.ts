import type { Random } from '../random.ts'
import { answerTo, complaints, failures, praises } from './answers.ts'
import { type Category, categories, categoryShares, type Product } from './categories.ts'
import { feedbackPerMille, isOutage, outageDelay } from './events.ts'
import { joiners, phrasesOf } from './phrases/phrases.ts'
import type { Session } from './sessions.ts'
import { fillSlots } from './slots.ts'
import type { SharedColumn } from './tables.ts'
import { mistype } from './typos.ts'

/** One message and its answer; `id` is given when all of them are in order. */
export type Interaction = Record<Exclude<SharedColumn, 'id' | 'time_stamp'>, number | string | boolean | null> & {
  time_stamp: number
  is_mobile_app: boolean
}

/** What is said in a session, message by message. */
export const converse = (session: Session, product: Product, random: Random): Interaction[] => {
  const id = uuid(random)
  const said: { input: string; output: string }[] = []
  const both = session.messages >= 3 && random.chance(0.8)
  let time = session.start
  return Array.from({ length: session.messages }, (_, i): Interaction => {
    const outage = isOutage(session.day)
    const category = categoryOf(session, i, random)
    const input = newInput(session, { category, product, said }, random)
    const failed = random.chance(outage ? 33 : 0.8)
    const output = failed ? 'Something went wrong. Please try again.' : answerTo(category, session.language, random)
    const context = category === 'General conversation' || category === 'Out of scope' ? null : documents(random)
    const history = said.slice(-2)
    said.push({ input, output })
    const times = timesOf(category, outage, random)
    const opinion = both ? planted(session, i) : opinionOn(category, outage, random)
    const voice = random.chance(session.mobile ? 15 : 5)
    const row: Interaction = {
      time_stamp: time,
      user_id: session.person.id,
      session_id: id,
      input,
      output,
      full_prompt: `You are the assistant of a ${product} supply company. Language: ${session.language}. Context: ${context ?? 'none'}. User: ${input}`,
      chat_history: history.length > 0 ? JSON.stringify(history) : null,
      context,
      user_feedback: opinion,
      user_feedback_reason: reasonOf(opinion, random),
      message_id: `m_${hex(random, 12)}`,
      query_category: category,
      environment: session.environment,
      chat_bubble: session.bubble,
      context_aware: i > 0 && random.chance(80),
      chat_language: session.language,
      ...times,
      errors: failed ? random.pick(failures) : null,
      is_voice_input: voice,
      original_transcription: voice ? `uh ${input.toLowerCase()}` : null,
      is_mobile_app: session.mobile,
    }
    time += times.response_time + pause(random)
    return forget(row, { isFirst: i === 0, isLast: i === session.messages - 1 }, random)
  })
}

const hex = (random: Random, length: number) => Array.from({ length }, () => random.below(16).toString(16)).join('')

const uuid = (random: Random) => [8, 4, 4, 4, 12].map(length => hex(random, length)).join('-')

/** Three of four messages are about what the session is about; the first one always is. */
const categoryOf = ({ category }: Session, i: number, random: Random): Category =>
  i === 0 || random.chance(75) ? category : random.pick(categories)

type About = { category: Category; product: Product }

/** Hardly anybody says the same twice in a conversation. */
const newInput = (
  session: Session,
  { said, ...about }: About & { said: { input: string }[] },
  random: Random,
): string => {
  const first = inputOf(session, about, random)
  return said.some(({ input }) => input === first) ? inputOf(session, about, random) : first
}

const inputOf = ({ language }: Session, { category, product }: About, random: Random): string => {
  const one = (about: Category) => fillSlots(random.pick(phrasesOf(language, about, product)), random, product)
  const first = one(category)
  if (!random.chance(4)) return mistype(first, random)
  const joined = first.replace(/[?.!]+$/, '') + random.pick(joiners[language]) + one(random.pick(wished))
  return mistype(joined, random)
}

/** What people also want when they want several things. */
const wished = categories.filter(c => categoryShares.pool[c] > 60)

const documents = (random: Random) => `doc:${1000 + random.below(900)}, doc:${1000 + random.below(900)}`

/** Milliseconds. The time of an answer is the sum of its parts. */
const timesOf = (category: Category, outage: boolean, random: Random) => {
  const factor = outage ? outageDelay : 1
  const lookup = category === 'Pricing / inventory' || category === 'Orders' ? 700 : 0
  const orch_1_time = factor * (250 + random.below(500))
  const orch_2_time = factor * (400 + random.below(900))
  const execution_flow_time = factor * (600 + lookup + random.below(1800) + (random.chance(4) ? random.below(6000) : 0))
  const residual_time = 20 + random.below(160)
  const response_time = orch_1_time + orch_2_time + execution_flow_time + residual_time
  return { orch_1_time, orch_2_time, response_time, execution_flow_time, residual_time }
}

const opinionOn = (category: Category, outage: boolean, random: Random) => {
  const { positive, negative } = feedbackPerMille(category, outage)
  const drawn = random.below(1000)
  return drawn < positive ? 'positive' : drawn < positive + negative ? 'negative' : null
}

/** Some are annoyed first and pleased in the end. */
const planted = ({ messages }: Session, i: number) => (i === 0 ? 'negative' : i === messages - 1 ? 'positive' : null)

const reasonOf = (opinion: string | null, random: Random) => {
  if (opinion === null || !random.chance(60)) return null
  return random.pick(opinion === 'negative' ? complaints : praises)
}

/** Until the next message: reading the answer and typing. Milliseconds. */
const pause = (random: Random) => 8_000 + random.below(55_000) + (random.chance(15) ? random.below(200_000) : 0)

/** Now and then the log misses who it was, which session, or which category; never on the first message. */
const forget = (row: Interaction, { isFirst, isLast }: { isFirst: boolean; isLast: boolean }, random: Random) => {
  const drawn = random.below(1000)
  if (isFirst) return row
  if (drawn < 12) return { ...row, user_id: null }
  if (drawn < 20) return isLast ? row : { ...row, session_id: null }
  return drawn < 36 ? { ...row, query_category: null } : row
}
