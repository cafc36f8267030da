import { join } from 'node:path'
import { copyAsUtf8, markOf, readHead } from './encoding.ts'
import { unreadable } from './faults.ts'
import { disguise } from './first-bytes.ts'
import type { Raw, TextSource } from './load-text.ts'
import { uniqueIdentifiers } from './names.ts'
import type { RunRows } from './typing/settle.ts'
import { literal, quoted } from './typing/sql-text.ts'

const columnsMax = 1000

/** Reads an array of objects, or one object a line, into a table of texts. Objects inside are flattened one level (a_b); lists stay as JSON text. */
export const loadJson = async (run: RunRows, source: TextSource, table: string): Promise<Raw> => {
  const path = await cleanPath(source, table)
  const from = `read_json(${literal(path)}, auto_detect = true, sample_size = -1, maximum_object_size = 16777216, maximum_depth = 6, convert_strings_to_integers = false, union_by_name = true)`
  const described = await describe(run, `SELECT * FROM ${from}`)
  const [only] = described
  const list = described.filter(c => /^STRUCT\(.*\)\[\]$/s.test(c.type))
  if (described.length === 1 && only?.name === 'json' && !/^STRUCT/.test(only.type))
    throw unreadable(source.file, 'it is not a list of records')
  if (list.length > 1 && list.length === described.length)
    throw unreadable(
      source.file,
      `it holds ${list.length} lists (${list.map(c => c.name).join(', ')}); keep each in a file of its own`,
    )
  const records =
    list.length === 1 && (await isOneRow(run, from)) ? unnested(from, list[0]!.name) : `SELECT * FROM ${from}`
  return keepAsTexts(run, { records, source, table, delimiter: ',' })
}

const cleanPath = async (source: TextSource, table: string) => {
  const head = readHead(source.path, 8192)
  const { encoding, skip } = markOf(head)
  const disguised = disguise(head)
  if (disguised) throw unreadable(source.file, `it is ${disguised}`)
  if (head.toString('latin1').trim() === '') throw unreadable(source.file, 'it is empty')
  if (encoding === 'utf-8' && skip === 0) return source.path
  const path = join(source.staging, `${table}.utf8.json`)
  await copyAsUtf8({ from: source.path, to: path, encoding, skipBytes: skip, loneReturns: false })
  return path
}

const isOneRow = async (run: RunRows, from: string) => Number((await run(`SELECT count(*) FROM ${from}`))[0]?.[0]) === 1

/** `{"meta": …, "records": [{…}, …]}`: the records are the table. */
const unnested = (from: string, column: string) => `SELECT unnest(${quoted(column)}, max_depth := 2) FROM ${from}`

type Described = { name: string; type: string }

const describe = async (run: RunRows, select: string): Promise<Described[]> =>
  (await run(`DESCRIBE ${select}`)).map(([name, type]) => ({ name: String(name), type: String(type) }))

type Records = { records: string; source: TextSource; table: string; delimiter: string }

const keepAsTexts = async (run: RunRows, { records, source, table, delimiter }: Records): Promise<Raw> => {
  const fields = (await describe(run, records)).flatMap(flattened)
  if (fields.length > columnsMax)
    throw unreadable(
      source.file,
      `it has ${fields.length.toLocaleString('en-US')} fields, and ${columnsMax.toLocaleString('en-US')} is the most that is read`,
    )
  const list = fields.map((f, i) => `trim(${f.sql}) AS c${i}`).join(', ')
  await run(`CREATE OR REPLACE TEMP TABLE ${quoted(table)} AS SELECT ${list} FROM (${records})`)
  const names = uniqueIdentifiers(
    fields.map(f => f.label),
    'column',
  )
  return {
    table,
    columns: fields.map((f, i) => ({ raw: `c${i}`, name: names[i]!, label: f.label, fixed: f.fixed })),
    delimiter,
    warnings: [],
  }
}

type Field = { label: string; sql: string; fixed: boolean }

const flattened = ({ name, type }: Described): Field[] => {
  if (!/^STRUCT\(/.test(type) || type.endsWith(']')) return [field(name, quoted(name), type)]
  return structFields(type).map(f => field(`${name}_${f.name}`, `${quoted(name)}.${quoted(f.name)}`, f.type))
}

const field = (label: string, sql: string, type: string): Field => {
  if (type === 'JSON')
    return { label, sql: `CASE json_type(${sql}) WHEN 'NULL' THEN NULL ELSE ${sql} ->> '$' END`, fixed: false }
  if (/^(STRUCT|MAP)|\]$/.test(type)) return { label, sql: `CAST(to_json(${sql}) AS VARCHAR)`, fixed: true }
  return { label, sql: `CAST(${sql} AS VARCHAR)`, fixed: false }
}

/** The fields of `STRUCT(a BIGINT, "b c" STRUCT(x DATE)[])`, one level. */
const structFields = (type: string): Described[] => {
  const parts: string[] = []
  let depth = 0
  let inQuotes = false
  let start = 'STRUCT('.length
  const end = type.length - 1
  for (let i = start; i <= end; i++) {
    const c = type[i]
    if (c === '"') inQuotes = !inQuotes
    if (inQuotes) continue
    if (c === '(') depth += 1
    if (c === ')' && i < end) depth -= 1
    if ((c === ',' && depth === 0) || i === end) {
      parts.push(type.slice(start, i).trim())
      start = i + 1
    }
  }
  return parts.map(part => {
    const match = /^(?:"((?:[^"]|"")*)"|(\S+)) (.*)$/s.exec(part)
    return { name: match?.[1]?.replaceAll('""', '"') ?? match?.[2] ?? part, type: match?.[3] ?? 'VARCHAR' }
  })
}
