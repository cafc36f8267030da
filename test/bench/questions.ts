/** The day that relative periods count from: the day after the sample's last. */
export const today = '2024-01-01'

/** Twenty questions as a team asks them: totals, splits, trends, rankings, filters, comparisons and shares. */
export const kpiQuestions = [
  'revenue in December 2023',
  'What is our AOV?',
  'cancellation rate last quarter',
  'revenue by category in Q4 2023',
  'orders by state',
  'revenue by channel and segment in Q3 2023',
  'return rate by category last quarter',
  'monthly revenue 2023',
  'orders per week in Q2 2023',
  'revenue by month and channel in 2023',
  'top 5 products by revenue in Q4 2023',
  'bottom 3 categories in units sold',
  'revenue of Electronics in Texas in 2023 by month',
  'gross margin by category, excluding Books',
  'How many orders over $500 did we have in May 2023?',
  'revenue by category in Q4 compared to Q3',
  'Texas vs California orders since July 2023',
  'What share of revenue comes from Texas?',
  'each category’s percentage of total sales',
  '3-month rolling revenue by month',
] as const

const measures = ['revenue', 'orders', 'units', 'gross margin', 'AOV', 'customers', 'cancellation rate']
const splits = ['by category', 'by channel', 'by segment', 'by payment method', 'per week', 'by month', 'by state', '']
const places = ['in Texas', 'in California', 'in Ohio', 'in Florida', 'in New York', 'in Georgia', '']
const months = 'January February March April May June July August September October November December'.split(' ')

/** A different question for every number up to 4,704, so that nothing that is kept can answer it. */
export const variedQuestion = (n: number): string => {
  const pick = <T>(list: readonly T[], at: number) => list[at % list.length] as T
  const period = `from ${pick(months, n)} 2023 to December 2023`
  const words = [pick(measures, n), pick(splits, Math.floor(n / 12)), pick(places, Math.floor(n / 7 / 12)), period]
  return words.filter(Boolean).join(' ')
}
