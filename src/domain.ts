import { LRUCache } from 'lru-cache'
import { columnsIn, knownColumns } from './access/mentioned.ts'
import { withCompleteJoins } from './complete-joins.ts'
import type { CachedEngine } from './engines/cache.ts'
import type { EngineResult } from './engines/engine.ts'
import { costViolation, estimateOf } from './guard/cost.ts'
import { type Guard, isRefused, type Violation } from './guard/guard.ts'
import type { QueryTree } from './guard/query-tree.ts'
import type { AllowedTable } from './guard/rule.ts'
import { buildLexicon, type English, type Lexicon } from './question/lexicon.ts'
import { type RunStatement, sealedRun } from './run-sealed.ts'
import { columnFormats } from './semantic/column-formats.ts'
import type { CompileProblem } from './semantic/compile/problem.ts'
import { type Compiled, compile, isCompileProblem } from './semantic/compile.ts'
import type { Dimension, Model } from './semantic/model.ts'
import { ChartroomError } from './vocabulary/errors.ts'
import type { Format } from './vocabulary/format.ts'
import type { IsoDate } from './vocabulary/period.ts'
import type { Query } from './vocabulary/query.ts'
import type { Cell, Table } from './vocabulary/table.ts'

/** A result, with the statement that made it. */
export type DomainResult = { table: Table; sql: string; params: readonly unknown[]; cached: boolean; ms: number }

/** What SQL of a language model gave. A column has a format where what it is made of tells one: money, a duration, or a bare number. */
export type TextResult = Omit<EngineResult, 'columns'> & { columns: TextColumn[]; sql: string; cached: boolean }

export type TextColumn = EngineResult['columns'][number] & { format?: Format }

export type DataRange = { first: IsoDate; last: IsoDate }

/** What the data itself says: which values may be named, and from when to when it goes. Read anew when the data changes. */
export type Knowledge = {
  lexicon: Lexicon
  range(time: string): DataRange | undefined
  values(dimension: string): readonly string[]
}

/** One semantic model over one engine: everything that questions of a domain need. */
export type Domain = {
  model: Model
  /** What every answer must say of the rows that were left out. */
  notes: readonly string[]
  /** Where the data came from, in words. */
  source: string
  /** What ingest could not use; told once. */
  warnings: readonly string[]
  knowledge(): Promise<Knowledge>
  /** Compiles, guards and runs a query; one that makes no sense is a problem. Throws `engine/…`. */
  run(query: Query, options?: { signal?: AbortSignal }): Promise<DomainResult | CompileProblem>
  /** Runs SQL that a language model wrote, if the guard lets it through and it costs no more than it may. Throws `engine/…`. */
  runText(sql: string, options?: { signal?: AbortSignal }): Promise<TextResult | Violation[]>
  /** Runs SQL of our own that no query can say, on the one table that it names, as it may be seen. Throws `engine/…`. */
  runOurs: RunStatement
  dialect: 'duckdb' | 'postgres'
  /** Settings of every statement, by which a PostgreSQL server may choose the rows. */
  session?: Readonly<Record<string, string>>
  /** Changes when the data may have changed. */
  version(): Promise<string>
  /** Rows of a table. */
  rowCount(table: string): Promise<number | null>
  /** The same data, as somebody may see it: nothing else exists for them. Closing it closes nothing. */
  as(sight: Sight): Domain
  close(): Promise<void>
}

/** A domain made narrower; `key` is the same for the same narrowing, which then is made once. */
export type Sight = { key: string; narrow: (parts: DomainParts) => DomainParts }

export type DomainParts = {
  model: Model
  source: string
  warnings?: readonly string[]
  engine: CachedEngine
  /** Where SQL of a language model runs; absent: in the engine itself. Opened when first needed. */
  textEngine?: () => Promise<CachedEngine>
  guard: Guard
  english: English
  limits: { maxRows: number; timeoutMs: number }
  /** Tables of which only some rows and columns may be seen are told here; absent: all that the model names. */
  tables?: readonly AllowedTable[]
  /** Settings of every statement, for row level security of a PostgreSQL server. */
  session?: Readonly<Record<string, string>>
  /** What every answer must say: which rows are left out. */
  notes?: readonly string[]
}

/** A model may use every column that is known, but none that holds personal data. */
const withoutPersonal = (tables: readonly AllowedTable[], model: Model): AllowedTable[] => {
  const personal = Object.values(model.dimensions).filter(d => d.personal)
  const columns = personal.flatMap(columnsIn)
  return tables.map(table => ({
    ...table,
    columns: (table.columns ?? knownColumns(model, table.name)).filter(
      name => !columns.some(ref => ref.table === table.name && ref.column === name),
    ),
  }))
}

