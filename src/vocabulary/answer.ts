import type { Chart, ChartKind, DiagramChart } from './chart.ts'
import type { Fact, Story } from './fact.ts'
import type { Query } from './query.ts'
import type { Table } from './table.ts'

/** Something one can click or type instead. `query` is set when it is a reading; else `question` is asked as text. */
export type Choice = { label: string; question: string; query?: Query }

/** How an answer was worked out. */
export type Receipt = {
  domain: string
  /** certified: compiled from the semantic model; generated: SQL written by a model. */
  origin: 'certified' | 'generated'
  /** What was understood, in words: "Revenue by category, Oct–Dec 2023". */
  reading: string
  measures: { name: string; label: string; definition: string }[]
  filters: string[]
  period?: string
  /** Things a careful reader must know: guesses, typos read, periods read again, parts that exceed the total. */
  notes: string[]
  sql: string
  params: readonly unknown[]
  rows: number
  truncated: boolean
  /** The last moment the data knows of, ISO, and where it came from. */
  freshness: { dataUntil?: string; source: string }
  cached: boolean
  /** Milliseconds from question to answer, without drawing. */
  ms: number
  /** Who verified it and on which day (`YYYY-MM-DD`). */
  verified?: { by: string; at: string }
  /** What computed the rows from those of `sql`, when they are not its own. */
  program?: string
  /** Who told the story; absent: it is computed. */
  words?: 'computed' | 'model'
  /** What asks for exactly this again, of a KPI that is more than a query: "kpi segments pool from … to …". */
  command?: string
  /** What a language model did, step by step, in words. */
  steps?: string[]
  /** `cost` is in US dollars; 0 when nobody knows the price. `prompt` is the text's name and version. */
  model?: { name: string; cost: number; tokens: number; prompt: string }
}

type Common = {
  /** Unique; buttons and threads refer to it. */
  id: string
  question: string
  domain: string
  /** It holds what not everybody in the place may see: it is shown to the asker alone. */
  onlyForAsker?: true
  /** A language model chose to say this: it asks back, declines, or asked in parts. Absent: rules did, or the receipt says it. */
  by?: 'model'
}

export type Answered = Common & {
  status: 'answered'
  query: Query
  table: Table
  facts: Fact[]
  story: Story
  chart: Chart
  receipt: Receipt
  /** Words of the question that were not used, as typed. Empty when all were. */
  unused: string[]
  /** What one may want next, at most four. */
  next: Choice[]
  /** What the menus under it offer to those who read it. Absent: it is worked out for whoever owns it. */
  options?: AnswerOptions
}

/** What an answer can be changed to: other periods, other splits, and the chart kinds that fit the result. */
export type AnswerOptions = { periods: Choice[]; splits: Choice[]; charts: ChartKind[] }

/** No menus. */
export const noOptions: AnswerOptions = { periods: [], splits: [], charts: [] }

/** The question can be read in more than one way, or not wholly; nothing was run that could be mistaken for the answer. */
export type Clarify = Common & { status: 'clarify'; message: string; unused: string[]; choices: Choice[] }

/** Understood, and not given: not allowed, or makes no sense. `code` is like `period/next` or `measure/not-by-dimension`. */
export type Refused = Common & { status: 'refused'; code: string; message: string; choices: Choice[] }

/** Understood and run; there are no rows. Says which range the data has. */
export type Empty = Common & { status: 'empty'; message: string; query: Query; receipt: Receipt; choices: Choice[] }

/** Something told, without a query: help, a definition, a catalogue. Status `answered` in JSON, with no rows. */
export type Told = Common & {
  status: 'told'
  title: string
  paragraphs: string[]
  items: { term: string; text: string; ask?: string }[]
  /** A picture beside the words; the items say the same. */
  chart?: DiagramChart
  /** A language model wrote it; absent: we did. */
  words?: 'model'
  choices: Choice[]
}

/** Told all sentences of a story that were written and checked so far, while more may come. The answer itself says them again. */
export type OnStory = (sentences: readonly string[]) => void

/** What `ask()` gives. A failure is an error, not an answer. */
export type Answer = Answered | Clarify | Refused | Empty | Told
