import type { ColumnType } from '#src/vocabulary/table.ts'
import { type Candidate, guarded } from './candidate.ts'
import { guessCandidates, guessLocale, type Locale } from './guess.ts'
import { nullWords, textNullWords } from './null-words.ts'
import { currencyOf } from './number-candidates.ts'
import { literal, quoted, trimmed } from './sql-text.ts'

/** Runs SQL and gives rows of plain values; big numbers as strings. */
export type RunRows = (sql: string) => Promise<unknown[][]>

/** A column of the raw table: all its values are text. `fixed` keeps them text. */
export type RawColumn = {
  raw: string
  name: string
  label: string
  fixed?: boolean
  /** What a spreadsheet shows its numbers as. */
  percent?: boolean
  currency?: string
}

/** How a column is kept: its type, and the SQL that makes it from a row of `Typed.from`. */
export type Settled = {
  name: string
  label: string
  type: ColumnType
  sql: string
  /** How many values there are; a column with none and no header is dropped. */
  filled: number
  percent?: boolean
  currency?: string
}

/** `from` is the raw table with the cleaned text of each column beside it. */
export type Typed = { columns: Settled[]; from: string; warnings: string[] }

type Context = { table: string; columns: readonly RawColumn[]; delimiter: string; comma?: Locale['comma'] }

/**
 * Gives every column of a table of texts the narrowest type that reads all its values (words for "no value" aside): guessed from a sample,
 * proven on all rows. What nearly fits stays text, and a warning says why. Texts must have no blanks at their ends.
 */
export const settleTypes = async (run: RunRows, context: Context): Promise<Typed> => {
  const samples = await sampleOf(run, context)
  const locale = context.comma ? { comma: context.comma } : guessLocale(samples, context.delimiter)
  const guesses = context.columns.map((c, i) => (c.fixed ? [] : guessCandidates(c.name, samples[i] ?? [], locale)))
  const proofs = await prove(run, context, { guesses, samples })
  const prefer = dayOrder(proofs, context.delimiter)
  const settled = context.columns.map((column, i) =>
    settle(column, proofs[i]!, { i, sample: samples[i] ?? [], prefer }),
  )
  const texts = context.columns.map(
    (c, i) => `${valueOrNull(c, { proof: proofs[i]!, sample: samples[i] ?? [] })} AS v${i}`,
  )
  return {
    columns: settled.map(s => s.column),
    from: `(SELECT *, ${texts.join(', ')} FROM ${quoted(context.table)})`,
    warnings: settled.flatMap(s => s.warnings),
  }
}

/** The first 500 rows, and 1,500 in blocks that lie evenly behind each other. */
const sampleOf = async (run: RunRows, { table, columns }: Context): Promise<string[][]> => {
  const list = columns.map(c => quoted(c.raw)).join(', ')
  const [[count] = []] = await run(`SELECT count(*) FROM ${quoted(table)}`)
  const step = Math.floor(Number(count) / blocks)
  const starts = Array.from({ length: blocks }, (_, i) => i * step)
  const within = starts.map(at => `rowid BETWEEN ${at} AND ${at + 99}`).join(' OR ')
  const rows = [
    ...(await run(`SELECT ${list} FROM ${quoted(table)} LIMIT 500`)),
    ...(await run(`SELECT ${list} FROM ${quoted(table)} WHERE ${within}`)),
  ]
  return columns.map((_, i) => rows.map(r => r[i]).filter(v => typeof v === 'string'))
}

const blocks = 15

type Tried = { candidate: Candidate; bad: number; wide: number; example: string | null }
/** `filled`: cells that hold something; `values`: cells that hold more than a word for "no value". */
type Proof = { filled: number; values: number; tried: Tried[] }

/** Blank characters that the loader's trim leaves. */
const oddBlank = /^[\s\u00a0\ufeff]|[\s\u00a0\ufeff]$/u
const textOf = (c: RawColumn, sample: readonly string[]) =>
  sample.some(v => oddBlank.test(v)) ? trimmed(quoted(c.raw)) : quoted(c.raw)

const isWord = (text: string) => `lower(${text}) IN (${nullWords.map(literal).join(', ')})`

const valueOrNull = (c: RawColumn, { proof, sample }: { proof: Proof; sample: readonly string[] }) => {
  const text = textOf(c, sample)
  return proof.values < proof.filled ? `CASE WHEN ${isWord(text)} THEN NULL ELSE ${text} END` : `nullif(${text}, '')`
}

type Guesses = { guesses: readonly Candidate[][]; samples: readonly string[][] }

/**
 * Tries the best guess of each column on all rows, and the next ones of those that failed. Both orders of day and month are tried at once. Words
 * for "no value" are looked for only where a guess failed: no guess reads one, so that where all is read there is none.
 */
