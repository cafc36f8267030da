import type { Chart } from '#src/vocabulary/chart.ts'

/**
 * The chart as it is painted for a message: the message itself says the headline and, below it, what is measured, so that the picture does not
 * say either again and has more room for what it shows.
 */
export const pictureOf = ({ chart, headline }: { chart: Chart; headline: string }): Chart => ({
  ...chart,
  title: chart.title === headline ? '' : chart.title,
  subtitle: '',
})
