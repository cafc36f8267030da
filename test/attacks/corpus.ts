import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { DialectName } from '#src/guard/outline.ts'

const attack = z.strictObject({
  sql: z.string().transform(sql => expanded(sql)),
  /** The rule of the guard that refuses it; `cost` when it is the plan; `none` when it is let through. */
  guard: z.string(),
  /** What the database does when the guard is left out. */
  alone: z.enum(['refused', 'stopped', 'runs']),
})
const group = z.strictObject({ what: z.string(), hidden: z.array(z.string()).default([]), attacks: z.array(attack) })
const questions = z.strictObject({ what: z.string(), statements: z.array(z.string()) })

export type Attack = z.infer<typeof attack>
export type Group = z.infer<typeof group>

/** `{500×NOT }` stands for a text 500 times. */
const expanded = (sql: string) =>
  sql.replace(/\{(\d+)×([^}]*)\}/g, (_, n: string, text: string) => text.repeat(Number(n)))

const read = (path: string): unknown => parse(readFileSync(join(import.meta.dirname, path), 'utf8'))

/** Statements that must not get through, by what they are after. */
export const readAttacks = (dialect: DialectName): Group[] => z.array(group).parse(read(`${dialect}.yaml`))

/** Questions of every day that must. `both` run on both engines. */
export const readHarmless = (file: DialectName | 'both'): { what: string; sql: string }[] =>
  z
    .array(questions)
    .parse(read(`harmless/${file}.yaml`))
    .flatMap(({ what, statements }) => statements.map(sql => ({ what, sql })))
