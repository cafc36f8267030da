import { describe, expect, test } from 'vitest'
import { parseCommand } from '#handlers/commands/parse.ts'

describe('what somebody does with data that they brought', () => {
  test.each([
    ['data rename Umsatz to Revenue', { deed: 'rename', name: 'Umsatz', to: 'Revenue' }],
    ['DATA Rename "Preis to go" to „Take away“', { deed: 'rename', name: 'Preis to go', to: 'Take away' }],
    ['/data rename unit price as Price.', { deed: 'rename', name: 'unit price', to: 'Price' }],
    ['data measure price average', { deed: 'measure', name: 'price', as: 'avg' }],
    ['data measure price as sum', { deed: 'measure', name: 'price', as: 'sum' }],
    ['data measure unit price as an average', { deed: 'measure', name: 'unit price', as: 'avg' }],
    ['data measure customer by distinct count', { deed: 'measure', name: 'customer', as: 'count_distinct' }],
    ['data measure amount', { deed: 'measure', name: 'amount', as: 'sum' }],
    ['data hide email', { deed: 'hide', name: 'email' }],
    ['data show customer name!', { deed: 'show', name: 'customer name' }],
    ['data format Umsatz as euro', { deed: 'format', name: 'Umsatz', as: { kind: 'currency', currency: 'EUR' } }],
    ['data format rate as %', { deed: 'format', name: 'rate', as: { kind: 'percent' } }],
    ['data currency of fee chf', { deed: 'format', name: 'fee', as: { kind: 'currency', currency: 'CHF' } }],
    ['data describe fee as what the bank takes', { deed: 'describe', name: 'fee', as: 'what the bank takes' }],
    ['data describe fee: net: of tax', { deed: 'describe', name: 'fee', as: 'net: of tax' }],
    ['data undo', { deed: 'undo' }],
    ['data undo 12', { deed: 'undo', nth: 12 }],
    ['data quality', { deed: 'quality' }],
    ['data quality of sales 2024?', { deed: 'quality', of: 'sales 2024' }],
    ['data versions', { deed: 'versions' }],
    ['data rejects sales', { deed: 'rejects', of: 'sales' }],
    ['data restore 2', { deed: 'restore', version: 2 }],
    ['data restore version 2', { deed: 'restore', version: 2 }],
    ['data share', { deed: 'share' }],
    ['data unshare', { deed: 'unshare' }],
    ['data share “my trips” with this channel', { deed: 'share', of: 'my trips' }],
    ['data unshare trips', { deed: 'unshare', of: 'trips' }],
    ['data delete sales 2024', { deed: 'delete', name: 'sales 2024', sure: false }],
    ['data delete sales 2024 for good', { deed: 'delete', name: 'sales 2024', sure: true }],
    ['data uploads', { deed: 'uploads' }],
    ['data my files', { deed: 'uploads' }],
  ])('%j is read', (text, deed) => {
    expect(parseCommand(text)).toEqual({ kind: 'dataset', text: text.trim(), deed })
  })

  test.each([
    ['data format price as nonsense', 'data'],
    ['data rename', 'data'],
    ['data share of returns', 'data'],
    ['data restore', 'data'],
    ['data qualityy', 'data'],
    [`data rename a to ${'x'.repeat(81)}`, 'data'],
    [`data describe a as ${'x'.repeat(700)}`, 'ask'],
  ])('%j is none', (text, kind) => {
    expect(parseCommand(text).kind).toBe(kind)
  })
})
