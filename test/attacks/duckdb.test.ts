import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { type DuckdbEngine, openDuckdb } from '#src/engines/duckdb/duckdb.ts'
import type { Profile } from '#src/engines/duckdb/protocol.ts'
import { duckdbReader } from '#src/guard/duckdb-reader.ts'
import { createGuard, type Guard, isRefused } from '#src/guard/guard.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { buildFile } from '../engines/duckdb/files.ts'
import { unchecked } from '../engines/unchecked.ts'

const attack = z.strictObject({ sql: z.string(), guard: z.string(), alone: z.enum(['refused', 'stopped', 'runs']) })
const group = z.strictObject({ what: z.string(), hidden: z.array(z.string()).default([]), attacks: z.array(attack) })
const groups = z.array(group).parse(parse(readFileSync(join(import.meta.dirname, 'duckdb.yaml'), 'utf8')))

const folder = mkdtempSync(join(tmpdir(), 'chartroom-attacks-'))
const places: Record<string, string> = {
  file: join(folder, 'shop.duckdb'),
  other: join(folder, 'other.duckdb'),
  csv: join(folder, 'data.csv'),
  out: join(folder, 'stolen'),
}
const placed = (sql: string) => sql.replace(/\{(file|other|csv|out)\}/g, (_, name: string) => places[name]!)

/** Per attack: the rule of the guard that refused it, and what happened behind the guard. */
const log = new Map<string, { guard?: string; behind?: string }>()
const note = (sql: string, seen: { guard?: string; behind?: string }) => log.set(sql, { ...log.get(sql), ...seen })
const printed = () =>
  [...log]
    .map(
      ([sql, { guard = '', behind = '' }]) =>
        `${guard.padEnd(14)} | ${behind.padEnd(35)} | ${JSON.stringify(sql).slice(1, 101)}`,
    )
    .join('\n')

let engines: Record<Profile, DuckdbEngine>
let guard: Guard
let untouched: Buffer
beforeAll(async () => {
  await buildFile(places.file!, [
    "CREATE TABLE orders AS SELECT i AS id, 'note ' || i AS note FROM range(1, 9) r(i)",
    "CREATE TABLE secret AS SELECT 1 AS id, 'abracadabra' AS word",
  ])
  await buildFile(places.other!, ['CREATE TABLE t AS SELECT 1'])
  writeFileSync(places.csv!, 'a,b\n1,2\n')
  untouched = readFileSync(places.file!)
  const options = { memoryLimitMb: 256, rssLimitMb: 600 }
  const open = (profile: Profile) => openDuckdb({ path: places.file! }, { ...options, profile, spillDirectory: folder })
  engines = { untrusted: await open('untrusted'), certified: await open('certified') }
  guard = createGuard({ read: duckdbReader(engines.untrusted.parse) })
})
afterAll(async () => {
  await Promise.all(Object.values(engines).map(engine => engine.close()))
  rmSync(folder, { recursive: true, force: true })
  console.log(`Rule of the guard | what the session does on its own | attack\n${printed()}`)
})

/** For what ends by itself, however busy the machine is. What has to be stopped is stopped after a second. */
const patience = 30_000

const layers = {
  'engine/failed': 'refused',
  'engine/timeout': 'stopped by timeout',
  'engine/out-of-memory': 'stopped by memory',
  'engine/crashed': 'stopped by crash',
} as Record<string, string>

/** What the session does when the guard is left out: `runs`, or the layer that says no. A killed process is told apart by its id. */
const alone = async (engine: DuckdbEngine, sql: string, timeoutMs: number): Promise<string> => {
  await engine.run(unchecked('SELECT 1'), { timeoutMs: patience })
  const [before] = engine.pids()
  try {
    await engine.run(unchecked(placed(sql)), { timeoutMs })
    return 'runs'
  } catch (thrown) {
    const code = thrown instanceof ChartroomError ? thrown.code : String(thrown)
    return (layers[code] ?? code) + (engine.pids()[0] === before ? '' : ' (process killed)')
  }
}

describe.each(groups)('$what', ({ hidden, attacks }) => {
  const allowed = { tables: [{ name: 'orders', hidden }] }

  it.each(attacks)('$guard · $sql', async ({ sql, guard: rule }) => {
    const verdict = await guard.check(placed(sql), allowed)
    const rules = isRefused(verdict) ? verdict.map(violation => violation.rule) : ['none']
    note(sql, { guard: rule })
    expect(rules).toContain(rule)
  })

  it.each(attacks)('behind the guard: $alone · $sql', async ({ sql, alone: expected }) => {
    const outcome = await alone(engines.untrusted, sql, expected === 'stopped' ? 1000 : patience)
    note(sql, { behind: outcome })
    expect(outcome.split(' ')[0]).toBe(expected)
  })
})

describe('an engine that may spill', () => {
  const quick = groups.flatMap(({ attacks }) => attacks).filter(attack => attack.alone === 'refused')

  it.each(quick)('refuses the same, but for reading its own file: $sql', async ({ sql }) => {
    const ownFile = sql.includes("read_blob('{file}')")
    expect(await alone(engines.certified, sql, patience)).toBe(ownFile ? 'runs' : 'refused')
  })
})

describe('after all of them', () => {
  it('there are at least 80, each different', () => {
    const all = groups.flatMap(({ hidden, attacks }) => attacks.map(({ sql }) => `${sql} ${hidden}`))
    expect(new Set(all).size).toBe(all.length)
    expect(all.length).toBeGreaterThanOrEqual(80)
  })

  it('the data is what it was, and nothing was written', () => {
    expect(readFileSync(places.file!).equals(untouched)).toBe(true)
    expect(existsSync(places.out!)).toBe(false)
    const left = readdirSync(folder).filter(name => !name.startsWith('chartroom-spill-'))
    expect(left.sort()).toEqual(['data.csv', 'other.duckdb', 'shop.duckdb'])
  })

  it.each(['untrusted', 'certified'] as const)('the engine still answers, %s', async profile => {
    expect((await engines[profile].run(unchecked('SELECT count(*) FROM orders'))).rows).toEqual([[8]])
  })
})
