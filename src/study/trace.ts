import type { Fact, Sentence, Story } from '#src/vocabulary/fact.ts'
import { formatExact } from '#src/vocabulary/format.ts'
import type { Period } from '#src/vocabulary/period.ts'
import type { Table } from '#src/vocabulary/table.ts'

/** What a sentence may take its numbers from. Names and labels of these may hold digits of their own ("2023", "iPhone 14"). */
export type Source = {
  facts: readonly Fact[]
  table: Table
  periods?: readonly (Period | undefined)[]
  labels?: readonly string[]
}

/** The numbers of a sentence that match no cited value under the rounding they are written with. Empty: the sentence checks. */
export const untraced = (sentence: Sentence, source: Source): string[] => {
  const cited = citedBy(sentence, source)
  const rest = without(sentence.text, cited.words)
  return numbersIn(rest)
    .filter(n => !cited.values.some(v => matches(n, v)))
    .map(n => n.text)
}

/** The story without the sentences that do not check. A headline that does not check is replaced by `fallback`. */
export const keepTraced = (story: Story, source: Source, fallback: string): Story => {
  const holds = (s: Sentence) => !untraced(s, source).length
  return {
    headline: holds(story.headline) ? story.headline : { text: fallback, cites: [] },
    summary: story.summary.filter(holds),
    insights: story.insights.filter(holds),
    implications: story.implications.filter(holds),
  }
}

/** The numbers a sentence may say, and the words of which digits are no numbers. */
export type Cited = { values: number[]; words: string[] }

export const citedBy = ({ cites }: Sentence, { facts, table, periods = [], labels = [] }: Source): Cited => {
  const ids = new Set(cites)
  const used = facts.filter(f => ids.has(f.id))
  const cells = cites.flatMap(c => cellOf(c, table))
  const values = [...used.flatMap(f => [f.value, ...Object.values(f.parts ?? {})]), ...cells]
  const durations = used
    .filter(f => f.format.kind === 'duration')
    .flatMap(f => [f.value, ...Object.values(f.parts ?? {})])
  const words = [
    ...used.flatMap(f => [...Object.values(f.about ?? {}), ...Object.values(f.words ?? {})]),
    ...durations.map(v => formatExact(typeof v === 'number' ? Math.abs(v) : null, { kind: 'duration' })),
    ...periods.flatMap(p => (p ? [p.label, p.insteadOf ?? ''] : [])),
    ...table.columns.map(c => c.label),
    ...labels,
    ...cells.filter(c => typeof c === 'string'),
  ]
  return { values: values.filter(v => typeof v === 'number'), words }
}

const cellOf = (cite: string, { columns, rows }: Table) => {
  const [, row, column] = cite.match(/^cell:(\d+):(.+)$/) ?? []
  const index = columns.findIndex(c => c.name === column)
  const cell = row === undefined || index < 0 ? null : rows[Number(row)]?.[index]
  return cell === null || cell === undefined ? [] : [cell]
}

/** The text without these words where they hold digits. */
export const without = (text: string, words: readonly string[]): string =>
  [...new Set(words)]
    .filter(w => /\d/.test(w))
    .sort((a, b) => b.length - a.length)
    .reduce((left, w) => left.replaceAll(bounded(w), ' '), text)

const bounded = (word: string) =>
  new RegExp(`(?<![\\d.,])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\d|[.,]\\d)`, 'giu')

/** A number as it is written: what it may differ by under its rounding, and `$` or `%` where it has such a mark. */
export type Written = { text: string; value: number; half: number; negative: boolean; mark?: string }

const scales: Record<string, number> = { k: 1e3, M: 1e6, B: 1e9, T: 1e12, '%': 0.01, point: 0.01, points: 0.01 }
const spelled = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

export const numbersIn = (text: string): Written[] => {
  const digits = [
    ...text.matchAll(/(−|-(?=[$€£¥₹\d]))?([$€£¥₹])?(\d[\d,]*(?:\.\d+)?)([kMBT](?![a-z])|%| points?\b)?/gu),
  ].map(m => {
    const unit = m[4]?.trim() ?? ''
    const scale = scales[unit] ?? 1
    const decimals = m[3]?.split('.')[1]?.length ?? 0
    const value = Number(m[3]?.replaceAll(',', '')) * scale
    const mark = m[2] ?? (scale < 1 ? '%' : undefined)
    return { text: m[0], value, half: (scale * 10 ** -decimals) / 2, negative: m[1] !== undefined, mark }
  })
  const words = [...text.matchAll(new RegExp(`\\b(${spelled.join('|')})\\b`, 'gi'))].map(m => {
    const value = spelled.indexOf(m[0].toLowerCase()) + 2
    return { text: m[0], value, half: 0, negative: false }
  })
  return [...digits, ...words]
}

export const matches = ({ value, half, negative }: Written, cited: number) =>
  (!negative || cited < 0) && Math.abs(Math.abs(cited) - value) <= half * (1 + 1e-9) + Math.abs(cited) * 1e-9
