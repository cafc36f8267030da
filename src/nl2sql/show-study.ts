import type { Study } from '#src/study/study.ts'
import { nameOf } from '#src/study/view.ts'
import type { Fact, Story } from '#src/vocabulary/fact.ts'
import { type Format, formatExact, formatShort } from '#src/vocabulary/format.ts'
import type { Cell, Column } from '#src/vocabulary/table.ts'

/** Facts and rows that a language model is shown, and how long a text of somebody else may be. */
const [mostFacts, mostRows, longest] = [30, 12, 60]

/** What a result says, for a language model to tell: facts and rows with their ids, numbers written out; then the story as rules tell it. */
export const showStudy = ({ facts, story, chart, material: { view } }: Study, reading: string): string => {
  const chosen = facts.toSorted((a, b) => b.noteworthy - a.noteworthy).slice(0, mostFacts)
  const columns = view.table.columns.map(
    ({ name, label, role, type }) => `${name} (${quoted(label)}, ${role}, ${type})`,
  )
  const rows = view.rows.slice(0, mostRows).map((row, i) => `- ${i}: ${rowLine(row, view.table.columns)}`)
  return [
    `What was asked for: ${quoted(reading)}`,
    `Facts:\n${chosen.map(factLine).join('\n')}`,
    `Columns: ${columns.join('; ')}\nRows (the first ${rows.length} of ${view.rows.length}); cite a number as cell:<row>:<column>:\n${rows.join('\n')}`,
    `Chart that was chosen: ${chart.kind}`,
    `Story by rules: ${JSON.stringify(toldPlainly(story))}`,
  ].join('\n\n')
}

const factLine = ({ id, kind, value, format, about, parts = {}, words, tone }: Fact): string => {
  const numbers = Object.entries(parts).flatMap(([name, part]) =>
    typeof part === 'number' ? [`${name} ${writtenPart(name, part, format)}`] : [],
  )
  return [
    `- ${quoted(id)} ${kind}: ${written(value, format)}`,
    ...(about ? [`about ${JSON.stringify(about)}`] : []),
    ...(numbers.length > 0 ? [`parts ${numbers.join(', ')}`] : []),
    ...(words ? [`words ${JSON.stringify(words)}`] : []),
    ...(tone && tone !== 'neutral' ? [`${tone} news`] : []),
  ].join('; ')
}

const fractions = /^(ratio|share)$/
const counts = /^(rank|count|rows|buckets|longest|runs|hits|tied|leading|times)$/

const writtenPart = (name: string, value: number, format: Format) =>
  written(value, fractions.test(name) ? { kind: 'percent' } : counts.test(name) ? { kind: 'number' } : format)

/** Exact, and short where that is another text. */
const written = (value: number | null, format: Format) => {
  const [exact, short] = [formatExact(value, format), formatShort(value, format)]
  return exact === short ? exact : `${exact} (${short})`
}

const rowLine = (row: readonly Cell[], columns: readonly Column[]) =>
  JSON.stringify(
    Object.fromEntries(
      columns.map(({ name, role, format }, i) => {
        const cell = row[i] ?? null
        const isNumber = (role === 'measure' || role === 'previous') && typeof cell === 'number'
        return [name, isNumber ? formatExact(cell, format ?? { kind: 'number' }) : cut(nameOf(cell))]
      }),
    ),
  )

const toldPlainly = ({ headline, summary, insights }: Story) =>
  [headline, ...summary, ...insights].map(({ text, cites }) => ({ text, cites }))

const quoted = (text: string) => JSON.stringify(text)

const cut = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text)
