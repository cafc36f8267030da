import type { Language } from './language.ts'
import { duckdb } from './languages/duckdb.ts'
import { postgres } from './languages/postgres.ts'
import type { DialectName, Outline } from './outline.ts'

const languages: Record<DialectName, Language> = { duckdb, postgres }

/** What may be used of the dialect that a statement is written in. */
export const languageOf = ({ dialect }: Outline): Language => languages[dialect]
