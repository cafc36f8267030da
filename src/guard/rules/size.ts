import type { TextRule } from '../rule.ts'

/** Characters of SQL that a model may write, and of SQL that the compiler makes. */
const longest = { none: 20_000, compiled: 200_000 }
const deepest = 120

/** Long or deeply nested text, which costs the parser time and stack. */
export const size: TextRule = {
  name: 'size',
  check: (sql, { params = 'none' }) => {
    if (sql.length > longest[params])
      return [{ message: `the SQL has ${sql.length} characters; ${longest[params]} is the most` }]
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
