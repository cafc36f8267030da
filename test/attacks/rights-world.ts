import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { conditionsOf } from '#src/access/conditions.ts'
import { isRefused } from '#src/guard/guard.ts'
import type { DialectName } from '#src/guard/outline.ts'
import type { Allowed } from '#src/guard/rule.ts'
import { completeModel } from '#src/semantic/complete.ts'
import { loadModel } from '#src/semantic/load.ts'
import { rightsFrom } from '../access/worlds.ts'
import { openDuckdbSandbox } from './duckdb-sandbox.ts'
import { openPostgresSandbox } from './postgres-sandbox.ts'
import type { Outcome, Sandbox } from './sandbox.ts'
import { harmlessTables } from './world.ts'

/** What came of a text: the rules that refused it; else what it gave where all rows are, and where only the allowed ones are. */
export type Asked = { rules: string[]; here: string; there: string; text: string }

/**
 * Two databases: one with all rows and columns, one with only those that the asker may see. A text that is let through must give the same on
 * both, errors included.
 */
export type RightsWorld = {
  /** Both, the whole one first. */
  worlds: [Sandbox, Sandbox]
  allowed: Allowed
  ask(sql: string): Promise<Asked>
  close(): Promise<void>
}

export const openRightsWorld = async (dialect: DialectName): Promise<RightsWorld> => {
  const open = dialect === 'duckdb' ? openDuckdbSandbox : openPostgresSandbox
  const worlds: [Sandbox, Sandbox] = [
    await open(harmlessTables(dialect)),
    await open([...harmlessTables(dialect), ...withoutTheRest]),
  ]
  const allowed = { tables: conditionsOf(rights, model, dialect) }
  return {
    worlds,
    allowed,
    ask: sql => ask(worlds, worlds[0].placed(sql), allowed),
    close: async () => void (await Promise.all(worlds.map(world => world.close()))),
  }
}

const model = completeModel(
  loadModel(readFileSync(new URL('./rights/model.yaml', import.meta.url), 'utf8'), 'rights/model.yaml'),
)

const rights = rightsFrom(
  { hide: { shop: ['customers.email'] }, rows: { shop: { state: ['CA', 'TX', 'NY'], 'messages.tenant': 'acme' } } },
  'shop',
)

const withoutTheRest = [
  "DELETE FROM customers WHERE state NOT IN ('CA', 'TX', 'NY')",
  'DELETE FROM orders WHERE customer_id NOT IN (SELECT id FROM customers)',
  'DELETE FROM order_items WHERE order_id NOT IN (SELECT id FROM orders)',
  "DELETE FROM messages WHERE tenant <> 'acme'",
  'ALTER TABLE customers DROP COLUMN email',
]

const ask = async ([whole, rest]: [Sandbox, Sandbox], sql: string, allowed: Allowed): Promise<Asked> => {
  const verdict = await whole.guard.check(sql, allowed)
  if (isRefused(verdict)) return { rules: verdict.map(({ rule }) => rule), here: '', there: '', text: '' }
  const [here, there] = await Promise.all([whole.run(verdict.text, patience), rest.run(sql, patience)])
  return { rules: [], here: said(here), there: said(there), text: here.text }
}

/** Nothing here takes long; the machine may be busy. */
const patience = 60_000

/** Rows in any order; that a text failed, but not with which words. */
export const said = ({ how, text }: Outcome): string => {
  if (how !== 'runs') return how
  const [columns, rows] = JSON.parse(text) as [unknown, unknown[]]
  return JSON.stringify([columns, rows.map(row => JSON.stringify(row)).sort()])
}

const attack = z.strictObject({ sql: z.string(), guard: z.string() })
const groups = z.array(z.strictObject({ what: z.string(), attacks: z.array(attack) }))

/** Ways around the rules of `openRightsWorld`, those of both engines first; `guard` is the rule that refuses one, or `none`. */
export const readRightsAttacks = (dialect: DialectName): z.infer<typeof groups> =>
  ['both', dialect].flatMap(file =>
    groups.parse(parse(readFileSync(new URL(`./rights/${file}.yaml`, import.meta.url), 'utf8'))),
  )
