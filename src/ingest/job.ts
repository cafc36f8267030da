import type { Profile } from '#src/semantic/draft/profile.ts'
import type { ErrorCode } from '#src/vocabulary/errors.ts'
import type { ColumnType } from '#src/vocabulary/table.ts'
import type { QualityTable, TableQuality } from './quality.ts'
import type { Rejects } from './rejects.ts'

/** How a file is read; decided by its first bytes, and by its ending when these do not tell. */
export type FileKind = 'text' | 'json' | 'parquet' | 'workbook'

/** One data file: where it is, what it is called, what it becomes. `path` is real (no link). */
export type SourceFile = {
  path: string
  file: string
  kind: FileKind
  gzip: boolean
  /** The table's name: a plain identifier, unique in the database. */
  table: string
  /** The file's name without its ending, as people wrote it. */
  label: string
  size: number
  modified: number
}

/** A column of an ingested table. `label` is the header as it stands in the file. */
export type IngestedColumn = {
  name: string
  label: string
  type: ColumnType
  /** Values were written with a percent sign and are kept as fractions. */
  percent?: boolean
  /** ISO 4217, when values were written with a currency sign. */
  currency?: string
}

export type IngestedTable = { name: string; label: string; file: string; rows: number; columns: IngestedColumn[] }

/** What the child is asked: make a database of files, look into one that exists, or say how good its rows are. */
export type Job =
  | { kind: 'build'; files: SourceFile[]; database: string; staging: string; memoryMb: number }
  | { kind: 'look'; database: string; memoryMb: number }
  | { kind: 'quality'; database: string; memoryMb: number; tables: readonly QualityTable[] }

/** What the child finds. */
export type JobResult = { tables: IngestedTable[]; warnings: string[]; rejects: Rejects; profile: Profile }

/** What the child gives for a job. */
export type ResultOf<J extends Job> = J extends { kind: 'quality' } ? TableQuality[] : JobResult

export type Progress = { file: string; step: 'reading' | 'typing' | 'profiling'; rows?: number }

export type ChildMessage =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'done'; result: JobResult | TableQuality[] }
  | { kind: 'failed'; code: ErrorCode; message: string }
