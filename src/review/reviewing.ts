import type { FindDomain } from '#src/ask.ts'
import type { Domain } from '#src/domain.ts'
import { draftOf } from '#src/nl2sql/draft-of.ts'
import { lemma } from '#src/question/lemma.ts'
import { read } from '#src/question/read.ts'
import type { Complaint, Complaints, Settled } from '#src/store/complaints.ts'
import type { LatestAnswer, LatestAnswers } from '#src/store/latest-answer.ts'
import type { Lesson, Lessons } from '#src/store/lessons.ts'
import type { Answered } from '#src/vocabulary/answer.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Asker, Question } from '#src/vocabulary/question.ts'

export type ReviewingParts = {
  complaints: Complaints
  lessons: Lessons
  answers: Pick<LatestAnswers, 'after' | 'last' | 'byId'>
  find: FindDomain
  mayManage: (turn: Turn) => boolean
}

type Turn = Omit<Question, 'text'>

/** Another word for something: "gizmo" for the dimension product. */
export type Synonym = { word: string; name: string; label: string }

/** A complaint, and what could be made of it with one click. */
export type Review = {
  complaint: Complaint
  reading?: string
  /** Answers that followed in the same conversation: one of them may be the right one. */
  right: { id: string; reading: string }[]
  synonyms: Synonym[]
}

export type ReviewDeed =
  /** `answer` is the id of the right one; absent: the last of the conversation in which it is said. */
  | { deed: 'example'; answer?: string }
  | { deed: 'synonym'; word: string; name: string }
  /** `rule` absent: the reason that was given. */
  | { deed: 'rule'; rule?: string }
  | { deed: 'resolved' }
  | { deed: 'ignored' }

/** What came of it; `problem` says why nothing did. */
export type Reviewed = { done: string; lesson?: number } | { problem: string; near?: string[] } | undefined

/** All throw `access/admins-only` for others. */
export type Reviewing = {
  list: (turn: Turn) => Promise<Complaint[]>
  /** Undefined when there is none of that number. */
  open: (turn: Turn, nth: number) => Promise<Review | undefined>
  settle: (turn: Turn, nth: number, deed: ReviewDeed) => Promise<Reviewed>
  lessons: (turn: Turn) => Promise<({ nth: number } & Lesson)[]>
  forget: (turn: Turn, nth: number) => Promise<boolean>
}

const [mostListed, mostOffered] = [20, 3]

/** Looking at what people said against answers, and making something of it. */
export const createReviewing = ({ complaints, lessons, answers, find, mayManage }: ReviewingParts): Reviewing => {
  const check = (turn: Turn) => {
    if (!mayManage({ asker: turn.asker })) throw ChartroomError.of('access/admins-only')
  }
  const domainOf = (domain: string | undefined, { asker }: Turn) => find(domain, { asker })
  // Of data that somebody brought for themselves an admin sees no more than the complaint.
  const seen = (domain: string | undefined, turn: Turn) =>
    domainOf(domain, turn).catch(error => {
      if (error instanceof ChartroomError && error.code === 'domain/unknown') return undefined
      throw error
    })
  return {
    list: async turn => {
      check(turn)
      return complaints.open(turn.asker, mostListed)
    },
    open: async (turn, nth) => {
      check(turn)
      const complaint = await complaints.get(turn.asker, nth)
      if (!complaint) return undefined
      const later = await answers.after(complaint.id, 10)
      const right = later.filter(({ answer }) => isOther(answer, complaint)).slice(0, mostOffered)
      const domain = await seen(complaint.domain, turn)
      return {
        complaint,
        ...(complaint.answer && 'receipt' in complaint.answer && { reading: complaint.answer.receipt.reading }),
        right: right.map(({ answer }) => ({ id: answer.id, reading: answer.receipt.reading })),
        synonyms: domain ? (await synonymsFor(complaint, { right, domain })).slice(0, mostOffered) : [],
      }
    },
    settle: async (turn, nth, deed) => {
      check(turn)
      const complaint = await complaints.get(turn.asker, nth)
      if (!complaint) return undefined
      if (deed.deed === 'resolved' || deed.deed === 'ignored') {
        await complaints.settle(nth, deed.deed)
        return { done: deed.deed === 'resolved' ? 'Resolved' : 'Ignored' }
      }
      const domain = await seen(complaint.domain, turn)
      if (!domain) return { problem: 'You do not see that data, so it can only be resolved or ignored.' }
      const made = await lessonFrom(deed, { complaint, domain, turn, answers })
      if ('problem' in made) return made
      const lesson = await lessons.put(domain.model.domain, made.lesson, turn.asker && ownerOf(turn.asker))
      await complaints.settle(nth, made.lesson.kind satisfies Settled)
      return { done: made.done, lesson }
    },
    lessons: async turn => {
      check(turn)
      return lessons.of((await domainOf(turn.domain, turn)).model.domain)
    },
    forget: async (turn, nth) => {
      check(turn)
      const domain = await domainOf(turn.domain, turn)
      const known = (await lessons.of(domain.model.domain)).some(lesson => lesson.nth === nth)
      if (known) await lessons.remove(nth)
      return known
    },
  }
}

