import { describe, expect, it } from 'vitest'
import { problemsOf } from '#renderers/chart/check.ts'
import { draw } from '#renderers/chart/draw.ts'
import type { Picture } from '#renderers/chart/spec.ts'

const good = (): Picture =>
  draw(
    {
      ...{ kind: 'bar', title: 't', subtitle: 's', alt: '', layout: 'single', format: { kind: 'integer' } },
      ...{ categories: ['A', 'B'], series: [{ name: 'v', values: [1, 2] }] },
    },
    'light',
  )

type Loose = { data: object[]; marks: object[] }

const changed = (change: (spec: Loose) => void): string[] => {
  const spec = JSON.parse(JSON.stringify(good()))
  change(spec)
  return problemsOf(spec)
}

describe('the check of a spec', () => {
  it('lets our own specs through', () => expect(problemsOf(good())).toEqual([]))
  it.each<[string, object]>([
    ['a URL', { data: [{ name: 'd-0', url: 'file:///etc/passwd' }] }],
    ['a signal', { signals: [{ name: 'x', update: "warn('x')" }] }],
    ['a projection', { projections: [{ name: 'p' }] }],
    ['a scale', { scales: [] }],
    ['a config', { config: {} }],
    ['a layout', { layout: {} }],
    ['user data', { usermeta: {} }],
    ['another size', { width: 20_000 }],
    ['a background that is no colour', { background: 'url(http://x)' }],
    ['automatic sizing', { autosize: 'fit' }],
  ])('refuses %s', (_, change) => expect(changed(spec => Object.assign(spec, change))).not.toEqual([]))

  const mark = (change: object) => changed(spec => Object.assign(spec.marks[0] ?? {}, change))
  it.each<[string, object]>([
    ['an image', { type: 'image' }],
    ['a group', { type: 'group', marks: [] }],
    ['a transform', { transform: [{ type: 'force', iterations: 1e9 }] }],
    ['a trigger', { on: [] }],
    ['data of another name', { from: { data: 'secrets' } }],
    ['a facet', { from: { data: 'bars-0', facet: {} } }],
    ['an update set', { encode: { update: { x: { value: 1 } } } }],
  ])('refuses %s on a mark', (_, change) => expect(mark(change)).not.toEqual([]))

  const channel = (enter: object) => mark({ encode: { enter } })
  it.each<[string, object]>([
    ['a signal', { x: { signal: 'datum.x' } }],
    ['a url', { url: { value: 'http://x' } }],
    ['an href', { href: { value: 'javascript:1' } }],
    ['a tooltip', { tooltip: { value: 'x' } }],
    ['a scale', { x: { scale: 'x', field: 'x' } }],
    ['a nested field', { x: { field: { signal: 'x' } } }],
    ['a field that is no channel', { x: { field: 'constructor' } }],
    ['a place far away', { x: { value: 1e9 } }],
    ['a place that is no number', { x: { value: null } }],
    ['an object for a value', { fill: { value: { toString: 1 } } }],
    [
      'a gradient with more than colours',
      { fill: { value: { gradient: 'linear', stops: [{ offset: 0, color: 'url(x)' }] } } },
    ],
    ['a long string', { text: { value: 'x'.repeat(1000) } }],
  ])('refuses %s in a channel', (_, enter) => expect(channel(enter)).not.toEqual([]))

  const row = (cells: object) => changed(spec => Object.assign(spec.data[0] ?? {}, { values: [cells] }))
  it.each<[string, object]>([
    ['an unknown key', { url: 'x' }],
    ['an object', { x: {} }],
    ['a list', { text: ['a', 'b'] }],
    ['an endless number', { width: 1e12 }],
    ['a long text', { text: 'x'.repeat(500) }],
  ])('refuses %s in a row', (_, cells) => expect(row(cells)).not.toEqual([]))

  it('refuses more than five thousand rows', () => {
    const values = Array.from({ length: 5001 }, () => ({ x: 1 }))
    expect(changed(spec => Object.assign(spec.data[0] ?? {}, { values }))).toContain(`${5001 + otherRows()} rows`)
  })
})

const otherRows = (): number =>
  good()
    .data.slice(1)
    .reduce((sum, d) => sum + d.values.length, 0)
