import { basename, join } from 'node:path'
import { type Dialect, findDialect } from './csv-dialect.ts'
import { copyAsUtf8, encodingOf, markOf, readHead } from './encoding.ts'
import { unreadable } from './faults.ts'
import { disguise, isBinary } from './first-bytes.ts'
import { uniqueIdentifiers } from './names.ts'
import type { RawColumn, RunRows } from './typing/settle.ts'
import { literal, quoted } from './typing/sql-text.ts'

/** A table of texts in the cage, ready for typing. */
export type Raw = { table: string; columns: RawColumn[]; delimiter: string; warnings: string[] }

export type TextSource = { path: string; file: string; label: string; staging: string }

const headBytes = 1 << 20
const columnsMax = 1000

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
  if ('problem' in dialect) throw unreadable(source.file, dialect.problem)
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
  if (cutShort && preface === 0 && labels.length === 1) throw unreadable(file, 'its first line is longer than 1 MB')
}

type Read = { path: string; skip: number; dialect: Dialect; source: TextSource; table: string }

const read = async (run: RunRows, { path, skip, dialect, source, table }: Read): Promise<Raw> => {
  const columns = namedColumns(dialect)
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
    `CREATE OR REPLACE TEMP TABLE ${quoted(table)} AS SELECT ${columns.map(c => `trim(${c.raw}) AS ${c.raw}`).join(', ')} FROM read_csv(${literal(path)}, ${[...options, ...more].join(', ')})`
  const warnings = await run(create([])).then(
    () => [],
    () => readLenient(run, create, source),
  )
  return { table, columns, delimiter: dialect.delimiter, warnings }
}

/** Short lines are filled up, others that do not fit are left out, and both are told. Refused when more than one line in fifty is left out. */
const readLenient = async (
  run: RunRows,
  create: (more: string[]) => string,
  { file }: TextSource,
): Promise<string[]> => {
  await run(create(['store_rejects = true']))
  const short = await rejected(run, "error_type = 'MISSING COLUMNS'")
  const [[kept] = []] = await run(create(['null_padding = true', 'parallel = false', 'store_rejects = true']))
  const odd = await rejected(run, 'true')
  if (odd.lines > (Number(kept) + odd.lines) / 50)
    throw unreadable(
      file,
      `${count(odd.lines, 'line does', 'lines do')} not fit its header, the first is line ${odd.first}`,
    )
  return [
    ...(odd.lines
      ? [
          `${file}: ${count(odd.lines, 'line was', 'lines were')} left out (${which(odd)}): not as many fields as the header, or a quote that is not closed.`,
        ]
      : []),
    ...(short.lines
      ? [
          `${file}: ${count(short.lines, 'line has', 'lines have')} fewer fields than the header (${which(short)}); the rest of each is empty.`,
        ]
      : []),
  ]
}

type Rejected = { lines: number; first: number }

const rejected = async (run: RunRows, condition: string): Promise<Rejected> => {
  const [[lines, first] = []] = await run(
    `SELECT count(DISTINCT line), min(line) FROM reject_errors WHERE ${condition}`,
  )
  await run('DROP TABLE reject_errors')
  await run('DROP TABLE reject_scans')
  return { lines: Number(lines), first: Number(first) }
}

const count = (n: number, one: string, many: string) => `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`
const which = ({ lines, first }: Rejected) => (lines === 1 ? `line ${first}` : `the first is line ${first}`)

const namedColumns = ({ labels }: Dialect): RawColumn[] => {
  const names = uniqueIdentifiers(labels, 'column')
  return labels.map((label, i) => ({ raw: `c${i}`, name: names[i]!, label, fixed: codes.test(names[i]!) }))
}
