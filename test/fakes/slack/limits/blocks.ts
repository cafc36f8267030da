import { isObject } from '../arguments.ts'
import { actingBlocks } from './acting-blocks.ts'
import { charts } from './charts.ts'
import { newerBlocks } from './newer-blocks.ts'
import { type Check, kinds, type Shape } from './shape.ts'
import { tables } from './tables.ts'
import { textBlocks } from './text-blocks.ts'

const all: Record<string, Shape> = { ...textBlocks, ...actingBlocks, ...tables, ...charts, ...newerBlocks }

/** Blocks that are not everywhere (https://docs.slack.dev/blocks.json). A `file` block cannot be sent at all. */
const surfaces: Record<string, Check['surface'][]> = {
  alert: ['modal'],
  carousel: ['message', 'home'],
  container: ['message'],
  context_actions: ['message'],
  data_table: ['message'],
  data_visualization: ['message', 'home'],
  markdown: ['message'],
  plan: ['message'],
  table: ['message', 'home'],
  task_card: ['message'],
}

/** What a workspace does not have before the blocks of 2025 and later reach it. */
const recent = ['context_actions', 'table', ...Object.keys({ ...charts, ...newerBlocks }), 'data_table']

/** One block of a payload. */
export const anyBlock: Shape = (value, at, check) => {
  const type = isObject(value) ? String(value.type) : ''
  const surface = check.surface === 'ephemeral' ? 'message' : check.surface
  const isHere =
    (!Object.hasOwn(surfaces, type) || surfaces[type]?.includes(surface)) && (check.newBlocks || !recent.includes(type))
  const shapes = isHere ? all : Object.fromEntries(Object.entries(all).filter(([name]) => name !== type))
  kinds(shapes)(value, at, check)
}
