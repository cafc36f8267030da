import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAsk } from '#src/ask.ts'
import type { Dataset } from '#src/datasets/dataset.ts'
import { namingDataset } from '#src/datasets/opened.ts'
import type { Domain } from '#src/domain.ts'
import { realEffects } from '#src/effects.ts'
import { type Owner, storedAnswers } from '#src/store/answers.ts'
import { storedAudit } from '#src/store/audit.ts'
import { exportOf, forget } from '#src/store/person.ts'
import { storedSaid } from '#src/store/said.ts'
import { storedThreads } from '#src/store/turns.ts'
import { createThreads } from '#src/threads.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Asker } from '#src/vocabulary/question.ts'
import { makeSheet } from '#test/ingest/made-workbooks.ts'
import { bytesOf, filesBelow, findEverywhere, type OpenedForTest, openForTest } from './opened.ts'

let opened: OpenedForTest
beforeAll(async () => {
  opened = await openForTest()
})
afterAll(() => opened.close())

const ann: Owner = { platform: 'slack', tenant: 'T1', user: 'U1' }
const bob: Owner = { platform: 'slack', tenant: 'T1', user: 'U2' }
const at = (owner: Owner, place?: string): Asker => ({ ...owner, place })

const csv = (rows: number, from = 1) =>
  `Region;Umsatz;Kunde\n${Array.from({ length: rows }, (_, i) => `${i % 2 ? 'Nord' : 'Süd'};${from + i},50;K${i % 7}`).join('\n')}\n`

const bring = (content: string | Uint8Array, name: string, more: object = {}) =>
  opened.datasets.importFile({ from: bytesOf(content), name, owner: ann, ...more })

const ask = async (domain: Domain | undefined, text: string) => {
  if (!domain) throw new Error('no such dataset')
  const answer = await createAsk({
    domain: async () => domain,
    threads: createThreads(),
    warn: () => undefined,
    effects: realEffects,
  })({ text })
  if (answer.status !== 'answered') throw new Error(JSON.stringify(answer))
  return answer
}

