import type { DiagramChart } from '#src/vocabulary/chart.ts'
import { type Box, frame, nothing } from './frame.ts'
import { type Layered, layered } from './layers.ts'
import type { Label, Row, Sketch } from './spec.ts'
import { named, shorten, widest, wrap } from './text.ts'
import type { Look } from './theme.ts'

const [mostNodes, mostEdges] = [40, 80]

/** Boxes in ranks with arrows between them; ranks go down, or to the right where that leaves more room for the texts. */
export const diagram = (chart: DiagramChart, look: Look): Sketch => {
  if (chart.nodes.length === 0) return nothing(chart, look, 'Nothing to draw')
  const shown = { ...chart, nodes: chart.nodes.slice(0, mostNodes), edges: chart.edges.slice(0, mostEdges) }
  const more = chart.nodes.length - shown.nodes.length
  const { box, layers, labels } = frame(chart, look, { note: more > 0 ? `${more} more boxes are not shown.` : '' })
  const places = layered(shown)
  const plan = [planOf(places, shown, box, 'down'), planOf(places, shown, box, 'right')].toSorted(
    (a, b) => b.fit - a.fit,
  )[0]
  if (!plan) return { layers, labels }
  const boxes = shown.nodes.flatMap(node => {
    const at = plan.at.get(node.id)
    return at ? [{ ...node, ...at }] : []
  })
  const arrows = places.paths.map(({ edge, through }) => ({ edge, points: route(through, plan) }))
  const rects = boxes.map(({ x, y, label }) => ({ x: x - plan.width / 2, y: y - plan.height / 2, name: label }))
  const tags = plan.type.size >= smallestTag ? arrows.flatMap(arrow => tagOf(arrow, plan, look)) : []
  return {
    layers: [
      ...layers,
      {
        type: 'rule',
        name: 'arrows',
        rows: arrows.flatMap(({ points }) => [...segments(points), ...head(points)]),
        style: { stroke: look.axis, strokeWidth: 1.3, strokeCap: 'round' },
      },
      {
        type: 'rect',
        name: 'boxes',
        rows: rects,
        style: {
          ...{ width: plan.width, height: plan.height, cornerRadius: 5, strokeWidth: 1.2 },
          ...{ fill: look.grid, stroke: look.primary },
        },
      },
      { type: 'rect', name: 'tags', rows: tags.map(t => t.back), style: { fill: look.background } },
    ],
    labels: [...labels, ...boxes.flatMap(node => boxLabels(node, plan, look)), ...tags.map(t => t.label)],
  }
}

type Point = { x: number; y: number }
type Plan = {
  way: 'down' | 'right'
  at: Map<string, Point>
  width: number
  height: number
  type: { size: number; weight: number }
  /** How much of the texts can be read; more is better. */
  fit: number
}

const sizes = [15, 14, 13, 12, 11.5, 10, 9, 8, 7] as const
const smallestTag = 11.5
const detailSize = 11.5
const [widestBox, highestBox] = [230, 44]
/** What a place that an arrow only passes through takes of the room of a box. */
const thin = 0.3

const planOf = ({ ranks }: Layered, { nodes }: DiagramChart, box: Box, way: Plan['way']): Plan => {
  const [wide, high] = [box.right - box.left, box.bottom - box.top]
  const boxes = new Set(nodes.map(node => node.id))
  const room = (id: string) => (boxes.has(id) ? 1 : thin)
  const roomOf = (rank: readonly string[]) => rank.reduce((all, id) => all + room(id), 0)
  const most = Math.max(1, ...ranks.map(roomOf))
  const [cell, gap] =
    way === 'down'
      ? [
          { width: wide / most, height: high / ranks.length },
          { x: 0.1, y: 0.45 },
        ]
      : [
          { width: wide / ranks.length, height: high / most },
          { x: 0.3, y: 0.12 },
        ]
  const width = Math.min(cell.width - Math.min(gap.x * cell.width, way === 'down' ? 14 : 60), widestBox)
  const height = Math.min(cell.height - Math.min(gap.y * cell.height, way === 'down' ? 30 : 12), highestBox)
  const fitting = sizes
    .map(s => ({ size: s, weight: 500 }))
    .find(type => nodes.every(n => fits(n, type, { width, height })))
  const type = fitting ?? { size: height < 12 ? 7 : 10, weight: 500 }
  const cut = nodes.filter(node => !fits(node, type, { width, height })).length
  const at = new Map<string, Point>()
  ranks.forEach((rank, r) => {
    let passed = (most - roomOf(rank)) / 2
    for (const id of rank) {
      const across = (passed + room(id) / 2) / most
      passed += room(id)
      const along = (r + 0.5) / ranks.length
      const [x, y] = way === 'down' ? [across, along] : [along, across]
      at.set(id, { x: box.left + x * wide, y: box.top + y * high })
    }
  })
  const needed = widest(
    nodes.flatMap(node =>
      wrap(named(node.label), { width: width - 10, lines: linesIn(node, type, { width, height }), type }),
    ),
    type,
  )
  return {
    way,
    at,
    width: Math.min(width, Math.max(needed + 22, 70)),
    height,
    type,
    fit: type.size - (8 * cut) / Math.max(1, nodes.length),
  }
}

