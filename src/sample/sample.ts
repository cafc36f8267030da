import type { OpenTable, TableSpec, ViewSpec } from './table.ts'

/** All samples, in the order in which they are loaded. */
export const sampleNames = ['ecommerce', 'support'] as const
export type SampleName = (typeof sampleNames)[number]

/** Hears how much of it is made. */
export type OnProgress = (done: number, total: number) => void

/** One kind of sample data with its settings filled in: the same settings and version give the same rows everywhere. */
export type Sample = {
  name: SampleName
  /** The version of its rows, raised when code changes them. */
  version: number
  settings: Record<string, string | number>
  tables: readonly TableSpec[]
  views: readonly ViewSpec[]
  /** What stands behind CREATE INDEX ON for PostgreSQL: `table (columns)`. */
  indexes: readonly string[]
  /** What is counted while it is made: "orders". */
  unit: string
  /** The setting that says where its file lies. */
  pathSetting: string
  fill: (openTable: OpenTable, onProgress?: OnProgress) => Promise<void>
}

/** What a file or schema is known by that holds it. */
export const marksOf = ({ name, version, settings }: Sample): Record<string, string | number> => ({
  sample: name,
  version,
  ...settings,
})

/** Everything that it makes, but its mark. */
export const relationsOf = ({ tables, views }: Sample): string[] => [...tables, ...views].map(({ name }) => name)
