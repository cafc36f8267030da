import type { QuestionTimings, Timing } from './answers.ts'
import type { ChartTimes } from './charts.ts'
import type { Crowd } from './crowd.ts'
import { floors, type Sizes } from './memory.ts'
import { fine, ms, print, printTable, times } from './print.ts'
import { pssKnown } from './pss.ts'
import type { SlackTurns } from './slack-turns.ts'
import type { StartUp } from './start-up.ts'
import { geometricMean, median, quantile } from './statistics.ts'

/** Milliseconds of all answers, whatever was asked. */
export const totals = (timings: QuestionTimings): number[] => [...timings.values()].flat().map(t => t.total)

/** One line per question, on both sizes of data. */
export const printQuestions = (
  small: QuestionTimings,
  large: QuestionTimings,
  { lines, rounds }: { lines: number; rounds: number },
): void =>
  printTable(
    `Question → message with painted chart, ms, warm, no cache, ${rounds} rounds (large: ${lines.toLocaleString('en-US')} order lines)`,
    ['question', 'chart', '10k p50', 'p95', '1M p50', 'p95'],
    [...small.keys()].map(text => [
      text,
      small.get(text)?.[0]?.chart ?? '',
      ...[small, large].flatMap(timings => {
        const all = (timings.get(text) ?? []).map(t => t.total)
        return [ms(quantile(all, 0.5)), ms(quantile(all, 0.95))]
      }),
    ]),
  )

const stages = ['read', 'query', 'study', 'paint', 'write'] as const satisfies (keyof Timing)[]

/** One line per engine: all its answers, and where their time went. */
export const printStages = (rows: [string, QuestionTimings][]): void =>
  printTable(
    'All questions together, ms: question → message, and the median of each stage',
    ['data', 'p50', 'p95', 'worst', ...stages],
    rows.map(([name, timings]) => [
      name,
      ...[0.5, 0.95, 1].map(q => ms(quantile(totals(timings), q))),
      ...stages.map(stage => fine(median([...timings.values()].flat().map(t => t[stage])))),
    ]),
  )

/** How often as fast as the browser all kinds of chart together are. */
export const chartRatios = (found: readonly ChartTimes[]): { warm: number; fresh: number } => ({
  warm: geometricMean(found.map(c => c.warm / c.ours)),
  fresh: geometricMean(found.map(c => c.fresh / c.ours)),
})

export const printCharts = (
  found: readonly ChartTimes[],
  { rounds, freshRounds, browser }: { rounds: number; freshRounds: number; browser: boolean },
): void => {
  const shown = (value: number) => (browser ? ms(value) : 'no Chromium')
  printTable(
    `One chart at 1200 × 720, ms, median of ${rounds} (fresh browser: ${freshRounds}), the same Vega spec, interleaved`,
    ['kind', 'ours', 'KB', 'warm page', 'ratio', 'fresh browser', 'ratio'],
    found.map(({ kind, ours, kb, warm, fresh }) => [
      kind,
      ms(ours),
      kb.toFixed(0),
      shown(warm),
      times(warm / ours),
      shown(fresh),
      times(fresh / ours),
    ]),
  )
  const { warm, fresh } = chartRatios(found)
  if (browser) print(`Geometric mean: ${times(warm)} faster than a warm page, ${times(fresh)} than a fresh browser`)
}

export const printStartUp = ({ fromNothing, withData }: StartUp): void =>
  printTable(
    '`npm start` until the first answer with its chart has come over HTTP, ms',
    ['', 'median', 'worst'],
    [
      ['from nothing, the sample is made', ms(fromNothing), ms(fromNothing)],
      [`with data, starts: ${withData.length}`, ms(median(withData)), ms(Math.max(...withData))],
    ],
  )

export const printCrowds = (people: number, crowds: Record<string, Crowd>): void => {
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
  print(...Object.values(crowds).flatMap(c => c.failures.map(failure => `  ${failure}`)))
}

export const printSlack = ({ commands, acks, burst, memory }: SlackTurns): void => {
  const line = (name: string, values: readonly number[]) => [
    name,
    ...[0.5, 0.95, 0.99, 1].map(q => ms(quantile(values, q))),
  ]
  printTable(
    'Slack over Socket Mode against the stand-in, ms, no cache, pictures processed at once',
    ['', 'p50', 'p95', 'p99', 'worst'],
    [
      line(`slash command → message with picture, ${commands.length} in turn`, commands),
      line('command acknowledged while 50 questions run', acks),
      line(`${burst.mentions} mentions at once: each acknowledged`, burst.ackMs),
    ],
  )
  const { mentions, answers, withPicture, threads, ms: all } = burst
  const sizes = [memory.before, ...memory.after].map(s => s.total.toFixed(0)).join(', ')
  print(
    `${mentions} mentions at once: ${answers} answers in ${threads} threads, ${withPicture} with picture, the last after ${(all / 1000).toFixed(1)} s`,
    `Memory of all processes before, and after each such burst: ${sizes} MB`,
  )
}

export const printMemory = (rest: Sizes, measured: readonly Sizes[]): void => {
  if (!pssKnown()) return print('', 'Memory: this machine does not tell the proportional set size of processes.')
  const last = measured.at(-1) ?? rest
  const half = measured[Math.floor(measured.length / 2) - 1] ?? rest
  const row = (name: string, s: Sizes) => [name, ...[s.bot, s.database, s.painter, s.total].map(mb => mb.toFixed(0))]
  const after = (s: Sizes) => row(`after ${s.answers.toLocaleString('en-US')} answers`, s)
  printTable(
    'Memory in MB (proportional set size)',
    ['', 'bot', 'database', 'painter', 'all'],
    [row('at rest', rest), after(half), after(last)],
  )
  const most = Math.max(...measured.map(m => m.total)).toFixed(0)
  const { early, late, perThousand } = floors(measured)
  print(
    `At most ${most} MB. Lowest in the second quarter ${early.toFixed(0)} MB, in the later half ${late.toFixed(0)} MB: ${perThousand.toFixed(1)} MB per 1,000 answers`,
  )
}
