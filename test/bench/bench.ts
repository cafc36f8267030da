import { mkdirSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findChromium } from '#test/fakes/browser.ts'
import { type QuestionTimings, type Timing, timeQuestions } from './answers.ts'
import { type ChartTimes, timeCharts } from './charts.ts'
import { askAtOnce, type Crowd } from './crowd.ts'
import { openBenchEngine } from './engine.ts'
import { leakPerThousand, measureNow, measureWhileAsking, type Sizes } from './memory.ts'
import { ms, print, printTable, printTargets, type Target, times } from './print.ts'
import { pssKnown } from './pss.ts'
import { kpiQuestions } from './questions.ts'
import { startServer, untilReady } from './server.ts'
import { timeStartUp } from './start-up.ts'
import { geometricMean, median, quantile } from './statistics.ts'

/** `npm run bench [-- --quick | --long]`: how fast and how big everything is, measured side by side in one run on this machine. */
const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { quick: { type: 'boolean' }, long: { type: 'boolean' } } })
  const size = values.quick ? quick : values.long ? { ...usual, answers: 10_000 } : usual
  mkdirSync(folder, { recursive: true })
  print(machine(), load('at the start'))
  const targets = [
    ...(await questions(size)),
    ...(await charts(size)),
    ...(await startUp(size)),
    ...(await crowdAndMemory(size)),
  ]
  printTargets(targets)
  print('', load('at the end'))
}

type Size = { rounds: number; chartRounds: number; freshRounds: number; starts: number; answers: number }
const usual: Size = { rounds: 15, chartRounds: 15, freshRounds: 3, starts: 5, answers: 1000 }
const quick: Size = { rounds: 3, chartRounds: 5, freshRounds: 1, starts: 1, answers: 200 }

const folder = join('.chartroom', 'bench')

const machine = () => {
  const all = cpus()
  return `Chartroom on ${all.length} × ${all[0]?.model.trim() ?? 'unknown processor'}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`
}
const load = (when: string) =>
  `Load of the machine ${when}: ${loadavg()
    .map(n => n.toFixed(2))
    .join(' ')}`

const questions = async ({ rounds }: Size): Promise<Target[]> => {
  const onProgress = (words: string) => void process.stderr.write(`\r${words}   `)
  const open = (size: 'small' | 'large', cacheSeconds: number) =>
    openBenchEngine({ folder, size, cacheSeconds, onProgress })
  const engines = [await open('small', 0), await open('large', 0), await open('small', 300)]
  const [small = none, large = none, cached = none] = await timeQuestions(engines, kpiQuestions, rounds)
  const lines = await engines[1]?.domain.rowCount('order_items')
  await Promise.all(engines.map(engine => engine.close()))
  printQuestions(small, large, lines ?? 0, rounds)
  printStages([
    ['10,000 orders', small],
    ['1 M order lines', large],
    ['10,000 orders, cache on', cached],
  ])
  return [
    {
      name: 'KPI on 10,000 orders, p50',
      measured: quantile(totals(small), 0.5),
      limit: 100,
      unit: ' ms',
      better: 'less',
    },
    {
      name: 'KPI on 10,000 orders, p95',
      measured: quantile(totals(small), 0.95),
      limit: 250,
      unit: ' ms',
      better: 'less',
    },
    {
      name: 'KPI on 1 M order lines, p50',
      measured: quantile(totals(large), 0.5),
      limit: 300,
      unit: ' ms',
      better: 'less',
    },
    {
      name: 'KPI on 1 M order lines, p95',
      measured: quantile(totals(large), 0.95),
      limit: 300,
      unit: ' ms',
      better: 'less',
    },
  ]
}

const none: QuestionTimings = new Map()
const totals = (timings: QuestionTimings) => [...timings.values()].flat().map(t => t.total)

const printQuestions = (small: QuestionTimings, large: QuestionTimings, lines: number, rounds: number) =>
  printTable(
    `Question → answer with painted chart, ms, warm, no cache, ${rounds} rounds (large: ${lines.toLocaleString('en-US')} order lines)`,
    ['question', 'chart', '10k p50', 'p95', '1M p50', 'p95'],
    kpiQuestions.map(text => [
      text,
      small.get(text)?.[0]?.chart ?? '',
      ...[small, large].flatMap(timings => {
        const all = (timings.get(text) ?? []).map(t => t.total)
        return [ms(quantile(all, 0.5)), ms(quantile(all, 0.95))]
      }),
    ]),
  )

const stages = ['read', 'query', 'study', 'paint'] as const satisfies (keyof Timing)[]

const printStages = (rows: [string, QuestionTimings][]) =>
  printTable(
    'All 20 questions together, ms: whole answer, and the median of each stage',
    ['data', 'p50', 'p95', 'worst', ...stages],
    rows.map(([name, timings]) => [
      name,
      ...[0.5, 0.95, 1].map(q => ms(quantile(totals(timings), q))),
      ...stages.map(stage => ms(median([...timings.values()].flat().map(t => t[stage])))),
    ]),
  )

