import type { Answer } from '#src/vocabulary/answer.ts'
import type { Cell } from '#src/vocabulary/table.ts'
import type { Worked } from './questions.ts'
import { sameRows } from './same-rows.ts'

/**
 * right: as the writer said. asked: asked back where an answer was expected; refused: it was declined; failed: nothing came. wrong: another answer,
 * given as if it were right.
 */
export const verdicts = ['right', 'wrong', 'asked', 'refused', 'failed'] as const
export type Verdict = (typeof verdicts)[number]

export type Judged = { verdict: Verdict; got: Answer['status'] | 'failed'; detail: string }

/** Compares an answer with what its question should give; `check` runs a query that was written by hand. */
export const judge = async (
  worked: Worked,
  answer: Answer,
  check: (sql: string) => Promise<Cell[][]>,
): Promise<Judged> => {
  const expected: string[] = [worked.expect].flat()
  const got = answer.status
  const status = got === 'told' ? 'answered' : got
  const detail = saying(answer)
  if (!expected.includes(status)) return { verdict: missed(status), got, detail }
  if (status !== 'answered') return { verdict: 'right', got, detail }
  const text = JSON.stringify(answer).toLowerCase()
  const missing = (worked.mentions ?? []).filter(m => !text.includes(m.toLowerCase()))
  if (missing.length > 0) return { verdict: 'wrong', got, detail: `${detail}; does not mention ${missing.join(', ')}` }
  if (!worked.sql) return { verdict: 'right', got, detail }
  if (answer.status !== 'answered') return { verdict: 'wrong', got, detail }
  const want = await check(worked.sql)
  const { rows } = answer.table
  // Nobody tells a language model which further columns not to show.
  const columns = answer.receipt.origin === 'generated' ? 'any' : worked.columns
  const same = sameRows(rows, want, { ...worked, columns })
  return same
    ? { verdict: 'right', got, detail }
    : { verdict: 'wrong', got, detail: `${detail}\n      want ${short(want)}\n      got  ${short(rows)}` }
}

const missed = (status: string): Verdict => {
  if (status === 'clarify') return 'asked'
  return status === 'refused' ? 'refused' : 'wrong'
}

const saying = (answer: Answer): string => {
  if (answer.status === 'answered' || answer.status === 'empty') return answer.receipt.reading
  if (answer.status === 'told') return `told: ${answer.title}`
  return `${answer.message} ${answer.choices.map(c => `[${c.label}]`).join(' ')}`
}

const short = (rows: Cell[][]) => JSON.stringify(rows).slice(0, 170)
