import type { Answered, AnswerOptions, Choice } from '#src/vocabulary/answer.ts'
import type { ChartKind } from '#src/vocabulary/chart.ts'
import type { Query } from '#src/vocabulary/query.ts'
import type { ChoiceView, MenuView } from './view.ts'

const chartNames: Record<ChartKind, string> = {
  kpi: 'Big number',
  tiles: 'Tiles',
  bar: 'Bars',
  line: 'Line',
  area: 'Stacked areas',
  donut: 'Donut',
  scatter: 'Scatter',
  heatmap: 'Heatmap',
  histogram: 'Histogram',
  facet: 'Small multiples',
  tilemap: 'Map of states',
  diagram: 'Diagram',
  table: 'Table only',
}

/** The menus under an answer. A menu that would offer nothing new is left out. */
export const menus = (answer: Answered, { periods, splits, charts }: AnswerOptions): MenuView[] => {
  const { query, chart } = answer
  const all: MenuView[] = [
    { name: 'period', label: 'Period', choices: periods.map(marked(answer, samePeriod)) },
    { name: 'split', label: 'Split by', choices: splits.map(marked(answer, sameSplits)) },
    { name: 'chart', label: 'Chart', choices: charts.map(kind => chartChoice(kind, query, chart.kind)) },
  ]
  return all.filter(menu => menu.choices.some(c => !c.current))
}

/** A choice without a query is a command, and current when it is the one that asks for exactly this answer. */
const marked =
  ({ query, receipt }: Answered, same: (a: Query, b: Query) => boolean) =>
  (choice: Choice): ChoiceView => ({
    ...choice,
    current: choice.query ? same(query, choice.query) : choice.question === receipt.command,
  })

const samePeriod = (a: Query, b: Query) => a.period?.start === b.period?.start && a.period?.end === b.period?.end

const sameSplits = (a: Query, b: Query) => JSON.stringify(a.splits) === JSON.stringify(b.splits)

const chartChoice = (kind: ChartKind, query: Query, shown: ChartKind): ChoiceView => ({
  label: chartNames[kind],
  question: `as ${chartNames[kind].toLowerCase()}`,
  query: { ...query, chart: kind },
  current: kind === shown,
})
