import { expect, test } from 'vitest'
import { diagramLines } from '#renderers/text/diagram.ts'
import { inkFor } from '#renderers/text/ink.ts'
import type { DiagramChart } from '#src/vocabulary/chart.ts'

const style = { width: 80, ink: inkFor(false) }
const frame = { kind: 'diagram', title: '', subtitle: '', alt: '' } as const

test('a diagram is an indented list in a terminal; a circle ends', () => {
  const chart: DiagramChart = {
    ...frame,
    nodes: ['cart', 'paid', 'shipped', 'canceled'].map(id => ({ id, label: `${id}!` })),
    edges: [
      { from: 'cart', to: 'paid' },
      { from: 'paid', to: 'shipped', label: 'yes' },
      { from: 'paid', to: 'canceled', label: 'no' },
      { from: 'canceled', to: 'cart' },
    ],
  }
  expect(diagramLines(chart, style)).toEqual([
    'cart!',
    '  → paid!',
    '    → yes: shipped!',
    '    → no: canceled!',
    '      → cart! …',
  ])
})

test('what nothing leads to begins a list of its own', () => {
  const nodes = ['a', 'b', 'c'].map(id => ({ id, label: id }))
  expect(diagramLines({ ...frame, nodes, edges: [{ from: 'c', to: 'a' }] }, style)).toEqual(['b', 'c', '  → a'])
})
