import { isNode, type Node } from './node.ts'
import { emptyOutline, type LimitUse, type Outline, type Reader, type Unreadable } from './outline.ts'
import { literalIn, placeOf } from './postgres-node.ts'
import { postgresTree } from './postgres-tree.ts'
import { walk } from './postgres-walk.ts'

/**
 * Reads SQL with PostgreSQL's own parser, which runs in this process as WebAssembly: nothing but parsing, a tenth of a millisecond. The tree
 * is walked by its shape (`languages/postgres-tree.ts`); a field that the shape does not have ends up in `kinds`, where the rules refuse it.
 */
export const openPostgresReader = async (): Promise<Reader> => {
  const { loadModule, parseSync } = await import('libpg-query')
  await loadModule()
  return async sql => {
    const slash = sql.indexOf("\\'")
    if (slash >= 0) return { problem: 'syntax', message: slashed, at: Buffer.byteLength(sql.slice(0, slash)) }
    try {
      return outlineOf(sql.trim() ? (parseSync(sql) as Tree) : {})
    } catch (thrown) {
      return unreadable(thrown, sql)
    }
  }
}

/** https://www.postgresql.org/docs/current/runtime-config-compatible.html#GUC-STANDARD-CONFORMING-STRINGS */
const slashed = "a backslash before a quote ends the text on one server and not on another; write chr(92) or ''"

type Tree = { stmts?: { stmt: Node }[] }

const outlineOf = ({ stmts = [] }: Tree): Outline | Unreadable => {
  if (stmts.some(({ stmt }) => !stmt.SelectStmt)) return { problem: 'not-select', message: 'it is not a SELECT' }
  const outline = emptyOutline('postgres', stmts.length)
  for (const { stmt } of stmts) walk(stmt, outline)
  const limit = limitOf((stmts[0]?.stmt.SelectStmt ?? {}) as Node)
  if (limit) outline.limit = limit
  outline.tree = () => postgresTree(stmts[0]?.stmt.SelectStmt)
  return outline
}

/** The parser runs out of stack in ways of its own, or of JavaScript; a depth beyond ours is thrown by `walk`. */
const unreadable = (thrown: unknown, sql: string): Unreadable => {
  if (thrown instanceof RangeError || !isParserError(thrown) || thrown.message.startsWith('memory exhausted'))
    return { problem: 'syntax', message: 'the statement is too deeply nested' }
  const { message, sqlDetails } = thrown
  const position = sqlDetails.cursorPosition
  return { problem: 'syntax', message, ...(position < 0 ? {} : { at: bytesBefore(sql, position) }) }
}

type ParserError = Error & { sqlDetails: { cursorPosition: number } }
const isParserError = (thrown: unknown): thrown is ParserError =>
  thrown instanceof Error && 'sqlDetails' in thrown && thrown.sqlDetails !== undefined

const bytesBefore = (sql: string, characters: number) => Buffer.byteLength([...sql].slice(0, characters).join(''))

const limitOf = ({ limitCount }: Node): LimitUse | undefined => {
  if (!isNode(limitCount)) return undefined
  const constant = isNode(limitCount.A_Const) ? limitCount.A_Const : {}
  const rows = literalIn(limitCount)
  return { none: constant.isnull === true, ...(typeof rows === 'number' ? { rows } : {}), ...placeOf(constant) }
}
