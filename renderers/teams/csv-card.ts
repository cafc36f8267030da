import { type AdaptiveCard, heading, prose, small, type TextBlock } from './elements.ts'
import { cardText, codeSnippet, codeText, labelText, lines, say, silence } from './escape.ts'
import { cardOf } from './fit.ts'

export type CsvCard = {
  /** What was found, above the rows. */
  title: string
  /** The whole result, with a line of names. */
  csv: string
  /** There were more rows than were read. */
  truncated: boolean
}

/** A message may have about 100 KB in UTF-16; quotes and line breaks count twice in JSON. */
const mostBytes = 60_000
const mostFallbackBytes = 6000

/**
 * Rows as CSV to copy. A bot may send a file only in a personal chat and after being allowed to
 * (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4), and an address to fetch it from would be good for anybody.
 */
export const csvCard = ({ title, csv, truncated }: CsvCard): AdaptiveCard => {
  const [names = '', ...rows] = recordsOf(codeSnippet(csv))
  const shown = fitting(rows, mostBytes - bytes(names))
  const code = [names, ...rows.slice(0, shown)].join('').trimEnd()
  const count =
    shown === rows.length
      ? say`${counted(shown)}, to copy`
      : say`The first ${grouped(shown)} of ${counted(rows.length)}, to copy`
  const block = codeBlock(code || '–', asText([names, ...rows]))
  const body = [
    ...heading(cardText(title, 300)),
    ...small(count),
    ...block,
    ...(truncated ? small(say`There are more rows than were read.`) : []),
  ]
  return cardOf({ body, actions: [] }, labelText(title, 500))
}

const codeBlock = (codeSnippet: string, fallback: TextBlock[]) =>
  fallback.map(block => ({ type: 'CodeBlock', codeSnippet, language: 'PlainText', fallback: block }) as const)

/** Clients that cannot show code show the first rows as text. */
const asText = (records: string[]): TextBlock[] => {
  const few = records.slice(0, Math.max(1, fitting(records, mostFallbackBytes)))
  const left = records.length - few.length
  const rest =
    left > 0 ? say`… and ${counted(left)} more. Open Teams on a computer or on the web to see them.` : silence
  return prose(lines([codeText(few.join('').trimEnd()), rest]), { fontType: 'Monospace', size: 'Small' })
}

/** Lines of a CSV, each with its end; a line break between quotes ends none. */
const recordsOf = (csv: string): string[] => {
  const records: string[] = []
  let start = 0
  let isQuoted = false
  for (let at = 0; at < csv.length; at++) {
    if (csv[at] === '"') isQuoted = !isQuoted
    if (csv[at] !== '\n' || isQuoted) continue
    records.push(csv.slice(start, at + 1))
    start = at + 1
  }
  return [...records, csv.slice(start)].filter(record => record.trim() !== '')
}

const fitting = (rows: string[], most: number): number => {
  let room = most
  const first = rows.findIndex(row => {
    room -= bytes(row)
    return room < 0
  })
  return first < 0 ? rows.length : first
}

const bytes = (text: string) => 2 * JSON.stringify(text).length

const grouped = (n: number) => n.toLocaleString('en-US')
const counted = (n: number) => `${grouped(n)} ${n === 1 ? 'row' : 'rows'}`
