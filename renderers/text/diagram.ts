import type { DiagramChart } from '#src/vocabulary/chart.ts'
import type { Ink } from './ink.ts'
import { hang } from './measure.ts'

const mostLines = 60

/** A diagram as an indented list: below each box what it leads to. What was listed before is named and not listed again. */
export const diagramLines = ({ nodes, edges }: DiagramChart, { width, ink }: { width: number; ink: Ink }): string[] => {
  const labels = new Map(nodes.map(node => [node.id, node.label]))
  const told = new Set<string>()
  const listed = (id: string, { depth, by }: { depth: number; by?: string }): string[] => {
    const before = `${'  '.repeat(depth)}${depth > 0 ? '→ ' : ''}`
    const on = edges.filter(edge => edge.from === id && labels.has(edge.to))
    const again = told.has(id) && on.length > 0
    const line = hang(before, `${by ? `${by}: ` : ''}${labels.get(id) ?? id}${again ? ' …' : ''}`, width)
    if (told.has(id)) return line
    told.add(id)
    return [...line, ...on.flatMap(edge => listed(edge.to, { depth: Math.min(depth + 1, deepest), by: edge.label }))]
  }
  const starts = nodes.filter(({ id }) => !edges.some(edge => edge.to === id && edge.from !== id))
  const lines = [...starts, ...nodes].flatMap(({ id }) => (told.has(id) ? [] : listed(id, { depth: 0 })))
  const more = lines.length - mostLines
  return more > 0 ? [...lines.slice(0, mostLines), ink.dim(`… ${more} more`)] : lines
}

const deepest = 12
