import type { Answer, Answered, Choice, Clarify, Empty, Refused, Told } from '#src/vocabulary/answer.ts'
import type { Sentence } from '#src/vocabulary/fact.ts'
import { sqlLines } from '../view/sql-lines.ts'
import { chartLines } from './chart.ts'
import { harmless, harmlessText } from './harmless.ts'
import { type Ink, inkFor } from './ink.ts'
import { cells, hang, padEnd, wrap } from './measure.ts'
import { receiptLines } from './receipt.ts'
import { tableLines } from './table.ts'

/** `width` in terminal cells. `sql` adds the statement that was run. */
export type TextStyle = { width: number; colour: boolean; sql?: boolean }

/** An answer for a terminal, ending in a line break. Whatever the data holds, it can neither steer the terminal nor break the layout. */
export const renderText = (answer: Answer, style: TextStyle): string => {
  const page = { width: Math.max(narrowestPage, style.width), ink: inkFor(style.colour) }
  const blocks = blocksOf(harmless(answer), page)
  if (style.sql && (answer.status === 'answered' || answer.status === 'empty'))
    blocks.push(
      sqlLines(answer.receipt.sql)
        .split('\n')
        .map(line => page.ink.dim(indentOf(line) + harmlessText(line.trim()))),
    )
  return `${blocks
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`
}

const narrowestPage = 24
const widestProse = 100

type Page = { width: number; ink: Ink }
type Block = string[]

const blocksOf = (answer: Answer, page: Page): Block[] => {
  switch (answer.status) {
    case 'answered':
      return answeredBlocks(answer, page)
    case 'clarify':
      return clarifyBlocks(answer, page)
    case 'refused':
      return messageBlocks(answer, page)
    case 'empty':
      return [...messageBlocks(answer, page), receiptBlock(answer, page)]
    case 'told':
      return toldBlocks(answer, page)
  }
}

const answeredBlocks = (answer: Answered, page: Page): Block[] => {
  const { story, chart, table, query, unused, next } = answer
  const { ink, width } = page
  const grain = query.splits.flatMap(split => ('grain' in split ? [split.grain] : []))[0]
  const bars = grain === undefined && table.columns.filter(c => c.role === 'dimension').length === 1
  return [
    [...prose(story.headline.text, page).map(ink.bold), ...prose(chart.subtitle, page).map(ink.dim)],
    chartLines(chart, page),
    table.rows.length > 0 ? tableLines(table, { width, ink, grain, bars }) : [],
    prose(sentences(story.summary), page),
    [
      ...story.insights.flatMap(s => listItem('• ', s.text, page)),
      ...story.implications.flatMap(s => listItem('→ ', s.text, page)),
    ],
    unusedBlock(unused, page),
    receiptBlock(answer, page),
    nextBlock(next, page),
  ]
}

const clarifyBlocks = ({ message, unused, choices }: Clarify, page: Page): Block[] => [
  prose(message, page),
  unusedBlock(unused, page),
  numbered(choices, page),
]

const messageBlocks = ({ message, choices }: Refused | Empty, page: Page): Block[] => [
  prose(message, page),
  numbered(choices, page),
]

const toldBlocks = ({ title, paragraphs, items, chart, choices }: Told, page: Page): Block[] => [
  prose(title, page).map(page.ink.bold),
  ...paragraphs.map(paragraph => prose(paragraph, page)),
  chart ? chartLines(chart, page) : termList(items, page),
  nextBlock(choices, page),
]

const termList = (items: Told['items'], page: Page): Block => {
  const terms = Math.min(28, Math.max(0, ...items.map(({ term }) => cells(term))))
  const wide = page.width >= terms + 30
  return items.flatMap(({ term, text, ask }) => {
    const more = ask ? hang(`${' '.repeat(wide ? terms + 2 : 2)}› `, ask, page.width).map(page.ink.dim) : []
    if (!wide || cells(term) > terms)
      return [...wrap(term, page.width), ...(text ? listItem('  ', text, page) : []), ...more]
    return [...(text ? listItem(`${padEnd(term, terms)}  `, text, page) : [term]), ...more]
  })
}

/** Choices to type; what to type stands beside the label where it differs. */
const numbered = (choices: Choice[], { ink, width }: Page): Block =>
  choices.flatMap(({ label, question }, i) => {
    const same = label.toLowerCase() === question.toLowerCase()
    const lines = hang(`${String(i + 1).padStart(2)}. `, label, width)
    return same ? lines : [...lines, ...hang('    › ', question, width).map(ink.dim)]
  })

const nextBlock = (choices: Choice[], { ink, width }: Page): Block =>
  choices.length > 0 ? hang('Next: ', choices.map(c => c.question).join(' · '), width).map(ink.dim) : []

const unusedBlock = (unused: string[], { ink, width }: Page): Block =>
  unused.length > 0 ? hang('Not used: ', unused.map(word => `“${word}”`).join(', '), width).map(ink.yellow) : []

const receiptBlock = ({ receipt }: Answered | Empty, { ink, width }: Page): Block =>
  receiptLines(receipt).flatMap(line => wrap(line, width - 2).map((l, i) => ink.dim(i === 0 ? l : `  ${l}`)))

const listItem = (before: string, text: string, { width }: Page): Block =>
  hang(before, text, Math.min(width, widestProse))

const prose = (text: string, { width }: Page): Block => wrap(text, Math.min(width, widestProse))

const sentences = (story: Sentence[]) => story.map(s => s.text).join(' ')

const indentOf = (line: string) => ' '.repeat(Math.min(20, /^[ \t]*/.exec(line)![0].length))
