import { folded } from '../outline.ts'
import type { Rule } from '../rule.ts'

/** Words that look like columns and are functions without brackets: who is asking, and the clock, which would make two answers differ. */
export const sessionWords: Rule = {
  name: 'session-words',
  check: ({ columns }) =>
    columns
      .filter(({ path }) => path.length === 1 && words.has(folded(path[0]!)))
      .map(({ path, at }) => ({
        message: `${path[0]} is not allowed; write a date, or the table before the column`,
        at,
      })),
}

const words = new Set([
  ...['current_date', 'current_time', 'current_timestamp', 'localtime', 'localtimestamp'],
  ...['current_catalog', 'current_role', 'current_schema', 'current_user', 'session_user', 'user'],
])
