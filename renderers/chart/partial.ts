import type { PartialEnds } from '#src/vocabulary/chart.ts'
import type { Grain } from '#src/vocabulary/period.ts'

/** Points of a series in the order of time: those between whole buckets, and the stretches that lead to a bucket that is not whole. */
export const atWholeEnds = <P extends { at: number }>(
  points: readonly P[],
  { from, until }: { from?: number; until?: number },
): { solid: P[]; partial: P[][] } => {
  const first = from !== undefined && points[0]?.at === from
  const last = until !== undefined && points.at(-1)?.at === until && points.length > (first ? 1 : 0)
  return {
    solid: points.slice(first ? 1 : 0, last ? -1 : undefined),
    partial: [...(first ? [points.slice(0, 2)] : []), ...(last ? [points.slice(-2)] : [])],
  }
}

/** "Dashed: the first and the last week are not whole."; empty when both are. */
export const partialNote = (how: string, grain: Grain, { partialFirst, partialLast }: PartialEnds): string => {
  if (partialFirst && partialLast) return `${how}: the first and the last ${grain} are not whole.`
  return partialFirst || partialLast ? `${how}: the ${partialFirst ? 'first' : 'last'} ${grain} is not whole.` : ''
}
