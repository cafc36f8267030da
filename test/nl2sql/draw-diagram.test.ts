import { expect, test } from 'vitest'
import { createAsk } from '#src/ask.ts'
import { fixedEffects } from '#src/effects.ts'
import { workOut } from '#src/nl2sql/agent.ts'
import type { Complete } from '#src/nl2sql/client/complete.ts'
import { readPrompts } from '#src/nl2sql/prompts.ts'
import { createThreads } from '#src/threads.ts'
import { shopTables, worldOf } from '#test/semantic/compile-world.ts'

const shop = worldOf('shop', shopTables)
const use = { model: 'm', input: 1, cached: 0, output: 1, ms: 1 }

/** Asks how an order flows, of a model that gives these texts in Mermaid one after the other. */
const asking = async (mermaids: string[], says = ['An order is paid, then shipped.']) => {
  const heard: string[] = []
  const complete: Complete = async ({ messages, schema }) => {
    heard.push(messages.at(-1)?.content ?? '')
    const step = { kind: 'diagram', title: 'How an order flows', mermaid: mermaids[heard.length - 1] ?? '', says }
    return { value: schema.parse({ thought: '', step }), use }
  }
  const prompts = await readPrompts(new URL('../../prompts/plan.md', import.meta.url))
  const ask = createAsk({
    ...{ domain: async () => shop.domain, threads: createThreads(), effects: fixedEffects() },
    warn: (event, error) => expect.fail(`${event}: ${error}`),
    workOut: () => (unread, working) => workOut(unread, { complete, prompts, examples: [] }, working),
  })
  return { heard, answer: await ask({ text: 'how does a gizmo wander to the punters', today: '2023-04-04' }) }
}

const flow = 'flowchart TD\npaid[Paid] -->|later| shipped[Shipped]'

test('how things go on is told in words with a diagram beside them', async () => {
  const { answer } = await asking([flow])
  expect(answer).toMatchObject({
    ...{ status: 'told', title: 'How an order flows', words: 'model' },
    paragraphs: ['An order is paid, then shipped.', expect.stringMatching(/language model/)],
    items: [{ term: 'Paid', text: '→ Shipped (later)' }],
    chart: {
      ...{ kind: 'diagram', nodes: [{ label: 'Paid' }, { label: 'Shipped' }] },
      alt: 'Diagram: How an order flows. Paid: → Shipped (later).',
    },
  })
})

test('a diagram that cannot be read is mended once', async () => {
  const { answer, heard } = await asking(['An order flows.', flow])
  expect(heard[1]).toMatch(/^That did not work: It does not begin with flowchart/)
  expect(answer).toHaveProperty('chart')
})

test('a diagram that stays broken costs nothing but itself', async () => {
  const { answer, heard } = await asking(['flowchart TD\nclick a "x"', 'flowchart TD\na[<b>'])
  expect(answer).toMatchObject({
    ...{ status: 'told', title: 'How an order flows', items: [] },
    paragraphs: ['An order is paid, then shipped.', expect.stringMatching(/language model/)],
  })
  expect(answer).not.toHaveProperty('chart')
  expect(heard).toHaveLength(2)
})

test('numbers that nothing tells are neither told nor drawn', async () => {
  const counted = 'flowchart TD\na[Paid by 4711 people] --> b'
  const { answer, heard } = await asking([counted, counted], ['It is paid.', 'Then 99 of 100 are shipped.'])
  expect(answer).toMatchObject({ status: 'told', paragraphs: ['It is paid.', expect.stringMatching(/language model/)] })
  expect(answer).not.toHaveProperty('chart')
  expect(heard[1]).toMatch(/number that nothing tells/)
})

test('without words and without a diagram the rules ask back', async () => {
  const { answer, heard } = await asking([], [])
  expect(answer.status).toBe('clarify')
  expect(heard).toHaveLength(4)
})
