import type { Candidate } from './candidate.ts'
import { literal } from './sql-text.ts'

const year = '[12][0-9]{3}'
const short = '[0-9]{2}'
const monthNumber = '(?:0?[1-9]|1[0-2])'
const day = '(?:0?[1-9]|[12][0-9]|3[01])'
const abbreviated = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)'
const full = '(?:january|february|march|april|may|june|july|august|september|october|november|december)'
const clock = '(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]{1,9})?)?(?: ?[ap]m)?)?'
const zoned = '[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]{1,9})?)?(?:Z| ?UTC|[+-][0-9]{2}(?::?[0-9]{2})?)'

const midnight: Pick<Candidate, 'wide' | 'narrow'> = {
  wide: t => `${t} <> date_trunc('day', ${t})`,
  narrow: { type: 'date', sql: t => `CAST(${t} AS DATE)` },
}

const iso: Candidate = {
  id: 'iso',
  type: 'timestamp',
  pattern: `${year}-${monthNumber}-${day}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]{1,9})?)?)?`,
  value: v => `TRY_CAST(${v} AS TIMESTAMP)`,
  ...midnight,
}

/** Instants with a zone are kept as UTC. */
const isoZoned: Candidate = {
  id: 'iso-zoned',
  type: 'timestamp',
  pattern: `${year}-[0-9]{2}-[0-9]{2}${zoned}`,
  value: v => `TRY_CAST(${v} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'`,
  ...midnight,
}

const clocks: [pattern: string, format: string][] = [
  ['', ''],
  [' [0-9]{1,2}:[0-9]{2}', ' %H:%M'],
  [' [0-9]{1,2}:[0-9]{2}:[0-9]{2}', ' %H:%M:%S'],
  [' [0-9]{1,2}:[0-9]{2} [ap]m', ' %I:%M %p'],
  [' [0-9]{1,2}:[0-9]{2}:[0-9]{2} [ap]m', ' %I:%M:%S %p'],
]
const mixed = ['', ' %H:%M', ' %H:%M:%S', ' %H:%M:%S.%f', ' %I:%M %p', ' %I:%M:%S %p', ' %I:%M%p', 'T%H:%M:%S']

/** A way to write the day, with each clock apart (one format is read ten times faster than many), and last with any. */
const written = (pattern: string, format: string, order?: 'mdy' | 'dmy'): Candidate[] => {
  const common = { type: 'timestamp' as const, order, ...midnight }
  const any = mixed.map(c => literal(format + c)).join(', ')
  return [
    ...clocks.map(([clockPattern, clockFormat]) => ({
      ...common,
      id: format + clockFormat,
      pattern: pattern + clockPattern,
      value: (v: string) => `try_strptime(${v}, ${literal(format + clockFormat)})`,
    })),
    { ...common, id: `${format} …`, pattern: pattern + clock, value: v => `try_strptime(${v}, [${any}])` },
  ]
}

/** Day and month by number: both orders, so that the whole column can decide. */
const numeric = (separator: string, mark: string): Candidate[] =>
  [
    [year, '%Y'],
    [short, '%y'],
  ].flatMap(([y, Y]) => [
    ...written(`${monthNumber}${separator}${day}${separator}${y}`, `%m${mark}%d${mark}${Y}`, 'mdy'),
    ...written(`${day}${separator}${monthNumber}${separator}${y}`, `%d${mark}%m${mark}${Y}`, 'dmy'),
  ])

const month = (pattern: string, format: string): Candidate => ({
  id: format,
  type: 'date',
  pattern,
  value: v => `CAST(try_strptime(${v}, ${literal(format)}) AS DATE)`,
})

const quarter: Candidate = {
  id: 'quarter',
  type: 'date',
  pattern: `${year}[- ]?q[1-4]`,
  value: v => `make_date(CAST(left(${v}, 4) AS INTEGER), CAST(right(${v}, 1) AS INTEGER) * 3 - 2, 1)`,
}

/** Ways to read dates and times written as text. */
export const dateCandidates: readonly Candidate[] = [
  iso,
  isoZoned,
  ...written(`${year}/${monthNumber}/${day}`, '%Y/%m/%d'),
  ...written(`${year}[.]${monthNumber}[.]${day}`, '%Y.%m.%d'),
  ...numeric('/', '/'),
  ...numeric('-', '-'),
  ...numeric('[.]', '.').filter(c => c.order === 'dmy'),
  ...written(`${abbreviated} ${day} ${year}`, '%b %d %Y'),
  ...written(`${abbreviated} ${day}, ${year}`, '%b %d, %Y'),
  ...written(`${full} ${day} ${year}`, '%B %d %Y'),
  ...written(`${full} ${day}, ${year}`, '%B %d, %Y'),
  ...written(`${day} ${abbreviated} ${year}`, '%d %b %Y'),
  ...written(`${day} ${full} ${year}`, '%d %B %Y'),
  ...written(`${day}-${abbreviated}-${year}`, '%d-%b-%Y'),
  ...written(`${day}-${abbreviated}-${short}`, '%d-%b-%y'),
  ...written(`${day}/${abbreviated}/${year}`, '%d/%b/%Y'),
  month(`${year}-${monthNumber}`, '%Y-%m'),
  month(`${year}/${monthNumber}`, '%Y/%m'),
  month(`${abbreviated} ${year}`, '%b %Y'),
  month(`${full} ${year}`, '%B %Y'),
  month(`${abbreviated}-${year}`, '%b-%Y'),
  month(`${abbreviated}-${short}`, '%b-%y'),
  quarter,
]

/** One candidate for each way to write a day, whatever clock stands behind it. */
export const dateShapes: readonly Candidate[] = dateCandidates.filter(
  c => c.id.endsWith('…') || !c.id.includes('%d') || c.id.startsWith('iso'),
)

const epoch = (id: string, pattern: string, perSecond: 1 | 1000): Candidate => ({
  id,
  type: 'timestamp',
  pattern,
  value: v => `epoch_ms(TRY_CAST(${v} AS BIGINT) * ${1000 / perSecond})`,
  ...midnight,
})

/** Numbers that are moments: only offered when the header says that the column is a time. Unix seconds and milliseconds from 1985 on. */
export const numericTimes: readonly Candidate[] = [
  epoch('epoch-s', '(?:[4-9][0-9]{8}|[1-3][0-9]{9})(?:[.]0*)?', 1),
  epoch('epoch-ms', '(?:[4-9][0-9]{11}|[1-3][0-9]{12})', 1000),
  month('(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])', '%Y%m%d'),
]

/** Headers of columns whose bare numbers are moments. */
export const looksLikeTime = (name: string): boolean =>
  /(^|_)(time|timestamp|ts|date|datum|fecha|epoch|created|updated|modified|day|at|on|dt)(_(ms|utc|unix|epoch))?$/.test(
    name,
  )
