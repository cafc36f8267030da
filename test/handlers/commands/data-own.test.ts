import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parseCommand } from '#handlers/commands/parse.ts'
import { runCommand } from '#handlers/commands/run.ts'
import { createAsk } from '#src/ask.ts'
import type { Dataset } from '#src/datasets/dataset.ts'
import { datasetUseCases } from '#src/datasets/use-cases.ts'
import { realEffects } from '#src/effects.ts'
import { createThreads } from '#src/threads.ts'
import type { Asker } from '#src/vocabulary/question.ts'
import { bytesOf, type OpenedForTest, openForTest } from '#test/datasets/opened.ts'
import { scriptedUseCases } from '#test/fakes/use-cases.ts'

let opened: OpenedForTest
beforeAll(async () => {
  opened = await openForTest()
})
afterAll(() => opened.close())

const ann: Asker = { platform: 'slack', tenant: 'T1', user: 'U1', place: 'C1' }
const bob: Asker = { ...ann, user: 'U2' }
const cleo: Asker = { ...ann, user: 'U3' }

const run = async (text: string, asker: Asker | undefined = ann, domain?: string, audience?: 'place' | 'asker') => {
  const datasets = datasetUseCases(
    opened.datasets,
    { threads: createThreads(), mayManage: ({ asker }) => asker?.user === 'U3' },
    { now: () => Date.parse('2024-03-10T00:00:00Z') },
  )
  const { useCases } = scriptedUseCases({ datasets })
  return runCommand({ command: parseCommand(text), asker, domain, audience }, useCases, realEffects)
}

const told = async (text: string, asker?: Asker, domain?: string) => {
  const answer = await run(text, asker, domain)
  if (answer.status !== 'told') throw new Error(JSON.stringify(answer))
  return answer
}

const csv = `Datum;Region;Email;Preis;Umsatz;Menge
05.01.2024;Nord;a@x.de;12,50;125,00;10
06.01.2024;Süd;b@x.de;13,50;270,00;20
07.02.2024;Nord;c@x.de;12,00;60,00;5
`

let dataset: Dataset
beforeEach(async () => {
  await opened.datasets.removeOf(ann)
  dataset = (await opened.datasets.importFile({ from: bytesOf(csv), name: 'laden.csv', owner: ann })).dataset
})

/** Asks the dataset as it is now. */
const ask = async (text: string) => {
  const domain = await opened.datasets.domain(dataset.domain, { asker: ann })
  if (!domain) throw new Error('gone')
  const parts = { domain: async () => domain, threads: createThreads(), warn: () => undefined, effects: realEffects }
  return createAsk(parts)({ text })
}

