import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Config, loadEnvironment, readConfig } from '#src/config.ts'
import type { Domain } from '#src/domain.ts'
import { realEffects } from '#src/effects.ts'
import type { Classify } from '#src/kpis/support/classify.ts'
import { createModelClassifier } from '#src/kpis/support/cluster/by-model.ts'
import { createRulesClassifier } from '#src/kpis/support/cluster/by-rules.ts'
import type { Complete } from '#src/nl2sql/client/complete.ts'
import { openModel } from '#src/nl2sql/client/openai.ts'
import { openServer } from '#src/store/server/server.ts'
import { urlOf } from '#test/engines/engines.ts'
import { createClassified } from '#test/fakes/classified.ts'
import { clusterLines, measureClusters, parts } from './clusters.ts'
import { type Outcome, tally } from './evaluate.ts'
import { runSet, shopSets, supportSets, tableSets } from './sets.ts'
import { copyTables, openTwin } from './twins.ts'

/**
 * `npm run eval [-- set …] [--engine postgres]`: asks the worked questions and prints right / asked back / wrong per kind, misses included.
 * With NORTHWIND set to a folder of the Northwind CSV files, those are asked too. `--engine postgres` copies all tables to a PostgreSQL
 * of its own and asks there. The set `support-clusters` measures which cluster texts of the support domain are put in, by the
 * rules and, when a language model is set, by it.
 */
const main = async () => {
  const { values, positionals: asked } = parseArgs({
    options: { engine: { type: 'string', default: 'duckdb' } },
    allowPositionals: true,
  })
  const environment = loadEnvironment(process.cwd())
  const config = readConfig(environment)
  const northwind = environment.NORTHWIND
  const server = values.engine === 'postgres' ? await startServer(config) : undefined
  const sets = (
    asked.length > 0 ? asked : [...shopSets, ...supportSets, ...tableSets, ...(northwind ? ['northwind'] : [])]
  ).filter(set => set !== clusterSet)
  const all: Outcome[] = []
  for (const set of sets) {
    const outcomes = await runSet(set, config, { northwind, exchange: server?.exchange })
    all.push(...outcomes)
    print(set, outcomes)
    for (const o of outcomes.filter(o => o.verdict !== 'right')) console.log(miss(o))
  }
  if (sets.length > 1) print('all', all)
  if (asked.length === 0 || asked.includes(clusterSet)) await printClusters(config)
  await server?.close()
}

const clusterSet = 'support-clusters'

const printClusters = async (config: Config) => {
  const rules = createRulesClassifier()
  const ways: [string, Classify][] = [['rules', rules]]
  if (config.model.apiKey || config.model.baseUrl) ways.push([config.model.name, byModel(config.model, rules)])
  for (const [way, classify] of ways)
    for (const part of parts)
      console.log(
        `\n${clusterLines(`${clusterSet} by ${way}, ${part}`, await measureClusters(part, classify)).join('\n')}`,
      )
}

/** Pays for every text once in each run: nothing is kept. */
const byModel = ({ apiKey, baseUrl, name }: Config['model'], rules: Classify): Classify => {
  const attempt = openModel({ apiKey, baseUrl, model: name }, realEffects)
  const complete: Complete = async (request, { signal } = {}) => {
    const reply = await attempt(request, signal)
    if ('problem' in reply) throw reply.problem
    return reply
  }
  const warn = (event: string, error: unknown) =>
    console.warn(`${event}: ${error instanceof Error ? error.message : error}`)
  return createModelClassifier({ complete, texts: createClassified(), rules, warn }, realEffects)
}

const startServer = async (config: Config) => {
  const folder = mkdtempSync(join(tmpdir(), 'chartroom-eval-'))
  const server = await openServer({ folder: join(folder, 'state'), durable: false }, realEffects)
  const at = { url: urlOf(await server.address()), schema: 'twin' }
  return {
    exchange: async (domain: Domain, path: string) => {
      await copyTables(path, at)
      await domain.close()
      return openTwin(domain, { ...at, config })
    },
    close: async () => {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
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
