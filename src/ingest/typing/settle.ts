import type { ColumnType } from '#src/vocabulary/table.ts'
import type { Candidate } from './candidate.ts'
import { guessCandidates, guessLocale } from './guess.ts'
import { nullWords, textNullWords } from './null-words.ts'
import { currencyOf } from './number-candidates.ts'
import { literal, quoted, trimmed } from './sql-text.ts'

/** Runs SQL and gives rows of plain values; big numbers as strings. */
export type RunRows = (sql: string) => Promise<unknown[][]>

/** A column of the raw table: all its values are text. `fixed` keeps them text. */
export type RawColumn = { raw: string; name: string; label: string; fixed?: boolean }

/** How a column is kept: its type, and the SQL that makes it from the raw one. */
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

type Context = { table: string; columns: readonly RawColumn[]; delimiter: string }

/**
 * Gives every column of a table of texts the narrowest type that reads all its values (words for "no value" aside): guessed from a sample,
 * proven on all rows in one scan. What nearly fits stays text, and a warning says why.
 */
export const settleTypes = async (
  run: RunRows,
  context: Context,
): Promise<{ columns: Settled[]; warnings: string[] }> => {
  const samples = await sampleOf(run, context)
  const locale = guessLocale(samples, context.delimiter)
  const guesses = context.columns.map((c, i) => (c.fixed ? [] : guessCandidates(c.name, samples[i] ?? [], locale)))
  const proofs = await prove(run, context, guesses)
  const prefer = dayOrder(proofs, context.delimiter)
  const settled = context.columns.map((column, i) => settle(column, proofs[i]!, { sample: samples[i] ?? [], prefer }))
  return { columns: settled.map(s => s.column), warnings: settled.flatMap(s => s.warnings) }
}

const sampleOf = async (run: RunRows, { table, columns }: Context): Promise<string[][]> => {
  const list = columns.map(c => quoted(c.raw)).join(', ')
  const first = await run(`SELECT ${list} FROM ${quoted(table)} LIMIT 500`)
  const spread = await run(`SELECT ${list} FROM ${quoted(table)} USING SAMPLE reservoir(1500 ROWS) REPEATABLE (7)`)
  const rows = [...first, ...spread]
  return columns.map((_, i) => rows.map(r => r[i]).filter(v => typeof v === 'string'))
}

type Tried = { candidate: Candidate; bad: number; wide: number; example: string | null }
type Proof = { filled: number; words: number; tried: Tried[] }

const prove = async (run: RunRows, { table, columns }: Context, guesses: Candidate[][]): Promise<Proof[]> => {
  const cleaned = columns.map((c, i) => `${trimmed(quoted(c.raw))} AS t${i}`)
  const valued = columns.map((_, i) => `CASE WHEN ${isWord(`t${i}`)} THEN NULL ELSE t${i} END AS v${i}, t${i}`)
  const typed = guesses.flatMap((list, i) => list.map((c, k) => `${c.typed(`v${i}`)} AS x${i}_${k}`))
  const counts = columns.flatMap((_, i) => [
    `count(*) FILTER (t${i} <> '')`,
    `count(v${i})`,
    ...(guesses[i] ?? []).flatMap((c, k) => [
      `count(*) FILTER (v${i} IS NOT NULL AND x${i}_${k} IS NULL)`,
      `any_value(v${i}) FILTER (v${i} IS NOT NULL AND x${i}_${k} IS NULL)`,
      c.wide ? `count(*) FILTER (${c.wide(`x${i}_${k}`)})` : '0',
    ]),
  ])
  const inner = `SELECT ${cleaned.join(', ')} FROM ${quoted(table)}`
  const middle = `SELECT ${valued.join(', ')} FROM (${inner})`
  const outer = typed.length ? `SELECT *, ${typed.join(', ')} FROM (${middle})` : middle
  const [row = []] = await run(`SELECT ${counts.join(', ')} FROM (${outer})`)
  const next = row[Symbol.iterator]()
  const take = () => next.next().value
  return guesses.map(list => ({
    filled: Number(take()),
    words: Number(take()),
    tried: list.map(candidate => ({
      candidate,
      bad: Number(take()),
      example: (take() as string | null) ?? null,
      wide: Number(take()),
    })),
  }))
}

