import { describe, expect, test } from 'vitest'
import { parseCommand } from '#handlers/commands/parse.ts'
import { runCommand } from '#handlers/commands/run.ts'
import { fixedEffects } from '#src/effects.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import { description, kpiEntries, scriptedUseCases, untilStopped } from '#test/fakes/use-cases.ts'

const run = (text: string, { useCases } = scriptedUseCases(), turn = {}) =>
  runCommand({ command: parseCommand(text), ...turn }, useCases, fixedEffects())

const told = async (answer: Promise<Answer>) => {
  const a = await answer
  if (a.status !== 'told') throw new Error(`${a.status} instead of told`)
  return a
}
const clarified = async (answer: Promise<Answer>) => {
  const a = await answer
  if (a.status !== 'clarify') throw new Error(`${a.status} instead of clarify`)
  return a
}

describe('a question', () => {
  test('goes to the question reader with its thread, domain and day', async () => {
    const script = scriptedUseCases()
    const turn = { thread: 't', domain: 'ecommerce', today: '2024-01-01' }
    await run('ask revenue by state', script, turn)
    expect(script.asked).toEqual([{ text: 'revenue by state', ...turn }])
  })

  test('stops when the signal aborts', async () => {
    const stop = new AbortController()
    const { useCases } = scriptedUseCases({ ask: (_, options) => untilStopped(options) })
    const answer = runCommand({ command: parseCommand('revenue'), signal: stop.signal }, useCases, fixedEffects())
    stop.abort()
    await expect(answer).rejects.toMatchObject({ code: 'engine/cancelled' })
  })
})

