import { mkdirSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { realEffects } from '#src/effects.ts'
import { openServer } from '#src/store/server/server.ts'
import { urlOf } from '#test/engines/engines.ts'
import { findChromium } from '#test/fakes/browser.ts'
import { type QuestionTimings, timeQuestions } from './answers.ts'
import { timeCharts } from './charts.ts'
import { askAtOnce } from './crowd.ts'
import { openBenchEngine, openPostgresBenchEngine, type sizes } from './engine.ts'
import { printEngines, timeEngines } from './engines.ts'
import { printGuard, timeGuard } from './guard.ts'
import { measureNow, measureWhileAsking, type Sizes } from './memory.ts'
import { printModel, timeModel } from './model.ts'
import { print, printTargets, type Target } from './print.ts'
import { pssKnown } from './pss.ts'
import { kpiQuestions } from './questions.ts'
import * as report from './report.ts'
import { startServer, untilReady } from './server.ts'
import { timeSlack } from './slack-turns.ts'
import { timeStartUp } from './start-up.ts'
import { printState, timeState } from './state.ts'
import { median, quantile } from './statistics.ts'
import { printSupport, timeSupport } from './support.ts'
import { printUpload, timeUpload } from './upload.ts'

/**
 * `npm run bench [-- --quick | --long] [-- --only engines]`: how fast and how big everything is, measured side by side in one run on this
 * machine. `--only` can be said more than once.
 */
const main = async (): Promise<void> => {
  const options = {
    quick: { type: 'boolean' },
    long: { type: 'boolean' },
    only: { type: 'string', multiple: true },
  } as const
  const { values } = parseArgs({ options })
  const length = values.quick ? quick : values.long ? { ...usual, answers: 10_000, bursts: 6 } : usual
  mkdirSync(folder, { recursive: true })
  print(machine(), load('at the start'))
  const targets: Target[] = []
  for (const [name, part] of Object.entries(parts))
    if (values.only?.includes(name) ?? true) targets.push(...(await part(length)))
  printTargets(targets)
  print('', load('at the end'))
}

type Length = {
  rounds: number
  chartRounds: number
  freshRounds: number
  starts: number
  answers: number
  commands: number
  bursts: number
  crowds: number
}
const usual: Length = {
  rounds: 15,
  chartRounds: 15,
  freshRounds: 3,
  starts: 5,
  answers: 1000,
  commands: 100,
  bursts: 3,
  crowds: 5,
}
const quick: Length = {
  rounds: 3,
  chartRounds: 5,
  freshRounds: 1,
  starts: 1,
  answers: 200,
  commands: 30,
  bursts: 2,
  crowds: 2,
}

const folder = join('.chartroom', 'bench')

const machine = () => {
  const all = cpus()
  const day = new Date().toISOString().slice(0, 10)
  return `Chartroom on ${all.length} × ${all[0]?.model.trim() ?? 'unknown processor'}, Node ${process.version}, ${day}`
}

const load = (when: string) => {
  const said = loadavg().map(n => n.toFixed(2))
  return `Load of the machine ${when}: ${said.join(' ')}`
}

const noted = (words: string) => void process.stderr.write(`\r${words}   `)

const questions = async ({ rounds }: Length): Promise<Target[]> => {
  const open = (size: keyof typeof sizes, cacheSeconds: number) =>
    openBenchEngine({ folder, size, cacheSeconds, onProgress: noted })
  const server = await openServer({ folder: join(folder, 'postgres'), durable: false }, realEffects)
  const url = urlOf(await server.address())
  const onServer = (size: keyof typeof sizes) =>
    openPostgresBenchEngine({ folder, size, cacheSeconds: 0, url, onProgress: noted })
  const engines = [await open('small', 0), await open('large', 0), await open('small', 300)]
  const others = [await onServer('small'), await onServer('large')]
  const all = await timeQuestions([...engines, ...others], kpiQuestions, rounds)
  const [small = none, large = none, cached = none, smallServer = none, largeServer = none] = all
  const lines = (await engines[1]?.domain.rowCount('order_items')) ?? 0
  await Promise.all([...engines, ...others].map(engine => engine.close()))
  await server.close()
  report.printQuestions(small, large, { lines, rounds })
  report.printStages([
    ['10,000 orders', small],
    ['1 M order lines', large],
    ['10,000 orders, cache on', cached],
    ['10,000 orders, PostgreSQL', smallServer],
    ['1 M order lines, PostgreSQL', largeServer],
  ])
  print('PostgreSQL: the server that comes with npm, untuned: 24 MB of buffers, no parallel workers.')
  const target = (name: string, timings: QuestionTimings, { q, limit }: { q: number; limit: number }): Target => ({
    name: `KPI on ${name}, p${q * 100}`,
    measured: quantile(report.totals(timings), q),
    ...{ limit, unit: ' ms', better: 'less' },
  })
  return [
    target('10,000 orders', small, { q: 0.5, limit: 100 }),
    target('10,000 orders', small, { q: 0.95, limit: 250 }),
    target('1 M order lines', large, { q: 0.5, limit: 300 }),
    target('1 M order lines', large, { q: 0.95, limit: 300 }),
  ]
}

const none: QuestionTimings = new Map()

const charts = async ({ chartRounds: rounds, freshRounds }: Length): Promise<Target[]> => {
  const chromium = findChromium()
  const found = await timeCharts({ chromium, rounds, freshRounds })
  report.printCharts(found, { rounds, freshRounds, browser: chromium !== undefined })
  const { warm, fresh } = report.chartRatios(found)
  return [
    { name: 'Chart against a fresh browser', measured: fresh, limit: 12, unit: '×', better: 'more' },
    { name: 'Chart against a warm page', measured: warm, limit: 2, unit: '×', better: 'more' },
  ]
}

const startUp = async ({ starts }: Length): Promise<Target[]> => {
  const found = await timeStartUp(starts)
  report.printStartUp(found)
  printState(await timeState(starts))
  return [{ name: 'Start with data', measured: median(found.withData), limit: 3000, unit: ' ms', better: 'less' }]
}

const people = 50

const crowdAndMemory = async ({ answers }: Length): Promise<Target[]> => {
  const server = await startServer({ home: folder, settings: { DUCKDB_PATH: join(folder, 'small.duckdb') } })
  try {
    await untilReady(server)
    const rest = measureNow(server, 0)
    const different = await askAtOnce(server, { people, alike: false, from: 0 })
    const alike = await askAtOnce(server, { people, alike: true, from: people })
    const again = await askAtOnce(server, { people, alike: true, from: 2 * people })
    report.printCrowds(people, { 'all different': different, '20 questions, new': alike, 'the same again': again })
    const measured = await measureWhileAsking(server, { count: answers, from: 3 * people, onSizes: noteSizes })
    report.printMemory(rest, measured)
    const failures = [different, alike, again].flatMap(crowd => crowd.failures).length
    const most = pssKnown() ? Math.max(...measured.map(m => m.total)) : Number.NaN
    return [
      { name: '50 at once, p95', measured: quantile(different.times, 0.95), limit: 3000, unit: ' ms', better: 'less' },
      { name: '50 at once, failures', measured: failures, limit: 0, unit: '', better: 'less' },
      { name: 'Memory of all processes', measured: most, limit: 1024, unit: ' MB', better: 'less' },
    ]
  } finally {
    await server.stop()
  }
}

const slackTurns = async ({ commands, bursts }: Length): Promise<Target[]> => {
  const sizes = { commands, mentions: 500, rounds: bursts }
  const found = await timeSlack({ home: folder, duckdb: join(folder, 'small.duckdb'), ...sizes })
  report.printSlack(found)
  const { burst, acks } = found
  const target = (name: string, measured: number, limit: number, unit = ' ms'): Target => ({
    ...{ name, measured, limit, unit, better: 'less' },
  })
  return [
    target('Slash command to its message, p50', quantile(found.commands, 0.5), 150),
    target('Acknowledged while 50 run, p99', quantile(acks, 0.99), 200),
    target('500 mentions at once, not answered once', burst.mentions - Math.min(burst.answers, burst.threads), 0, ''),
  ]
}

const noteSizes = ({ answers, total }: Sizes) =>
  noted(`${answers.toLocaleString('en-US')} answers, ${total.toFixed(0)} MB`)

/** In the order in which they run: the first ones make the data of those after them. */
const parts: Record<string, (length: Length) => Promise<Target[]>> = {
  questions,
  charts,
  guard: async ({ rounds }) => printGuard(await timeGuard(rounds)),
  engines: async ({ rounds }) => printEngines(await timeEngines(join(folder, 'postgres'), rounds)),
  'start-up': startUp,
  crowd: crowdAndMemory,
  slack: slackTurns,
  model: async ({ rounds, crowds }) => printModel(await timeModel({ home: folder, rounds, crowds, onProgress: noted })),
  upload: async () => printUpload(await timeUpload(folder)),
  support: async ({ rounds }) => printSupport(await timeSupport(folder, { rounds, onProgress: noted })),
}

await main()
