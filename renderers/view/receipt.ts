import type { Receipt } from '#src/vocabulary/answer.ts'
import { formatExact } from '#src/vocabulary/format.ts'
import { sqlLines } from './sql-lines.ts'
import { bucketText } from './table.ts'
import type { BadgeView, LineView, SqlView } from './view.ts'

/** How an answer was worked out, line by line; lines with nothing to say are left out. */
export const receiptLines = (receipt: Receipt): LineView[] =>
  [
    { term: 'Read as', lines: [receipt.reading] },
    { term: 'Measures', lines: receipt.measures.map(m => `${m.label}: ${m.definition}`) },
    { term: 'Period', lines: receipt.period ? [receipt.period] : [] },
    { term: 'Filters', lines: receipt.filters },
    { term: 'Rows', lines: [rows(receipt)] },
    { term: 'Data', lines: [freshness(receipt)] },
    { term: 'Verified', lines: receipt.verified ? [capital(by(receipt.verified))] : [] },
    { term: 'Origin', lines: [origin(receipt)] },
    { term: 'Story', lines: storyBy(receipt) },
    { term: 'Steps', lines: receipt.steps ?? [] },
    { term: 'Time', lines: [time(receipt)] },
  ].filter(line => line.lines.length > 0)

/** The SQL that ran, and the values bound to it. */
export const sqlView = ({ sql, params }: Receipt): SqlView => ({
  text: sqlLines(sql),
  params: params.map((value, i) => ({ name: `$${i + 1}`, value: bound(value) })),
})

/** The short line under an answer. */
export const badge = (receipt: Receipt): BadgeView => ({
  origin: receipt.verified ? 'verified' : receipt.origin,
  label: receipt.verified ? 'Verified' : receipt.origin === 'certified' ? 'Certified' : 'Generated',
  title: receipt.verified ? `Verified ${by(receipt.verified)}. ${origin(receipt)}` : origin(receipt),
  facts: [
    ...(receipt.verified ? [by(receipt.verified)] : []),
    receipt.domain,
    ...(receipt.freshness.dataUntil ? [`data until ${bucketText(receipt.freshness.dataUntil)}`] : []),
    receipt.cached ? 'from the cache' : duration(receipt.ms),
  ],
})

const by = ({ by: who, at }: NonNullable<Receipt['verified']>) => `by ${who} on ${bucketText(at)}`

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const rows = ({ rows: n, truncated }: Receipt) => `${count(n)}${truncated ? ', cut at the row limit' : ''}`

const freshness = ({ freshness: { dataUntil, source } }: Receipt) =>
  dataUntil ? `${source}, until ${bucketText(dataUntil)}` : source

const origin = ({ origin: o, model, verified }: Receipt) => {
  if (o === 'certified') {
    const read = model ? `; the question was read by ${usedModel(model)}` : ''
    return `Certified: compiled from the definitions of the semantic model${read}`
  }
  const writer = model ? ` by ${usedModel(model)}` : ''
  const check = verified ? '' : '; check it before you rely on it'
  return `Generated: the SQL was written${writer} and passed the guard${check}`
}

const storyBy = ({ words }: Receipt): string[] =>
  words === 'model' ? ['Told by a language model; each sentence was checked against the numbers'] : []

const usedModel = ({ name, cost, tokens, prompt }: NonNullable<Receipt['model']>) =>
  `${name} (${count(tokens)} tokens, $${cost.toFixed(4)}, prompt ${prompt})`

const time = ({ cached, ms }: Receipt) => (cached ? 'From the cache' : duration(ms))

const duration = (ms: number) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`)

const count = (n: number) => formatExact(n, { kind: 'integer' })

const bound = (value: unknown): string => {
  if (typeof value === 'string') return `'${value}'`
  if (value === null || value === undefined) return 'NULL'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
