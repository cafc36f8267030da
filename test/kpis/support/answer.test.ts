import { describe, expect, test } from 'vitest'
import { answerOf, type KpiAnswer } from '#src/kpis/support/answer.ts'
import { type KpiName, type KpiResults, kpiNames } from '#src/kpis/support/catalogue.ts'
import { untraced } from '#src/study/trace.ts'
import { querySchema } from '#src/vocabulary/query.ts'
import { filtersIn } from './logs.ts'

const missing = { messages: 12_345, messages_without_session: 12, messages_without_user: 0 }
const categories = [
  ['Product catalog', 10, 10],
  ['Compatible parts', 20, 20],
  ['Pricing / inventory', 41, 41],
  ['Invoice / payment', 29, 29],
  ['Product manuals', 0, 0],
  ['Orders', 0, 0],
  ['General conversation', 0, 0],
  ['Tutorial videos', 0, 0],
  ['Out of scope', 0, 0],
  ['Nearest branch', 0, 0],
] as const

const results: KpiResults = {
  'session-metrics': {
    sessions: 1234,
    sessions_with_negative_feedback: 150,
    sessions_with_negative_feedback_percent: 12.2,
    sessions_with_positive_feedback: 1,
    sessions_with_positive_feedback_percent: 0.1,
    average_duration_seconds: 161.25,
    messages: 12_345,
    messages_without_session: 12,
  },
  'pain-points': {
    queries: 100,
    distinct_queries: 80,
    clusters: ([12, 5, 3, 60, 20] as const).map((queries, i) => ({
      cluster: i as 0 | 1 | 2 | 3 | 4,
      name: `Kind ${'ABCDE'[i]}`,
      queries,
      percent_of_queries: queries,
      examples: ['one thing', 'another'],
    })),
    classified_by: 'model',
    texts_left_to_rules: 7,
    messages: 101,
    messages_without_text: 1,
  },
  volume: {
    days: 3,
    average_sessions_per_day: 34.33,
    peak_day: { date: '2023-05-02', sessions: 101 },
    lowest_day: { date: '2023-05-03', sessions: 0 },
    daily: [
      { date: '2023-05-01', sessions: 2 },
      { date: '2023-05-02', sessions: 101 },
      { date: '2023-05-03', sessions: 0 },
    ],
    sessions: 102,
    messages: 12_345,
    messages_without_session: 12,
  },
  engagement: {
    unique_users: 1,
    conversations: 1500,
    conversations_per_user: 3.06,
    conversations_without_user: 4,
    ...missing,
  },
  retention: {
    users: 300,
    returning_users: 200,
    one_time_users: 100,
    returning_percent: 66.7,
    one_time_percent: 33.3,
    ...missing,
  },
  'query-categories': {
    sessions: 101,
    sessions_without_category: 1,
    categories: categories.map(([category, sessions, percent_of_sessions]) => ({
      category,
      sessions,
      percent_of_sessions,
    })),
    messages: 12_345,
    messages_without_session: 0,
    messages_without_category: 30,
  },
  'tool-usage': {
    sessions: 101,
    sessions_without_tool: 0,
    sessions_with_several_tools: 38,
    tools: categories.map(([tool, sessions, percent_of_sessions]) => ({ tool, sessions, percent_of_sessions })),
    messages: 12_345,
    messages_without_session: 0,
    messages_without_category: 0,
  },
  'returning-users': {
    returning_users: 512,
    sessions_per_returning_user: 4.25,
    most_active_user: { user_id: 'U-104711', sessions: 139 },
    average_days_between_first_and_last_chat: 60.5,
    longest_span_days: 178,
    ...missing,
  },
  segments: {
    users: 300,
    segments: [
      { segment: 'power', least_sessions: 10, most_sessions: null, users: 30, percent_of_users: 10 },
      { segment: 'regular', least_sessions: 3, most_sessions: 9, users: 90, percent_of_users: 30 },
      { segment: 'casual', least_sessions: 2, most_sessions: 2, users: 60, percent_of_users: 20 },
      { segment: 'one_time', least_sessions: 1, most_sessions: 1, users: 120, percent_of_users: 40 },
    ],
    ...missing,
  },
}

const may = filtersIn('UTC', { start_date: '2023-05-01', end_date: '2023-05-31' })
const tell = <N extends KpiName>(name: N, result: KpiResults[N] = results[name], filters = may): KpiAnswer =>
  answerOf(name, result, { filters, domain: 'support' })
const said = ({ story }: KpiAnswer) => [story.headline, ...story.summary].map(({ text }) => text)

