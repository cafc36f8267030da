import type { CheckedSql } from './checked-sql.ts'
import { languageOf } from './languages.ts'
import type { LimitUse, Outline, Place, Reader } from './outline.ts'
import type { QueryTree } from './query-tree.ts'
import { type Advice, type Allowed, allowedTables, isRestricted, type Objection } from './rule.ts'
import { rules, textRules } from './rules.ts'
import { usedTables } from './scope.ts'
import { wholeOf, wrapping } from './wrap.ts'

/** Why a text was not let through. */
export type Violation = {
  rule: string
  message: string
  /** Characters before the place, and the same as line and column, both from 1. */
  position?: number
  line?: number
  column?: number
  /** What stands there. */
  found?: string
  /** Names that may have been meant, nearest first. */
  near?: string[]
  /** How to ask for less. */
  advice?: Advice[]
}

export type Guard = {
  /** SQL that may be run, or every reason why not. Throws only when the parser's process fails (`engine/…`). */
  check(sql: string, allowed: Allowed): Promise<CheckedSql | Violation[]>
  /** The same for SQL of our own compiler, which may hold `$1` …; a violation is a bug and thrown. */
  seal(sql: string, allowed: Omit<Allowed, 'params'>): Promise<CheckedSql>
  /** What a text gives, and what that is made of; undefined for one that cannot be read. It is not checked by this. */
  treeOf(sql: string): Promise<QueryTree | undefined>
}

export type GuardOptions = {
  /** The parser of the engine that will run it: `duckdbReader(engine.parse)`. */
  read: Reader
  /** Verdicts kept, so that a text that comes again costs nothing. Default 1000. */
  remember?: number
}

/** Layer 1 of four: text → `CheckedSql`. The only place where one is made. Everything not on a list of allowed things is refused. */
export const createGuard = ({ read, remember = 1000 }: GuardOptions): Guard => {
  const verdicts = new Map<string, Promise<CheckedSql | Violation[]>>()
  const check = (sql: string, allowed: Allowed) => {
    const key = JSON.stringify([sql, allowed])
    const known = verdicts.get(key)
    verdicts.delete(key)
    const verdict = known ?? judge(sql, { read, allowed })
    verdicts.set(key, verdict)
    verdict.catch(() => verdicts.delete(key))
    for (const oldest of verdicts.keys()) {
      if (verdicts.size <= remember) break
      verdicts.delete(oldest)
    }
    return verdict
  }
  return {
    check,
    seal: async (sql, allowed) => {
      const verdict = await check(sql, { ...allowed, params: 'compiled' })
      if (isRefused(verdict)) throw new Error(`The compiler made SQL that the guard refuses: ${told(verdict)}\n${sql}`)
      return verdict
    },
    treeOf: async sql => {
      const outline = await read(withoutEnd(sql))
      return 'problem' in outline ? undefined : outline.tree?.()
    },
  }
}

export const isRefused = (verdict: CheckedSql | Violation[]): verdict is Violation[] => Array.isArray(verdict)

/** Asks a database for the plan of a checked statement, without running it. Both understand this; the plan is the last cell of the one row (`cost.ts`). */
export const explaining = ({ text }: CheckedSql): CheckedSql => seal(`EXPLAIN (FORMAT JSON) ${text}`)

type Case = { read: Reader; allowed: Allowed }

/** A text that holds, with what was read in it. */
type Passed = { text: string; outline: Outline }

const judge = async (sql: string, { read, allowed }: Case): Promise<CheckedSql | Violation[]> => {
  const text = withoutEnd(sql)
  const ahead = await limitedAhead(text, { read, allowed })
  if (ahead) return restricted(ahead, { read, allowed })
  const found = await inspect(text, { read, allowed })
  if ('violations' in found) return found.violations
  const { outline } = found
  return restricted({ text: await limited(text, { outline, read, allowed }), outline }, { read, allowed })
}

/**
 * The text within what the asker may see of its tables. It was read alone, so it ends where it ends; still the whole is read again, and
 * must be one statement in which the text reaches no restricted table but by way of the wrapping.
 */
