import { addUnits, labelOf } from '#src/semantic/calendar.ts'
import type { Chart } from '#src/vocabulary/chart.ts'
import type { Fact } from '#src/vocabulary/fact.ts'
import { formatExact } from '#src/vocabulary/format.ts'
import type { Volume } from '../volume.ts'
import { columnOf, type Scope, type Told } from './told.ts'

const integer = { kind: 'integer' } as const
const number = (n: number | null) => formatExact(n, { kind: 'number' })

export const tellVolume = (result: Volume, { bot, when }: Scope): Told => {
  const [peak, low] = [dayFact('peak', result.peak_day), dayFact('low', result.lowest_day)]
  const totals: Fact = {
    id: 'total:sessions',
    kind: 'total',
    measure: 'sessions',
    value: result.sessions,
    format: integer,
    parts: { days: result.days, average: result.average_sessions_per_day },
    noteworthy: 0.5,
  }
  return {
    table: {
      columns: [
        { name: 'day', type: 'date', role: 'time', label: 'Day' },
        { ...columnOf({ name: 'sessions', label: 'Sessions', format: integer, good: 'up' }), additive: false },
      ],
      rows: result.daily.map(({ date, sessions }) => [date, sessions]),
      truncated: false,
    },
    facts: [totals, ...peak, ...low],
    headline: peak[0]
      ? {
          text: `Sessions with ${bot}${when} peaked on ${peak[0].about?.day} at ${formatExact(peak[0].value, integer)}`,
          cites: [peak[0].id],
        }
      : { text: `There was no session with ${bot}${when}`, cites: [] },
    summary: [
      {
        text: `${formatExact(result.sessions, integer)} sessions over ${result.days} days make ${number(result.average_sessions_per_day)} a day on average, days without any included.`,
        cites: [totals.id],
      },
      ...low.map(fact => ({
        text: `The lowest day was ${fact.about?.day} with ${formatExact(fact.value, integer)}.`,
        cites: [fact.id],
      })),
    ],
    chart: frame => (result.daily.length > 1 ? line(result, frame) : single(result, frame)),
    measured: 'Sessions by day',
    query: { measures: [{ measure: 'sessions' }], splits: [{ grain: 'day' }] },
  }
}

const dayFact = (kind: 'peak' | 'low', day: Volume['peak_day']): Fact[] =>
  day === null
    ? []
    : [
        {
          id: `${kind}:sessions`,
          kind,
          measure: 'sessions',
          value: day.sessions,
          format: integer,
          about: { day: dayWords(day.date) },
          noteworthy: kind === 'peak' ? 0.8 : 0.6,
        },
      ]

const dayWords = (date: string) => labelOf(date, addUnits(date, 1, 'day'), { weekStart: 1, fiscalStart: 1 })

type Frame = { title: string; subtitle: string }

const line = ({ daily, peak_day: peak, lowest_day: low }: Volume, frame: Frame): Chart => ({
  kind: 'line',
  grain: 'day',
  ...frame,
  alt: `Line chart: ${frame.subtitle}. ${frame.title}. Lowest on ${low ? dayWords(low.date) : 'no day'} at ${low?.sessions ?? 0}.`,
  series: [{ name: 'Sessions', points: daily.map(({ date, sessions }) => ({ at: date, value: sessions })) }],
  format: integer,
  annotations: [
    ...(peak ? [{ at: peak.date, text: `peak ${formatExact(peak.sessions, integer)}` }] : []),
    ...(low && low.date !== peak?.date ? [{ at: low.date, text: `low ${formatExact(low.sessions, integer)}` }] : []),
  ],
})

const single = ({ sessions }: Volume, frame: Frame): Chart => ({
  kind: 'kpi',
  ...frame,
  alt: `${frame.subtitle}. ${frame.title}.`,
  value: sessions,
  format: integer,
})
