import type { Domain, Knowledge } from '#src/domain.ts'
import { read } from '#src/question/read.ts'
import { previousPeriod } from '#src/semantic/calendar.ts'
import type { Verification } from '#src/store/verified.ts'
import type { Answered } from '#src/vocabulary/answer.ts'
import type { IsoDate } from '#src/vocabulary/period.ts'
import type { Query } from '#src/vocabulary/query.ts'
import { datesIn, named, periodsIn } from './periods.ts'

/** An answer as it is to be verified, and what is needed to read its question again. */
export type Kept = { answer: Answered; domain: Domain; knowledge: Knowledge; day: IsoDate }

/** What is kept of an answer: a question that says all of it, and what answers that; or why it cannot be. */
export type Keeping = Pick<Verification, 'question' | 'asked' | 'periods'> | { problem: string }

/**
 * An answer is asked again on other days and in other conversations. So its question must say all that the query holds: of a follow-up or a click
 * the reading is kept in place of the words, and dates that no word of the question stands for are a problem.
 */
export const keepingOf = (kept: Kept): Keeping => {
  const { answer, day } = kept
  const { origin, sql, reading, model, program, command } = answer.receipt
  if (command !== undefined) return { problem: 'A command gave it, and gives the same whenever it is said.' }
  if (program !== undefined)
    return { problem: 'It was computed by a program on the rows of a query, and only queries can be verified.' }
  if (origin === 'generated')
    return keepSql({ sql, says: reading, question: answer.question }, { ...kept, today: day, model: kept.domain.model })
  const query = withoutChart(answer.query)
  if (readsAs(answer.question, query, kept)) return { question: answer.question, asked: { query }, periods: [] }
  if (model && namesItsPeriods(answer.question, query, kept))
    return { question: answer.question, asked: { query }, periods: [] }
  const at = { ...kept, today: day, model: kept.domain.model }
  if (query.intent === 'value' && !periodsIn(reading, at).some(({ moves }) => moves))
    return { question: reading, asked: { query }, periods: [] }
  return { problem: 'Its words do not say all of it. Ask it as one whole question with its period, and verify that.' }
}

/** Whether the rules alone read a text as a query, its periods placed on the day that it was asked. */
export const readsAs = (text: string, query: Query, { domain, knowledge, day }: Omit<Kept, 'answer'>): boolean => {
  const { lexicon, range } = knowledge
  const { candidates, unused } = read(text, { model: domain.model, lexicon, range, today: day })
  return unused.length === 0 && candidates[0] !== undefined && sameQuery(candidates[0].query, query)
}

export const sameQuery = (a: Query, b: Query): boolean => inOrder(a) === inOrder(b)

export const withoutChart = ({ chart: _, ...query }: Query): Query => query

/** Labels say how a period was asked for, not which one it is. */
const inOrder = (query: Query) =>
  JSON.stringify(withoutChart(query), (key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([name, part]) => part !== undefined && !(/^(period)$/.test(key) && !/^(start|end)$/.test(name)))
            .toSorted(([x], [y]) => (x < y ? -1 : 1)),
        )
      : value,
  )

/** Whether each period of a query is one that the question names, so that it is known what it is on another day. */
const namesItsPeriods = (text: string, { period, compare }: Query, kept: Kept): boolean => {
  const at = { ...kept, today: kept.day, model: kept.domain.model }
  const periods = periodsIn(text, at)
  const isNamed = (p: { start: string; end: string }) => periods.some(said => named(said, p, at) !== undefined)
  if (!period) return periods.length === 0 && !compare
  const before = previousPeriod(period, kept.domain.model)
  const compared =
    !compare || isNamed(compare.period) || (compare.period.start === before.start && compare.period.end === before.end)
  return isNamed(period) && compared
}

type Sql = { sql: string; says: string; question: string }

/** The dates of a SQL text must be ends of periods that the question names; else it would be wrong on another day. */
const keepSql = ({ sql, says, question }: Sql, at: Parameters<typeof periodsIn>[1]): Keeping => {
  const found = datesIn(sql)
  const periods = periodsIn(question, at)
  for (const again of [false, true]) {
    const placed = periods.flatMap(said => said.on(at.today, again) ?? [])
    if (placed.length < periods.length) continue
    const ends = placed.flatMap(({ start, end, last }) => [start, end, last])
    const moves = periods.some(said => said.moves)
    const shows = placed.every(({ start, end, last }) => found.some(date => [start, end, last].includes(date)))
    if (found.some(date => !ends.includes(date)) || (moves && (!shows || /\b(19|20)\d\d\b(?!-)/.test(bare(sql)))))
      continue
    return { question, asked: { sql, says }, periods: placed.map(({ start, end }) => ({ start, end, again })) }
  }
  const named = found.length > 0 ? ` (${found.slice(0, 3).join(', ')})` : ''
  return {
    problem: `Its SQL holds dates${named} that the question does not name, so it would be wrong on another day. Ask it with the period in words, and verify that.`,
  }
}

const bare = (sql: string) => sql.replace(/\d{4}-\d{2}-\d{2}/g, '')
