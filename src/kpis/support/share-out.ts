/**
 * Shares of 100 with one decimal that sum to exactly 100, by largest remainder (ties: the one that stands first); null each when the whole is 0.
 * The SQL of the KPIs does the same; this is for parts that no database knows.
 */
export const shareOut = (parts: readonly number[]): (number | null)[] => {
  const whole = parts.reduce((sum, part) => sum + part, 0)
  if (whole === 0) return parts.map(() => null)
  const floors = parts.map(part => Math.floor((part * 1000) / whole))
  const left = 1000 - floors.reduce((sum, tenths) => sum + tenths, 0)
  const byRemainder = parts.map((part, i) => ({ i, rest: (part * 1000) % whole })).sort((a, b) => b.rest - a.rest)
  const raised = new Set(byRemainder.slice(0, left).map(({ i }) => i))
  return floors.map((tenths, i) => (tenths + (raised.has(i) ? 1 : 0)) / 10)
}