const ownerOf = ({ platform, tenant, user }: Asker) => ({ platform, tenant, user })

/** The same answer again is not the right one. */
const isOther = (answer: Answered, { answer: wrong }: Complaint) =>
  !wrong ||
  !('receipt' in wrong) ||
  answer.receipt.sql !== wrong.receipt.sql ||
  answer.receipt.reading !== wrong.receipt.reading

type Making = { complaint: Complaint; domain: Domain; turn: Turn; answers: ReviewingParts['answers'] }
type Made = { lesson: Lesson; done: string } | { problem: string; near?: string[] }

const lessonFrom = async (
  deed: Extract<ReviewDeed, { deed: 'example' | 'synonym' | 'rule' }>,
  { complaint, domain, turn, answers }: Making,
): Promise<Made> => {
  switch (deed.deed) {
    case 'example':
      return exampleFrom(await rightOne(deed, { complaint, turn, answers }), complaint)
    case 'synonym':
      return synonymFrom(deed, domain)
    case 'rule': {
      const rule = (deed.rule ?? complaint.reason ?? '').replace(/\s+/g, ' ').trim().slice(0, 300)
      return rule
        ? { lesson: { kind: 'rule', rule }, done: `The language model is told: “${rule}”` }
        : {
            problem:
              'No reason was given, so say the rule behind the command: data review 12 rule never count test orders.',
          }
    }
  }
}

const rightOne = async (
  { answer }: Extract<ReviewDeed, { deed: 'example' }>,
  { complaint, turn, answers }: Omit<Making, 'domain'>,
): Promise<LatestAnswer | undefined> => {
  const { asker, thread } = turn
  if (answer !== undefined) return (await answers.after(complaint.id, 10)).find(later => later.answer.id === answer)
  return thread === undefined ? undefined : answers.last(thread, asker)
}

const exampleFrom = (right: LatestAnswer | undefined, { question, domain }: Complaint): Made => {
  if (!right || right.answer.domain !== domain)
    return { problem: 'Ask the question here in a way that gives the right answer first, then say it again.' }
  const { receipt, query } = right.answer
  const { origin, sql, reading } = receipt
  if (origin === 'generated')
    return {
      lesson: { kind: 'example', question, sql },
      done: `The language model is shown: “${question}” is ${reading}`,
    }
  const draft = draftOf(query)
  return draft
    ? {
        lesson: { kind: 'example', question, query: draft },
        done: `The language model is shown: “${question}” is ${reading}`,
      }
    : { problem: 'That answer holds something that a language model cannot write as a query.' }
}

const synonymFrom = ({ word, name }: { word: string; name: string }, { model }: Domain): Made => {
  const things = [...thingsOf(model.measures, 'measure'), ...thingsOf(model.dimensions, 'dimension')]
  const found = things.find(thing => thing.names.some(known => plain(known) === plain(name)))
  if (!found) return { problem: `There is no measure or dimension called “${name}”.` }
  const other = things.find(thing => thing.names.some(known => plain(known) === plain(word)))
  if (other)
    return { problem: other === found ? `“${word}” means that already.` : `“${word}” already means ${other.label}.` }
  return {
    lesson: { kind: 'synonym', word: plain(word), of: found.of, name: found.name },
    done: `“${plain(word)}” now means ${found.label}`,
  }
}

type Thing = { of: 'measure' | 'dimension'; name: string; label: string; names: string[] }

const thingsOf = (
  things: Record<string, { name: string; label: string; synonyms: string[]; hidden: boolean; personal?: boolean }>,
  of: Thing['of'],
): Thing[] =>
  Object.values(things)
    .filter(({ hidden, personal }) => !hidden && !personal)
    .map(({ name, label, synonyms }) => ({ of, name, label, names: [name, label, ...synonyms] }))

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim()

/** Words of the question that nothing is known of, for what the right answers hold and the question does not name. */
const synonymsFor = async (
  { question }: Complaint,
  { right, domain }: { right: readonly LatestAnswer[]; domain: Domain },
): Promise<Synonym[]> => {
  const { model } = domain
  const { lexicon, range } = await domain.knowledge()
  const { unused } = read(question, { model, lexicon, range, today: '2000-01-01' })
  const words = [...new Set(unused.map(plain))].filter(word => /^[\p{L}][\p{L}\p{N} ]{1,39}$/u.test(word))
  const names = right.flatMap(({ answer: { query, receipt } }) =>
    receipt.origin === 'certified'
      ? [
          ...query.splits.flatMap(split => ('dimension' in split ? [split.dimension] : [])),
          ...query.measures.map(({ measure }) => measure),
        ]
      : [],
  )
  const said = new Set((question.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map(lemma))
  const things = [...new Set(names)].flatMap(name => model.dimensions[name] ?? model.measures[name] ?? [])
  const unsaid = things.filter(
    ({ label }) =>
      !label
        .toLowerCase()
        .split(/\s+/)
        .every(word => said.has(lemma(word))),
  )
  return words
    .slice(0, 2)
    .flatMap(word => unsaid.slice(0, 2).map(({ name, label }) => ({ word: lemma(word), name, label })))
}