describe('corrections', () => {
  test('a column that is renamed is known by its new name and its old one, in every version', async () => {
    const answer = await told('data rename Umsatz to Revenue')
    expect(answer).toMatchObject({
      domain: dataset.domain,
      title: '“Umsatz” is now called “Revenue” in laden',
      choices: [
        { label: 'Undo', question: 'data undo 1' },
        { label: 'Show Revenue', question: 'Revenue' },
      ],
    })
    for (const text of ['revenue by region', 'umsatz by region'])
      expect(await ask(text)).toMatchObject({
        status: 'answered',
        table: {
          columns: [{ label: 'Region' }, { label: 'Revenue' }],
          rows: [
            ['Süd', 270],
            ['Nord', 185],
          ],
        },
      })
    await opened.datasets.importFile({
      from: bytesOf(`${csv}08.02.2024;Süd;d@x.de;1,00;30,00;1\n`),
      name: 'neu.csv',
      owner: ann,
      into: dataset,
    })
    expect(await ask('revenue by region')).toMatchObject({
      table: {
        rows: [
          ['Süd', 300],
          ['Nord', 185],
        ],
      },
    })
  })

  test('a number is added up or averaged as its owner says', async () => {
    expect(await ask('preis')).toMatchObject({ table: { rows: [[38 / 3]] } })
    expect((await told('data measure preis as sum')).title).toBe('“Preis” is added up in laden')
    expect(await ask('preis')).toMatchObject({ table: { rows: [[38]] } })
    await told('data measure menge average')
    expect(await ask('menge')).toMatchObject({ table: { rows: [[35 / 3]] } })
  })

  test('what is hidden is not there', async () => {
    await told('data hide region')
    expect(await ask('umsatz by region')).toMatchObject({ status: 'clarify' })
    const domain = await opened.datasets.domain(dataset.domain, { asker: ann })
    expect(Object.keys(domain?.model.dimensions ?? {})).not.toContain('region')
    expect(await domain?.runText('select region from laden')).toMatchObject([{ rule: 'columns' }])
    await told('data show region')
    expect(await ask('umsatz by region')).toMatchObject({ status: 'answered' })
  })

  test('money, percent and descriptions stand in the answers', async () => {
    await told('data format umsatz as euro')
    await told('data describe umsatz as what was paid')
    const answer = await ask('umsatz')
    expect(answer).toMatchObject({
      table: { columns: [{ format: { kind: 'currency', currency: 'EUR' } }] },
    })
    expect((await opened.datasets.domain(dataset.domain, { asker: ann }))?.model.measures.umsatz?.description).toBe(
      'what was paid',
    )
  })

  test('each can be taken back by its number, once', async () => {
    await told('data rename umsatz to A')
    await told('data hide menge')
    expect((await told('data undo 1')).title).toBe('Taken back in laden: the name of umsatz')
    expect((await told('data undo 1')).title).toBe('There is nothing to undo in laden')
    expect(await ask('umsatz')).toMatchObject({ table: { columns: [{ label: 'Umsatz' }] } })
    expect((await told('data undo')).title).toBe('Taken back in laden: hiding menge')
    expect((await told('data rename umsatz to B')).choices[0]?.question).toBe('data undo 3')
  })

  test('a name that is not there is asked back with near ones', async () => {
    expect(await run('data rename Umstz to Revenue')).toMatchObject({
      status: 'clarify',
      message: 'laden has no column or measure called “Umstz”. Did you mean Umsatz?',
      choices: [{ label: 'Yes, Umsatz', question: 'data rename Umsatz to Revenue' }, { question: 'data' }],
    })
  })

  test('a name of any characters is kept as it is', async () => {
    for (const name of ['المبيعات', '💶', "'; drop table x; --", '$& $1', 'Revenue to go']) {
      await told(`data rename umsatz to ${name}`)
      const domain = await opened.datasets.domain(dataset.domain, { asker: ann })
      expect(domain?.model.measures.umsatz?.label).toBe(name)
    }
  })
})

describe('whose data it is', () => {
  test('others are refused, whoever manages the bot is not', async () => {
    await opened.datasets.share(dataset, 'C1', { asker: ann })
    for (const text of [
      'data rename umsatz to X',
      'data hide umsatz',
      'data restore 1',
      'data unshare',
      'data undo 1',
      'data delete laden for good',
    ])
      expect(await run(text, bob, dataset.domain)).toMatchObject({
        status: 'refused',
        code: 'dataset/not-yours',
        message: 'Only whoever brought laden can do that. Ask them, or bring a copy of your own.',
      })
    expect(await run('data rename umsatz to X', cleo, dataset.domain)).toMatchObject({ status: 'told' })
  })

  test('what is not shared does not exist for others', async () => {
    expect(await run('data delete laden', bob)).toMatchObject({
      status: 'clarify',
      message: 'You have no data called “laden”.',
    })
    expect(await run('data hide umsatz', bob, dataset.domain)).toMatchObject({
      message: expect.stringMatching(/^You have brought no data yet\./),
    })
    expect((await told('data uploads', bob)).title).toBe('Nothing was brought yet')
  })

  test('a channel is given it, and it is taken back', async () => {
    expect((await told('data share')).title).toBe('Everybody in this channel may ask about laden now')
    expect((await told('data uploads', bob)).items).toMatchObject([
      { term: 'laden', text: expect.stringMatching(/^Shared with this channel; version 1,/) },
    ])
    expect((await told('data unshare')).title).toBe('laden is for its owner alone now')
    expect((await told('data uploads', bob)).items).toEqual([])
  })

  test('there must be a channel to give it to', async () => {
    expect(await run('data share', { ...ann, place: undefined })).toMatchObject({
      status: 'refused',
      code: 'dataset/no-channel',
    })
  })
})

