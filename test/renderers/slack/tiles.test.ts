import { expect, test } from 'vitest'
import { problemsOf } from '#renderers/slack/check-message.ts'
import { slackMessage } from '#renderers/slack/message.ts'
import { answeredView, someOptions } from '#test/renderers/view/views.ts'

test('figures that are tiles in a picture have a line each without one, however many', () => {
  const columns = ['A', 'B', 'C', 'D', 'E', 'F'].map(label => ({ label, align: 'right' as const, wide: false }))
  const view = answeredView(someOptions)
  const table = { ...view.table, columns, rows: [['1', '2', '3', '4', '5', '6']], total: 1 }
  const chart = { kind: 'tiles' as const, title: '', subtitle: 'Six', alt: '', tiles: [] }
  const message = slackMessage({ ...view, chart, table }, { rung: 'native', asker: 'U1' })
  expect(JSON.stringify(message.blocks)).toContain(JSON.stringify('A: 1\nB: 2\nC: 3\nD: 4\nE: 5\nF: 6'))
  expect(message.blocks.map(({ type }) => type)).not.toContain('table')
  expect(problemsOf(message)).toEqual([])
})
