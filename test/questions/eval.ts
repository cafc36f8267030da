import { loadEnvironment, readConfig } from '#src/config.ts'
import { type Outcome, tally } from './evaluate.ts'
import { runSet, shopSets, tableSets } from './sets.ts'

/**
 * `npm run eval [-- set …]`: asks the worked questions and prints right / asked back / wrong per kind, misses included. With NORTHWIND set to
 * a folder of the Northwind CSV files, those are asked too.
 */
const main = async () => {
  const environment = loadEnvironment(process.cwd())
  const config = readConfig(environment)
  const northwind = environment.NORTHWIND
  const asked = process.argv.slice(2)
  const sets = asked.length > 0 ? asked : [...shopSets, ...tableSets, ...(northwind ? ['northwind'] : [])]
  const all: Outcome[] = []
  for (const set of sets) {
    const outcomes = await runSet(set, config, northwind)
    all.push(...outcomes)
    print(set, outcomes)
    for (const o of outcomes.filter(o => o.verdict !== 'right')) console.log(miss(o))
  }
  if (sets.length > 1) print('all', all)
}

const print = (set: string, outcomes: Outcome[]) => {
  console.log(`\n${set}: ${outcomes.length} questions`)
  const rows = { ...tally(outcomes), all: count(outcomes) }
  for (const [kind, { right, asked, wrong }] of Object.entries(rows))
    console.log(`  ${kind.padEnd(13)} right ${pad(right)}  asked ${pad(asked)}  wrong ${pad(wrong)}`)
}

const count = (outcomes: Outcome[]) => {
  const of = (verdict: Outcome['verdict']) => outcomes.filter(o => o.verdict === verdict).length
  return { right: of('right'), asked: of('asked'), wrong: of('wrong') }
}

const pad = (n: number) => String(n).padStart(3)

const miss = ({ verdict, worked, got, detail }: Outcome) =>
  `  ${verdict} ${worked.id} [${worked.kind}] ${worked.question.slice(0, 120)}\n      → ${got}: ${detail}`

await main()