describe('versions, quality and deleting', () => {
  test('versions are listed and an older one is restored', async () => {
    await opened.datasets.importFile({
      from: bytesOf(`${csv}08.02.2024;Süd;d@x.de;1,00;30,00;1\n`),
      name: 'neu.csv',
      owner: ann,
      into: dataset,
    })
    const listed = await told('data versions')
    expect(listed.items.map(i => [i.term, i.ask])).toEqual([
      ['Version 2 (asked)', undefined],
      ['Version 1', 'data restore 1'],
    ])
    expect(await told('data restore 1')).toMatchObject({
      title: 'Version 1 of laden is the one that is asked now',
      choices: [{ question: 'data restore 2' }],
    })
    expect(await ask('total umsatz')).toMatchObject({ table: { rows: [[455]] } })
    expect(await run('data restore 7')).toMatchObject({ status: 'refused', code: 'dataset/no-version' })
  })

  test('quality is told, the worst first', async () => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${i + 1},2024-01-${String((i % 28) + 1).padStart(2, '0')},${i < 40 ? 10 + (i % 7) : ''},x${i % 5}`,
    )
    const text = `order_id,day,amount,code\n${rows.join('\n')}\n1,2024-01-01,10,x0\n61,2024-02-01,100000,x1\n`
    const { dataset: d } = await opened.datasets.importFile({ from: bytesOf(text), name: 'q.csv', owner: ann })
    expect((await told('data quality q')).paragraphs).toEqual([
      '1 row (1.6%) is exactly like another one.',
      '“order_id” looks like a key, but 1 row has a value that another row has.',
      '“amount” has no value in 20 rows (32%).',
      '“amount” has 1 value far from the others, the furthest is 100,000.',
      '“day” goes from 2024-01-01 to 2024-02-01, 38 days ago.',
    ])
    expect(d.name).toBe('q')
    expect((await told('data quality laden')).paragraphs).toEqual([
      '“Datum” goes from 2024-01-05 to 2024-02-07, 32 days ago.',
    ])
  })

  test('lines that were kept aside can be looked at', async () => {
    await opened.datasets.importFile({ from: bytesOf(`a,b\n${'1,2\n'.repeat(99)}3,4,5\n`), name: 'r.csv', owner: ann })
    expect(await told('data rejects')).toMatchObject({
      title: '1 line of r could not be read',
      items: [{ term: 'Line 101', text: 'more fields than the header: “3,4,5”' }],
    })
  })

  test('deleting asks back, and then it is gone', async () => {
    expect(await run('data delete laden')).toMatchObject({
      status: 'clarify',
      choices: [{ label: 'Delete it for good', question: 'data delete laden for good' }, { label: 'Keep it' }],
    })
    expect((await told('data delete laden for good')).title).toBe('laden is deleted')
    expect(await run('data quality')).toMatchObject({ status: 'clarify' })
    expect(await opened.datasets.list({ asker: ann })).toEqual([])
  })
})

test('where nobody brings data, the words are a question', async () => {
  const script = scriptedUseCases()
  await runCommand({ command: parseCommand('data share') }, script.useCases, realEffects)
  expect(script.asked.map(q => q.text)).toEqual(['data share'])
})

describe('in a channel', () => {
  const inChannel = (text: string, asker = ann) => run(text, asker, undefined, 'place')

  test('what somebody does with data of their own is for them alone, as long as the channel may not ask it', async () => {
    for (const text of [
      'data uploads',
      'data versions',
      'data quality laden',
      'data delete laden',
      'data hide region',
    ]) {
      const answer = await inChannel(text)
      expect([text, answer.onlyForAsker]).toEqual([text, true])
      expect(JSON.stringify(answer)).toContain('laden')
    }
  })

  test('its owner shares it there, and everybody reads that it is theirs to ask', async () => {
    const answer = await inChannel('data share')
    expect(answer).toMatchObject({ status: 'told', title: 'Everybody in this channel may ask about laden now' })
    expect(answer.onlyForAsker).toBeUndefined()
    expect((await inChannel('data versions laden', bob)).onlyForAsker).toBeUndefined()
    expect((await inChannel('data uploads', bob)).onlyForAsker).toBeUndefined()
    expect(await inChannel('data unshare')).toMatchObject({ title: 'laden is for its owner alone now' })
  })

  test('it is shared by its name as well', async () => {
    await inChannel('data share laden')
    expect(await opened.datasets.find('laden', { asker: bob, audience: 'place' })).toMatchObject({ name: 'laden' })
    await inChannel('data unshare laden')
    expect(await opened.datasets.find('laden', { asker: bob, audience: 'place' })).toBeUndefined()
  })

  test('a colleague is told of nothing that is not shared', async () => {
    for (const text of ['data uploads', 'data versions laden', 'data rejects laden', 'data delete laden for good'])
      expect(JSON.stringify({ ...(await inChannel(text, bob)), question: '' })).not.toMatch(/Umsatz|laden\.csv|"laden"/)
  })
})
