import type { Candidate } from './candidate.ts'
import { literal } from './sql-text.ts'

const flag = (yes: string, no: string): Candidate => ({
  id: `${yes}/${no}`,
  type: 'boolean',
  pattern: `(?:${yes}|${no})`,
  value: v => `CASE lower(${v}) WHEN ${literal(yes)} THEN true WHEN ${literal(no)} THEN false END`,
})

const long = [flag('true', 'false'), flag('yes', 'no')]
const letters = [flag('y', 'n'), flag('t', 'f')]

/** Yes-or-no columns. Single letters count only when both stand in the column: one letter alone may be any code. */
export const flagCandidates = (values: readonly string[]): Candidate[] => {
  const seen = new Set(values.map(v => v.toLowerCase()))
  return [...long, ...letters.filter(c => c.id.split('/').every(letter => seen.has(letter)))]
}
