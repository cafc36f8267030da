import type { DiagramChart } from '#src/vocabulary/chart.ts'
import type { Drawn } from './mermaid.ts'

/** A chart of boxes and arrows, with what it shows in words. */
export const diagramChart = (
  drawn: Drawn,
  { title, subtitle = '' }: { title: string; subtitle?: string },
): DiagramChart => ({
  ...{ kind: 'diagram', title, subtitle, ...drawn },
  alt: `Diagram: ${title}. ${arrowsInWords(drawn)
    .slice(0, most)
    .map(({ term, text }) => `${term}: ${text}`)
    .join('. ')}.`,
})

const most = 12

/** What each box leads to, for who does not see the picture. A box that leads nowhere is said where it is led to. */
export const arrowsInWords = ({ nodes, edges }: Drawn): { term: string; text: string }[] => {
  const labels = new Map(nodes.map(node => [node.id, node.label]))
  return nodes.flatMap(({ id, label }) => {
    const on = edges
      .filter(edge => edge.from === id)
      .map(edge => `${labels.get(edge.to)}${edge.label ? ` (${edge.label})` : ''}`)
    if (on.length > 0) return [{ term: label, text: `→ ${on.join(', ')}` }]
    return edges.some(edge => edge.to === id) ? [] : [{ term: label, text: '' }]
  })
}
