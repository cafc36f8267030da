import { expect, test } from 'vitest'
import { parseCommand } from '#handlers/commands/parse.ts'
import { runCommand } from '#handlers/commands/run.ts'
import type { Turn } from '#handlers/commands/use-cases.ts'
import { fixedEffects } from '#src/effects.ts'
import { description, scriptedUseCases } from '#test/fakes/use-cases.ts'

const sales = { ...description, domain: 'sales', label: 'Sales', description: 'What was sold.', otherDomains: [] }
const script = () => {
  const turns: Turn[] = []
  const describeData = async (turn: Turn) => {
    turns.push(turn)
    return turn.domain === 'sales' ? sales : description
  }
  return { turns, ...scriptedUseCases({ describeData }) }
}
const run = (text: string, { useCases }: ReturnType<typeof script>) =>
  runCommand({ command: parseCommand(text), thread: 't' }, useCases, fixedEffects())

test('data with the name of another domain tells what is in that one', async () => {
  const scripted = script()
  expect(await run('data Sales', scripted)).toMatchObject({
    status: 'told',
    domain: 'sales',
    title: 'Sales',
    paragraphs: ['What was sold.', expect.any(String), 'Measures: Revenue.', 'Split or filter by: State.'],
    // A name is looked up in the usual domain, so tables of another one cannot be asked about by their name alone.
    items: [{ term: 'orders' }, { term: 'customers' }, { term: 'events' }],
    choices: [
      { label: 'revenue by month', question: 'revenue by month' },
      { label: 'orders by state', question: 'orders by state' },
    ],
  })
  expect(scripted.turns.map(({ domain, thread }) => [domain, thread])).toEqual([
    [undefined, 't'],
    ['sales', 't'],
  ])
})

test('data offers to tell of the other domains', async () => {
  const answer = await run('data', script())
  expect(answer).toMatchObject({
    choices: expect.arrayContaining([{ label: 'What is in sales', question: 'data sales' }]),
  })
})
