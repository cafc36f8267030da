import { parseArgs } from 'node:util'
import { print, printTable } from '#test/bench/print.ts'
import { type Attack, type Group, readAttacks, readHarmless } from './corpus.ts'
import { openDuckdbSandbox } from './duckdb-sandbox.ts'
import { openHarmlessWorld } from './harmless-world.ts'
import { openPostgresSandbox } from './postgres-sandbox.ts'
import { openRightsWorld, readRightsAttacks } from './rights-world.ts'
import { type How, rulesAgainst, type Sandbox } from './sandbox.ts'
import { attackedTables, secretWord } from './world.ts'

/**
 * `npm run attacks [-- --guard-only]`: which layer stops which attack, on both engines, what somebody with some rights sees by ways around them,
 * and how many harmless questions are refused.
 */
const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { 'guard-only': { type: 'boolean', default: false } } })
  for (const open of [openDuckdbSandbox, openPostgresSandbox]) {
    const sandbox = await open(attackedTables)
    try {
      const tried = await attack(sandbox, { alone: !values['guard-only'] })
      printAttacks(sandbox.dialect, tried)
      await sandbox.isUntouched()
      print('The data is what it was, and nothing was written.')
    } finally {
      await sandbox.close()
    }
  }
  await printRights()
  await printFalsePositives()
}

/** What stopped an attack first, with the guard before the database, and what the database does when it stands alone. */
type Tried = { what: string; layer: Layer; alone?: How; leaked: boolean; peakMb: number; beat: number; ms: number }
type Layer = 'guard' | 'plan' | How

const attack = async (sandbox: Sandbox, { alone }: { alone: boolean }): Promise<Tried[]> => {
  const groups = readAttacks(sandbox.dialect)
  const all = groups.flatMap(({ attacks, ...group }) => attacks.map(attack => ({ ...attack, ...group })))
  const tried: Tried[] = []
  for (const [i, one] of all.entries()) {
    process.stderr.write(`\r${sandbox.dialect}: ${i + 1} of ${all.length}   `)
    const isHarmful = one.alone === 'stopped' && !sandbox.memoryIsLimited
    tried.push(await tryOne(sandbox, one, alone && !isHarmful))
  }
  process.stderr.write('\r'.padEnd(40))
  return tried
}

type One = Attack & Omit<Group, 'attacks'>

const tryOne = async (sandbox: Sandbox, { sql, what, hidden }: One, alone: boolean): Promise<Tried> => {
  const rules = await rulesAgainst(sandbox, sql, { tables: [{ name: 'orders', hidden }] })
  const refusedBy: Layer[] = rules.length ? [rules[0] === 'cost' ? 'plan' : 'guard'] : []
  if (!alone && refusedBy[0]) return { what, layer: refusedBy[0], leaked: false, peakMb: 0, beat: 0, ms: 0 }
  const [outcome, beat] = await Promise.all([sandbox.run(sandbox.placed(sql), timeoutMs), sandbox.heartbeat()])
  const sees = outcome.text.includes(secretWord) || (hidden.length > 0 && outcome.text.includes('"note '))
  const { how, peakMb, ms } = outcome
  return { what, layer: refusedBy[0] ?? how, alone: how, leaked: !refusedBy.length && sees, peakMb, beat, ms }
}

/** Milliseconds that a statement may take; the product allows many more. */
const timeoutMs = 1500

const printAttacks = (dialect: string, tried: readonly Tried[]) => {
  const classes = [...new Set(tried.map(({ what }) => what))]
  const lines = [
    ...classes.map(what =>
      row(
        what,
        tried.filter(t => t.what === what),
      ),
    ),
    row('all', tried),
  ]
  printTable(
    `Attacks on ${dialect}: what stopped each first, and what the database does without the guard`,
    head,
    lines,
  )
  const most = (values: number[]) => Math.round(Math.max(0, ...values))
  print(
    '',
    `Needed a kill: ${tried.filter(({ layer }) => layer === 'stopped by a kill').length} with the guard, ${tried.filter(({ alone }) => alone === 'stopped by a kill').length} without.`,
    `Saw what they must not: ${tried.filter(({ leaked }) => leaked).length}.`,
    `Most memory of a process: ${most(tried.map(t => t.peakMb))} MB. Longest attack: ${most(tried.map(t => t.ms))} ms (timeout ${timeoutMs}).`,
    `A plain question beside them took at most ${most(tried.map(t => t.beat))} ms, and was always answered.`,
  )
}

const layers: Layer[] = [
  'guard',
  'plan',
  'refused',
  'stopped by timeout',
  'stopped by memory',
  'stopped by disk',
  'stopped by a kill',
  'runs',
]
const hows: How[] = [
  'refused',
  'stopped by timeout',
  'stopped by memory',
  'stopped by disk',
  'stopped by a kill',
  'runs',
]
const names: Partial<Record<Layer, string>> = { refused: 'database', runs: 'ended' }
const short = (layer: Layer) => names[layer] ?? layer.replace('stopped by ', '').replace('a kill', 'kill')
const head = ['', 'n', ...layers.map(short), '│', ...hows.map(how => (how === 'runs' ? 'ran' : short(how)))]

const row = (what: string, tried: readonly Tried[]) => [
  what,
  tried.length,
  ...layers.map(layer =>
    count(
      tried.map(t => t.layer),
      layer,
    ),
  ),
  '│',
  ...hows.map(how =>
    count(
      tried.map(t => t.alone),
      how,
    ),
  ),
]

const count = <T>(values: readonly T[], wanted: T) => values.filter(value => value === wanted).length || '·'

/** Somebody who may see some rows and columns, against ways around that. */
const printRights = async () => {
  for (const dialect of ['duckdb', 'postgres'] as const) {
    const world = await openRightsWorld(dialect)
    try {
      const all = readRightsAttacks(dialect).flatMap(({ attacks }) => attacks)
      const asked = await Promise.all(all.map(({ sql }) => world.ask(sql)))
      const refused = asked.filter(({ rules }) => rules.length > 0)
      const leaked = all.filter((_, i) => asked[i]?.here !== asked[i]?.there)
      print(
        '',
        `Ways around filtered rows and a hidden column on ${dialect}: ${all.length}`,
        `Refused: ${refused.length}. Let through, and the same as where nothing else is: ${asked.length - refused.length - leaked.length}. Saw more: ${leaked.length}.`,
        ...leaked.map(({ sql }) => `  ${sql}`),
      )
    } finally {
      await world.close()
    }
  }
}

const printFalsePositives = async () => {
  const world = await openHarmlessWorld()
  try {
    for (const dialect of ['duckdb', 'postgres'] as const) {
      const questions = [...readHarmless('both'), ...readHarmless(dialect)]
      const refused: string[] = []
      for (const { sql } of questions) {
        const { violations } = await world.ask(dialect, sql)
        if (violations.length) refused.push(`  ${sql}\n    ${violations.join('; ')}`)
      }
      print(
        '',
        `Harmless questions on ${dialect}: ${questions.length}, refused or failed: ${refused.length}`,
        ...refused,
      )
    }
  } finally {
    await world.close()
  }
}

await main()