type Limited = { signal?: AbortSignal; maxRows?: number; timeoutMs?: number }

/** Values of one dimension that are kept in memory; a dimension with more gives none. */
const maxValues = 20_000

/** Opens a domain. The data's values are read on first need. */
export const openDomain = (parts: DomainParts): Domain => ({ ...madeOf(parts), close: () => parts.engine.close() })

/** Narrower sights of a domain that are kept, with what was learnt for them. */
const mostSights = 50

const tablesOf = (model: Model): AllowedTable[] => Object.keys(model.tables).map(name => ({ name }))

const madeOf = (parts: DomainParts): Domain => {
  const { model, engine, guard, english, limits, source, session, warnings = [], notes = [] } = parts
  const tables = parts.tables ?? tablesOf(model)
  const sights = new LRUCache<string, Domain>({ max: mostSights })
  const statement = async (sql: string, params: readonly unknown[], options: Limited = {}) => {
    const checked = await guard.seal(sql, { tables })
    return engine.run(checked, {
      params: params as never,
      timeoutMs: limits.timeoutMs,
      maxRows: limits.maxRows,
      ...(session && { session }),
      ...options,
    })
  }
  let counted: { version: string; model: Model } | undefined
  const ask = async (query: Query, options?: Limited) => {
    const asCounted = counted?.version === (await engine.version()) ? counted.model : model
    const compiled = compile(query, asCounted, engine.dialect)
    if (isCompileProblem(compiled)) return compiled
    const result = await statement(compiled.sql, compiled.params, options)
    const table: Table = { columns: compiled.columns, rows: amounts(result, compiled), truncated: result.truncated }
    return { table, sql: compiled.sql, params: compiled.params, cached: result.cached, ms: result.ms }
  }
  const runText = async (sql: string, { signal }: { signal?: AbortSignal } = {}) => {
    const checked = await guard.check(sql, { tables: withoutPersonal(tables, model), limit: limits.maxRows + 1 })
    if (isRefused(checked)) return checked
    const on = await (parts.textEngine?.() ?? engine)
    const costly = costViolation(estimateOf(on.dialect, await on.explain(checked, { signal, session })))
    if (costly) return [costly]
    const { timeoutMs, maxRows } = limits
    const made = guard.treeOf(sql).catch(() => undefined)
    const result = await on.run(checked, { signal, timeoutMs, maxRows, ...(session && { session }) })
    return { ...result, columns: withFormats(result.columns, await made, model), sql }
  }
  const known = remembered(engine, async () => {
    const version = await engine.version()
    const knowledge = await learn(model, english, ask)
    // A server is written to all the time: what is counted there may not hold a moment later.
    if (engine.dialect === 'duckdb')
      counted = {
        version,
        model: await withCompleteJoins(
          model,
          async sql => (await statement(sql, [], { timeoutMs: longestCount })).rows,
        ),
      }
    return knowledge
  })
  return {
    model,
    notes,
    source,
    warnings,
    knowledge: known,
    run: ask,
    runText,
    runOurs: sealedRun({ engine, guard, tables, session, timeoutMs: limits.timeoutMs }),
    dialect: engine.dialect,
    ...(session && { session }),
    version: () => engine.version(),
    rowCount: async table => {
      const result = await statement(`select count(*) from "${table.replaceAll('"', '""')}"`, [])
      return Number(result.rows[0]?.[0] ?? 0)
    },
    as: ({ key, narrow }) => {
      const made = sights.get(key) ?? madeOf(narrow(parts))
      sights.set(key, made)
      return made
    },
    close: async () => undefined,
  }
}

const withFormats = (columns: EngineResult['columns'], tree: QueryTree | undefined, model: Model): TextColumn[] => {
  if (!tree) return columns
  const names = columns.map(({ name }) => name)
  const formats = columnFormats(tree, model, names)
  return columns.map((column, i) => {
    const known = formats[i]
    if (known === undefined || !/^(number|integer)$/.test(column.type)) return column
    return { ...column, format: known === 'plain' ? { kind: 'number' } : known }
  })
}