describe('a file that somebody brings', () => {
  test('can be asked about at once, under a name near its own', async () => {
    const { outcome, dataset, version, examples } = await bring(csv(4), 'Umsätze 2024.csv')
    expect(outcome).toBe('new')
    expect(dataset).toMatchObject({ name: 'umsaetze_2024', label: 'Umsätze 2024', owner: ann, version: 1 })
    expect(dataset.domain).toMatch(/^umsaetze_2024_[0-9a-f]{6}$/)
    expect(version).toMatchObject({
      file: 'Umsätze 2024.csv',
      version: 1,
      warnings: [],
      rejects: { count: 0, kept: [] },
    })
    expect(version.tables.map(t => [t.name, t.rows])).toEqual([['umsaetze_2024', 4]])
    expect(examples.length).toBeGreaterThanOrEqual(3)
    const answer = await ask(await opened.datasets.domain(dataset.domain, { asker: ann }), 'umsatz by region')
    expect(answer.domain).toBe(dataset.domain)
    expect(answer.table.rows).toEqual([
      ['Nord', 7],
      ['Süd', 5],
    ])
    expect(answer.receipt.freshness.source).toBe('Umsätze 2024.csv')
  })

  test('is told to lie elsewhere by a process of another folder, without a path', async () => {
    const away = join(opened.home, 'another-home')
    const elsewhere = opened.another({ CHARTROOM_HOME: away })
    const { dataset } = await bring(csv(7), 'far.csv')
    for (const work of [() => elsewhere.domain(dataset.domain, { asker: ann }), () => elsewhere.quality(dataset)]) {
      const error = await work().then(
        () => expect.fail('it was found'),
        e => e,
      )
      expect(error).toMatchObject({
        code: 'dataset/elsewhere',
        message: 'The data of far is not on this machine: another Chartroom process keeps it.',
        next: expect.stringMatching(/CHARTROOM_HOME/),
      })
    }
    await opened.datasets.remove(dataset, { asker: ann })
  })

  test.each(['source/locked', 'source/unreadable'] as const)('%s names it, not where it lies', code => {
    const path = import.meta.filename
    const error = ChartroomError.of(code, { path, reason: `it is no database: ${path}` })
    const named = namingDataset(error, { path, name: 'far' })
    expect(named).toMatchObject({ code, message: expect.stringMatching(/^far /) })
    expect(String(named)).not.toContain(path)
  })

  test('gets another name when the owner has one like it, and the same one when somebody else has', async () => {
    const again = await bring(csv(5), 'Umsätze 2024.csv')
    expect(again.dataset.name).toBe('umsaetze_2024_2')
    const others = await opened.datasets.importFile({ from: bytesOf(csv(4)), name: 'Umsätze 2024.csv', owner: bob })
    expect(others).toMatchObject({ outcome: 'new', dataset: { name: 'umsaetze_2024' } })
    expect(others.dataset.domain).not.toBe(again.dataset.domain)
  })

  test('with the same content is there already', async () => {
    const before = filesBelow(join(opened.home, 'datasets'))
    const again = await bring(csv(4), 'other name.csv')
    expect(again).toMatchObject({ outcome: 'same', dataset: { name: 'umsaetze_2024' }, version: { version: 1 } })
    expect(filesBelow(join(opened.home, 'datasets'))).toEqual(before)
  })

  test('twice at the same moment is two datasets of two names, both whole', async () => {
    const two = await Promise.all([
      bring('a,b\n1,2\n', 'twin.csv'),
      opened.another().importFile({ from: bytesOf('a,b\n3,4\n'), name: 'twin.csv', owner: ann }),
    ])
    expect(two.map(t => t.dataset.name).toSorted()).toEqual(['twin', 'twin_2'])
    for (const { dataset } of two) expect((await opened.datasets.open(dataset)).model.label).toBe('twin')
  })

  test('of this machine is asked by its plain name, unless a domain is called so', async () => {
    const path = join(opened.home, 'ecommerce.csv')
    writeFileSync(path, 'a,b\n1,2\n')
    const local = await opened.datasets.importFile({ from: { path }, name: path })
    expect(local.dataset).toMatchObject({ name: 'ecommerce', domain: expect.stringMatching(/^ecommerce_[0-9a-f]{6}$/) })
    const plain = await opened.datasets.importFile({ from: bytesOf('a,b\n5,6\n'), name: 'plain.tsv' })
    expect(plain.dataset).toMatchObject({ name: 'plain', domain: 'plain' })
    expect(plain.dataset).not.toHaveProperty('owner')
    expect(existsSync(path)).toBe(true)
    expect(await opened.datasets.find('plain', {})).toMatchObject({ domain: 'plain' })
    expect(await opened.datasets.find('plain', { asker: ann })).toBeUndefined()
  })

  test('may be a workbook of several sheets', async () => {
    const { version } = await bring(
      makeSheet([
        ['day', 'n'],
        [{ v: 45296, s: 1 }, 1],
      ]),
      'book.xlsx',
    )
    expect(version.tables.map(t => t.name)).toEqual(['book'])
  })

  test.each([
    ['../../../etc/x.csv', 'x.csv', 'x'],
    ['..\\..\\boot.csv', 'boot.csv', 'boot'],
    ['a\u202e\u0007vsc.csv', 'avsc.csv', 'avsc'],
    ['📈.csv', '📈.csv', 'data'],
    ['..', 'upload', 'upload'],
    ['', 'upload', 'upload_2'],
    [`${'x'.repeat(500)}.csv`, `${'x'.repeat(116)}.csv`, 'x'.repeat(48)],
    ["'; drop table x; --.csv", "'; drop table x; --.csv", 'drop_table_x'],
  ])('called %j is kept as %j', async (name, file, short) => {
    const { dataset, version } = await bring(`a,b\n${name.length},${short}\n`, name)
    expect([version.file, dataset.name]).toEqual([file, short])
    expect(readdirSync(opened.home).toSorted()).toEqual(
      ['datasets', 'ecommerce.csv', 'spill'].filter(n => existsSync(join(opened.home, n))),
    )
  })
})

