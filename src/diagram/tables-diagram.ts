import { knownColumns } from '#src/access/mentioned.ts'
import type { Model } from '#src/semantic/model.ts'
import type { DiagramChart } from '#src/vocabulary/chart.ts'
import { arrowsInWords, diagramChart } from './diagram-chart.ts'
import { type Drawn, limits } from './mermaid.ts'

/** The tables of a domain and what belongs to what: each arrow leads from many rows to the one that they have in common. */
export const tablesDiagram = (
  model: Model,
): { chart: DiagramChart; items: { term: string; text: string }[]; more: number } => {
  const joined = (name: string) => model.joins.filter(({ from, to }) => from === name || to === name).length
  const tables = Object.values(model.tables).toSorted((a, b) => joined(b.name) - joined(a.name))
  const shown = new Set(tables.slice(0, limits.nodes).map(t => t.name))
  const drawn: Drawn = {
    nodes: Object.values(model.tables)
      .filter(t => shown.has(t.name))
      .map(({ name }) => ({ id: name, label: name, detail: columnsOf(model, name) })),
    edges: model.joins
      .filter(({ from, to }) => shown.has(from) && shown.has(to))
      .map(({ name, from, to }) => ({ from, to, ...(name !== to && { label: name }) }))
      .slice(0, limits.edges),
  }
  const chart = diagramChart(drawn, {
    title: `Tables of ${model.label}`,
    subtitle: 'Each arrow leads from many to one',
  })
  return { chart, items: arrowsInWords(drawn), more: tables.length - shown.size }
}

const columnsOf = (model: Model, table: string): string => {
  const count = knownColumns(model, table).length
  return `${count} ${count === 1 ? 'column' : 'columns'}`
}