/** A measure is an amount: where the engine gave an integer as exact text, as if it named something, the nearest number is meant. */
const amounts = ({ rows, columns }: EngineResult, compiled: Compiled): Cell[][] => {
  const isExact = (i: number) =>
    columns[i]?.type === 'text' && /^(measure|previous)$/.test(compiled.columns[i]?.role ?? '')
  if (!columns.some((_, i) => isExact(i))) return rows
  return rows.map(row => row.map((cell, i) => (isExact(i) && /^-?\d+$/.test(String(cell)) ? Number(cell) : cell)))
}

type Kept = { version: string; knowledge: Promise<Knowledge> }

/**
 * Keeps what was learnt until the data changes. A file changes as a whole, and nothing old is told then; a server is written to all the time,
 * so there nobody waits: what is new is learnt beside the questions.
 */
const remembered = (engine: CachedEngine, make: () => Promise<Knowledge>): (() => Promise<Knowledge>) => {
  let kept: Kept | undefined
  let learning = false
  const learnAnew = (version: string): Kept => {
    const next = { version, knowledge: make() }
    next.knowledge.catch(() => {
      if (kept === next) kept = undefined
    })
    return next
  }
  const learnBeside = async (version: string) => {
    learning = true
    const next = learnAnew(version)
    await next.knowledge.then(
      () => {
        kept = next
      },
      () => undefined,
    )
    learning = false
  }
  return async () => {
    const version = await engine.version()
    if (!kept || (kept.version !== version && engine.dialect === 'duckdb')) kept = learnAnew(version)
    else if (kept.version !== version && !learning) void learnBeside(version)
    return kept.knowledge
  }
}

type Ask = (query: Query, options?: Limited) => Promise<DomainResult | CompileProblem>

const learn = async (model: Model, english: English, ask: Ask): Promise<Knowledge> => {
  const dimensions = Object.values(model.dimensions).filter(d => d.type === 'text' && !d.personal && !d.hidden)
  const values = new Map<string, string[]>()
  for (const d of dimensions) values.set(d.name, await valuesOf(plainTwin(d, model), model, ask))
  const ranges = new Map<string, DataRange>()
  for (const d of Object.values(model.dimensions).filter(d => d.type === 'date' || d.type === 'timestamp')) {
    const range = await rangeOf(d.name, model, ask)
    if (range) ranges.set(d.name, range)
  }
  const lists = [...values].map(([dimension, list]) => ({ dimension, values: list }))
  return {
    lexicon: buildLexicon(model, lists, english),
    range: time => ranges.get(time),
    values: dimension => values.get(dimension) ?? [],
  }
}

const bare = (model: Model, query: Partial<Query>): Query => ({
  domain: model.domain,
  measures: [],
  splits: [],
  filters: [],
  having: [],
  order: [],
  intent: 'value',
  ...query,
})

/** "origin city" and "destination city" have the values of the city of a warehouse. */
const plainTwin = (d: Dimension, model: Model): string => {
  const same = (other: Dimension) =>
    !other.via && other.table === d.table && JSON.stringify(other.expression) === JSON.stringify(d.expression)
  return d.via ? (Object.values(model.dimensions).find(same)?.name ?? d.name) : d.name
}

const valuesOf = async (dimension: string, model: Model, ask: Ask): Promise<string[]> => {
  const measure = { measure: `distinct_${dimension}` }
  const query = bare(model, { measures: [measure], splits: [{ dimension }] })
  const result = await ask(query, { maxRows: maxValues + 1, timeoutMs: longestLook }).catch(noneWhenTooMuch)
  if ('code' in result || result.table.rows.length > maxValues) return []
  return result.table.rows.flatMap(([value]) => (typeof value === 'string' && value.length < 200 ? [value] : []))
}

/** Counting that takes longer is left. Milliseconds. */
const longestCount = 2000

/** A text in a table of hundreds of millions of rows is then not known by its values; everything else is. Milliseconds. */
const longestLook = 10_000

const noneWhenTooMuch = (thrown: unknown) => {
  if (thrown instanceof ChartroomError && /^engine\/(timeout|out-of-memory)$/.test(thrown.code))
    return { code: thrown.code }
  throw thrown
}

const rangeOf = async (time: string, model: Model, ask: Ask): Promise<DataRange | undefined> => {
  const measures = [{ measure: `first_${time}` }, { measure: `last_${time}` }]
  const result = await ask(bare(model, { measures }))
  if ('code' in result) return undefined
  const [first, last] = result.table.rows[0] ?? []
  return typeof first === 'string' && typeof last === 'string'
    ? { first: first.slice(0, 10), last: last.slice(0, 10) }
    : undefined
}
