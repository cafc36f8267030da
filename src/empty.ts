import type { DataRange, DomainResult } from './domain.ts'
import type { Receipt } from './vocabulary/answer.ts'
import type { Query } from './vocabulary/query.ts'

/** No rows, nothing but empty cells, or a period that the data does not reach. */
export const isEmpty = (query: Query, { table }: DomainResult, range?: DataRange): boolean => {
  const values = table.columns.flatMap((c, i) => (c.role === 'measure' ? [i] : []))
  const nothing = table.rows.every(row => values.every(i => row[i] === null))
  return nothing || (isOutside(query, range) && !query.compare)
}

/** What is said in place of an answer, and a way to one. */
export const tellEmpty = (query: Query, receipt: Receipt, range?: DataRange) => ({
  status: 'empty' as const,
  message:
    range && isOutside(query, range)
      ? `There is no data for ${query.period?.label}: it goes from ${range.first} to ${range.last}.`
      : `Nothing matches: ${receipt.reading}. The data goes ${range ? `from ${range.first} to ${range.last}` : 'no further'}.`,
  query,
  receipt,
  choices: query.period
    ? [
        {
          ...{ label: 'The same over all data', question: 'over all data' },
          query: { ...query, period: undefined, compare: undefined },
        },
      ]
    : [],
})

const isOutside = ({ period }: Query, range?: DataRange): boolean =>
  period !== undefined && range !== undefined && (period.start > range.last || period.end <= range.first)
