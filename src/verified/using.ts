import { type Ask, type Asked, type FindDomain, todayIn } from '#src/ask.ts'
import type { Domain, Knowledge } from '#src/domain.ts'
import type { Effects } from '#src/effects.ts'
import { lookFirst } from '#src/generated.ts'
import { read } from '#src/question/read.ts'
import { maxLength } from '#src/question/tokens.ts'
import type { Verification, Verifications } from '#src/store/verified.ts'
import type { Threads } from '#src/threads.ts'
import type { Answer, Choice } from '#src/vocabulary/answer.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { IsoDate } from '#src/vocabulary/period.ts'
import type { Question } from '#src/vocabulary/question.ts'
import { type AskedOn, askedOn } from './as-of.ts'
import { sameQuery, withoutChart } from './keep.ts'
import { asksTheSame, likeness, partsOf } from './likeness.ts'

export type UsingVerified = {
  find: FindDomain
  verifications: Pick<Verifications, 'of'>
  threads: Pick<Threads, 'last'>
  /** Whether somebody may verify answers of a domain: SQL of a language model is offered to them for it. */
  mayVerify: (question: Question, domain: string) => boolean | Promise<boolean>
  /** Told of trouble that was survived. */
  warn: (event: string, error: unknown) => void
}

/**
 * The same `ask`, in which a question that somebody verified is answered by what was verified, before rules and language model. It runs anew, with
 * what the asker may see and what is there now; what does not run any more is not used. One that is only alike is offered where nothing was answered.
 */
export const createUsingVerified =
  (ask: Ask, parts: UsingVerified, { now }: Pick<Effects, 'now'>): Ask =>
  async (question, asking = {}) => {
    const domain = await parts.find(question.query?.domain ?? question.domain, question)
    const all = await parts.verifications.of([domain.model.domain]).catch(survived(parts))
    if (all.length === 0 || question.text.length > maxLength)
      return offering(await ask(question, asking), question, parts)
    const knowledge = await domain.knowledge()
    const today = question.today ?? todayIn(domain.model.zone, now())
    const at: At = { question, domain, knowledge, today, parts }
    const near = question.query || question.sql ? [] : nearOnes(all, at)
    const used = await useOne(near, at, again => ask({ ...question, domain: domain.model.domain, ...again }, asking))
    if (used) return used
    const answer = await ask(question, asking)
    const known = all.find(verified => isAnswer(answer, verified, at))
    return known ? verifiedBy(answer, known) : offering(withChoices(answer, near, at), question, parts)
  }

type Again = Pick<Asked, 'query' | 'sql'>

const useOne = async (
  near: readonly Near[],
  at: At,
  ask: (again: Again) => Promise<Answer>,
): Promise<Answer | undefined> => {
  const same = near.filter(one => one.same)
  if (same.length === 0 || (await goesOn(at))) return undefined
  for (const { verified } of same) {
    const asked = askedOn(verified, at)
    const answer = asked && (await tried(() => ask(written(asked)), at.parts))
    if (answer && 'receipt' in answer) return withNote(verifiedBy(answer, verified), verified)
  }
  return undefined
}

const written = (asked: AskedOn): Again =>
  'query' in asked ? { query: asked.query } : { sql: { text: asked.sql, says: asked.says } }

/**
 * A query that was verified is verified however it was asked, since its reading is what is told. SQL is for its question alone: a language model may
 * give the same to a question that asks for something else.
 */
const isAnswer = (answer: Answer, verified: Verification, at: At): boolean => {
  const asked = askedOn(verified, at)
  if (!asked || !('receipt' in answer)) return false
  const { origin, sql, program } = answer.receipt
  if ('query' in asked) return origin === 'certified' && sameQuery(withoutChart(answer.query), asked.query)
  if (origin !== 'generated' || program !== undefined || sql !== asked.sql) return false
  const [said, known] = [at.question.text, verified.question].map(text => partsOf(text, wordsOf(at)))
  return asksTheSame(said!, known!)
}

type At = { question: Question; domain: Domain; knowledge: Knowledge; today: IsoDate; parts: UsingVerified }

const survived =
  ({ warn }: UsingVerified) =>
  (error: unknown): Verification[] => {
    warn('verified', error)
    return []
  }

type Near = { verified: Verification; same: boolean; likeness: number }

/** Verified questions like this one, the most alike first. */
const nearOnes = (all: readonly Verification[], at: At): Near[] => {
  const words = wordsOf(at)
  const asked = partsOf(at.question.text, words)
  return all
    .map(verified => {
      const parts = partsOf(verified.question, words)
      return { verified, same: asksTheSame(asked, parts), likeness: likeness(asked, parts) }
    })
    .filter(near => near.likeness >= alike)
    .toSorted((a, b) => b.likeness - a.likeness)
}

const wordsOf = ({ domain, knowledge, today }: At) => ({ model: domain.model, knowledge, today })

/** From here on a verified question is offered. */
const alike = 0.6

/** Whether the words mean something else in this conversation than alone. */
const goesOn = async ({ question, domain, knowledge, today, parts }: At): Promise<boolean> => {
  if (refersBack.test(question.text)) return true
  const base = await parts.threads.last(question.thread).catch(() => undefined)
  if (base?.domain !== domain.model.domain) return false
  const { lexicon, range } = knowledge
  const { follows, unused, candidates } = read(question.text, { model: domain.model, lexicon, range, today, base })
  return follows && unused.length === 0 && candidates.length > 0
}

const refersBack =
  /^\s*(and|or|but|also|same|then|instead|what about|how about)\b|\b(those|these|them|that one|instead)\b/i

/** What does not run any more stands in no way. */
const tried = async (ask: () => Promise<Answer>, { warn }: UsingVerified): Promise<Answer | undefined> => {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof ChartroomError) || !error.code.startsWith('engine/') || error.code === 'engine/cancelled')
      throw error
    warn('verified/run', error)
    return undefined
  }
}

const verifiedBy = (answer: Answer, { name, at }: Verification): Answer => {
  if (!('receipt' in answer)) return answer
  const { receipt } = answer
  const notes = receipt.notes.filter(note => note !== lookFirst)
  return {
    ...answer,
    receipt: { ...receipt, notes, verified: { by: name, at: new Date(at).toISOString().slice(0, 10) } },
  }
}

const withNote = (answer: Answer, { question }: Verification): Answer => {
  if (!('receipt' in answer) || plain(answer.question) === plain(question)) return answer
  const notes = [`Read as the verified question “${question}”.`, ...answer.receipt.notes]
  return { ...answer, receipt: { ...answer.receipt, notes } }
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Where nothing was answered, verified questions that are like it are offered; not those that may tell of rows that the asker does not see. */
const withChoices = (answer: Answer, near: readonly Near[], { domain }: At): Answer => {
  if (answer.status !== 'clarify' && answer.status !== 'refused') return answer
  if (domain.notes.length > 0 || domain.session) return answer
  const offered: Choice[] = near
    .slice(0, 2)
    .map(({ verified: { question } }) => ({ label: `Verified: ${question}`, question }))
  return { ...answer, choices: [...offered, ...answer.choices] }
}

/** Under SQL of a language model, whoever may verify it can do so with one click. */
const offering = async (answer: Answer, question: Question, { mayVerify }: UsingVerified): Promise<Answer> => {
  if (answer.status !== 'answered' || answer.receipt.origin !== 'generated') return answer
  if (answer.receipt.program !== undefined || !(await mayVerify(question, answer.domain))) return answer
  const choice = { label: 'Mark as verified', question: `data verify ${answer.id}` }
  return { ...answer, next: [...answer.next, choice].slice(-4) }
}
