/**
 * Whether an error says that nobody answered, and not that something was wrong with what was asked.
 * Codes: https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
export const isLost = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return /^(08|57P0|53300$|E[A-Z_]+$)/.test(code) || /terminated|timeout|not queryable/i.test(error.message)
}