describe('what is said', () => {
  test.each([
    [
      'session-metrics',
      [
        '1,234 sessions with the pool bot in May 2023',
        '150 got negative feedback (12.2%), 1 positive (0.1%).',
        'A session lasted 2 min 41 s on average, from its first to its last message.',
      ],
    ],
    ['pain-points', ['Kind D: 60.0% of what people asked the pool bot in May 2023', '60 queries are of this kind.']],
    [
      'volume',
      [
        'Sessions with the pool bot in May 2023 peaked on 2 May 2023 at 101',
        '102 sessions over 3 days make 34.33 a day on average, days without any included.',
        'The lowest day was 3 May 2023 with 0.',
      ],
    ],
    [
      'engagement',
      [
        '1 user had 1,500 conversations with the pool bot in May 2023',
        'That is 3.06 conversations for each known user.',
      ],
    ],
    [
      'retention',
      ['66.7% of users of the pool bot came back in May 2023', '200 had more than one session, 100 only one (33.3%).'],
    ],
    [
      'query-categories',
      [
        'Pricing / inventory is what sessions with the pool bot in May 2023 were most often about, 41.0%',
        'It was the most frequent category of 41 sessions.',
      ],
    ],
    [
      'tool-usage',
      [
        'Pricing / inventory is the tool that sessions with the pool bot in May 2023 used most, 41.0%',
        '41 sessions used it at least once.',
      ],
    ],
    [
      'returning-users',
      [
        '512 users came back to the pool bot in May 2023',
        'They had 4.25 sessions each on average. The most active user, U-104711, had 139.',
        'From their first to their last chat it was 60.5 days on average, 178 days at most.',
      ],
    ],
    [
      'segments',
      [
        'One-time (1) is the largest segment of users of the pool bot in May 2023, 40.0%',
        '120 users had that many sessions.',
      ],
    ],
  ] as [KpiName, string[]][])('of %s', (name, sentences) => {
    expect(said(tell(name))).toEqual(sentences)
  })

  test.each(kpiNames)('of %s has no number that is not in its table or its facts', name => {
    const { story, table, facts, query } = tell(name)
    for (const sentence of [story.headline, ...story.summary])
      expect(untraced(sentence, { table, facts, periods: [query.period] })).toEqual([])
  })

  test('names nobody to somebody who may not see who it was', () => {
    const answer = tell('returning-users', {
      ...results['returning-users'],
      most_active_user: { user_id: null, sessions: 139 },
    })
    expect(said(answer)[1]).toBe('They had 4.25 sessions each on average. The most active user had 139.')
    expect(answer.table.columns.map(({ name }) => name)).not.toContain('most_active_user')
    expect(JSON.stringify(answer)).not.toContain('U-104711')
    expect(answer.chart).toMatchObject({ kind: 'tiles', tiles: [{}, {}, { value: 139 }, {}, {}] })
  })
})

