import { basename, join } from 'node:path'
import { type Dialect, findDialect } from './csv-dialect.ts'
import { copyAsUtf8, encodingOf, markOf, readHead } from './encoding.ts'
import { unreadable } from './faults.ts'
import { disguise, isBinary } from './first-bytes.ts'
import { uniqueIdentifiers } from './names.ts'
import { type Rejects, rejectLength, rejectReason, rejectsKept } from './rejects.ts'
import type { Locale } from './typing/guess.ts'
import type { RawColumn, RunRows } from './typing/settle.ts'
import { literal, quoted, trimmedSpaces } from './typing/sql-text.ts'

/** A table of texts in the cage, ready for typing. */
export type Raw = {
  table: string
  columns: RawColumn[]
  delimiter: string
  /** What a comma means in its numbers, when that is known. */
  comma?: Locale['comma']
  warnings: string[]
  rejects?: Rejects
}

export type TextSource = { path: string; file: string; label: string; staging: string }

const headBytes = 1 << 20
const columnsMax = 1000
const longFirstLine = 'its first line is longer than 1 MB'

/** Columns whose digits are no number: kept as written. */
const codes =
  /(^|_)(phone|fax|tel|telephone|telefon|mobile|zip|zipcode|postcode|postal|postal_code|plz|iban|ssn|isbn|ean|upc)(_(code|no|number|nr))?$/

/** Reads a delimited text file into a table of texts. Throws `source/unreadable`. */
export const loadText = async (run: RunRows, source: TextSource, table: string): Promise<Raw> => {
  const head = readHead(source.path, headBytes)
  const mark = markOf(head)
  const disguised = disguise(head)
  if (disguised) throw unreadable(source.file, `it is ${disguised}`)
  if (head.length === mark.skip || head.toString('latin1').trim() === '') throw unreadable(source.file, 'it is empty')
  if (isBinary(head, mark.encoding)) throw unreadable(source.file, 'it is not a text file')
  const encoding = await encodingOf(source.path, mark)
  const text = new TextDecoder(encoding).decode(head)
  const loneReturns = !text.includes('\n') && text.includes('\r')
  const dialect = findDialect(loneReturns ? text.replaceAll('\r', '\n') : text, head.length < headBytes)
  if ('problem' in dialect)
    throw unreadable(source.file, text.includes('\n') || head.length < headBytes ? dialect.problem : longFirstLine)
  refuseOddShapes(source, dialect, head.length === headBytes)
  const plain = encoding === 'utf-8' && mark.skip === 0 && !loneReturns
  const path = plain ? source.path : join(source.staging, `${table}.utf8.csv`)
  if (!plain) await copyAsUtf8({ from: source.path, to: path, encoding, skipBytes: mark.skip, loneReturns })
  const skip = text.slice(0, dialect.preface).split(loneReturns ? '\r' : '\n').length - 1
  return read(run, { path, skip, dialect, source, table })
}

const refuseOddShapes = ({ file }: TextSource, { labels, preface }: Dialect, cutShort: boolean) => {
  if (labels.length > columnsMax)
    throw unreadable(
      file,
      `it has ${labels.length.toLocaleString('en-US')} columns, and ${columnsMax.toLocaleString('en-US')} is the most that is read`,
    )
  if (labels.length === 1 && /\.(txt|text)$/i.test(basename(file)))
    throw unreadable(file, 'it is plain text, not a table')
  if (cutShort && preface === 0 && labels.length === 1) throw unreadable(file, longFirstLine)
}

type Read = { path: string; skip: number; dialect: Dialect; source: TextSource; table: string }

const read = async (run: RunRows, { path, skip, dialect, source, table }: Read): Promise<Raw> => {
  const columns = namedColumns(dialect.labels)
  const options = [
    'auto_detect = false',
    `delim = ${literal(dialect.delimiter)}`,
    `quote = '"'`,
    `escape = ${literal(dialect.escape)}`,
    'header = false',
    `skip = ${skip}`,
    'max_line_size = 16777216',
    "compression = 'none'",
    `columns = {${columns.map(c => `${literal(c.raw)}: 'VARCHAR'`).join(', ')}}`,
  ]
  const create = (more: string[]) =>
    `CREATE OR REPLACE TEMP TABLE ${quoted(table)} AS SELECT ${columns.map(c => `${trimmedSpaces(c.raw)} AS ${c.raw}`).join(', ')} FROM read_csv(${literal(path)}, ${[...options, ...more].join(', ')})`
  const told = await run(create([])).then(
    () => ({ warnings: [] }),
    () => readLenient(run, create, source),
  )
  return { table, columns, delimiter: dialect.delimiter, ...told }
}

/** Short lines are filled up, others that do not fit are kept aside, and both are told. Refused when more than one line in fifty is kept aside. */
const readLenient = async (
  run: RunRows,
  create: (more: string[]) => string,
  { file }: TextSource,
): Promise<Pick<Raw, 'warnings' | 'rejects'>> => {
  await run(create(['store_rejects = true']))
  const short = await rejected(run, file, "error_type = 'MISSING COLUMNS'")
  const [[kept] = []] = await run(create(['null_padding = true', 'parallel = false', 'store_rejects = true']))
  const odd = await rejected(run, file, 'true')
  if (odd.count > (Number(kept) + odd.count) / 50)
    throw unreadable(
      file,
      `${count(odd.count, 'line does', 'lines do')} not fit its header, the first is line ${odd.kept[0]?.line}`,
    )
  return { rejects: odd, warnings: [...leftOut(file, odd), ...filledUp(file, short)] }
}

const leftOut = (file: string, odd: Rejects) =>
  odd.count
    ? [
        `${file}: ${count(odd.count, 'line was', 'lines were')} left out (${which(odd)}): not as many fields as the header, or a quote that is not closed.`,
      ]
    : []

const filledUp = (file: string, short: Rejects) =>
  short.count
    ? [
        `${file}: ${count(short.count, 'line has', 'lines have')} fewer fields than the header (${which(short)}); the rest of each is empty.`,
      ]
    : []

const rejected = async (run: RunRows, file: string, condition: string): Promise<Rejects> => {
  const [[total] = []] = await run(`SELECT count(DISTINCT line) FROM reject_errors WHERE ${condition}`)
  const rows = await run(
    `SELECT line, arg_min(error_type, column_idx), left(any_value(csv_line), ${rejectLength})
     FROM reject_errors WHERE ${condition} GROUP BY line ORDER BY line LIMIT ${rejectsKept}`,
  )
  await run('DROP TABLE reject_errors')
  await run('DROP TABLE reject_scans')
  const kept = rows.map(([line, why, text]) => ({
    file,
    line: Number(line),
    reason: rejectReason(String(why)),
    text: String(text ?? ''),
  }))
  return { count: Number(total), kept }
}

const count = (n: number, one: string, many: string) => `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`
const which = ({ count, kept: [first] }: Rejects) =>
  count === 1 ? `line ${first?.line}` : `the first is line ${first?.line}`

/** Raw columns for a row of headers. */
export const namedColumns = (labels: readonly string[]): RawColumn[] => {
  const names = uniqueIdentifiers(labels, 'column')
  return labels.map((label, i) => ({ raw: `c${i}`, name: names[i]!, label, fixed: codes.test(names[i]!) }))
}
