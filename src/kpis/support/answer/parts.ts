import type { Chart } from '#src/vocabulary/chart.ts'
import { formatExact } from '#src/vocabulary/format.ts'
import type { Query } from '#src/vocabulary/query.ts'
import type { PainPoints } from '../pain-points.ts'
import type { QueryCategories } from '../query-categories.ts'
import type { Retention } from '../retention.ts'
import type { Segments } from '../segments.ts'
import type { ToolUsage } from '../tool-usage.ts'
import { cellsSay, columnOf, fraction, type Scope, type Told, textColumn } from './told.ts'

type Part = { name: string; count: number; percent: number | null; more?: string }

type Whole = {
  /** The dimension, the measure and its share, as the columns are called. */
  by: { name: string; label: string }
  of: { name: string; label: string }
  share: string
  parts: readonly Part[]
  /** Largest first, or as they are given. */
  sorted: boolean
  /** Of the largest part: "Orders is …, 41%". */
  leads: (part: Part) => string
  summary: (part: Part, row: number) => Told['summary']
  query: Pick<Query, 'measures' | 'splits'>
  more?: { name: string; label: string }
}

/** Parts of a whole as bars, with the largest one marked. */
const tellParts = ({ by, of, share, parts, sorted, leads, summary, query, more }: Whole): Told => {
  const shown = sorted ? parts.toSorted((a, b) => b.count - a.count) : [...parts]
  const most = Math.max(...shown.map(({ count }) => count))
  const first = shown.findIndex(({ count }) => count === most)
  const top = shown[first]!
  const integer = { kind: 'integer' } as const
  return {
    table: {
      columns: [
        textColumn(by.name, by.label),
        { ...columnOf({ ...of, format: integer }), additive: true },
        columnOf({ name: 'share', label: share, format: { kind: 'percent' } }),
        ...(more ? [textColumn(more.name, more.label)] : []),
      ],
      rows: shown.map(part => [
        part.name,
        part.count,
        part.percent === null ? null : fraction(part.percent),
        ...(more ? [part.more ?? ''] : []),
      ]),
      truncated: false,
    },
    headline: cellsSay(leads(top), [first, by.name], [first, 'share'], [first, of.name]),
    summary: summary(top, first),
    chart: (frame): Chart => ({
      kind: 'bar',
      layout: 'single',
      ...frame,
      alt: `Bar chart: ${frame.subtitle}. ${shown.map(part => `${part.name} ${formatExact(part.count, integer)}`).join(', ')}.`,
      categories: shown.map(({ name }) => name),
      series: [{ name: of.label, values: shown.map(({ count }) => count) }],
      format: integer,
      highlight: top.name,
    }),
    measured: `${of.label} by ${by.label.toLowerCase()}`,
    query,
  }
}

const shareOf = ({ percent }: Part) => formatExact(percent === null ? null : fraction(percent), { kind: 'percent' })
const number = (n: number) => formatExact(n, { kind: 'integer' })
const sessionsBy = (dimension: string) => ({ measures: [{ measure: 'sessions' }], splits: [{ dimension }] })

export const tellPainPoints = (result: PainPoints, { bot, when }: Scope): Told => ({
  ...tellParts({
    by: { name: 'cluster', label: 'Cluster' },
    of: { name: 'queries', label: 'Queries' },
    share: 'Share of queries',
    more: { name: 'examples', label: 'Examples' },
    parts: result.clusters.map(c => ({
      name: c.name,
      count: c.queries,
      percent: c.percent_of_queries,
      more: c.examples.join(' · '),
    })),
    sorted: true,
    leads: top => `${top.name}: ${shareOf(top)} of what people asked ${bot}${when}`,
    summary: (top, row) => [cellsSay(`${number(top.count)} queries are of this kind.`, [row, 'queries'])],
    query: { measures: [{ measure: 'messages' }], splits: [] },
  }),
  notes: [classifiedBy(result)],
})

const classifiedBy = ({ classified_by: by, texts_left_to_rules: left }: PainPoints) => {
  if (by === 'rules') return 'Which cluster a query belongs to was decided by rules, without a language model.'
  const rest = left > 0 ? `, of ${number(left)} of the texts by rules` : ''
  return `Which cluster a query belongs to was decided by a language model${rest}.`
}

