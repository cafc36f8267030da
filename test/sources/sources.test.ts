import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfig } from '#src/config.ts'
import type { DomainResult } from '#src/domain.ts'
import { realEffects } from '#src/effects.ts'
import { openSample } from '#src/open.ts'
import { openSources } from '#src/sources/sources.ts'
import { cheeses, failure, given, total, wines } from './world.ts'
import { folderWith } from './written-files.ts'

const two = `default: cheese
sources:
  cellar: { path: wines.csv }
  larder: { path: ./larder }
domains:
  wine: { source: cellar }
  cheese: { source: larder, label: All the cheese }
  wine_again: { source: cellar, model: again.yaml }
`
const again = `domain: other
label: Other
tables: { wines: { columns: { wine: text, country: text, price: number } } }
measures: { paid: { table: wines, sum: price, description: What all of them cost } }
`
const files = { 'chartroom.yaml': two, 'wines.csv': wines, 'larder/cheeses.csv': cheeses, 'again.yaml': again }

describe('the domains of a file', () => {
  test('are asked by name, the default one without', async () => {
    const { sources } = await given(files)
    const [cheese, wine, other] = [await sources.open(), await sources.open('wine'), await sources.open('wine_again')]
    expect(await total(cheese, 'cheeses')).toBe(2)
    expect(await total(wine, 'wines')).toBe(3)
    expect(await total(other, 'paid')).toBe(62)
    expect([cheese, wine, other].map(d => [d.model.domain, d.model.label])).toEqual([
      ['cheese', 'All the cheese'],
      ['wine', 'Wine'],
      ['wine_again', 'Other'],
    ])
    expect(await sources.open('wine')).toBe(wine)
  })

  test('are listed before any of them is open, the default one first', async () => {
    const { sources } = await given(files)
    expect(sources.domains()).toEqual([
      { name: 'cheese', label: 'All the cheese', isDefault: true, available: true },
      { name: 'wine', label: 'Wine', isDefault: false, available: true },
      { name: 'wine_again', label: 'Other', isDefault: false, available: true },
    ])
  })

  test('share one process for one source, opened when it is first asked and by many at once', async () => {
    const started: boolean[] = []
    const { sources } = await given(files, { onStart: more => void started.push(more) })
    expect(started).toEqual([])
    await Promise.all(['wine', 'wine', 'wine_again', 'wine_again'].map(name => sources.open(name)))
    expect(started).toEqual([false])
  })

  test('are called by names that are near', async () => {
    const { sources } = await given(files)
    sources.add('mine', async () => sources.open('wine'), { label: 'Mine', owner: 'slack:T1:U1' })
    expect(await failure(sources.open('whine'))).toBe(
      'There is no domain called whine. Did you mean wine? There is: wine, cheese, wine_again.',
    )
    expect(await failure(sources.open('constructor'))).toContain('There is no domain called constructor.')
  })

  test('that cannot be opened keep nobody from the others, and are tried again', async () => {
    const { sources, folder, write } = await given(files)
    rmSync(join(folder, 'wines.csv'))
    expect(await failure(sources.open('wine'))).toBe(`There is no file or folder at ${join(folder, 'wines.csv')}.`)
    expect(await total(await sources.open('cheese'), 'cheeses')).toBe(2)
    const unavailable = { available: false, why: `There is no file or folder at ${join(folder, 'wines.csv')}.` }
    expect(sources.domains()).toMatchObject([{ available: true }, unavailable, unavailable])
    write({ 'wines.csv': wines })
    expect(await total(await sources.open('wine'), 'wines')).toBe(3)
    expect(sources.domains().every(({ available }) => available)).toBe(true)
  })

  test('are gone when all is closed', async () => {
    const { sources } = await given(files)
    const wine = await sources.open('wine')
    await sources.close()
    expect(await failure(total(wine, 'wines'))).toBe('Stopped. Nothing more is running.')
    expect(await failure(sources.open('wine'))).toBe('Stopped. Nothing more is running.')
    expect(await failure(sources.reload())).toBe('Stopped. Nothing more is running.')
  })
})