const charts = async ({ chartRounds: rounds, freshRounds }: Size): Promise<Target[]> => {
  const chromium = findChromium()
  const found = await timeCharts({ chromium, rounds, freshRounds })
  const shown = (value: number) => (chromium ? ms(value) : 'no Chromium')
  const ratio = (c: ChartTimes) => ({ warm: c.warm / c.ours, fresh: c.fresh / c.ours })
  printTable(
    `One chart at 1200 × 720, ms, median of ${rounds} (fresh browser: ${freshRounds}), the same Vega spec, interleaved`,
    ['kind', 'ours', 'KB', 'warm page', 'ratio', 'fresh browser', 'ratio'],
    found.map(c => [
      c.kind,
      ms(c.ours),
      c.kb.toFixed(0),
      shown(c.warm),
      times(ratio(c).warm),
      shown(c.fresh),
      times(ratio(c).fresh),
    ]),
  )
  const warm = geometricMean(found.map(c => ratio(c).warm))
  const fresh = geometricMean(found.map(c => ratio(c).fresh))
  print(`Geometric mean: ${times(warm)} faster than a warm page, ${times(fresh)} than a fresh browser`)
  return [
    { name: 'Chart against a fresh browser', measured: fresh, limit: 12, unit: '×', better: 'more' },
    { name: 'Chart against a warm page', measured: warm, limit: 2, unit: '×', better: 'more' },
  ]
}

const startUp = async ({ starts }: Size): Promise<Target[]> => {
  const { fromNothing, withData } = await timeStartUp(starts)
  printTable(
    '`npm start` until the first answer with its chart has come over HTTP, ms',
    ['', 'median', 'worst'],
    [
      ['from nothing, the sample is made', ms(fromNothing), ms(fromNothing)],
      [`with data, ${starts} starts`, ms(median(withData)), ms(Math.max(...withData))],
    ],
  )
  return [{ name: 'Start with data', measured: median(withData), limit: 3000, unit: ' ms', better: 'less' }]
}

const people = 50

const crowdAndMemory = async ({ answers }: Size): Promise<Target[]> => {
  const server = await startServer({ home: folder, settings: { DUCKDB_PATH: join(folder, 'small.duckdb') } })
  try {
    await untilReady(server)
    const rest = measureNow(server, 0)
    const different = await askAtOnce(server, { people, alike: false, from: 0 })
    const alike = await askAtOnce(server, { people, alike: true, from: people })
    const again = await askAtOnce(server, { people, alike: true, from: 2 * people })
    printCrowds({ 'all different': different, '20 questions, new': alike, 'the same again': again })
    const measured = await measureWhileAsking(server, { count: answers, from: 3 * people, onSizes: noteSizes })
    printMemory(rest, measured)
    return [
      { name: '50 at once, p95', measured: quantile(different.times, 0.95), limit: 3000, unit: ' ms', better: 'less' },
      {
        name: '50 at once, failures',
        measured: different.failures.length + alike.failures.length,
        limit: 0,
        unit: '',
        better: 'less',
      },
      {
        name: 'Memory of all processes',
        measured: pssKnown() ? Math.max(...measured.map(m => m.total)) : Number.NaN,
        limit: 1024,
        unit: ' MB',
        better: 'less',
      },
    ]
  } finally {
    await server.stop()
  }
}

const noteSizes = ({ answers, total }: Sizes) =>
  void process.stderr.write(`\r${answers.toLocaleString('en-US')} answers, ${total.toFixed(0)} MB   `)

const printCrowds = (crowds: Record<string, Crowd>) => {
  printTable(
    `${people} people ask at the same moment over HTTP, ms until the chart is there`,
    ['', 'p50', 'p95', 'last', 'failures'],
    Object.entries(crowds).map(([name, { times: t, failures }]) => [
      name,
      ms(quantile(t, 0.5)),
      ms(quantile(t, 0.95)),
      ms(Math.max(...t)),
      failures.length,
    ]),
  )
  for (const failure of Object.values(crowds).flatMap(c => c.failures)) print(`  ${failure}`)
}

const printMemory = (rest: Sizes, measured: readonly Sizes[]) => {
  if (!pssKnown()) return print('', 'Memory: this machine does not tell the proportional set size of processes.')
  const last = measured.at(-1) ?? rest
  const half = measured[Math.floor(measured.length / 2) - 1] ?? rest
  const row = (name: string, s: Sizes) => [name, ...[s.bot, s.database, s.painter, s.total].map(mb => mb.toFixed(0))]
  printTable(
    'Memory in MB (proportional set size)',
    ['', 'bot', 'database', 'painter', 'all'],
    [
      row('at rest', rest),
      row(`after ${half.answers.toLocaleString('en-US')} answers`, half),
      row(`after ${last.answers.toLocaleString('en-US')} answers`, last),
    ],
  )
  const most = Math.max(...measured.map(m => m.total)).toFixed(0)
  print(`At most ${most} MB; in the later half ${leakPerThousand(measured).toFixed(1)} MB gained per 1,000 answers`)
}

await main()
