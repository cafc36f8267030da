import { formatExact } from '#src/vocabulary/format.ts'
import type { Engagement } from '../engagement.ts'
import type { ReturningUsers } from '../returning-users.ts'
import type { SessionMetrics } from '../session-metrics.ts'
import { cellsSay, figure, type Scope, type Told, textColumn, tiles } from './told.ts'

const integer = { kind: 'integer' } as const
const percent = { kind: 'percent' } as const
const seconds = { kind: 'duration' } as const
const plain = { kind: 'number' } as const
const days = { kind: 'number', unit: 'days' } as const

const say = (n: number, noun: string) => `${formatExact(n, integer)} ${noun}${n === 1 ? '' : 's'}`

export const tellSessionMetrics = (result: SessionMetrics, { bot, when }: Scope): Told => {
  const figures = [
    figure('sessions', 'Sessions', { ...integer, value: result.sessions, good: 'up' }),
    figure('sessions_with_negative_feedback', 'With negative feedback', {
      ...integer,
      value: result.sessions_with_negative_feedback,
      good: 'down',
    }),
    figure('negative_share', 'Share with negative feedback', {
      ...percent,
      value: result.sessions_with_negative_feedback_percent,
      good: 'down',
    }),
    figure('sessions_with_positive_feedback', 'With positive feedback', {
      ...integer,
      value: result.sessions_with_positive_feedback,
      good: 'up',
    }),
    figure('positive_share', 'Share with positive feedback', {
      ...percent,
      value: result.sessions_with_positive_feedback_percent,
      good: 'up',
    }),
    figure('average_duration', 'Average duration', { ...seconds, value: result.average_duration_seconds }),
  ]
  const [negative, positive] = [figures[2]!, figures[4]!].map(f => formatExact(f.value, percent))
  const lasted = formatExact(result.average_duration_seconds, seconds)
  const notes = {
    sessions_with_negative_feedback: `${negative} of sessions`,
    sessions_with_positive_feedback: `${positive} of sessions`,
  }
  return {
    ...tiles(figures, { ...(result.sessions > 0 && { notes }), untiled: ['negative_share', 'positive_share'] }),
    facts: [
      {
        id: 'value:average_duration',
        kind: 'value',
        measure: 'average_duration',
        value: result.average_duration_seconds,
        format: seconds,
        noteworthy: 0.4,
      },
    ],
    headline: cellsSay(`${say(result.sessions, 'session')} with ${bot}${when}`, [0, 'sessions']),
    summary: [
      cellsSay(
        `${formatExact(result.sessions_with_negative_feedback, integer)} got negative feedback (${negative}), ${formatExact(result.sessions_with_positive_feedback, integer)} positive (${positive}).`,
        [0, 'sessions_with_negative_feedback'],
        [0, 'negative_share'],
        [0, 'sessions_with_positive_feedback'],
        [0, 'positive_share'],
      ),
      {
        text: `A session lasted ${lasted} on average, from its first to its last message.`,
        cites: ['value:average_duration'],
      },
    ],
    measured: 'Sessions, feedback and duration',
    query: {
      measures: ['sessions', 'negative_sessions', 'positive_sessions'].map(measure => ({ measure })),
      splits: [],
    },
  }
}

export const tellEngagement = (result: Engagement, { bot, when }: Scope): Told => {
  const figures = [
    figure('unique_users', 'Unique users', { ...integer, value: result.unique_users, good: 'up' }),
    figure('conversations', 'Conversations', { ...integer, value: result.conversations, good: 'up' }),
    figure('conversations_per_user', 'Conversations per user', {
      ...plain,
      value: result.conversations_per_user,
      good: 'up',
    }),
  ]
  const per = formatExact(result.conversations_per_user, plain)
  return {
    ...tiles(figures),
    headline: cellsSay(
      `${say(result.unique_users, 'user')} had ${say(result.conversations, 'conversation')} with ${bot}${when}`,
      [0, 'unique_users'],
      [0, 'conversations'],
    ),
    summary: [cellsSay(`That is ${per} conversations for each known user.`, [0, 'conversations_per_user'])],
    measured: 'Users and conversations',
    notes: withoutUser(result.conversations_without_user),
    query: { measures: ['users', 'sessions', 'sessions_per_user'].map(measure => ({ measure })), splits: [] },
  }
}

const withoutUser = (conversations: number) =>
  conversations > 0
    ? [`Of ${say(conversations, 'conversation')} the log knows no user; they are not in the conversations per user.`]
    : []

export const tellReturningUsers = (result: ReturningUsers, { bot, when }: Scope): Told => {
  const most = result.most_active_user
  const figures = [
    figure('returning_users', 'Returning users', { ...integer, value: result.returning_users, good: 'up' }),
    figure('sessions_per_returning_user', 'Sessions per returning user', {
      ...plain,
      value: result.sessions_per_returning_user,
      good: 'up',
    }),
    figure('most_active_sessions', 'Sessions of the most active user', { ...integer, value: most?.sessions ?? null }),
    figure('average_days', 'Average days from first to last chat', {
      ...days,
      value: result.average_days_between_first_and_last_chat,
    }),
    figure('longest_span', 'Longest span', { ...days, value: result.longest_span_days }),
  ]
  const named = most?.user_id
    ? [{ column: textColumn('most_active_user', 'Most active user'), value: most.user_id }]
    : []
  const who = most?.user_id ? `The most active user, ${most.user_id},` : 'The most active user'
  const [average, longest] = [figures[3]!, figures[4]!].map(f => formatExact(f.value, days))
  return {
    ...tiles(figures, { texts: named, notes: most?.user_id ? { most_active_sessions: most.user_id } : {} }),
    headline: cellsSay(`${say(result.returning_users, 'user')} came back to ${bot}${when}`, [0, 'returning_users']),
    summary:
      most === null
        ? []
        : [
            cellsSay(
              `They had ${formatExact(result.sessions_per_returning_user, plain)} sessions each on average. ${who} had ${formatExact(most.sessions, integer)}.`,
              [0, 'sessions_per_returning_user'],
              [0, 'most_active_sessions'],
              [0, 'most_active_user'],
            ),
            cellsSay(
              `From their first to their last chat it was ${average} on average, ${longest} at most.`,
              [0, 'average_days'],
              [0, 'longest_span'],
            ),
          ],
    measured: 'Users with more than one session',
    query: { measures: [{ measure: 'users' }], splits: [] },
  }
}
