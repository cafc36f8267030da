import { isRefused } from '#src/guard/guard.ts'
import type { DialectName } from '#src/guard/outline.ts'
import { type Allowed, allowedTables } from '#src/guard/rule.ts'
import { readHarmless } from './corpus.ts'
import { openDuckdbSandbox } from './duckdb-sandbox.ts'
import { hide, randomFrom } from './hide.ts'
import { openPostgresSandbox } from './postgres-sandbox.ts'
import type { Outcome, Sandbox } from './sandbox.ts'
import { harmlessAllowed, harmlessTables } from './world.ts'

/** What came of a run: how many texts each rule refused first, how many ran, and those whose answer depended on what they must not see. */
export type Fuzzed = { tried: number; refused: Record<string, number>; ran: number; failed: number; leaks: string[] }

export type FuzzOptions = {
  count: number
  seconds: number
  seed: number
  /** What may be used, taken in turn. Default: all but what is hidden, with the columns of the table listed and not. */
  allowed?: readonly Allowed[]
}

export type FuzzWorld = {
  /** Tries `count` texts, or as many as the time allows; the same ones for the same seed. */
  fuzz(options: FuzzOptions): Promise<Fuzzed>
  close(): Promise<void>
}

/**
 * Two databases that differ only in what is forbidden: one holds a vault and e-mail addresses, the other neither. A text that the guard lets
 * through must give the same on both, or it has seen the difference.
 */
export const openFuzzWorld = async (dialect: DialectName): Promise<FuzzWorld> => {
  const open = dialect === 'duckdb' ? openDuckdbSandbox : openPostgresSandbox
  const worlds = [await open([...harmlessTables(dialect), ...vaultTables]), await open(withoutSecrets(dialect))]
  return {
    fuzz: options => fuzz(worlds, options),
    close: async () => void (await Promise.all(worlds.map(world => world.close()))),
  }
}

const vaultTables = ["CREATE TABLE vault AS SELECT 4711 AS id, 'abracadabra' AS word"]

const withoutSecrets = (dialect: DialectName) => [...harmlessTables(dialect), 'ALTER TABLE customers DROP COLUMN email']

const unlisted: Allowed = {
  ...harmlessAllowed,
  tables: allowedTables(harmlessAllowed).map(({ columns: _, ...table }) => table),
}

const fuzz = async (
  worlds: Sandbox[],
  { count, seconds, seed, allowed = [harmlessAllowed, unlisted] }: FuzzOptions,
): Promise<Fuzzed> => {
  const random = randomFrom(seed)
  const { dialect } = worlds[0]!
  const hosts = [...readHarmless('both'), ...readHarmless(dialect)].map(({ sql }) => sql)
  const done: Fuzzed = { tried: 0, refused: {}, ran: 0, failed: 0, leaks: [] }
  const until = performance.now() + 1000 * seconds
  while (done.tried < count && performance.now() < until) {
    const sql = hide(hosts[Math.floor(random() * hosts.length)]!, dialect, random)
    await tryOne(worlds, { sql, allowed: allowed[done.tried % allowed.length]! }, done)
    done.tried += 1
  }
  return done
}

const tryOne = async (worlds: Sandbox[], { sql, allowed }: { sql: string; allowed: Allowed }, done: Fuzzed) => {
  const verdict = await worlds[0]!.guard.check(sql, allowed)
  if (isRefused(verdict)) {
    const { rule = '' } = verdict[0] ?? {}
    done.refused[rule] = (done.refused[rule] ?? 0) + 1
    return
  }
  const [here, there] = await Promise.all(worlds.map(world => world.run(verdict.text, 3000)))
  done[here?.how === 'runs' ? 'ran' : 'failed'] += 1
  if (said(here) === said(there)) return
  // A text whose answer changes by itself (LIMIT without an order) tells nothing.
  const again = await worlds[0]!.run(verdict.text, 3000)
  if (said(again) === said(here)) done.leaks.push(sql)
}

/** More rows than these are cut off at a place that nobody chose. */
const mostRows = 10_000

/** Rows in any order; a statement that was stopped says nothing. */
const said = (outcome?: Outcome): string => {
  if (outcome?.how !== 'runs') return outcome?.how === 'refused' ? 'refused' : 'stopped'
  const [columns, rows] = JSON.parse(outcome.text) as [unknown, unknown[]]
  if (rows.length >= mostRows) return JSON.stringify([columns, rows.length])
  return JSON.stringify([columns, rows.map(row => JSON.stringify(row)).sort()])
}
