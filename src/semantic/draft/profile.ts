import type { ColumnType } from '#src/vocabulary/table.ts'

/** A column that is known before anything was counted. `label` is the header as people wrote it. */
export type KnownColumn = { name: string; label: string; type: ColumnType; percent?: boolean; currency?: string }
export type KnownTable = { name: string; label: string; columns: readonly KnownColumn[] }

/** What one look at all values of a column told. */
export type ColumnProfile = KnownColumn & {
  /** Rows with a value, and how many different ones. */
  filled: number
  distinct: number
  min: number | string | null
  max: number | string | null
  /** Of numbers; of dates in days since 1970. */
  mean: number | null
  /** All numbers are whole. */
  whole: boolean
  /** Share of values that are zero. */
  zeros: number
  /** Average number of characters, of texts. */
  length: number
  /** Shares of texts that look like one of these, 0 … 1. */
  patterns: { email: number; phone: number; url: number; ip: number; spaced: number }
  /** All values, most frequent first, when there are at most `valuesKept`; else none. */
  values: { value: string; count: number }[]
}

export type TableProfile = {
  name: string
  label: string
  rows: number
  columns: ColumnProfile[]
  /** Groups of two or three columns that together name a row, when no column alone does. */
  compositeKeys: string[][]
  /** The columns that the database itself calls the key. */
  declaredKey?: readonly string[]
}

/** What a semantic model is drafted from. Links hold the share of the values of one side that the other side has. */
/** Columns of one table whose values may be keys of another, by their names or by their values. */
export type LinkCandidate = {
  from: { table: string; columns: string[] }
  to: { table: string; columns: string[] }
  /** own: the name says whose key it is; name: the names are akin; values: nothing but the values. */
  evidence: 'own' | 'name' | 'values'
}

/** How many different values the side `from` has, and which share of them stands in `to`. */
export type Link = LinkCandidate & { distinct: number; share: number }

export type Profile = { tables: TableProfile[]; links: Link[] }

export const valuesKept = 500