const prove = async (run: RunRows, context: Context, { guesses, samples }: Guesses): Promise<Proof[]> => {
  const proofs: Proof[] = guesses.map(() => ({ filled: 0, values: 0, tried: [] }))
  const first = await tryAll(run, context, { round: guesses.map(firstGuesses), proofs, samples, count: true })
  for (const proof of proofs) proof.values = proof.filled
  const failed = first.map(list => list.length > 0 && !list.some(fits))
  for (const [i, list] of first.entries()) if (!failed[i]) proofs[i]?.tried.push(...list)
  const values = await countValues(run, context, { wanted: failed, samples })
  for (const [i, count] of values) proofs[i]!.values = count
  for (let left = guesses.map((g, i) => (failed[i] && proofs[i]?.values ? g : [])); left.some(g => g.length > 0); ) {
    const round = left.map(firstGuesses)
    const tried = await tryAll(run, context, { round, proofs, samples })
    for (const [i, list] of tried.entries()) proofs[i]?.tried.push(...list)
    left = left.map((g, i) => (tried[i]?.some(fits) ? [] : g.slice(round[i]?.length)))
  }
  return proofs
}

const firstGuesses = (guesses: readonly Candidate[]) => {
  const end = guesses[0]?.order ? guesses.findIndex(g => !g.order) : 1
  return end < 0 ? guesses : guesses.slice(0, end)
}

type Wanted = { wanted: readonly boolean[]; samples: readonly string[][] }

/** How many cells of some columns hold more than a word for "no value". */
const countValues = async (
  run: RunRows,
  { table, columns }: Context,
  { wanted, samples }: Wanted,
): Promise<[column: number, count: number][]> => {
  const asked = columns.flatMap((c, i) => (wanted[i] ? [{ i, text: textOf(c, samples[i] ?? []) }] : []))
  if (asked.length === 0) return []
  const list = asked.map(({ text }) => `count(*) FILTER (NOT ${isWord(text)})`)
  const [row = []] = await run(`SELECT ${list.join(', ')} FROM ${quoted(table)}`)
  return asked.map(({ i }, k) => [i, Number(row[k])])
}

type Round = {
  round: readonly (readonly Candidate[])[]
  proofs: readonly Proof[]
  samples: readonly string[][]
  /** Also counts into the proofs how many cells are filled. */
  count?: boolean
}

const tryAll = async (run: RunRows, context: Context, { round, proofs, samples, count }: Round): Promise<Tried[][]> => {
  const asked = context.columns.flatMap((column, i): Trying[] => {
    const candidates = round[i] ?? []
    const text = valueOrNull(column, { proof: proofs[i]!, sample: samples[i] ?? [] })
    return count || candidates.length > 0 ? [{ i, column, text, candidates, count }] : []
  })
  const tried: Tried[][] = round.map(() => [])
  if (asked.length === 0) return tried
  const [often, seldom] = [true, false].map(repeats => asked.filter(({ i }) => repeatsIn(samples[i]) === repeats))
  const parts = [...(often ?? []).map(one => [one]), ...(seldom?.length ? [seldom] : [])]
  const queries = parts.map((part, k) => `(${tryingSql(part, context, part !== seldom)}) AS p${k}`)
  const [row = []] = await run(`SELECT * FROM ${queries.join(', ')}`)
  const next = row.values()
  const take = () => next.next().value
  for (const { i, candidates } of parts.flat()) {
    if (count) proofs[i]!.filled = Number(take())
    tried[i] = candidates.map(candidate => ({
      candidate,
      bad: Number(take()),
      example: (take() as string | null) ?? null,
      wide: Number(take()),
    }))
  }
  return tried
}

/** A column of which all values are tried, and its text with words for "no value" left out. */
type Trying = {
  i: number
  column: RawColumn
  text: string
  candidates: readonly Candidate[]
  /** Also counts the filled cells. */
  count?: boolean
}

/** Most values stand in several rows: then each is tried once. */
const repeatsIn = (sample: readonly string[] = []) => new Set(sample).size < sample.length / 2

