import type { ColumnKind, TableSpec, ViewSpec } from '../table.ts'

/** Columns that both logs have, in this order. */
const columns = {
  id: 'integer',
  time_stamp: 'instant',
  user_id: 'text',
  session_id: 'text',
  input: 'text',
  output: 'text',
  full_prompt: 'text',
  chat_history: 'text',
  context: 'text',
  user_feedback: 'text',
  user_feedback_reason: 'text',
  message_id: 'text',
  query_category: 'text',
  environment: 'text',
  chat_bubble: 'boolean',
  context_aware: 'boolean',
  chat_language: 'text',
  orch_1_time: 'seconds',
  orch_2_time: 'seconds',
  response_time: 'seconds',
  execution_flow_time: 'seconds',
  residual_time: 'seconds',
  errors: 'text',
  is_voice_input: 'boolean',
  original_transcription: 'text',
} as const satisfies Record<string, ColumnKind>

export type SharedColumn = keyof typeof columns
export const sharedColumns = Object.keys(columns) as SharedColumn[]

const nullable = [
  'user_id',
  'session_id',
  'chat_history',
  'context',
  'user_feedback',
  'user_feedback_reason',
  'query_category',
  'errors',
  'original_transcription',
]

export const poolTable: TableSpec = { name: 'interaction_log', columns, primaryKey: ['id'], nullable }

/** The only one of the two that knows about the mobile app. */
export const landscapeTable: TableSpec = {
  name: 'landscape_interaction_log',
  columns: { ...columns, is_mobile_app: 'boolean' },
  primaryKey: ['id'],
  nullable,
}

export const supportTables: readonly TableSpec[] = [poolTable, landscapeTable]

const long: readonly SharedColumn[] = [
  'input',
  'output',
  'full_prompt',
  'chat_history',
  'context',
  'original_transcription',
]
const short = sharedColumns.filter(name => !long.includes(name)).join(', ')

/** Both logs as one, without what was said, for questions about either or both; the KPIs read the logs themselves. */
export const interactionsView: ViewSpec = {
  name: 'interactions',
  select:
    `SELECT CAST('pool' AS VARCHAR) AS product_context, ${short}, CAST(NULL AS BOOLEAN) AS is_mobile_app FROM interaction_log` +
    ` UNION ALL SELECT CAST('landscape' AS VARCHAR), ${short}, is_mobile_app FROM landscape_interaction_log`,
}
