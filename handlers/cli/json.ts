import type { Answer, Answered, Choice, Receipt, Told } from '#src/vocabulary/answer.ts'
import type { Chart } from '#src/vocabulary/chart.ts'
import type { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Fact, Story } from '#src/vocabulary/fact.ts'
import type { Query } from '#src/vocabulary/query.ts'
import { type Cell, type Column, toRecords } from '#src/vocabulary/table.ts'

/** The contract that scripts rely on: every key is always there, so a script need not ask which kind of answer it has. */
export type JsonAnswer = {
  status: 'answered' | 'clarify' | 'refused' | 'empty'
  id: string
  question: string
  domain: string
  query: Query | null
  sql: string | null
  params: readonly unknown[]
  columns: Pick<Column, 'name' | 'type' | 'role'>[]
  rows: Record<string, Cell>[]
  /** The row cap was reached: there are more rows than `rows` has. */
  truncated: boolean
  facts: Fact[]
  story: { headline: string; summary: string; insights: string[]; implications: string[] } | null
  chart: Chart | null
  receipt: Receipt | null
  message: string
  /** Words of the question that were not used, as typed. */
  unused: string[]
  choices: Pick<Choice, 'label' | 'question'>[]
  /** Only of refused answers. */
  code?: string
  /** Only of things told, such as a catalogue. */
  items?: Told['items']
}

export type JsonFailure = { status: 'failed'; code: string; message: string }

/** An answer as the terminal prints it with `--json`. Something told is `answered` without rows, its text in `message`. */
export const toJson = (answer: Answer): JsonAnswer => {
  switch (answer.status) {
    case 'answered':
      return answeredJson(answer)
    case 'told':
      return { ...blank(answer), status: 'answered', message: toldText(answer), items: answer.items }
    case 'clarify':
      return { ...blank(answer), status: 'clarify', message: answer.message, unused: answer.unused }
    case 'refused':
      return { ...blank(answer), status: 'refused', message: answer.message, code: answer.code }
    case 'empty':
      return { ...blank(answer), status: 'empty', message: answer.message, ...worked(answer.query, answer.receipt) }
  }
}

export const toFailure = ({ code, message }: ChartroomError): JsonFailure => ({ status: 'failed', code, message })

/** One line of JSON. Integers beyond what a JSON number keeps exactly become text, instants ISO 8601. */
export const jsonLine = (value: JsonAnswer | JsonFailure): string =>
  `${JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? exact(part) : part))}\n`

const exact = (value: bigint) => (Number.isSafeInteger(Number(value)) ? Number(value) : value.toString())

const answeredJson = (answer: Answered): JsonAnswer => ({
  ...blank(answer),
  status: 'answered',
  ...worked(answer.query, answer.receipt),
  columns: answer.table.columns.map(({ name, type, role }) => ({ name, type, role })),
  rows: toRecords(answer.table),
  truncated: answer.table.truncated,
  facts: answer.facts,
  story: storyJson(answer.story),
  chart: answer.chart,
  message: answer.story.headline.text,
  unused: answer.unused,
})

const blank = (answer: Answer): Omit<JsonAnswer, 'status' | 'message'> => ({
  id: answer.id,
  question: answer.question,
  domain: answer.domain,
  query: null,
  sql: null,
  params: [],
  columns: [],
  rows: [],
  truncated: false,
  facts: [],
  story: null,
  chart: null,
  receipt: null,
  unused: [],
  choices: (answer.status === 'answered' ? answer.next : answer.choices).map(({ label, question }) => ({
    label,
    question,
  })),
})

const worked = (query: Query, receipt: Receipt) => ({ query, sql: receipt.sql, params: receipt.params, receipt })

const storyJson = ({ headline, summary, insights, implications }: Story) => ({
  headline: headline.text,
  summary: summary.map(s => s.text).join(' '),
  insights: insights.map(s => s.text),
  implications: implications.map(s => s.text),
})

const toldText = ({ title, paragraphs, items }: Told) =>
  [title, ...paragraphs, ...items.map(({ term, text }) => (text ? `${term}: ${text}` : term))].join('\n')
