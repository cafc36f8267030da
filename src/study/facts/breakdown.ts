import type { Cell, Table } from '#src/vocabulary/table.ts'
import { ratioOf } from '../ratio.ts'
import { sum } from '../statistics.ts'
import { type MeasureView, nameOf, numberAt, type View } from '../view.ts'
import { lower } from '../words.ts'

/** One part of a dimension in both periods. `contribution` and `share` are fractions of the whole change and of the whole measure. */
export type Segment = {
  name: string
  now: number | null
  previous: number | null
  contribution: number
  share: number
  rate?: number
  mix?: number
  /** Of ratios: the segment's part of what is divided by, now. */
  weight?: number
  /** Whether chance alone could have made it, as far as counts tell. */
  chance: boolean
}

/** A change taken apart by one dimension: `sum` where parts add up to it, `ratio` by rate and mix. */
export type Breakdown = {
  dimension: string
  label: string
  kind: 'sum' | 'ratio'
  segments: Segment[]
  weight?: string
}

type Input = {
  view: View
  measure: MeasureView
  split: { dimension: string; table: Table }
  change: { now: number; previous: number }
}

/** Takes a change apart by one dimension; undefined where the parts do not add up to it (overlapping parts, cut results). */
export const breakdownOf = ({ view, measure, split, change }: Input): Breakdown | undefined => {
  const { dimension, table } = split
  const label = view.model.dimensions[dimension]?.label ?? dimension
  if (table.truncated || table.rows.length >= 200) return undefined
  const denominator = ratioOf(view.model, measure.measure)
  const rows = table.rows.map(row => readRow(table, row, { dimension, measure: measure.name, denominator }))
  const counts = measure.format.kind === 'integer'
  const parts = summed(rows, change, counts)
  if (parts) return { dimension, label, kind: 'sum', segments: parts }
  const shares = denominator && weighted(rows, change, measure.format.kind === 'percent')
  if (!shares) return undefined
  const weight = lower(view.model.measures[denominator]?.label ?? denominator)
  return { dimension, label, kind: 'ratio', segments: shares, weight }
}

type Row = { name: string; now: number | null; previous: number | null; weightNow: number; weightPrevious: number }

const readRow = (
  { columns }: Table,
  row: Cell[],
  { dimension, measure, denominator }: { dimension: string; measure: string; denominator?: string },
): Row => {
  const at = (name: string) =>
    numberAt(
      row,
      columns.findIndex(c => c.name === name),
    )
  return {
    name: nameOf(row[columns.findIndex(c => c.name === dimension)]),
    now: at(measure),
    previous: at(`${measure}_previous`),
    weightNow: denominator ? (at(denominator) ?? 0) : 0,
    weightPrevious: denominator ? (at(`${denominator}_previous`) ?? 0) : 0,
  }
}

const near = (a: number, b: number) => Math.abs(a - b) <= Math.max(Math.abs(a), Math.abs(b)) * 0.002

const summed = (rows: readonly Row[], { now, previous }: Input['change'], counts: boolean): Segment[] | undefined => {
  const before = sum(rows.map(r => r.previous ?? 0))
  if (!near(sum(rows.map(r => r.now ?? 0)), now) || !near(before, previous)) return undefined
  return rows.map(({ name, ...r }) => ({
    name,
    now: r.now ?? 0,
    previous: r.previous ?? 0,
    contribution: ((r.now ?? 0) - (r.previous ?? 0)) / (now - previous),
    share: previous ? (r.previous ?? 0) / previous : 0,
    chance: counts && withinChance(r, now / previous),
  }))
}

/** Counts vary by about their square root; a part that moved like the whole, give or take two of that, says nothing. */
const withinChance = ({ now, previous }: Pick<Row, 'now' | 'previous'>, growth: number) => {
  const [a, b] = [now ?? 0, previous ?? 0]
  return Math.abs(a - b * growth) < 2 * Math.sqrt(a + b)
}

const weighted = (rows: readonly Row[], { now, previous }: Input['change'], rates: boolean): Segment[] | undefined => {
  const [allNow, allBefore] = [sum(rows.map(r => r.weightNow)), sum(rows.map(r => r.weightPrevious))]
  if (allNow <= 0 || allBefore <= 0) return undefined
  const rebuilt = sum(rows.map(r => ((r.now ?? 0) * r.weightNow) / allNow))
  const rebuiltBefore = sum(rows.map(r => ((r.previous ?? 0) * r.weightPrevious) / allBefore))
  if (!near(rebuilt, now) || !near(rebuiltBefore, previous)) return undefined
  const middle = (now + previous) / 2
  return rows.map(r => {
    const [w1, w0] = [r.weightNow / allNow, r.weightPrevious / allBefore]
    const [r1, r0] = [r.now ?? r.previous ?? 0, r.previous ?? r.now ?? 0]
    const rate = ((w0 + w1) / 2) * (r1 - r0)
    const mix = ((r0 + r1) / 2 - middle) * (w1 - w0)
    return {
      chance: rates && rateWithinChance(r, { change: now - previous, middle, moved: r1 - r0 }),
      name: r.name,
      now: r.now,
      previous: r.previous,
      rate,
      mix,
      share: w0,
      weight: w1,
      contribution: (rate + mix) / (now - previous),
    }
  })
}

/** The same for rates of counts: 2.5 standard errors of the difference of two shares. */
const rateWithinChance = (r: Row, { change, middle, moved }: { change: number; middle: number; moved: number }) => {
  if (r.weightNow < 1 || r.weightPrevious < 1) return true
  const error = Math.sqrt(middle * (1 - middle) * (1 / r.weightNow + 1 / r.weightPrevious))
  return Math.abs(moved - change) < 2.5 * error
}
