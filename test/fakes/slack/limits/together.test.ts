import { describe, expect, it } from 'vitest'
import {
  actions,
  at,
  button,
  chart,
  check,
  dataTable,
  errorsOf,
  feedback,
  pie,
  plain,
  section,
  table,
  times,
  x,
} from './samples.ts'
import type { Surface } from './shape.ts'

describe('all blocks together', () => {
  const divider = { type: 'divider' }

  it('50 in a message, 100 in a modal', () => {
    expect(check(times(50, () => divider)).errors).toEqual([])
    expect(check(times(51, () => divider)).errors).toEqual(['no more than 50 items allowed [json-pointer:/blocks]'])
    expect(
      check(
        times(51, () => divider),
        { surface: 'modal' },
      ).errors,
    ).toEqual([])
    expect(
      check(
        times(101, () => divider),
        { surface: 'modal' },
      ).errors,
    ).toHaveLength(1)
  })

  it('one table in a message, in a container too', () => {
    expect(check([table(1), divider]).errors).toEqual([])
    const inside = { type: 'container', title: plain('a'), child_blocks: [divider, table(1)] }
    expect(check([dataTable(2), inside])).toEqual({
      code: 'invalid_attachments',
      errors: ['only_one_table_allowed [json-pointer:/blocks/0]'],
    })
  })

  it('two charts in a message', () => {
    const charts = times(3, () => chart(pie(1)))
    expect(check(charts.slice(1)).errors).toEqual([])
    expect(check(charts).errors).toEqual(['no more than 2 data_visualization blocks allowed [json-pointer:/blocks/2]'])
  })

  it('12,000 characters of markdown', () => {
    const blocks = [x(6000), x(6000)].map(text => ({ type: 'markdown', text }))
    expect(check(blocks).errors).toEqual([])
    expect(check([...blocks, { type: 'markdown', text: 'a' }]).errors).toEqual([
      'must be less than 12001 characters [json-pointer:/blocks/2/text]',
    ])
  })

  it('13,200 characters in all', () => {
    // The JSON of a section is 57 characters longer than its text: 4 × 3,057 + 972 = 13,200.
    const blocks = [...times(4, () => section({ text: plain(x(3000)) })), section({ text: plain(x(915)) })]
    expect(check(blocks).errors).toEqual([])
    expect(check([...blocks.slice(0, 4), section({ text: plain(`${x(914)}&`) })])).toEqual({
      code: 'msg_blocks_too_long',
      errors: ['msg_blocks_too_long'],
    })
    expect(check([...blocks, dataTable(201)]).errors).toEqual([])
  })

  it('no id twice: of blocks in a message, of actions in a block', () => {
    expect(
      check([
        { ...divider, block_id: 'a' },
        { ...divider, block_id: 'a' },
      ]).errors,
    ).toEqual(['`block_id` "a" already exists [json-pointer:/blocks/1/block_id]'])
    expect(check([actions(button()), actions(button())]).errors).toEqual([])
    expect(check([actions(button(), button())]).errors).toEqual([
      '`action_id` "go" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ])
  })
})

describe('where a block may stand', () => {
  it.each([
    ['context_actions', { type: 'context_actions', elements: [feedback] }, ['message']],
    ['markdown', { type: 'markdown', text: 'a' }, ['message']],
    ['table', table(1), ['message', 'home']],
    ['data_table', dataTable(2), ['message']],
    ['data_visualization', chart(pie(1)), ['message', 'home']],
    ['alert', { type: 'alert', text: plain('a') }, ['modal']],
    ['section', section(), ['message', 'modal', 'home']],
  ] as [string, unknown, Surface[]][])('%s', (type, block, surfaces) => {
    for (const surface of ['message', 'modal', 'home'] as Surface[])
      expect(errorsOf(block, { surface })).toEqual(
        surfaces.includes(surface) ? [] : [`unsupported type: ${type} ${at('/type')}`],
      )
  })

  it('blocks of 2025 and later are unknown before they reach a workspace', () => {
    for (const block of [table(1), dataTable(2), chart(pie(1)), { type: 'context_actions', elements: [feedback] }])
      expect(errorsOf(block, { newBlocks: false })).toEqual([`unsupported type: ${block.type} ${at('/type')}`])
    expect(errorsOf(section(), { newBlocks: false })).toEqual([])
  })
})
