import type { KnownBlock, Block as SomeBlock } from '@slack/types'
import type { Mrkdwn } from './escape.ts'

/** `@slack/types` 3.2.0 does not know this block (https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block). */
export type DataVisualizationBlock = SomeBlock & {
  type: 'data_visualization'
  title: string
  chart: PieChart | SeriesChart
}
export type PieChart = { type: 'pie'; segments: DataPoint[] }
export type SeriesChart = {
  type: 'bar' | 'line' | 'area'
  series: { name: string; data: DataPoint[] }[]
  axis_config: { categories: string[]; x_label?: string; y_label?: string }
}
export type DataPoint = { label: string; value: number }

export type SlackBlock = KnownBlock | DataVisualizationBlock

/** What is posted. `text` is read out and shown in notifications; who posts it says nothing of its own about links and mentions. */
export type SlackMessage = { text: Mrkdwn; blocks: SlackBlock[] }

/** What Slack may show of an answer, from the richest to what every client and every kind of message takes. */
export const rungs = ['picture', 'native', 'table', 'text'] as const
export type Rung = (typeof rungs)[number]

/** How an answer is posted. */
export type MessageOptions = {
  rung: Rung
  /** The uploaded picture, for the rung `picture`. */
  fileId?: string
  /** Only the asker sees it: says so, and offers to share. */
  private?: boolean
  /** All findings and the receipt in the message itself. */
  expanded?: boolean
  /** Says what was asked, for where the question is not to be seen above. */
  asked?: boolean
  /** The Slack id of who asked; to others the bin is not shown. */
  asker?: string
  /** The id of the question, for a failure, which has none. Without it nothing can be tried again. */
  id?: string
  /** Differs between two renderings of one answer that are alike otherwise. */
  revision?: string
}
