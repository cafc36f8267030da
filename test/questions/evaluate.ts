import { readFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'
import { parse } from 'yaml'
import { createAsk } from '#src/ask.ts'
import type { Domain } from '#src/domain.ts'
import { fixedEffects } from '#src/effects.ts'
import { type Judged, judge } from '#src/eval/judge.ts'
import type { Worked } from '#src/eval/questions.ts'
import { createThreads } from '#src/threads.ts'
import type { Cell } from '#src/vocabulary/table.ts'

export type { Worked }

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
    outcomes.push({ worked, ...asRules(await judge(worked, answer, check)) })
  }
  return outcomes
}

/** Rules that decline or find nothing where there is something have given no wrong number. */
const asRules = ({ verdict, got, detail }: Judged): Omit<Outcome, 'worked'> => {
  const gave = got === 'answered' || got === 'told'
  return { verdict: verdict === 'right' || (verdict === 'wrong' && gave) ? verdict : 'asked', got, detail }
}

type Check = (sql: string) => Promise<Cell[][]>

const rawQueries = async (database: string): Promise<Check> => {
  const instance = await DuckDBInstance.create(database, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  await connection.run("set timezone = 'UTC'")
  return async sql => (await connection.runAndReadAll(sql)).getRowsJson() as Cell[][]
}

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