describe('what goes wrong', () => {
  const leftovers = () => readdirSync(join(opened.home, 'datasets')).filter(n => n.startsWith('making-'))

  test('a file of more than 100 MB is refused while it comes, and nothing is left of it', async () => {
    let sent = 0
    async function* endless() {
      const chunk = new Uint8Array(8 << 20).fill(49)
      for (;;) {
        sent += chunk.length
        yield chunk
      }
    }
    await expect(opened.datasets.importFile({ from: endless(), name: 'big.csv', owner: ann })).rejects.toMatchObject({
      code: 'file/too-large',
      message: 'big.csv is larger than 100 MB.',
    })
    expect(sent).toBeLessThan(140 << 20)
    expect(leftovers()).toEqual([])
  })

  test('a file that cannot be read leaves nothing behind, and is told under its own name', async () => {
    const before = await opened.datasets.list({ asker: ann })
    for (const [content, name, reason] of [
      ['', 'no.csv', 'it is empty'],
      [Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old.xls', 'it is an old Excel file'],
      ['\x89PNG\r\n\x1a\n\0\0', '../photo.png', 'it is not a text file'],
    ] as const)
      await expect(bring(content, name)).rejects.toMatchObject({
        code: 'source/unreadable',
        message: expect.stringMatching(new RegExp(`^${name.replace('../', '')} could not be read: ${reason}`)),
      })
    expect(await opened.datasets.list({ asker: ann })).toEqual(before)
    expect(leftovers()).toEqual([])
  })

  test('one that is stopped on the way leaves nothing behind', async () => {
    const stop = new AbortController()
    async function* slow() {
      yield new TextEncoder().encode('a,b\n')
      stop.abort()
      yield new TextEncoder().encode('1,2\n')
    }
    const running = opened.datasets.importFile({ from: slow(), name: 's.csv', owner: ann, signal: stop.signal })
    await expect(running).rejects.toMatchObject({ code: 'engine/cancelled' })
    const later = new AbortController()
    const reading = bring(csv(2000), 's.csv', { signal: later.signal, onProgress: () => later.abort() })
    await expect(reading).rejects.toMatchObject({ code: 'engine/cancelled' })
    expect(leftovers()).toEqual([])
    expect(await opened.datasets.find('s', { asker: ann })).toBeUndefined()
  })

  test('a connection that breaks leaves nothing behind', async () => {
    async function* broken() {
      yield new TextEncoder().encode('a,b\n')
      throw new Error('reset')
    }
    await expect(opened.datasets.importFile({ from: broken(), name: 's.csv', owner: ann })).rejects.toThrow('reset')
    expect(leftovers()).toEqual([])
  })

  test('lines that cannot be read are kept aside with number, reason and text', async () => {
    const { version } = await bring(`a,b\n${'1,2\n'.repeat(200)}3,4,5\n${'1,2\n'.repeat(200)}`, 'odd.csv')
    expect(version.rejects).toEqual({
      count: 1,
      kept: [{ file: 'odd.csv', line: 202, reason: 'more fields than the header', text: '3,4,5' }],
    })
    expect(version.tables[0]?.rows).toBe(400)
  })
})

describe('versions', () => {
  let dataset: Dataset
  test('a further file of the same data is asked from then on, by all processes', async () => {
    dataset = (await bring('region,sold\nNorth,1\n', 'stock january.csv')).dataset
    const other = opened.another()
    expect((await ask(await other.domain(dataset.domain, { asker: ann }), 'sold by region')).table.rows).toEqual([
      ['North', 1],
    ])
    const next = await bring('region,sold\nNorth,5\nSouth,6\n', 'stock february.csv', { into: dataset })
    expect(next).toMatchObject({ outcome: 'version', version: { version: 2, file: 'stock february.csv' } })
    expect(next.version.tables[0]?.name).toBe('stock_january')
    expect((await ask(await other.domain(dataset.domain, { asker: ann }), 'sold by region')).table.rows).toEqual([
      ['South', 6],
      ['North', 5],
    ])
    expect((await opened.datasets.versions(next.dataset)).map(v => v.version)).toEqual([2, 1])
  })

  test('an older one can be asked again, by its number or its content', async () => {
    const found = (await opened.datasets.find(dataset.name, { asker: ann })) as Dataset
    await opened.datasets.restore(found, 1, { asker: ann })
    const sold = async () =>
      (await ask(await opened.datasets.domain(dataset.domain, { asker: ann }), 'total sold')).table.rows
    expect(await sold()).toEqual([[1]])
    const again = await bring('region,sold\nNorth,5\nSouth,6\n', 'x.csv', { into: dataset })
    expect(again).toMatchObject({ outcome: 'same', version: { version: 2 } })
    expect(await sold()).toEqual([[11]])
    await expect(opened.datasets.restore(found, 9, { asker: ann })).rejects.toMatchObject({
      code: 'dataset/no-version',
    })
  })

  test('only its owner adds to it', async () => {
    await expect(
      opened.datasets.importFile({ from: bytesOf('a\n1\n'), name: 'x.csv', owner: bob, into: dataset }),
    ).rejects.toMatchObject({ code: 'dataset/not-yours' })
  })
})

describe('who may ask', () => {
  let dataset: Dataset
  beforeAll(async () => {
    dataset = (await bring('team,cost\nA,1\nB,2\n', 'costs.csv')).dataset
  })
  const sees = async (asker: Asker, audience?: 'place') =>
    (await opened.datasets.find('costs', { asker, audience })) !== undefined

  test('its owner alone, and no channel by their mouth', async () => {
    expect(await sees(at(ann, 'C1'))).toBe(true)
    expect(await sees(at(ann, 'C1'), 'place')).toBe(false)
    expect(await sees(at(bob, 'C1'))).toBe(false)
    expect(await sees(at({ ...ann, tenant: 'T2' }))).toBe(false)
    expect(await sees(at({ ...ann, platform: 'teams' }))).toBe(false)
  })

  test('a channel, when the owner shares it, until they take that back', async () => {
    await expect(opened.datasets.share(dataset, 'C1', { asker: bob })).rejects.toMatchObject({
      code: 'dataset/not-yours',
      message: 'Only whoever brought costs can do that.',
    })
    await opened.datasets.share(dataset, 'C1', { asker: ann })
    expect(await sees(at(bob, 'C1'), 'place')).toBe(true)
    expect(await sees(at(bob, 'C2'))).toBe(false)
    expect(await sees({ ...at(bob, 'C1'), standing: 'external' })).toBe(false)
    expect(await sees({ ...at(bob, 'C1'), tenant: 'T2' })).toBe(false)
    expect((await opened.datasets.list({ asker: at(bob, 'C1') })).map(d => d.name)).toContain('costs')
    await opened.datasets.unshare(dataset, { asker: ann })
    expect(await sees(at(bob, 'C1'), 'place')).toBe(false)
  })

  test('others change nothing, whoever manages the bot may', async () => {
    const change = { subject: { table: 'costs', column: 'cost' }, change: { kind: 'hide' } } as const
    const refused = { code: 'dataset/not-yours' }
    await expect(opened.datasets.correct(dataset, change, { asker: bob })).rejects.toMatchObject(refused)
    await expect(opened.datasets.undo(dataset, 1, { asker: bob })).rejects.toMatchObject(refused)
    await expect(opened.datasets.restore(dataset, 1, { asker: bob })).rejects.toMatchObject(refused)
    await expect(opened.datasets.unshare(dataset, { asker: bob })).rejects.toMatchObject(refused)
    await expect(opened.datasets.remove(dataset, { asker: bob })).rejects.toMatchObject(refused)
    await opened.datasets.restore(dataset, 1, { asker: bob, admin: true })
  })
})

describe('how much one person of a chat may bring', () => {
  const cyn: Owner = { platform: 'teams', tenant: 'T9', user: 'U9' }
  const dan: Owner = { ...cyn, user: 'U8' }
  const number = (n: number) => ({ from: bytesOf(`a,b\n${n},x\n`), name: `n${n}.csv` })

  test('are so many datasets; a version more is none of them, and others have their own', async () => {
    const few = opened.another({ MAX_DATASETS_PER_PERSON: '2' })
    const { dataset } = await few.importFile({ ...number(1), owner: cyn })
    await few.importFile({ ...number(2), owner: cyn })
    await expect(few.importFile({ ...number(3), owner: cyn })).rejects.toMatchObject({
      code: 'dataset/too-many',
      message: 'You may keep 2 datasets, and have as many.',
    })
    expect((await few.importFile({ ...number(3), owner: cyn, into: dataset })).version.version).toBe(2)
    await few.importFile({ ...number(3), owner: dan })
    for (const n of [1, 2, 3]) await few.importFile(number(n))
    await few.remove(dataset, { asker: cyn })
    expect((await few.importFile({ ...number(3), owner: cyn })).outcome).toBe('new')
    for (const who of [cyn, dan]) await few.removeOf(who)
  })

  test('are so many bytes of files, with all versions', async () => {
    const small = opened.another({ MAX_DATASET_MB_PER_PERSON: '1' })
    const big = (letter: string) => bytesOf(`a,b\n${`1,${letter.repeat(100)}\n`.repeat(4_000)}`)
    const { dataset } = await small.importFile({ from: big('x'), name: 'x.csv', owner: cyn })
    await small.importFile({ from: big('y'), name: 'y.csv', owner: cyn, into: dataset })
    const full = {
      code: 'dataset/no-room',
      message: 'With z.csv your files would be more than the 1 MB that one person may keep.',
    }
    for (const into of [dataset, undefined])
      await expect(small.importFile({ from: big('z'), name: 'z.csv', owner: cyn, into })).rejects.toMatchObject(full)
    expect((await small.versions(dataset)).map(v => v.version)).toEqual([2, 1])
    await small.removeOf(cyn)
  })

  test('hold as well for files that come at the same time', async () => {
    const few = opened.another({ MAX_DATASETS_PER_PERSON: '1' })
    const ends = await Promise.allSettled([1, 2, 3].map(n => few.importFile({ ...number(n), owner: cyn })))
    expect(ends.map(e => e.status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect(await few.list({ asker: cyn })).toHaveLength(1)
    await few.removeOf(cyn)
  })
})

describe('deleting', () => {
  const planted = 'Zyxwvut'
  const asked = async (name: string) => {
    const { dataset } = await bring(
      `customer,amount\n${Array.from({ length: 40 }, (_, i) => `${planted}${i},${i + name.length}`).join('\n')}\n`,
      `${name}.csv`,
    )
    const domain = await opened.datasets.domain(dataset.domain, { asker: ann })
    const answer = await ask(domain, 'amount by customer')
    return { dataset, keep: () => keepAll(name, dataset.domain, answer) }
  }
  /** All that is written down of a question, by whoever writes it. */
  const keepAll = async (thread: string, domain: string, answer: Awaited<ReturnType<typeof ask>>) => {
    const { database } = opened
    const question = `amount of ${planted}1`
    await storedAnswers(database, {}, realEffects).put({ answer, owner: bob, thread })
    await storedThreads(database, {}, realEffects).remember(thread, {
      ...answer.query,
      filters: [{ dimension: 'customer', op: 'in', values: [`${planted}1`] }],
    } as never)
    await storedSaid(database, realEffects).keep(thread, { question }, { domain, asker: at(bob), alone: false })
    await storedAudit(database, realEffects).write({
      ...{ id: answer.id, owner: bob, domain, question },
      ...{ sql: `select '${planted}1'`, outcome: 'answered', ms: 3 },
    })
  }
  const plant = async (name: string) => {
    const { dataset, keep } = await asked(name)
    await opened.datasets.quality(dataset)
    await keep()
    return dataset
  }

  test('leaves no trace of the rows: not in files, answers, conversations or the audit', async () => {
    const dataset = await plant('customers')
    expect((await findEverywhere(planted, opened)).length).toBeGreaterThanOrEqual(4)
    await opened.datasets.remove(dataset, { asker: ann })
    expect(await findEverywhere(planted, opened)).toEqual([])
    expect(existsSync(join(opened.home, 'datasets', dataset.id))).toBe(false)
    expect(await opened.datasets.domain(dataset.domain, { asker: ann })).toBeUndefined()
    expect(await opened.another().find('customers', { asker: ann })).toBeUndefined()
  })

  test('leaves none either when a question that was asked before is answered after it', async () => {
    const { dataset, keep } = await asked('patrons')
    await opened.datasets.remove(dataset, { asker: ann })
    await keep()
    expect(await findEverywhere(planted, opened)).toEqual([])
    const told = await storedAudit(opened.database, realEffects).read({ owner: bob })
    expect(told.find(entry => entry.domain === dataset.domain)).toMatchObject({ question: 'deleted with its data' })
  })

  test('new data of the same name is kept as any other', async () => {
    const first = await opened.datasets.importFile({ from: bytesOf(csv(5)), name: 'again.csv' })
    await opened.datasets.remove(first.dataset, {})
    const { dataset } = await opened.datasets.importFile({ from: bytesOf(csv(5)), name: 'again.csv' })
    expect(dataset.domain).toBe(first.dataset.domain)
    const answer = await ask(await opened.datasets.domain(dataset.domain, {}), 'umsatz by region')
    const answers = storedAnswers(opened.database, {}, realEffects)
    await answers.put({ answer })
    expect(await answers.get(answer.id)).toMatchObject({ answer: { domain: dataset.domain, status: 'answered' } })
    await opened.datasets.remove(dataset, {})
  })

  test('a person takes the data that they brought along', async () => {
    await plant('clients')
    expect((await exportOf(opened.database, ann)).datasets?.length).toBeGreaterThan(0)
    expect(await opened.datasets.removeOf(ann)).toBeGreaterThan(0)
    expect(await findEverywhere(planted, opened)).toEqual([])
    expect(await opened.datasets.list({ asker: ann })).toEqual([])
    const theirs = await opened.datasets.list({ asker: bob })
    expect(theirs.map(d => d.name)).toEqual(['umsaetze_2024'])
    expect((await forget(opened.database, bob)).datasets).toBe(1)
    expect(await opened.datasets.list({ asker: bob })).toEqual([])
  })
})