describe('kpi', () => {
  test('alone lists the KPIs, each of which can be clicked', async () => {
    expect(await told(run('kpi'))).toMatchObject({
      id: 'id-1',
      question: 'kpi',
      domain: 'ecommerce',
      title: 'KPIs',
      items: [
        {
          term: 'Revenue',
          text: 'Revenue of kept orders. Shows last month by category. Owner: Sales.',
          ask: 'kpi revenue',
        },
        { term: 'Average order value', ask: 'kpi average_order_value' },
        {
          term: 'Return rate',
          text: 'Return rate of kept orders. Shows last month. Owner: Logistics.',
          ask: 'kpi return_rate',
        },
      ],
    })
  })

  test.each([
    ['Are we selling enough', 'Are we selling enough. Shows'],
    ['Are we selling enough. ', 'Are we selling enough. Shows'],
    ['Are we selling enough?', 'Are we selling enough? Shows'],
  ])('described as “%s” is listed in whole sentences', async (description, text) => {
    const entries = [{ ...kpiEntries[0]!, description }]
    const list = await told(run('kpi', scriptedUseCases({ kpis: async () => ({ domain: 'ecommerce', entries }) })))
    expect(list.items[0]?.text).toContain(text)
  })

  test.each([
    ['kpi revenue', 'revenue', ''],
    ['kpi revenue last month by region', 'revenue', 'last month by region'],
    ['kpi Average Order Value, last quarter', 'average_order_value', 'last quarter'],
    ['kpi average-order_values by state', 'average_order_value', 'by state'],
    ['kpi aov?', 'average_order_value', ''],
    ['kpi turnover in Texas', 'revenue', 'in Texas'],
    ['kpi for the revenue', 'revenue', ''],
    ['kpi last quarter revenue by state', 'revenue', 'last quarter by state'],
    ['kpi return_rate vs revenue', 'return_rate', 'vs revenue'],
  ])('%j asks for %s with the words %j', async (text, kpi, words) => {
    const script = scriptedUseCases()
    await run(text, script, { thread: 't' })
    expect(script.kpisAsked).toEqual([{ kpi, words, text, thread: 't' }])
    expect(script.asked).toEqual([])
  })

  test('a near miss gets the near names, with the words kept', async () => {
    const script = scriptedUseCases()
    const answer = await clarified(run('kpi revnue last month', script))
    expect(answer.message).toBe('There is no KPI called “revnue”. Did you mean Revenue?')
    expect(answer.unused).toEqual(['revnue'])
    expect(answer.choices).toEqual([
      { label: 'Revenue last month', question: 'kpi revenue last month' },
      { label: 'Ask “revnue last month”', question: 'revnue last month' },
      { label: 'All KPIs', question: 'kpi' },
    ])
    expect([script.asked, script.kpisAsked]).toEqual([[], []])
  })

  test('is found in another domain when the usual one has none of that name, unless one is chosen', async () => {
    const segments = { ...kpiEntries[0]!, name: 'segments', label: 'Segments', synonyms: [] }
    const otherKpis = async () => [{ domain: 'support', entries: [segments] }]
    const script = scriptedUseCases({ otherKpis })
    await run('kpi segments pool', script)
    expect(script.kpisAsked).toMatchObject([{ domain: 'support', kpi: 'segments', words: 'pool' }])
    const chosen = scriptedUseCases({ otherKpis })
    const command = parseCommand('kpi segments pool')
    const answer = await runCommand({ command, domain: 'ecommerce' }, chosen.useCases, fixedEffects())
    expect([answer.status, chosen.kpisAsked]).toEqual(['clarify', []])
  })

  test('alone it lists those of another domain that are known too, with its name', async () => {
    const segments = { ...kpiEntries[0]!, name: 'segments', label: 'Segments', synonyms: [] }
    const listedToo = async () => [{ domain: 'support', entries: [segments] }]
    const list = await told(run('kpi', scriptedUseCases({ listedToo })))
    expect(list.items.slice(0, kpiEntries.length).map(({ term }) => term)).toEqual(kpiEntries.map(({ label }) => label))
    expect(list.items.slice(kpiEntries.length)).toEqual([
      { term: 'Segments (support)', text: list.items[0]!.text, ask: 'kpi segments' },
    ])
  })

  test('a near miss of a name in another domain is found too, and asked for by its own words', async () => {
    const [first] = kpiEntries
    const metrics = { ...first!, name: 'session-metrics', label: 'Session metrics', synonyms: ['sessions'] }
    const script = scriptedUseCases({ otherKpis: async () => [{ domain: 'support', entries: [metrics] }] })
    const answer = await clarified(run('kpi sesion metrics pool', script))
    expect(answer.message).toBe('There is no KPI called “sesion metrics”. Did you mean Session metrics?')
    expect(answer.domain).toBe('support')
    expect(answer.choices[0]).toEqual({ label: 'Session metrics pool', question: 'kpi session-metrics pool' })
    await run(answer.choices[0]!.question, script)
    expect(script.kpisAsked).toMatchObject([{ domain: 'support', kpi: 'session-metrics', words: 'pool' }])
  })

  test('near names in several domains are told with their domains; one that two have is the one that is asked first', async () => {
    const [first] = kpiEntries
    const entry = (name: string, label: string) => ({ ...first!, name, label, synonyms: [] })
    const otherKpis = async () => [
      { domain: 'support', entries: [entry('revenue', 'Revenue'), entry('revenge', 'Revenge')] },
    ]
    const answer = await clarified(run('kpi revenu', scriptedUseCases({ otherKpis })))
    expect(answer.message).toBe(
      'There is no KPI called “revenu”. Did you mean Revenue (ecommerce) or Revenge (support)?',
    )
    expect(answer.choices.map(({ question }) => question)).toEqual(['kpi revenue', 'kpi revenge', 'revenu', 'kpi'])
    expect(answer.domain).toBe('ecommerce')
  })

  test('a name of several words is found near too', async () => {
    const answer = await clarified(run('kpi average ordr valeu by state'))
    expect(answer.choices[0]).toEqual({
      label: 'Average order value by state',
      question: 'kpi average_order_value by state',
    })
  })

  test('a name like none is told so, cut when long', async () => {
    const answer = await clarified(run(`kpi ${'blorp '.repeat(30)}`))
    expect(answer.message).toBe(
      'There is no KPI called “blorp blorp blorp blorp blorp blorp blorp blorp blorp blo…”. Ask it as a question, or see the list.',
    )
  })

  test('names with letters that mean something in a pattern are only letters', async () => {
    const entries = [{ ...kpiEntries[0]!, name: 'a+b', label: 'Cost (net) $', synonyms: ['.*'] }]
    const script = scriptedUseCases({ kpis: async () => ({ domain: 'ecommerce', entries }) })
    await run('kpi cost (net) $ by day', script)
    expect(script.kpisAsked).toMatchObject([{ kpi: 'a+b', words: 'by day' }])
    expect((await run('kpi anything', script)).status).toBe('clarify')
  })

  test('where no KPIs are defined, the catalogue says so and a name is a question', async () => {
    const script = scriptedUseCases({ kpis: async () => ({ domain: 'found', entries: [] }) })
    expect(await told(run('kpi', script))).toMatchObject({ title: 'No KPIs yet', items: [] })
    await run('kpi revenue by day', script)
    expect(script.asked).toEqual([{ text: 'revenue by day' }])
  })

  test('an unknown domain is an error that names the known ones', async () => {
    await expect(run('kpi', scriptedUseCases(), { domain: 'x' })).rejects.toMatchObject({ code: 'domain/unknown' })
  })
})

