import type { CheckedSql } from '#src/guard/checked-sql.ts'

/** SQL that no guard has seen, for tests of what lies behind the guard. */
export const unchecked = (text: string) => ({ text }) as CheckedSql
