import type { DiagramChart } from '#src/vocabulary/chart.ts'

type Edge = DiagramChart['edges'][number]

/** Boxes in ranks, and each arrow as the places that it passes: a rank and a place within it, both from 0. */
export type Layered = { ranks: string[][]; paths: { edge: Edge; through: string[] }[] }

/**
 * Puts boxes into ranks so that arrows lead from one rank to a later one, with few crossings: circles are cut where they close, arrows over several
 * ranks pass through places of their own, and each rank is ordered by where its neighbours stand
 * (https://en.wikipedia.org/wiki/Layered_graph_drawing). Arrows from and to what is not there are left out.
 */
export const layered = ({ nodes, edges }: Pick<DiagramChart, 'nodes' | 'edges'>): Layered => {
  const ids = [...new Set(nodes.map(n => n.id))]
  const real = edges.filter(e => e.from !== e.to && ids.includes(e.from) && ids.includes(e.to))
  const forward = withoutCircles(ids, real)
  const rank = ranksOf(ids, forward)
  const paths = forward.map(({ edge, from, to, turned }, i) => {
    const between = Array.from({ length: rankOf(rank, to) - rankOf(rank, from) - 1 }, (_, k) => `${i}\u0000${k}`)
    between.forEach((place, k) => {
      rank.set(place, rankOf(rank, from) + k + 1)
    })
    const through = [from, ...between, to]
    return { edge, forward: through, through: turned ? through.toReversed() : through }
  })
  const ranks: string[][] = []
  for (const [id, r] of rank) ranks[r] = [...(ranks[r] ?? []), id]
  return {
    ranks: ordered(
      ranks,
      paths.map(p => p.forward),
    ),
    paths: paths.map(({ edge, through }) => ({ edge, through })),
  }
}

type Forward = { edge: Edge; from: string; to: string; turned: boolean }

const rankOf = (rank: ReadonlyMap<string, number>, id: string) => rank.get(id) ?? 0

const withoutCircles = (ids: readonly string[], edges: readonly Edge[]): Forward[] => {
  const state = new Map<string, 'open' | 'done'>()
  const back = new Set<Edge>()
  const visit = (id: string): void => {
    state.set(id, 'open')
    for (const edge of edges.filter(e => e.from === id)) {
      if (state.get(edge.to) === 'open') back.add(edge)
      else if (!state.has(edge.to)) visit(edge.to)
    }
    state.set(id, 'done')
  }
  const isStart = (id: string) => !edges.some(e => e.to === id)
  for (const id of [...ids.filter(isStart), ...ids]) if (!state.has(id)) visit(id)
  return edges.map(edge =>
    back.has(edge)
      ? { edge, from: edge.to, to: edge.from, turned: true }
      : { edge, from: edge.from, to: edge.to, turned: false },
  )
}

/** Each box one rank after the last that leads to it. */
const ranksOf = (ids: readonly string[], edges: readonly Forward[]): Map<string, number> => {
  const rank = new Map(ids.map(id => [id, 0]))
  for (let round = 0; round < ids.length; round += 1) {
    let moved = false
    for (const { from, to } of edges) {
      const least = rankOf(rank, from) + 1
      if (rankOf(rank, to) >= least) continue
      rank.set(to, least)
      moved = true
    }
    if (!moved) break
  }
  return rank
}

const sweeps = 6

const ordered = (start: string[][], paths: readonly string[][]): string[][] => {
  const near = new Map<string, string[]>()
  const join = (a: string, b: string) => near.set(a, [...(near.get(a) ?? []), b])
  for (const path of paths) {
    path.slice(1).forEach((to, i) => {
      const from = path[i] ?? to
      join(from, to)
      join(to, from)
    })
  }
  let ranks = start.map(rank => rank ?? [])
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const down = sweep % 2 === 0
    for (let i = down ? 1 : ranks.length - 2; down ? i < ranks.length : i >= 0; i += down ? 1 : -1)
      ranks = ranks.with(i, byNeighbours(ranks[i] ?? [], ranks[down ? i - 1 : i + 1] ?? [], near))
  }
  return ranks
}

const byNeighbours = (rank: readonly string[], fixed: readonly string[], near: ReadonlyMap<string, string[]>) => {
  const middle = (id: string, place: number) => {
    const places = (near.get(id) ?? []).map(other => fixed.indexOf(other)).filter(at => at >= 0)
    const spread = rank.length > 1 ? (place * Math.max(1, fixed.length - 1)) / (rank.length - 1) : place
    return places.length > 0 ? places.reduce((a, b) => a + b, 0) / places.length : spread
  }
  return rank
    .map((id, place) => ({ id, place, at: middle(id, place) }))
    .toSorted((a, b) => a.at - b.at || a.place - b.place)
    .map(({ id }) => id)
}
