import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cheeses, failure, given, total, wines } from './world.ts'

const model = (sum: string) => `domain: any
label: Paid
tables: { wines: { columns: { wine: text, country: text, price: number } } }
measures: { paid: { table: wines, sum: ${sum}, description: What all of them cost } }
`
const cellar = `sources:
  cellar: { path: cellar }
  larder: { path: larder }
domains:
  wine: { source: cellar }
  paid: { source: cellar, model: paid.yaml }
  cheese: { source: larder }
`
const files = {
  'chartroom.yaml': cellar,
  'cellar/wines.csv': wines,
  'larder/cheeses.csv': cheeses,
  'paid.yaml': model('price'),
}

const counted = async (quietMs = 60_000) => {
  const started: boolean[] = []
  const world = await given(files, { onStart: again => void started.push(again), quietMs })
  return { ...world, started: () => started.length }
}

describe('reading chartroom.yaml anew', () => {
  test('takes over what is new, lets what is the same run on, and says what it did', async () => {
    const { sources, write, started } = await counted(50)
    const [wine, paid, cheese] = await Promise.all(['wine', 'paid', 'cheese'].map(name => sources.open(name)))
    expect(await sources.reload()).toEqual({ status: 'reloaded', added: [], removed: [], changed: [], settings: false })
    write({
      'chartroom.yaml': `default: snack
sources:
  cellar: { path: ./cellar }
  pantry: { path: larder, }
  bread: { path: bread.csv }
domains:
  wine: { source: cellar }
  paid: { source: cellar, model: paid.yaml, label: What we paid }
  snack: { source: bread }
roles: { default: viewer }
`,
      'bread.csv': 'bread,grams\nRye,500\n',
    })
    expect(await sources.reload()).toEqual({
      status: 'reloaded',
      added: ['snack'],
      removed: ['cheese'],
      changed: ['paid'],
      settings: true,
    })
    expect(started()).toBe(3)
    expect(await sources.open('wine')).toBe(wine)
    expect((await sources.open('paid')).model.label).toBe('What we paid')
    expect(paid?.model.label).toBe('Paid')
    expect((await sources.open()).model.domain).toBe('snack')
    expect(sources.settings().roles.default).toBe('viewer')
    expect(await failure(sources.open('cheese'))).toContain('There is no domain called cheese.')
    await expect.poll(() => failure(total(cheese!, 'weight'))).toBe('Stopped. Nothing more is running.')
  })

  test('lets a question that has begun end on the data it began with', async () => {
    const { sources, write } = await counted()
    const before = await sources.open('wine')
    expect(await total(before, 'wines')).toBe(3)
    write({ 'cellar/wines.csv': `${wines}Port,Portugal,9\n` })
    expect(await sources.reload()).toMatchObject({ status: 'reloaded', changed: ['wine', 'paid'] })
    expect(await total(await sources.open('wine'), 'wines')).toBe(4)
    expect(await total(await sources.open('paid'), 'paid')).toBe(71)
    expect(await total(before, 'price')).toBeCloseTo(62 / 3)
  })

  test('takes nothing over when anything is wrong, and says all of it', async () => {
    const { sources, write, folder, started } = await counted()
    const wine = await sources.open('wine')
    sources.add('mine', () => sources.open('wine'), { label: 'Mine' })
    const infos = sources.domains()
    write({
      'chartroom.yaml': cellar
        .replace('wine: { source: cellar', 'wine: { source: celar')
        .replace('paid.yaml', 'none.yaml'),
    })
    expect(await sources.reload()).toEqual({
      status: 'kept',
      problems: [
        'line 5: domains.wine.source: unknown source "celar"; did you mean "cellar"?',
        'line 6: domains.paid.model: There is no file or folder at none.yaml.',
      ],
    })
    write({
      'chartroom.yaml': `sources:
  cellar: { path: cellar }
  gone: { path: gone.csv }
  odd: { path: odd.csv }
  larder: { path: larder }
domains:
  wine: { source: larder }
  paid: { source: cellar, model: paid.yaml }
  gone: { source: gone }
  odd: { source: odd }
  mine: { source: cellar }
`,
      'paid.yaml': model('pricce'),
      'odd.csv': '',
    })
    expect(await sources.reload()).toEqual({
      status: 'kept',
      problems: [
        `line 8: domains.paid.model: The semantic model paid.yaml has a problem:
    line 4: measures.paid.sum: unknown column "pricce"; did you mean "price"? (table wines)`,
      ],
    })
    write({ 'paid.yaml': model('amount').replace('price: number', 'amount: number') })
    expect(await sources.reload()).toEqual({
      status: 'kept',
      problems: [
        `line 3: sources.gone: There is no file or folder at ${join(folder, 'gone.csv')}.`,
        `line 4: sources.odd: ${join(folder, 'odd.csv')} could not be read: it is empty.`,
        'line 8: domains.paid.model: the model does not fit the data of cellar: paid cannot be worked out',
        'line 11: domains.mine: a dataset of that name was uploaded',
      ],
    })
    rmSync(join(folder, 'chartroom.yaml'))
    expect(await sources.reload()).toEqual({ status: 'kept', problems: ['there is no such file'] })
    expect(sources.domains()).toEqual(infos)
    expect(await sources.open('wine')).toBe(wine)
    expect(await total(wine, 'price')).toBeCloseTo(62 / 3)
    write({ 'chartroom.yaml': cellar, 'paid.yaml': model('price') })
    expect(await sources.reload()).toMatchObject({ status: 'reloaded', added: [], removed: [], changed: [] })
    expect(started()).toBeGreaterThan(1)
  })

  test('checks what roles say of a model that was drafted', async () => {
    const { sources, write } = await counted()
    await sources.open('wine')
    write({ 'chartroom.yaml': `${cellar}roles: { south: { base: viewer, hide: { wine: [wines.pric] } } }\n` })
    expect(await sources.reload()).toEqual({
      status: 'kept',
      problems: ['line 8: roles.south.hide.wine[1]: unknown column "pric"; did you mean "price"? (table wines)'],
    })
    write({ 'chartroom.yaml': `${cellar}roles: { south: { base: viewer, hide: { wine: [wines.price] } } }\n` })
    expect(await sources.reload()).toMatchObject({ status: 'reloaded', changed: [], settings: true })
  })

  test('is done one after the other when two ask for it at once', async () => {
    const { sources, write, started } = await counted()
    write({ 'chartroom.yaml': cellar.replace('cheese:', 'brie:') })
    const both = await Promise.all([sources.reload(), sources.reload(), failure(sources.open('nothing'))])
    expect(both.slice(0, 2)).toEqual([
      { status: 'reloaded', added: ['brie'], removed: ['cheese'], changed: [], settings: false },
      { status: 'reloaded', added: [], removed: [], changed: [], settings: false },
    ])
    expect(started()).toBe(1)
  })

  test('ends what a reload took away, when all is closed', async () => {
    const { sources, write } = await counted()
    const cheese = await sources.open('cheese')
    write({ 'chartroom.yaml': cellar.replace('  cheese: { source: larder }\n', '') })
    expect(await sources.reload()).toMatchObject({ removed: ['cheese'] })
    expect(await total(cheese, 'cheeses')).toBe(2)
    const reloading = failure(sources.reload())
    await sources.close()
    expect(await reloading).toBe('Stopped. Nothing more is running.')
    expect(await failure(total(cheese, 'weight'))).toBe('Stopped. Nothing more is running.')
  })
})