describe('what is shown', () => {
  const chartOf = (name: KpiName) => tell(name).chart

  test('segments as bars in their order, categories and tools as sorted bars', () => {
    expect(chartOf('segments')).toMatchObject({
      kind: 'bar',
      title: 'One-time (1) is the largest segment of users of the pool bot in May 2023, 40.0%',
      subtitle: 'Users by segment, the pool bot · May 2023',
      categories: ['Power (10+)', 'Regular (3–9)', 'Casual (2)', 'One-time (1)'],
      series: [{ name: 'Users', values: [30, 90, 60, 120] }],
      highlight: 'One-time (1)',
    })
    for (const name of ['query-categories', 'tool-usage'] as const)
      expect(chartOf(name)).toMatchObject({ kind: 'bar', series: [{ values: [41, 29, 20, 10, 0, 0, 0, 0, 0, 0] }] })
    expect(chartOf('pain-points')).toMatchObject({ kind: 'bar', series: [{ values: [60, 20, 12, 5, 3] }] })
  })

  test('volume as a line with peak and low marked', () => {
    expect(chartOf('volume')).toMatchObject({
      kind: 'line',
      grain: 'day',
      annotations: [
        { at: '2023-05-02', text: 'peak 101' },
        { at: '2023-05-03', text: 'low 0' },
      ],
    })
  })

  test('figures as tiles, each with its name and what is said of it; a share of users as a donut', () => {
    const integer = { kind: 'integer' }
    const days = { kind: 'number', unit: 'days' }
    expect(chartOf('returning-users')).toMatchObject({
      kind: 'tiles',
      alt: 'Figures: Users with more than one session, the pool bot · May 2023. Returning users 512, Sessions per returning user 4.25, Sessions of the most active user 139 (U-104711), Average days from first to last chat 60.5 days, Longest span 178 days.',
      tiles: [
        { label: 'Returning users', value: 512, format: integer },
        { label: 'Sessions per returning user', value: 4.25, format: { kind: 'number' } },
        { label: 'Sessions of the most active user', value: 139, format: integer, note: 'U-104711' },
        { label: 'Average days from first to last chat', value: 60.5, format: days },
        { label: 'Longest span', value: 178, format: days },
      ],
    })
    expect(chartOf('session-metrics')).toMatchObject({
      kind: 'tiles',
      tiles: [
        { label: 'Sessions', value: 1234 },
        { label: 'With negative feedback', value: 150, note: '12.2% of sessions' },
        { label: 'With positive feedback', value: 1, note: '0.1% of sessions' },
        { label: 'Average duration', value: 161.25, format: { kind: 'duration' } },
      ],
    })
    expect(chartOf('engagement')).toMatchObject({
      kind: 'tiles',
      tiles: [{ value: 1 }, { value: 1500 }, { label: 'Conversations per user', value: 3.06 }],
    })
    expect(chartOf('retention')).toMatchObject({
      kind: 'donut',
      slices: [
        { name: 'Returning', value: 200 },
        { name: 'One-time', value: 100 },
      ],
    })
  })

  test('a table with the numbers of the API, shares as fractions', () => {
    const { table } = tell('query-categories')
    expect(table.columns.map(({ name, role }) => [name, role])).toEqual([
      ['category', 'dimension'],
      ['sessions', 'measure'],
      ['share', 'measure'],
    ])
    expect(table.rows.slice(0, 2)).toEqual([
      ['Pricing / inventory', 41, 0.41],
      ['Invoice / payment', 29, 0.29],
    ])
  })
})

describe('the receipt', () => {
  test('says how it is read, what was kept out and how much the log misses', () => {
    const filters = filtersIn('UTC', {
      start_date: '2023-05-01',
      end_date: '2023-05-31',
      product_context: 'landscape',
      environment: 'staging',
      user_id: 'U-1',
    })
    const { receipt } = tell('tool-usage', { ...results['tool-usage'], messages_without_category: 5 }, filters)
    expect(receipt).toMatchObject({
      reading: 'Tool usage of the landscape bot, May 2023, environment staging, one user',
      filters: ['product context landscape', 'environment staging', 'one user'],
      period: 'May 2023',
      notes: [
        '38 of 101 sessions used several tools, so the shares may sum to more than 100 %.',
        '5 of 12,345 messages have none of the ten categories and count in none.',
      ],
    })
    expect(JSON.stringify(receipt)).not.toContain('U-1')
    expect(receipt.measures[0]?.definition).toContain('any message of its category')
  })

  test('says what classified, and how many texts were left to the rules', () => {
    expect(tell('pain-points').receipt.notes).toEqual([
      'Which cluster a query belongs to was decided by a language model, of 7 of the texts by rules.',
      '1 of 101 messages have no text and are no query.',
    ])
  })

  test('has a question to the semantic model from which one may go on', () => {
    for (const name of kpiNames) expect(querySchema.safeParse(tell(name).query).success).toBe(true)
    expect(tell('volume').query).toMatchObject({
      domain: 'support',
      measures: [{ measure: 'sessions' }],
      splits: [{ grain: 'day' }],
      filters: [{ op: 'in', dimension: 'product_context', values: ['pool'] }],
      period: { start: '2023-05-01', end: '2023-06-01', label: 'May 2023' },
    })
  })

  test('a range between two instants is told as it was given', () => {
    const noon = filtersIn('UTC', { start_date: '2023-05-01T12:00Z', end_date: '2023-05-02T12:00Z' })
    expect(said(tell('retention', results.retention, noon))[0]).toBe(
      '66.7% of users of the pool bot came back from 2023-05-01T12:00Z to 2023-05-02T12:00Z',
    )
  })

  test('nothing at all is told as such', () => {
    const nothing = { users: 0, returning_users: 0, one_time_users: 0, returning_percent: null, one_time_percent: null }
    const answer = tell('retention', { ...nothing, ...missing, messages: 0, messages_without_session: 0 })
    expect(answer.empty).toBe('Nothing was asked of the pool bot in May 2023.')
    expect(tell('retention').empty).toBeUndefined()
  })
})
