/** A line of a file that could not be read, kept aside: where it stands, why, and what it says (cut when long). */
export type Reject = { file: string; line: number; reason: string; text: string }

/** All lines that could not be read are counted; the first of them are kept. */
export type Rejects = { count: number; kept: Reject[] }

/** How many are kept of one import, and how much of each. */
export const rejectsKept = 1000
export const rejectLength = 500

export const noRejects: Rejects = { count: 0, kept: [] }

/** Those of several files as one list. */
export const allRejects = (parts: readonly Rejects[]): Rejects => ({
  count: parts.reduce((sum, p) => sum + p.count, 0),
  kept: parts.flatMap(p => p.kept).slice(0, rejectsKept),
})

/** Why a line could not be read, by DuckDB's name for it (https://duckdb.org/docs/stable/data/csv/reading_faulty_csv_files). */
export const rejectReason = (errorType: string): string =>
  ({
    'TOO MANY COLUMNS': 'more fields than the header',
    'MISSING COLUMNS': 'fewer fields than the header',
    'UNQUOTED VALUE': 'a quote that is not closed',
    'LINE SIZE OVER MAXIMUM': 'longer than 16 MB',
    'INVALID ENCODING': 'characters that cannot be read',
  })[errorType] ?? 'it does not fit the header'
