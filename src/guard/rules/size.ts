import type { TextRule } from '../rule.ts'

/** Characters of SQL that a model may write, and of SQL that the compiler makes. */
const longest = { none: 20_000, compiled: 200_000 }
const deepest = 120
/** Words and signs: 20,000 of them would keep the parser busy for a quarter of a second. */
const mostPieces = { none: 6000, compiled: 60_000 }

/** Long or deeply nested text, which costs the parser time and stack. */
export const size: TextRule = {
  name: 'size',
  check: (sql, { params = 'none' }) => {
    if (sql.length > longest[params])
      return [{ message: `the SQL has ${sql.length} characters; ${longest[params]} is the most` }]
    const pieces = sql.length > mostPieces[params] ? (sql.match(/[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]/gu)?.length ?? 0) : 0
    if (pieces > mostPieces[params])
      return [{ message: `the SQL has ${pieces} words and signs; ${mostPieces[params]} is the most` }]
    const depth = depthOf(sql)
    return depth > deepest ? [{ message: `brackets are nested ${depth} deep; ${deepest} is the most` }] : []
  },
}

const depthOf = (sql: string) => {
  let depth = 0
  let most = 0
  for (const character of sql) {
    if ('([{'.includes(character)) depth += 1
    if (')]}'.includes(character)) depth -= 1
    most = Math.max(most, depth)
  }
  return most
}
