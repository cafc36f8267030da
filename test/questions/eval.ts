import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { loadEnvironment, readConfig } from '#src/config.ts'
import { realEffects } from '#src/effects.ts'
import { openData, openSample } from '#src/open.ts'
import { evaluate, type Outcome, readWorked, tally } from './evaluate.ts'
import { foundTables } from './tables.ts'

/** `npm run eval [-- set …] [--misses]`: asks the worked questions and prints right / asked back / wrong per kind, misses included. */
const main = async () => {
  const args = process.argv.slice(2)
  const sets = args.filter(a => !a.startsWith('--'))
  const wanted =
    sets.length > 0
      ? sets
      : [
          'ecommerce',
          'threads',
          'odd',
          'aviation',
          'mixed',
          'heldout-subscriptions',
          'heldout-clinic',
          'heldout-logistics',
          'heldout-people_ops',
          'second-energy',
          'second-education',
          ...(process.env.NORTHWIND ? ['northwind'] : []),
        ]
  const all: Outcome[] = []
  for (const set of wanted) {
    const outcomes = await run(set)
    all.push(...outcomes)
    print(set, outcomes)
  }
  if (wanted.length > 1) print('all', all, false)
}

const config = readConfig(loadEnvironment(process.cwd()))

const run = async (set: string): Promise<Outcome[]> => {
  const questions = readWorked(set)
  if (['ecommerce', 'threads', 'odd'].includes(set)) {
    const domain = await openSample({ config }, realEffects)
    const outcomes = await evaluate(questions, { domain, database: config.duckdbPath, today: '2024-01-01' })
    await domain.close()
    return outcomes
  }
  const folder = folderOf(set)
  const domain = await openData(folder, { config }, realEffects)
  const database = await rawTables(folder, set)
  const outcomes = await evaluate(questions, {
    domain,
    database,
    today: /^(heldout|second)-/.test(set) ? '2024-06-15' : '2026-11-20',
  })
  await domain.close()
  return outcomes
}

const folderOf = (set: string): string => {
  if (set === 'northwind') return process.env.NORTHWIND ?? ''
  const folder = /^(?:heldout|second)-(.*)$/.exec(set)?.[1]
  if (folder) return fileURLToPath(new URL(`../fixtures/tables/${folder}`, import.meta.url))
  return foundTables(set, join(config.home, 'found'))
}

/** The files as DuckDB's own readers give them: the check queries look at these, never at what was ingested. */
const rawTables = async (folder: string, set: string): Promise<string> => {
  const path = join(config.home, `raw-${set}.duckdb`)
  rmSync(path, { force: true })
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  const files = await connection.runAndReadAll(`select file from glob('${folder}/*')`)
  for (const [file] of files.getRowsJson()) {
    const name = String(file)
      .replace(/^.*\//, '')
      .replace(/\.[^.]+$/, '')
    const reader = /\.json$/.test(String(file)) ? 'read_json_auto' : 'read_csv_auto'
    await connection.run(`create table "${name}" as select * from ${reader}('${file}')`)
  }
  connection.closeSync()
  instance.closeSync()
  return path
}

const print = (set: string, outcomes: Outcome[], misses = true) => {
  const totals = tally(outcomes)
  console.log(`\n${set}: ${outcomes.length} questions`)
  for (const [kind, t] of Object.entries(totals))
    console.log(
      `  ${kind.padEnd(13)} right ${String(t.right).padStart(3)}  asked ${String(t.asked).padStart(3)}  wrong ${String(t.wrong).padStart(3)}`,
    )
  const sum = (v: 'right' | 'asked' | 'wrong') => outcomes.filter(o => o.verdict === v).length
  console.log(
    `  ${'all'.padEnd(13)} right ${String(sum('right')).padStart(3)}  asked ${String(sum('asked')).padStart(3)}  wrong ${String(sum('wrong')).padStart(3)}`,
  )
  if (!misses) return
  for (const o of outcomes.filter(o => o.verdict !== 'right'))
    console.log(
      `  ${o.verdict} ${o.worked.id} [${o.worked.kind}] ${o.worked.question.slice(0, 120)}\n      → ${o.got}: ${o.detail}`,
    )
}

await main()