const restricted = async ({ text, outline }: Passed, { read, allowed }: Case): Promise<CheckedSql | Violation[]> => {
  const { dialect } = outline
  const { same } = languageOf(outline)
  const tables = usedTables(outline, allowed, languageOf(outline)).all.filter(isRestricted)
  if (tables.length === 0) return seal(text)
  const wholes = new Set(
    tables
      .flatMap(({ name, condition }) => [name, ...condition.reads])
      .map(wholeOf)
      .map(same),
  )
  const clash = allowedTables(allowed).find(({ name }) => wholes.has(same(name)))
  if (clash) throw new Error(`The table ${clash.name} is called like all rows of another.`)
  const { before, behind } = wrapping({ dialect, tables, compiled: allowed.params === 'compiled' })
  const whole = `${before}${text}${behind}`
  const again = await read(whole)
  const names = new Set(tables.map(({ name }) => same(name)))
  const begins = Buffer.byteLength(before)
  const isAround =
    'statements' in again &&
    again.statements === 1 &&
    again.tables.every(({ cte, name, at }) => cte || !names.has(same(name)) || (at !== undefined && at < begins))
  if (isAround) return seal(whole)
  return [{ rule: 'one-select', message: 'it cannot stand within another statement; leave out what is behind its end' }]
}

/** A text that seems to have no LIMIT is read with one at once: mostly that is right, and it is read only once. */
const limitedAhead = async (text: string, { read, allowed }: Case): Promise<Passed | undefined> => {
  if (allowed.limit === undefined || /\b(limit|fetch)\b/i.test(text)) return undefined
  const longer = withLimit(text, allowed.limit)
  const found = await inspect(longer, { read, allowed })
  const holds = 'outline' in found && found.outline.limit?.rows === Math.trunc(allowed.limit)
  return holds ? { text: longer, outline: found.outline } : undefined
}

const withLimit = (text: string, rows: number) => `${text}\nLIMIT ${Math.trunc(rows)}`

/** Without the semicolons and spaces behind the statement. A loop, because a pattern would take quadratic time on hostile text. */
const withoutEnd = (sql: string) => {
  let end = sql.length
  while (end > 0 && /[;\s]/.test(sql[end - 1]!)) end -= 1
  return sql.slice(0, end)
}

const inspect = async (
  text: string,
  { read, allowed }: Case,
): Promise<{ violations: Violation[] } | { outline: Outline }> => {
  const early = textRules.flatMap(rule => named(rule.name, rule.check(text, allowed), text))
  if (early.length) return { violations: early }
  const outline = await read(text)
  if ('problem' in outline) return { violations: named(outline.problem, [outline], text) }
  const violations = rules.flatMap(rule => named(rule.name, rule.check(outline, allowed), text))
  return violations.length ? { violations } : { outline }
}

/** More than these of one rule tell nobody anything; near names are only looked for in the first few. */
const [mostTold, mostNear] = [10, 3]

const named = (rule: string, objections: Objection[], text: string): Violation[] =>
  objections.slice(0, mostTold).map(({ message, at, near: look, advice }, i) => {
    const near = i < mostNear ? look?.() : undefined
    return {
      rule,
      message,
      ...where(text, { at }),
      ...(near?.length ? { near } : {}),
      ...(advice ? { advice } : {}),
    }
  })

const where = (text: string, { at }: Place): Pick<Violation, 'position' | 'line' | 'column' | 'found'> => {
  if (at === undefined) return {}
  const before = Buffer.from(text).subarray(0, at).toString()
  const position = before.length
  const lines = before.split(/\r\n|[\n\r]/)
  const column = (lines.at(-1)?.length ?? 0) + 1
  return { position, line: lines.length, column, found: text.slice(position, position + 30) }
}

/**
 * The text with a LIMIT of its own when it has none, or with a smaller one. It is read again as a whole; where that does not give what was
 * meant (a comment after a semicolon, a LIMIT that is worked out) the engine's row cap has to do.
 */
const limited = async (text: string, { outline, read, allowed }: Case & { outline: Outline }): Promise<string> => {
  const rows = Math.trunc(allowed.limit ?? Number.POSITIVE_INFINITY)
  if (rows === Number.POSITIVE_INFINITY || (outline.limit?.rows ?? Number.POSITIVE_INFINITY) <= rows) return text
  const other = outline.limit ? lowered(text, { limit: outline.limit, rows }) : withLimit(text, rows)
  const found = await inspect(other, { read, allowed })
  return 'outline' in found && found.outline.limit?.rows === rows ? other : text
}

/** The number (or NULL, or ALL) behind LIMIT is exchanged. */
const lowered = (text: string, { limit, rows }: { limit: LimitUse; rows: number }) => {
  const { position } = where(text, limit)
  const before = text.slice(0, position ?? text.length)
  return before + text.slice(before.length).replace(/^(\d+|null|all)\b/i, String(rows))
}

const seal = (text: string) => ({ text }) as CheckedSql

const told = (violations: Violation[]) => violations.map(v => `${v.rule}: ${v.message}`).join('; ')
