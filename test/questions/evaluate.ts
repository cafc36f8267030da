import { readFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'
import { parse } from 'yaml'
import { createAsk } from '#src/ask.ts'
import type { Domain } from '#src/domain.ts'
import { fixedEffects } from '#src/effects.ts'
import { sameRows } from '#src/eval/same-rows.ts'
import { createThreads } from '#src/threads.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import type { Cell } from '#src/vocabulary/table.ts'

/** One worked question, as its writer left it. `sql` is a hand-written check against the raw tables. */
export type Worked = {
  id: string
  kind: string
  question: string
  today?: string
  thread?: string
  expect: string | string[]
  ordered?: boolean
  columns?: 'prefix'
  sql?: string
  mentions?: string[]
  note?: string
}

/** right: as the writer said. asked: asked back, refused or found nothing where an answer was expected. wrong: a wrong answer given as if it were right. */
export type Verdict = 'right' | 'asked' | 'wrong'
export type Outcome = { worked: Worked; verdict: Verdict; got: string; detail: string }

export const readWorked = (file: string): Worked[] =>
  parse(readFileSync(new URL(`./${file}.yaml`, import.meta.url), 'utf8')) as Worked[]

/** Asks every question of a file in order and compares what came with what its check query gives. */
export const evaluate = async (
  questions: Worked[],
  { domain, database, today }: { domain: Domain; database: string; today: string },
): Promise<Outcome[]> => {
  const ask = createAsk({
    domain: async () => domain,
    threads: createThreads(),
    warn: () => undefined,
    effects: fixedEffects(),
  })
  const check = await rawQueries(database)
  const outcomes: Outcome[] = []
  for (const worked of questions) {
    const answer = await ask({ text: worked.question, thread: worked.thread, today: worked.today ?? today })
    outcomes.push({ worked, ...(await judge(worked, answer, check)) })
  }
  return outcomes
}

type Check = (sql: string) => Promise<Cell[][]>

const rawQueries = async (database: string): Promise<Check> => {
  const instance = await DuckDBInstance.create(database, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  await connection.run("set timezone = 'UTC'")
  return async sql => (await connection.runAndReadAll(sql)).getRowsJson() as Cell[][]
}

const judge = async (worked: Worked, answer: Answer, check: Check): Promise<Omit<Outcome, 'worked'>> => {
  const expected = [worked.expect].flat()
  const status = answer.status === 'told' ? 'answered' : answer.status
  const detail = saying(answer)
  if (!expected.includes(status)) return { verdict: status === 'answered' ? 'wrong' : 'asked', got: status, detail }
  if (status !== 'answered') return { verdict: 'right', got: status, detail }
  const text = JSON.stringify(answer).toLowerCase()
  const missing = (worked.mentions ?? []).filter(m => !text.includes(m.toLowerCase()))
  if (missing.length > 0)
    return { verdict: 'wrong', got: status, detail: `${detail}; does not mention ${missing.join(', ')}` }
  if (!worked.sql) return { verdict: 'right', got: status, detail }
  if (answer.status !== 'answered') return { verdict: 'wrong', got: 'told', detail }
  const want = await check(worked.sql)
  const same = sameRows(answer.table.rows, want, worked)
  return {
    verdict: same ? 'right' : 'wrong',
    got: status,
    detail: same ? detail : `${detail}\n      want ${short(want)}\n      got  ${short(answer.table.rows)}`,
  }
}

const saying = (answer: Answer): string => {
  if (answer.status === 'answered' || answer.status === 'empty') return answer.receipt.reading
  if (answer.status === 'told') return `told: ${answer.title}`
  return `${answer.message} ${answer.choices.map(c => `[${c.label}]`).join(' ')}`
}

const short = (rows: Cell[][]) => JSON.stringify(rows).slice(0, 170)

/** Counts of verdicts per kind of question. */
export const tally = (outcomes: Outcome[]): Record<string, Record<Verdict, number>> => {
  const kinds = [...new Set(outcomes.map(o => o.worked.kind))]
  return Object.fromEntries(
    kinds.map(kind => {
      const of = (verdict: Verdict) => outcomes.filter(o => o.worked.kind === kind && o.verdict === verdict).length
      return [kind, { right: of('right'), asked: of('asked'), wrong: of('wrong') }]
    }),
  )
}
