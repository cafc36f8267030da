import { type Cut, firstRecords, type Record } from './csv-records.ts'
import { reads } from './typing/candidate.ts'
import { dateShapes } from './typing/date-candidates.ts'
import { isNullWord } from './typing/null-words.ts'
import { numberCandidates } from './typing/number-candidates.ts'

/** How a delimited file is to be read. */
export type Dialect = Cut & {
  /** Characters before the first record of data: `sep=` line, titles above the table, header. */
  preface: number
  /** The header as written; made up (“column 1”) when the file has none. */
  labels: string[]
  hasHeader: boolean
}

export type DialectProblem = { problem: string }

const delimiters = ['\t', ';', '|', ','] as const

/** Finds delimiter, header and the lines above it from the first part of a file. `whole`: the text is all of it. */
export const findDialect = (text: string, whole: boolean): Dialect | DialectProblem => {
  const told = /^sep=(.)\r?\n/i.exec(text)
  const body = told ? text.slice(told[0].length) : text
  const found = told?.[1] ? score(body, told[1], whole) : best(body, whole)
  if (!found) return { problem: 'it holds no lines' }
  const { cut, records, width, top } = found
  if (width === 1 && raggedUnder(body, whole)) return { problem: 'its lines do not have the same number of fields' }
  const rows = records.slice(top)
  const hasHeader = startsWithHeader(rows.map(r => r.fields))
  const labels = hasHeader
    ? labelsOf(
        rows.map(r => r.fields),
        width,
      )
    : Array<string>(width).fill('')
  const lastSkipped = hasHeader ? rows[0] : records[top - 1]
  return {
    ...cut,
    preface: (told?.[0].length ?? 0) + (lastSkipped?.end ?? 0),
    labels: labels.map(l => l.trim()),
    hasHeader,
  }
}

/** A header one short of its rows lacks the name of the last column when that is always empty, else that of the first: row names. */
const labelsOf = ([header = [], ...rows]: readonly (readonly string[])[], width: number): string[] => {
  const missing = Math.max(0, width - header.length)
  const trailing = missing !== 1 || rows.every(r => r.length < width || (r.at(-1) ?? '').trim() === '')
  return trailing ? [...header, ...Array<string>(missing).fill('')] : ['', ...header]
}

type Scored = { cut: Cut; records: Record[]; width: number; top: number; score: number }

const best = (text: string, whole: boolean) => {
  const scored = delimiters.flatMap(d => score(text, d, whole) ?? [])
  return scored.toSorted((a, b) => b.score - a.score)[0]
}

/** The more records share one width, the better; a first record of that width counts most, since headers seldom hold delimiters. */
const score = (text: string, delimiter: string, whole: boolean): Scored | undefined => {
  const cut: Cut = { delimiter, escape: !text.includes('""') && text.includes('\\"') ? '\\' : '"' }
  const records = firstRecords(text, cut, { records: 500, whole })
  const filled = records.filter(r => !isBlank(r))
  if (filled.length === 0) return undefined
  const width = commonWidth(filled)
  const top = Math.max(
    0,
    records.findIndex(r => !isBlank(r) && r.fields.length >= leastOfHeader(width)),
  )
  const below = records.slice(top).filter(r => !isBlank(r))
  const same = below.filter(r => r.fields.length === width).length / below.length
  const headed = records[top]?.fields.length === width ? 1 : 0.7
  return {
    cut,
    records,
    width,
    top,
    score: width === 1 ? 0.05 : same * headed * (top === 0 ? 1 : 0.9),
  }
}

/** A header may lack a field or a few of many; what is shorter is a title above it. */
const leastOfHeader = (width: number) => Math.max(Math.min(width, 2), Math.min(width - 1, width * 0.8))

const isBlank = (r: Record) => r.fields.every(f => f.trim() === '')

const commonWidth = (records: readonly Record[]) => {
  const counts = new Map<number, number>()
  for (const r of records)
    counts.set(r.fields.length, (counts.get(r.fields.length) ?? 0) + (r.fields.length > 1 ? 1 : 0.5))
  return [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0]![0]
}

const raggedUnder = (text: string, whole: boolean) =>
  delimiters.some(d => {
    const records = firstRecords(text, { delimiter: d, escape: '"' }, { records: 50, whole })
    return (records[0]?.fields.length ?? 0) > 1 && records.filter(r => r.fields.length > 1).length > records.length / 2
  })

const typeTests = [...numberCandidates('thousands'), ...numberCandidates('decimal'), ...dateShapes].map(reads)
const isTyped = (cell: string) => !isNullWord(cell) && typeTests.some(test => test(cell.trim()))

/** Whether the first row names the columns: it does when a column of numbers or dates has a text on top, or when nothing speaks against it. */
export const startsWithHeader = (rows: readonly (readonly string[])[]): boolean => {
  const [first = [], ...rest] = rows
  const below = rest.filter(r => r.some(c => c.trim() !== '')).slice(0, 100)
  const names = first.filter(c => c.trim() !== '')
  if (names.length === 0 || new Set(names).size < names.length * 0.9)
    return names.length > 0 && below.length > 0 && !first.some(isTyped)
  if (below.length === 0) return !first.some(isTyped)
  const typed = first.map((_, i) => isTypedColumn(below.map(r => r[i] ?? '')))
  const forHeader = first.filter((c, i) => typed[i] && !isTyped(c) && !isNullWord(c)).length
  const against = first.filter((c, i) => typed[i] && isTyped(c)).length
  if (against > 0 && forHeader === 0) return isYearRow(first.filter((_, i) => typed[i]))
  if (forHeader > 0) return true
  return !first.some((c, i) => c.trim() !== '' && below.some(r => r[i] === c))
}

const isTypedColumn = (cells: readonly string[]) => {
  const filled = cells.filter(c => !isNullWord(c))
  return filled.length > 0 && filled.filter(isTyped).length >= filled.length * 0.9
}

/** Columns named 2019, 2020, 2021 … are a header too. */
const isYearRow = (cells: readonly string[]) =>
  cells.length > 1 &&
  cells.every((c, i) => /^(19|20)\d\d$/.test(c.trim()) && (i === 0 || Number(c) === Number(cells[i - 1]) + 1))
