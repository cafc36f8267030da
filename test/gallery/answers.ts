import { roomView } from '#renderers/room/answer.ts'
import type { AnswerView } from '#renderers/room/view.ts'
import type { Chart } from '#src/vocabulary/chart.ts'
import type { BenchEngine } from '#test/bench/engine.ts'
import { kpiQuestions, today } from '#test/bench/questions.ts'

/** A real answer of the engine over the sample shop, as the room shows it, and its chart. */
export type RealAnswer = { question: string; view: AnswerView; chart: Chart | undefined }

/** What the gallery asks: the questions of the benchmark, then each further kind of chart and of reply. */
export const galleryQuestions: readonly string[] = [
  ...kpiQuestions,
  'Why did revenue go up in November 2023?',
  'revenue by weekday and channel as a heatmap',
  'revenue by channel as a donut',
  'orders by state as a map',
  'revenue by category per month in 2023 as small multiples',
  'orders by payment method and week in Q2 2023 as an area chart',
  'bottom 10 products by margin rate as a table',
  'revenue in 2022',
  'NPS by state',
  'shipping fees by category',
  'what is AOV?',
]

/** Asks all of them, in order. */
export const realAnswers = async ({ ask }: BenchEngine): Promise<RealAnswer[]> => {
  const answers: RealAnswer[] = []
  for (const question of galleryQuestions) {
    const answer = await ask({ text: question, today })
    const view = roomView(answer, { periods: [], splits: [], charts: [] })
    answers.push({ question, view, chart: answer.status === 'answered' ? answer.chart : undefined })
  }
  return answers
}
