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
    `CREATE OR REPLACE TEMP TABLE ${quoted(table)} AS SELECT * FROM read_csv(${literal(path)}, ${[...options, ...more].join(', ')})`
  const warnings = await run(create([])).then(
    () => [],
    () => readLenient(run, create, source),
  )
  return { table, columns, delimiter: dialect.delimiter, warnings }
}

/** Rows of other lengths: short ones are filled up, long ones left out and told. Refused when that is more than one in fifty. */
const readLenient = async (
  run: RunRows,
  create: (more: string[]) => string,
  { file }: TextSource,
): Promise<string[]> => {
  await run('DROP TABLE IF EXISTS reject_errors')
  await run('DROP TABLE IF EXISTS reject_scans')
  const [[kept] = []] = await run(
    create(['null_padding = true', 'parallel = false', 'strict_mode = false', 'store_rejects = true']),
  )
  const [[left, line] = []] = await run('SELECT count(DISTINCT line), min(line) FROM reject_errors')
  const dropped = Number(left)
  if (dropped === 0) return []
  if (dropped > (Number(kept) + dropped) / 50)
    throw unreadable(
      file,
      `${dropped.toLocaleString('en-US')} of its lines do not fit the header, the first is line ${line}`,
    )
  const lines = dropped === 1 ? `Line ${line} was` : `${dropped.toLocaleString('en-US')} lines were`
  return [
    `${lines} left out of ${file}: more or fewer fields than the header${dropped > 1 ? ` (the first is line ${line})` : ''}.`,
  ]
}

const namedColumns = ({ labels }: Dialect): RawColumn[] => {
  const names = uniqueIdentifiers(labels, 'column')
  return labels.map((label, i) => ({ raw: `c${i}`, name: names[i]!, label, fixed: codes.test(names[i]!) }))
}
