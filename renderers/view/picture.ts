import type { Chart } from '#src/vocabulary/chart.ts'
import type { AnswerView, FailureView } from './view.ts'

/**
 * The chart as it is painted for a message: the message itself says the headline and, below it, what is measured, so that the picture does not
 * say either again and has more room for what it shows.
 */
export const pictureOf = ({ chart, headline }: { chart: Chart; headline: string }): Chart => ({
  ...chart,
  title: chart.title === headline ? '' : chart.title,
  subtitle: '',
})

/** What of an answer is painted, and the main sentence over it; undefined when it is a table or words and nothing else. */
export const paintedOf = (view: AnswerView | FailureView): { chart: Chart; headline: string } | undefined => {
  if (view.status === 'answered') return view.chart.kind === 'table' ? undefined : view
  return view.status === 'told' && view.chart ? { chart: view.chart, headline: view.title } : undefined
}
