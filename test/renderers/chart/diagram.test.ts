import { describe, expect, test } from 'vitest'
import { problemsOf } from '#renderers/chart/check.ts'
import { draw } from '#renderers/chart/draw.ts'
import { layered } from '#renderers/chart/layers.ts'
import type { DiagramChart } from '#src/vocabulary/chart.ts'

const edge = (arrow: string) => {
  const [from = '', to = ''] = arrow.split('>')
  return { from, to }
}
const chart = (ids: readonly string[], arrows: readonly string[]): DiagramChart => ({
  ...{ kind: 'diagram', title: 'Flow', subtitle: '', alt: 'A flow.' },
  nodes: ids.map(id => ({ id, label: `Box ${id}` })),
  edges: arrows.map(edge),
})
const ranks = (ids: string, ...arrows: string[]) =>
  layered(chart([...ids], arrows)).ranks.map(rank => rank.filter(id => id.length === 1).join(''))

describe('boxes stand in ranks', () => {
  test('each after all that lead to it', () => {
    expect(ranks('abcd', 'a>b', 'b>c', 'a>c', 'c>d')).toEqual(['a', 'b', 'c', 'd'])
  })
  test('a circle is cut where it closes, and its arrow still points back', () => {
    const { ranks: found, paths } = layered(chart(['a', 'b', 'c'], ['a>b', 'b>c', 'c>a']))
    expect(found.map(rank => rank[0])).toEqual(['a', 'b', 'c'])
    expect(paths[2]?.through.at(0)).toBe('c')
    expect(paths[2]?.through.at(-1)).toBe('a')
  })
  test('in an order without needless crossings', () => {
    expect(ranks('abcd', 'a>d', 'b>c')).toEqual(['ab', 'dc'])
  })
  test('arrows to themselves and to what is not there are left out', () => {
    expect(layered(chart(['a'], ['a>a', 'a>z'])).paths).toEqual([])
  })
})

const marks = (drawn: DiagramChart, name: string) =>
  draw(drawn, 'light').data.find(data => data.name.startsWith(`${name}-`))?.values ?? []

describe('a diagram', () => {
  test('of forty boxes shows all of them, none over another', () => {
    const ids = Array.from({ length: 40 }, (_, i) => String(i))
    const drawn = chart(
      ids,
      ids.slice(1).map((id, i) => `${Math.floor(i / 3)}>${id}`),
    )
    const spec = draw(drawn, 'light')
    expect(problemsOf(spec)).toEqual([])
    const height = spec.marks.find(m => m.from.data.startsWith('boxes-'))?.encode.enter.height
    const boxes = marks(drawn, 'boxes')
    expect(boxes).toHaveLength(40)
    const last = boxes.filter(b => Number(b.x) > 400).map(b => Number(b.y))
    const least = Math.min(...last.toSorted((a, b) => a - b).map((y, i, all) => (all[i + 1] ?? Infinity) - y))
    expect(least).toBeGreaterThan(height && 'value' in height ? Number(height.value) : Infinity)
    expect(marks(drawn, 'text').filter(t => String(t.text).endsWith('…'))).toEqual([])
  })
  test('of more says how many are missing', () => {
    const ids = Array.from({ length: 43 }, (_, i) => String(i))
    expect(marks(chart(ids, []), 'text').map(t => t.text)).toContain('3 more boxes are not shown.')
  })
  test('of nothing says so', () => {
    expect(marks(chart([], []), 'text').map(t => t.text)).toContain('Nothing to draw')
  })
})