describe('data', () => {
  test('alone tells what is there', async () => {
    const answer = await told(run('data'))
    expect(answer.title).toBe('E-commerce')
    expect(answer.paragraphs).toEqual([
      'Orders of an online shop.',
      'It covers 2023-01-01 to 2023-12-31. The latest record is from 2023-12-31.',
      'Measures: Revenue.',
      'Split or filter by: State.',
      'Other domains: sales.',
    ])
    expect(answer.items).toEqual([
      { term: 'orders', text: '10,000 rows. One row per order.', ask: 'data orders' },
      { term: 'customers', text: '1 row.', ask: 'data customers' },
      { term: 'events', text: '', ask: 'data events' },
    ])
  })

  test('fresh tells how recent the data is', async () => {
    expect(await told(run('data fresh'))).toMatchObject({
      title: 'Data until 2023-12-31',
      paragraphs: ['It covers 2023-01-01 to 2023-12-31. The latest record is from 2023-12-31.', 'Source: sample data.'],
    })
    const undated = { ...description, range: undefined, freshness: { source: 'notes.csv' } }
    expect(await told(run('data fresh', scriptedUseCases({ describeData: async () => undated })))).toMatchObject({
      title: 'How fresh the data is',
      paragraphs: ['It has no dates to tell its range by.', 'Source: notes.csv.'],
    })
  })

  test.each([
    [
      'data revenue',
      'Revenue',
      ['What kept orders bring in.', 'Worked out as sum of amount over kept orders.', 'Also called turnover.'],
    ],
    [
      'data Turnover?',
      'Revenue',
      ['What kept orders bring in.', 'Worked out as sum of amount over kept orders.', 'Also called turnover.'],
    ],
    ['data state', 'State', ['Values such as California and Texas.']],
    ['data orders', 'order', ['10,000 rows. One row per order.']],
  ])('%j explains %s', async (text, title, paragraphs) => {
    expect(await told(run(text))).toMatchObject({ title, paragraphs })
  })

  test('a near miss gets the near names', async () => {
    const answer = await clarified(run('data revnue'))
    expect(answer.message).toBe('There is no measure, dimension or table called “revnue”. Did you mean Revenue?')
    expect(answer.choices).toEqual([
      { label: 'What Revenue means', question: 'data revenue' },
      { label: 'Ask “data revnue”', question: 'ask data revnue' },
    ])
  })

  test('words that name nothing are a question', async () => {
    const script = scriptedUseCases()
    await run('data volume per day', script)
    expect(script.asked).toEqual([{ text: 'data volume per day' }])
  })
})

describe('help', () => {
  test('lists the commands and questions that work', async () => {
    const answer = await told(run('help'))
    expect(answer.items.map(i => i.term)).toEqual([
      'ask <question>',
      'kpi [name] [words]',
      'data [fresh|diagram|name]',
      'help [topic]',
    ])
    expect(answer.choices.map(c => c.question)).toEqual(['revenue by month', 'orders by state', 'top 5 products'])
  })

  test('comes without examples when the data cannot be reached', async () => {
    const { useCases } = scriptedUseCases({ describeData: () => Promise.reject(new Error('down')) })
    expect(await told(runCommand({ command: parseCommand('help') }, useCases, fixedEffects()))).toMatchObject({
      title: 'What you can ask',
      choices: [],
    })
  })

  test.each([
    ['help periods', 'Periods'],
    ['help period', 'Periods'],
    ['help Threads?', 'Threads'],
    ['help chrts', 'Charts'],
  ])('%j tells about %s', async (text, title) => {
    expect((await told(run(text))).title).toBe(title)
  })

  test('words that are no topic are a question', async () => {
    const script = scriptedUseCases()
    await run('help wanted', script)
    expect(script.asked).toEqual([{ text: 'help wanted' }])
  })

  test('every choice and every item that can be clicked is a text that the grammar reads', async () => {
    for (const text of ['help', 'help periods', 'data', 'data fresh', 'data revenue', 'kpi']) {
      const { items, choices } = await told(run(text))
      const texts = [...items.flatMap(i => i.ask ?? []), ...choices.map(c => c.question)]
      for (const next of texts) expect((await run(next)).status).toMatch(/told|answered/)
    }
  })
})

test('data diagram shows which tables belong together', async () => {
  const chart = { kind: 'diagram' as const, title: 'Tables', subtitle: '', alt: '', nodes: [], edges: [] }
  const diagram = { chart, items: [{ term: 'orders', text: '→ users' }], more: 2 }
  const { useCases } = scriptedUseCases({ describeData: async () => ({ ...description, diagram }) })
  expect(await told(run('data diagram', { ...scriptedUseCases(), useCases }))).toMatchObject({
    ...{ title: 'Tables', chart, items: [{ term: 'orders', text: '→ users', ask: 'data orders' }] },
    paragraphs: [expect.stringMatching(/^Many rows/), '2 more tables are not in the picture.'],
  })
})