type Room = { width: number; height: number }
type Node = DiagramChart['nodes'][number]

const hasDetail = ({ detail }: Node, type: Plan['type'], { height }: Room) =>
  Boolean(detail) && height >= type.size + detailSize + 8

const linesIn = (node: Node, type: Plan['type'], room: Room) =>
  room.height >= 2 * type.size + 9 && !hasDetail(node, type, room) ? 2 : 1

const fits = (node: Node, type: Plan['type'], room: Room): boolean => {
  const text = named(node.label)
  const lines = wrap(text, { width: room.width - 10, lines: linesIn(node, type, room), type })
  const isWhole = lines.join(' ') === text && widest(lines, type) <= room.width - 10
  return type.size + 1 <= room.height && isWhole
}

const boxLabels = ({ x, y, ...node }: Node & Point, plan: Plan, look: Look): Label[] => {
  const { type, width } = plan
  const small = { size: detailSize, weight: 400 }
  const below = hasDetail(node, type, plan) ? [shorten(node.detail ?? '', width - 10, small)] : []
  const lines = wrap(named(node.label), { width: width - 10, lines: linesIn(node, type, plan), type })
  const all = [
    ...lines.map(text => ({ text, ...type, fill: look.text, role: 'name' })),
    ...below.map(text => ({ text, ...small, fill: look.soft, role: 'detail' })),
  ]
  const step = type.size + 3
  return all.map((line, i) => ({ ...line, x, y: y + (i - (all.length - 1) / 2) * step, align: 'center' as const }))
}

/** From the edge of a box, through the places between, to the edge of the other. */
const route = (through: readonly string[], plan: Plan): Point[] => {
  const points = through.flatMap(id => plan.at.get(id) ?? [])
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return []
  const sign = plan.way === 'down' ? Math.sign(last.y - first.y) : Math.sign(last.x - first.x)
  const out = (p: Point, way: number): Point =>
    plan.way === 'down'
      ? { x: p.x, y: p.y + (way * sign * plan.height) / 2 }
      : { x: p.x + (way * sign * plan.width) / 2, y: p.y }
  // Past a rank it goes straight, so that it does not cut the corners of the boxes beside it.
  const past = points.slice(1, -1).flatMap(p => [out(p, -1), out(p, 1)])
  return [out(first, 1), ...past, out(last, -1)]
}

const segments = (points: readonly Point[]): Row[] =>
  points.slice(1).map((to, i) => {
    const from = points[i] ?? to
    return { x: from.x, y: from.y, x2: to.x, y2: to.y }
  })

/** The two strokes of the head, each turned by 27° from the line. */
const head = (points: readonly Point[]): Row[] => {
  const [from, to] = points.slice(-2)
  if (!from || !to) return []
  const angle = Math.atan2(to.y - from.y, to.x - from.x)
  return [0.47, -0.47].map(turn => ({
    ...{ x: to.x, y: to.y },
    ...{ x2: to.x - 7 * Math.cos(angle + turn), y2: to.y - 7 * Math.sin(angle + turn) },
  }))
}

type Arrow = { edge: DiagramChart['edges'][number]; points: Point[] }

/** What is written on an arrow, in the middle of it, where there is room. */
const tagOf = ({ edge, points }: Arrow, plan: Plan, look: Look): { label: Label; back: Row }[] => {
  const middle = (points.length - 1) / 2
  const [a, b] = [points[Math.floor(middle)], points[Math.ceil(middle)]]
  if (!edge.label || !a || !b) return []
  const [from, to] = a === b ? [a, a] : [a, b]
  const type = { size: smallestTag, weight: 400 }
  const room = plan.way === 'down' ? Math.max(plan.width, 110) : Math.max(28, Math.abs(to.x - from.x) - 14)
  const text = shorten(edge.label, Math.min(150, room), type)
  const wide = widest([text], type) + 6
  // Beside an arrow that goes straight down, over any other.
  const aside = plan.way === 'down' && Math.abs(to.x - from.x) < 12 ? wide / 2 + 2 : 0
  const [x, y] = [(from.x + to.x) / 2 + aside, (from.y + to.y) / 2]
  return [
    {
      label: { x, y, text, ...type, fill: look.soft, align: 'center', role: 'tag' },
      back: { x: x - wide / 2, y: y - 7, width: wide, height: 14 },
    },
  ]
}
