import { expect, it } from 'vitest'
import { checkBlocks } from './check.ts'
import type { Surface } from './shape.ts'

/** A block at its limit, the same block beyond it, and what Slack says of that. */
export type Limit = [name: string, within: unknown, beyond: unknown, errors: string[]]

/** Each block is taken at its limit and refused beyond it. */
export const testLimits = (limits: Limit[]) => {
  it.each(limits)('%s: at the limit', (_, within) => {
    expect(errorsOf(within)).toEqual([])
  })

  it.each(limits)('%s: beyond the limit', (_, __, beyond, errors) => {
    expect(check([beyond])).toEqual({ code: 'invalid_blocks', errors })
  })
}

const options = {
  at: '/blocks',
  surface: 'message' as Surface,
  newBlocks: true,
  isShowable: (id: string) => id === 'F00000001',
}
/** What Slack says of blocks in a message, unless told that they stand elsewhere. */
export const check = (blocks: unknown[], parts: Partial<typeof options> = {}) =>
  checkBlocks(blocks, { ...options, ...parts })
export const errorsOf = (block: unknown, parts: Partial<typeof options> = {}) => check([block], parts).errors

export const plain = (text: string) => ({ type: 'plain_text', text })
export const marked = (text: string) => ({ type: 'mrkdwn', text })
export const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i))
export const x = (n: number) => 'x'.repeat(n)
export const at = (place: string) => `[json-pointer:/blocks/0${place}]`

export const section = (parts: object = { text: marked('a') }) => ({ type: 'section', ...parts })
export const button = (parts: object = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...parts })
export const actions = (...elements: object[]) => ({ type: 'actions', elements })
export const option = (i: number, parts: object = {}) => ({ text: plain(`Option ${i}`), value: `${i}`, ...parts })
export const menu = (parts: object = {}) => ({ type: 'static_select', action_id: 'm', options: [option(1)], ...parts })
export const image = (parts: object = { slack_file: { id: 'F00000001' } }) => ({
  type: 'image',
  alt_text: 'a',
  ...parts,
})
export const cell = (text: string) => ({ type: 'raw_text', text })
export const table = (rows: number, columns = 1, parts: object = {}) => ({
  type: 'table',
  rows: times(rows, () => times(columns, () => cell('a'))),
  ...parts,
})
export const dataTable = (rows: number, parts: object = {}) => ({
  ...table(rows),
  type: 'data_table',
  caption: 'Revenue',
  ...parts,
})
export const rich = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
})
export const chart = (drawn: object, title = 'Revenue') => ({ type: 'data_visualization', title, chart: drawn })
export const bars = (series: number, categories: number, parts: object = {}) => ({
  type: 'bar',
  series: times(series, s => ({ name: `S${s}`, data: times(categories, c => ({ label: `C${c}`, value: -1.5 })) })),
  axis_config: { categories: times(categories, c => `C${c}`) },
  ...parts,
})
export const pie = (n: number, value = 1) => ({ type: 'pie', segments: times(n, i => ({ label: `S${i}`, value })) })
export const feedback = {
  type: 'feedback_buttons',
  action_id: 'f',
  positive_button: { text: plain('Good'), value: 'up' },
  negative_button: { text: plain('Bad'), value: 'down' },
}
