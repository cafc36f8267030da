import type { z } from 'zod'
import { type Engagement, engagementSchema } from './engagement.ts'
import { type PainPoints, painPointsSchema } from './pain-points.ts'
import { type QueryCategories, queryCategoriesSchema } from './query-categories.ts'
import { type Retention, retentionSchema } from './retention.ts'
import { type ReturningUsers, returningUsersSchema } from './returning-users.ts'
import { type Segments, segmentsSchema } from './segments.ts'
import { type SessionMetrics, sessionMetricsSchema } from './session-metrics.ts'
import { type ToolUsage, toolUsageSchema } from './tool-usage.ts'
import { type Volume, volumeSchema } from './volume.ts'

/** What each KPI gives, by its name, which is also the last part of its address in the API. */
export type KpiResults = {
  'session-metrics': SessionMetrics
  'pain-points': PainPoints
  volume: Volume
  engagement: Engagement
  retention: Retention
  'query-categories': QueryCategories
  'tool-usage': ToolUsage
  'returning-users': ReturningUsers
  segments: Segments
}
export type KpiName = keyof KpiResults

export type KpiEntry<N extends KpiName = KpiName> = {
  name: N
  /** How people call it. */
  title: string
  /** Other words for it. */
  synonyms: readonly string[]
  /** What a plain question says of it, without the bot. */
  asked?: readonly string[]
  /** How it is read; the whole truth about what is counted. */
  description: string
  result: z.ZodType<KpiResults[N]>
}

/** The nine KPIs, in the order in which they are listed. */
export const supportKpis: { readonly [N in KpiName]: KpiEntry<N> } = {
  'session-metrics': {
    name: 'session-metrics',
    title: 'session metrics',
    synonyms: ['sessions', 'session stats', 'feedback', 'session duration'],
    asked: [
      ...[
        'how long does a session last',
        'how long do sessions last',
        'how long is a session',
        'how long are sessions',
      ],
      ...['average session duration', 'average session length', 'average duration of a session', 'length of a session'],
    ],
    description:
      'Different sessions, those with any negative and with any positive feedback (one with both counts in both), and the average time from the first to the last message of a session inside the range; a session of one message lasts 0 s.',
    result: sessionMetricsSchema,
  },
  'pain-points': {
    name: 'pain-points',
    title: 'pain points',
    synonyms: ['clusters', 'what people ask', 'user queries', 'pain point'],
    description:
      'Every text that somebody sent, in exactly one of five clusters; 0 is the catch-all. Shares sum to 100. Examples are the most frequent texts, with e-mail addresses, telephone and card numbers masked.',
    result: painPointsSchema,
  },
  volume: {
    name: 'volume',
    title: 'volume',
    synonyms: ['sessions per day', 'daily sessions', 'daily volume', 'peak day', 'lowest day'],
    asked: [
      'how many sessions a day',
      'how many sessions per day',
      'average sessions per day',
      'sessions a day',
      'chats a day',
      'chats per day',
    ],
    description:
      'Sessions per day over all days of the range; days without any count as 0. A session counts on every day on which it has a message. Of several days with as many sessions the earliest is the peak or the lowest.',
    result: volumeSchema,
  },
  engagement: {
    name: 'engagement',
    title: 'engagement',
    synonyms: ['unique users', 'conversations', 'conversations per user'],
    description:
      'Different users, different conversations (a conversation is a session), and conversations of known users ÷ unique users.',
    result: engagementSchema,
  },
  retention: {
    name: 'retention',
    title: 'retention',
    synonyms: ['returning share', 'retention rate', 'one-time share'],
    asked: [
      'what percentage of users came back',
      'how many users came back',
      'share of users who came back',
      'users came back at least once',
      'users who came back',
    ],
    description:
      'Of the users with a session, those with more than one in the range (returning) and those with exactly one. The two shares sum to 100.',
    result: retentionSchema,
  },
  'query-categories': {
    name: 'query-categories',
    title: 'query categories',
    synonyms: ['categories', 'sessions by category', 'query category'],
    description:
      'Sessions by what most of their messages are about; of several categories with as many messages the one that came first. Shares are of sessions with a category and sum to 100.',
    result: queryCategoriesSchema,
  },
  'tool-usage': {
    name: 'tool-usage',
    title: 'tool usage',
    synonyms: ['tools', 'agent tools', 'agent tool use', 'tool use'],
    asked: [
      'which tools are used most',
      'which tool is used most',
      'which tool do people use most',
      'most used tools',
      'most used tool',
    ],
    description:
      'Sessions that use each tool: those with any message of its category. A session may use several tools, so the shares may pass 100 % of sessions.',
    result: toolUsageSchema,
  },
  'returning-users': {
    name: 'returning-users',
    title: 'returning users',
    synonyms: ['most active user', 'longest span', 'sessions per returning user'],
    description:
      'Users with more than one session in the range: sessions for each of them, who has most (of several the one who came first), and the days of the calendar from the first to the last chat.',
    result: returningUsersSchema,
  },
  segments: {
    name: 'segments',
    title: 'segments',
    synonyms: ['user segments', 'segmentation', 'power users'],
    asked: ['power, regular, casual and one-time users', 'casual users', 'regular users', 'one-time users'],
    description:
      'Users by their sessions in the range: power 10 and more, regular 3 to 9, casual 2, one-time 1. Shares are of users with a session and sum to 100.',
    result: segmentsSchema,
  },
}

export const kpiNames = Object.keys(supportKpis) as KpiName[]