/** One row: of each column how many cells are filled, and of each candidate how many it does not read, one of these, and how many are wide. */
const tryingSql = (asked: readonly Trying[], { table }: Context, once: boolean): string => {
  const tally = (condition: string) =>
    once ? `coalesce(sum(n) FILTER (${condition}), 0)` : `count(*) FILTER (${condition})`
  const flat = asked.flatMap(({ i, candidates }) =>
    candidates.map((candidate, k) => ({ candidate, text: `v${i}`, typed: `x${i}_${k}` })),
  )
  const counts = asked.flatMap(({ i, count }) => [
    ...(count ? [tally(`v${i} IS NOT NULL`)] : []),
    ...flat
      .filter(({ text }) => text === `v${i}`)
      .flatMap(({ candidate, text, typed }) => [
        tally(`${text} IS NOT NULL AND ${typed} IS NULL`),
        `any_value(${text}) FILTER (${text} IS NOT NULL AND ${typed} IS NULL)`,
        candidate.wide ? tally(candidate.wide(typed)) : '0',
      ]),
  ])
  const typed = flat.map(f => `${guarded(f.candidate, f.text)} AS ${f.typed}`)
  const texts = asked.map(({ i, text }) => `${text} AS v${i}`)
  const rows = once
    ? `SELECT ${texts.join(', ')}, count(*) AS n FROM ${quoted(table)} GROUP BY ${asked.map(({ column }) => quoted(column.raw)).join(', ')}`
    : `SELECT ${texts.join(', ')} FROM ${quoted(table)}`
  const list = counts.map((c, k) => `${c} AS r${asked[0]?.i}_${k}`)
  return `SELECT ${list.join(', ')} FROM (SELECT ${['*', ...typed].join(', ')} FROM (${rows}))`
}

/** The order of day and month that some column proves; else what the separator and the commas suggest. */
const dayOrder = (proofs: readonly Proof[], delimiter: string): { order: 'mdy' | 'dmy'; proven: boolean } => {
  const proven = proofs.flatMap(p => {
    const orders = new Set(p.tried.filter(fits).flatMap(t => t.candidate.order ?? []))
    return orders.size === 1 ? [...orders] : []
  })
  const [only, second] = [...new Set(proven)]
  if (only && !second) return { order: only, proven: true }
  return { order: delimiter === ';' ? 'dmy' : 'mdy', proven: false }
}

const fits = (t: Tried) => t.bad === 0

type Neighbours = { i: number; sample: readonly string[]; prefer: ReturnType<typeof dayOrder> }

const settle = (column: RawColumn, proof: Proof, { i, sample, prefer }: Neighbours) => {
  const fitting = proof.tried.filter(fits)
  const [first] = fitting
  const chosen = first?.candidate.order ? (fitting.find(t => t.candidate.order === prefer.order) ?? first) : first
  const named = { name: column.name, label: column.label, filled: proof.filled }
  if (!chosen) return { column: { ...named, ...asText(column, sample) }, warnings: nearMiss(column, proof) }
  const { order } = chosen.candidate
  const unclear = order && !prefer.proven && new Set(fitting.map(t => t.candidate.order)).size > 1
  return {
    column: { ...named, ...asTyped(chosen, { text: `v${i}`, sample, column }) },
    warnings: unclear ? [orderWarning(column.label, order)] : [],
  }
}

type Place = { text: string; sample: readonly string[]; column: RawColumn }

const asTyped = ({ candidate, wide }: Tried, { text, sample, column }: Place) => {
  const typed = candidate.value(text)
  const narrow = candidate.narrow && wide === 0 ? candidate.narrow : undefined
  const isNumber = candidate.type === 'number' || candidate.type === 'integer'
  return {
    type: narrow?.type ?? candidate.type,
    sql: narrow ? narrow.sql(typed) : typed,
    percent: candidate.percent || (isNumber && column.percent) || undefined,
    currency: (candidate.comma ? currencyOf(sample) : undefined) ?? (isNumber ? column.currency : undefined),
  }
}

const asText = (column: RawColumn, sample: readonly string[]) => {
  const text = textOf(column, sample)
  const sql = `CASE WHEN ${text} IN (${textNullWords.map(literal).join(', ')}) THEN NULL ELSE ${text} END`
  return { type: 'text' as const, sql }
}

const kindWord: Record<ColumnType, string> = {
  integer: 'a number',
  number: 'a number',
  boolean: 'yes or no',
  date: 'a date',
  timestamp: 'a time',
  text: 'a text',
}

/** Few values stand in the way of a type: worth a word, since the column cannot be added up. */
const nearMiss = (column: RawColumn, { values, tried }: Proof): string[] => {
  const near = tried.filter(t => t.bad > 0 && t.bad <= values * 0.05).toSorted((a, b) => a.bad - b.bad)[0]
  if (!near) return []
  const many = `${near.bad.toLocaleString('en-US')} of ${values.toLocaleString('en-US')} values`
  const example = `“${(near.example ?? '').slice(0, 40)}”`
  return [
    `“${column.label}” is kept as text, because ${many} cannot be read as ${kindWord[near.candidate.type]}: ${example}.`,
  ]
}

const orderWarning = (label: string, order: 'mdy' | 'dmy') =>
  `In “${label}” day and month cannot be told apart; it was read as ${order === 'mdy' ? 'month/day' : 'day/month'}.`
