import { expect, test } from 'vitest'
import { createAsk } from '#src/ask.ts'
import type { WorkOut } from '#src/beyond.ts'
import { fixedEffects } from '#src/effects.ts'
import { diagramWish } from '#src/question/diagram-wish.ts'
import { createThreads } from '#src/threads.ts'
import { shopTables, worldOf } from '#test/semantic/compile-world.ts'

const shop = worldOf('shop', shopTables)

const asking = (workOut?: WorkOut) =>
  createAsk({
    ...{ domain: async () => shop.domain, threads: createThreads(), effects: fixedEffects() },
    warn: (event, error) => expect.fail(`${event}: ${error}`),
    workOut: workOut && (() => workOut),
  })

const drawing: WorkOut = async () => ({
  outcome: { kind: 'diagram', title: 'How orders go', says: ['An order is paid, then shipped.'] },
  ...{ steps: [], uses: [], prompt: { name: 'plan', version: 1 } },
})

test.each([
  'draw a diagram of how orders go',
  'diagram of how an order moves on by status',
  'Draw me how orders go',
  'flow chart of the orders',
  'order flowchart please',
  'show orders as a flow-chart',
  'orders: state diagram',
  'make a simple ER diagram of orders',
  'diagram of how revenue is worked out',
])('%s is drawn by a language model, and honestly not without one', async text => {
  expect(diagramWish(text)).toBe('flow')
  expect(await asking(drawing)({ text, today: '2023-04-04' })).toMatchObject({ status: 'told', title: 'How orders go' })
  expect(await asking()({ text, today: '2023-04-04' })).toMatchObject({
    ...{ status: 'clarify', message: expect.stringMatching(/needs a language model, and there is none here/) },
    choices: [{ question: 'data' }],
  })
})

test('a diagram of one number is no number alone', async () => {
  for (const text of ['draw a diagram of orders', 'diagram of orders in 2023']) {
    expect(await asking(drawing)({ text, today: '2023-04-04' })).toMatchObject({ title: 'How orders go' })
    expect(await asking()({ text, today: '2023-04-04' })).toMatchObject({ status: 'clarify' })
  }
})

test.each([
  'draw a diagram of revenue by region',
  'bar diagram of revenue by region',
  'draw how revenue developed by month',
  'show revenue by region as a bar chart',
])('%s is a chart of numbers', async text => {
  expect(diagramWish(text)).not.toBe('flow')
  expect(await asking()({ text, today: '2023-04-04' })).toMatchObject({ status: 'answered' })
})

test.each([
  'how many flow charts were sold',
  'revenue of flow chart posters',
  'orders of flow chart',
  'how do orders go',
])('%s wishes for no diagram', text => expect(diagramWish(text)).toBeUndefined())
