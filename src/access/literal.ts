import { compiler } from '#src/semantic/compile/compiler.ts'
import type { Sql } from '#src/semantic/compile/dialect.ts'

/** SQL with its values written into it, for a condition that stands inside of other SQL, which has `$1` … of its own. */
export const written = (sql: Sql, dialect: 'duckdb' | 'postgres'): string => {
  const { sql: text, parameters } = sql.compile(compiler)
  // Names and texts in quotes are passed over: they may hold a $1 as well.
  return text.replace(/"(?:[^"]|"")*"|'(?:[^']|'')*'|\$(\d+)/g, (found, n?: string) =>
    n === undefined ? found : literal(parameters[Number(n) - 1], dialect),
  )
}

/** Numbers, texts, true and false; `row-rules.ts` lets nothing else through. A backslash ends no text, whatever the server is set to. */
export const literal = (value: unknown, dialect: 'duckdb' | 'postgres'): string => {
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number' && Number.isFinite(value)) return value < 0 ? `(${value})` : String(value)
  if (typeof value !== 'string' || value.includes('\0')) throw new Error('A value of a rule cannot be written as SQL.')
  const quoted = `'${value.replaceAll("'", "''")}'`
  return dialect === 'postgres' && value.includes('\\') ? `E${quoted.replaceAll('\\', '\\134')}` : quoted
}
