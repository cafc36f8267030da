import type { AuditReport } from '#src/access/audit-report.ts'
import type { UsageReport } from '#src/access/usage-report.ts'
import type { Dataset, DatasetVersion } from '#src/datasets/dataset.ts'
import type { Datasets, Hands } from '#src/datasets/datasets.ts'
import type { Reviewing } from '#src/review/reviewing.ts'
import type { Reloaded } from '#src/sources/reload.ts'
import type { Verifying } from '#src/verified/verifying.ts'
import type { Answer, OnStory } from '#src/vocabulary/answer.ts'
import type { DiagramChart } from '#src/vocabulary/chart.ts'
import type { Kpi } from '#src/vocabulary/kpi.ts'
import type { Question } from '#src/vocabulary/question.ts'

/** Where and when something is said; the words come beside it. */
export type Turn = Omit<Question, 'text'>

/** Aborting stops what runs; the promise then rejects with `engine/cancelled`. */
export type Stoppable = { signal?: AbortSignal }

/** Told what goes on meanwhile, and what is written of the answer so far. */
export type Telling = Stoppable & { onStatus?: (words: string) => void; onStory?: OnStory }

/** A KPI as a catalogue shows it. */
export type KpiEntry = Kpi & { name: string; label: string }

/** A KPI with its default period and split, and the words that override them: "last quarter by state". */
export type KpiRequest = Turn & {
  kpi: string
  words: string
  /** What was typed, for the answer's `question`. */
  text: string
}

/** What there is to ask about in one domain. */
export type DataDescription = {
  domain: string
  label: string
  description: string
  /** `rows` is null when counting would take too long. */
  tables: { name: string; label: string; rows: number | null; description?: string }[]
  /** The tables and what belongs to what, drawn and in words; `more` tables are not in it. */
  diagram?: { chart: DiagramChart; items: { term: string; text: string }[]; more: number }
  /** `definition` is how it is worked out: "sum of amount over kept orders". */
  measures: { name: string; label: string; synonyms: string[]; description: string; definition: string }[]
  /** `values` are a few of its values, never of personal data. */
  dimensions: { name: string; label: string; synonyms: string[]; description?: string; values: string[] }[]
  /** First and last day of the data, `YYYY-MM-DD`. */
  range?: { from: string; to: string }
  freshness: { dataUntil?: string; source: string }
  /** Questions that work. */
  examples: string[]
  /** Names of the other domains that may be asked. */
  otherDomains: string[]
}

/** What the command grammar calls. The same for every room; whoever may not see something is not told of it. */
export type UseCases = {
  ask: (question: Question, options?: Telling) => Promise<Answer>
  askKpi: (request: KpiRequest, options?: Stoppable) => Promise<Answer>
  /** The KPIs of the turn's domain, else of the default one. Throws `domain/unknown`. */
  kpis: (turn: Turn) => Promise<{ domain: string; entries: KpiEntry[] }>
  /** KPIs of other domains that are listed beside those of the default one, known without opening anything. */
  listedToo?: (turn: Turn) => Promise<{ domain: string; entries: KpiEntry[] }[]>
  /** The KPIs of the other domains that may be asked. */
  otherKpis?: (turn: Turn) => Promise<{ domain: string; entries: KpiEntry[] }[]>
  /** Throws `domain/unknown`. */
  describeData: (turn: Turn) => Promise<DataDescription>
  /** Reads `chartroom.yaml` anew, for admins; throws for others. Not there where nothing can be read anew. */
  reload?: (turn: Turn) => Promise<Reloaded>
  /** The latest questions, as `words` narrow them down. Throws `access/admins-only`. Not there where none are kept. */
  audit?: (turn: Turn, words: string) => Promise<AuditReport>
  /** Who used how much. Throws `access/admins-only`. Not there where nothing is kept. */
  usage?: (turn: Turn, words: string) => Promise<UsageReport>
  /** Saying that answers are right. Not there where nothing is kept. */
  verifying?: Verifying
  /** Looking at what people said against answers. Not there where nothing is kept. */
  reviewing?: Reviewing
  /** The names close to a word as typed, nearest first; none when none is close. */
  near: (word: string, among: readonly string[]) => string[]
  /** Data that people bring. Absent where nobody brings any. */
  datasets?: DatasetUseCases
}

/** What is done with data that people bring. What only its owner may do throws `dataset/not-yours` for others. */
export type DatasetUseCases = Pick<
  Datasets,
  'list' | 'find' | 'versions' | 'restore' | 'subject' | 'correct' | 'undo' | 'share' | 'unshare' | 'remove'
> & {
  /** The domain that a turn is about: the one it names, else that of its conversation. */
  domainOf: (turn: Turn) => Promise<string | undefined>
  hands: (turn: Turn) => Hands
  isOwner: (dataset: Dataset, turn: Turn) => boolean
  /** Short sentences, the worst first. */
  tellQuality: (dataset: Dataset, signal?: AbortSignal) => Promise<{ sentences: string[]; version: DatasetVersion }>
}