export const tellQueryCategories = (result: QueryCategories, { bot, when }: Scope): Told => ({
  ...tellParts({
    by: { name: 'category', label: 'Category' },
    of: { name: 'sessions', label: 'Sessions' },
    share: 'Share of sessions',
    parts: result.categories.map(c => ({ name: c.category, count: c.sessions, percent: c.percent_of_sessions })),
    sorted: true,
    leads: top => `${top.name} is what sessions with ${bot}${when} were most often about, ${shareOf(top)}`,
    summary: (top, row) => [
      cellsSay(`It was the most frequent category of ${number(top.count)} sessions.`, [row, 'sessions']),
    ],
    query: sessionsBy('category'),
  }),
  notes: without(result.sessions_without_category),
})

export const tellToolUsage = (result: ToolUsage, { bot, when }: Scope): Told => ({
  ...tellParts({
    by: { name: 'tool', label: 'Tool' },
    of: { name: 'sessions', label: 'Sessions' },
    share: 'Share of sessions',
    parts: result.tools.map(t => ({ name: t.tool, count: t.sessions, percent: t.percent_of_sessions })),
    sorted: true,
    leads: top => `${top.name} is the tool that sessions with ${bot}${when} used most, ${shareOf(top)}`,
    summary: (top, row) => [cellsSay(`${number(top.count)} sessions used it at least once.`, [row, 'sessions'])],
    query: sessionsBy('category'),
  }),
  notes: [
    `${number(result.sessions_with_several_tools)} of ${number(result.sessions)} sessions used several tools, so the shares may sum to more than 100 %.`,
    ...without(result.sessions_without_tool),
  ],
})

const without = (sessions: number) =>
  sessions > 0 ? [`${number(sessions)} sessions have no message with a category and are in no share.`] : []

/** How people call the segments. */
const segmentNames = {
  power: 'Power (10+)',
  regular: 'Regular (3–9)',
  casual: 'Casual (2)',
  one_time: 'One-time (1)',
} as const

export const tellSegments = (result: Segments, { bot, when }: Scope): Told =>
  tellParts({
    by: { name: 'segment', label: 'Segment' },
    of: { name: 'users', label: 'Users' },
    share: 'Share of users',
    parts: result.segments.map(s => ({ name: segmentNames[s.segment], count: s.users, percent: s.percent_of_users })),
    sorted: false,
    leads: top => `${top.name} is the largest segment of users of ${bot}${when}, ${shareOf(top)}`,
    summary: (top, row) => [cellsSay(`${number(top.count)} users had that many sessions.`, [row, 'users'])],
    query: { measures: [{ measure: 'users' }], splits: [] },
  })

export const tellRetention = (result: Retention, { bot, when }: Scope): Told => {
  const [returning, once] = [
    { name: 'Returning', count: result.returning_users, percent: result.returning_percent },
    { name: 'One-time', count: result.one_time_users, percent: result.one_time_percent },
  ]
  const told = tellParts({
    by: { name: 'kind', label: 'Kind of user' },
    of: { name: 'users', label: 'Users' },
    share: 'Share of users',
    parts: [returning, once],
    sorted: false,
    leads: () => '',
    summary: () => [],
    query: { measures: [{ measure: 'users' }], splits: [] },
  })
  return {
    ...told,
    headline: cellsSay(`${shareOf(returning)} of users of ${bot} came back${when}`, [0, 'share']),
    summary: [
      cellsSay(
        `${number(returning.count)} had more than one session, ${number(once.count)} only one (${shareOf(once)}).`,
        [0, 'users'],
        [1, 'users'],
        [1, 'share'],
      ),
    ],
    chart: frame => ({
      kind: 'donut',
      ...frame,
      alt: `Donut chart: ${frame.subtitle}. Returning ${shareOf(returning)}, one-time ${shareOf(once)}.`,
      slices: [returning, once].map(({ name, count: value }) => ({ name, value })),
      format: { kind: 'integer' },
    }),
  }
}