const isWord = (value: string) => `lower(${value}) IN (${nullWords.map(literal).join(', ')})`

/** The order of day and month that some column proves; else what the separator and the commas suggest. */
const dayOrder = (proofs: readonly Proof[], delimiter: string): { order: 'mdy' | 'dmy'; proven: boolean } => {
  const proven = proofs.flatMap(p => {
    const orders = new Set(p.tried.filter(fits).flatMap(t => t.candidate.order ?? []))
    return p.words > 0 && orders.size === 1 ? [...orders] : []
  })
  const only = new Set(proven)
  if (only.size === 1) return { order: proven[0]!, proven: true }
  return { order: delimiter === ';' ? 'dmy' : 'mdy', proven: false }
}

const fits = (t: Tried) => t.bad === 0

type Neighbours = { sample: readonly string[]; prefer: ReturnType<typeof dayOrder> }

const settle = (column: RawColumn, proof: Proof, { sample, prefer }: Neighbours) => {
  const fitting = proof.words > 0 ? proof.tried.filter(fits) : []
  const first = fitting[0]
  const chosen = first?.candidate.order ? (fitting.find(t => t.candidate.order === prefer.order) ?? first) : first
  if (!chosen) return { column: textColumn(column, proof), warnings: nearMiss(column, proof) }
  const unclear = fitting.some(t => t.candidate.order && t.candidate.order !== chosen.candidate.order) && !prefer.proven
  return {
    column: typedColumn(column, chosen, { proof, sample }),
    warnings: unclear && chosen.candidate.order ? [orderWarning(column.label, chosen.candidate.order)] : [],
  }
}

const typedColumn = (
  column: RawColumn,
  { candidate, wide }: Tried,
  { proof, sample }: { proof: Proof; sample: readonly string[] },
): Settled => {
  const text = trimmed(quoted(column.raw))
  const typed = candidate.typed(`(CASE WHEN ${isWord(text)} THEN NULL ELSE ${text} END)`)
  const narrow = candidate.narrow && wide === 0 ? candidate.narrow : undefined
  return {
    ...named(column),
    type: narrow?.type ?? candidate.type,
    sql: narrow ? narrow.sql(typed) : typed,
    filled: proof.filled,
    percent: candidate.percent || undefined,
    currency: candidate.comma ? currencyOf(sample) : undefined,
  }
}

const textColumn = (column: RawColumn, proof: Proof): Settled => {
  const text = trimmed(quoted(column.raw))
  const sql = `CASE WHEN ${text} IN (${textNullWords.map(literal).join(', ')}) THEN NULL ELSE ${text} END`
  return { ...named(column), type: 'text', sql, filled: proof.filled }
}

const named = ({ name, label }: RawColumn) => ({ name, label })

const kindWord: Record<ColumnType, string> = {
  integer: 'numbers',
  number: 'numbers',
  boolean: 'yes or no',
  date: 'dates',
  timestamp: 'times',
  text: 'texts',
}

/** Few values stand in the way of a type: worth a word, since the column cannot be added up. */
const nearMiss = (column: RawColumn, { words, tried }: Proof): string[] => {
  const near = tried.filter(t => t.bad > 0 && t.bad <= words * 0.05).toSorted((a, b) => a.bad - b.bad)[0]
  if (!near) return []
  const values = near.bad === 1 ? 'value is' : 'values are'
  return [
    `“${column.label}” is kept as text: ${near.bad} of ${words} ${values} not ${kindWord[near.candidate.type]}, such as “${(near.example ?? '').slice(0, 40)}”.`,
  ]
}

const orderWarning = (label: string, order: 'mdy' | 'dmy') =>
  `In “${label}” day and month cannot be told apart; it was read as ${order === 'mdy' ? 'month/day' : 'day/month'}.`