describe('without a file', () => {
  test('there is the sample shop, the same as ever', async () => {
    const folder = folderWith({})
    const config = readConfig({ CHARTROOM_HOME: join(folder, 'home'), NUM_ORDERS: '300', NUM_CUSTOMERS: '20' })
    const before = await openSample({ config }, realEffects)
    await before.close()
    const here = process.cwd()
    process.chdir(folder)
    try {
      const sources = await openSources({ config, environment: {} }, realEffects)
      const domain = await sources.open()
      expect(domain.model).toEqual(before.model)
      expect([domain.source, domain.warnings]).toEqual([before.source, before.warnings])
      expect(await total(domain, 'orders')).toBe(300)
      expect(sources.domains()).toEqual([
        { name: 'ecommerce', label: before.model.label, isDefault: true, available: true },
        { name: 'support', label: 'support bots', isDefault: false, available: true },
      ])
      expect(sources.settings().roles.default).toBe('analyst')
      expect(await sources.reload()).toEqual({
        status: 'reloaded',
        added: [],
        removed: [],
        changed: [],
        settings: false,
      })
      await sources.close()
    } finally {
      process.chdir(here)
    }
  })

  test('one that was named is missed, and one that is wrong is refused', async () => {
    const open = (file: string) => openSources({ config: readConfig({}), environment: {}, file }, realEffects)
    expect(await failure(open('/nowhere/chartroom.yaml'))).toBe(
      'There is no file or folder at /nowhere/chartroom.yaml.',
    )
    const file = join(folderWith({ 'c.yaml': 'sources: 1\ndomains: 2' }), 'c.yaml')
    expect(await failure(open(file))).toBe(
      `${file} has 2 problems:\n  line 1: sources: must be a map, not 1\n  line 2: domains: must be a map, not 2`,
    )
  })
})

describe('a source that nobody asks', () => {
  test('is closed after a while and opened again on demand, but not the one of the default domain', async () => {
    let now = 0
    const started: boolean[] = []
    const effects = { ...realEffects, ticks: () => now }
    const { sources } = await given(files, { effects, idleMs: 60_000, lookMs: 5, onStart: a => void started.push(a) })
    const [cheese, wine] = [await sources.open(), await sources.open('wine')]
    now = 59_999
    await looked()
    expect(await total(wine, 'wines')).toBe(3)
    now = 200_000
    await looked()
    expect(await failure(total(wine, 'price'))).toBe('Stopped. Nothing more is running.')
    expect(await total(cheese, 'cheeses')).toBe(2)
    expect(await total(await sources.open('wine'), 'wines')).toBe(3)
    expect(started).toHaveLength(3)
  })

  const looked = () => new Promise(resolve => setTimeout(resolve, 60))
})

describe('a dataset that somebody brought', () => {
  test('is a domain until it is taken away; it says whose it is', async () => {
    const { sources } = await given(files)
    const other = await given({ 'chartroom.yaml': two, 'wines.csv': `${wines}Port,Portugal,9\n`, 'again.yaml': again })
    const info = { label: 'My wines', owner: 'slack:T1:U1', channel: 'slack:T1:C1' }
    sources.add('mine', () => other.sources.open('wine'), info)
    expect(sources.domains().at(-1)).toEqual({ name: 'mine', ...info, isDefault: false, available: true })
    expect(await total(await sources.open('mine'), 'wines')).toBe(4)
    expect(() => sources.add('mine', () => sources.open(), info)).toThrow('there already')
    expect(() => sources.add('wine', () => sources.open(), info)).toThrow('there already')
    expect(await sources.remove('mine')).toBe(true)
    expect(await sources.remove('mine')).toBe(false)
    expect(await failure(sources.open('mine'))).toContain('There is no domain called mine.')
  })

  test('is closed only when what runs on it has ended', async () => {
    const { sources } = await given(files)
    const told: string[] = []
    const answer = Promise.withResolvers<DomainResult>()
    const domain = await sources.open('wine')
    const slow = {
      ...domain,
      run: () => answer.promise.finally(() => told.push('answered')),
      close: async () => void told.push('closed'),
    }
    sources.add('slow', async () => slow, { label: 'Slow' })
    const asked = total(await sources.open('slow'), 'wines')
    const removed = sources.remove('slow')
    answer.resolve({ table: { columns: [], rows: [[1]], truncated: false }, sql: '', params: [], cached: false, ms: 0 })
    await Promise.all([asked, removed])
    expect(told).toEqual(['answered', 'closed'])
  })

  test('that cannot be opened says so in the list', async () => {
    const { sources } = await given(files)
    sources.add('lost', () => sources.open('nothing'), { label: 'Lost' })
    await failure(sources.open('lost'))
    expect(sources.domains().at(-1)).toMatchObject({
      name: 'lost',
      available: false,
      why: expect.stringContaining('no domain'),
    })
    sources.add('odd', () => Promise.reject(new Error('secret words of a driver')), { label: 'Odd' })
    await failure(sources.open('odd'))
    expect(sources.domains().at(-1)?.why).toBe('Something went wrong on our side.')
  })
})
