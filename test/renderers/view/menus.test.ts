import { expect, test } from 'vitest'
import { menus } from '#renderers/view/menus.ts'
import { answered } from '#test/fakes/room-answers.ts'

test('a choice that is a command is the current one when it asks for exactly this answer', () => {
  const answer = answered('a', 'kpi retention pool')
  const receipt = { ...answer.receipt, command: 'kpi retention pool from 2023-05-01 to 2023-05-31' }
  const periods = [
    { label: 'May 2023', question: 'kpi retention pool from 2023-05-01 to 2023-05-31' },
    { label: 'April 2023', question: 'kpi retention pool from 2023-04-01 to 2023-04-30' },
  ]
  expect(menus({ ...answer, receipt }, { periods, splits: [], charts: [] })).toEqual([
    {
      name: 'period',
      label: 'Period',
      choices: [
        { ...periods[0], current: true },
        { ...periods[1], current: false },
      ],
    },
  ])
})
