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

/**
 * A change taken apart by one dimension: `sum` where the parts add up to it; `overlap` where a thing counts in several parts (orders by
 * category) and contributions are of their sum; `ratio` by rate and mix.
 */
export type Breakdown = {
  dimension: string
  label: string
  kind: 'sum' | 'overlap' | 'ratio'
  segments: Segment[]
  /** Of ratios: what is divided by, in words. */
  weight?: string
}

type Input = {
  view: View
  measure: MeasureView
  split: { dimension: string; table: Table }
  change: { now: number; previous: number }
}

/** Takes a change apart by one dimension; undefined where the parts say nothing about it (cut results, averages without weights). */
export const breakdownOf = ({ view, measure, split, change }: Input): Breakdown | undefined => {
  const { dimension, table } = split
  const label = view.model.dimensions[dimension]?.label ?? dimension
  if (table.truncated || table.rows.length >= 200) return undefined
  const denominator = ratioOf(view.model, measure.measure)
  const rows = table.rows.map(row => readRow(table, row, { dimension, measure: measure.name, denominator }))
  const counts = measure.format.kind === 'integer'
  const whole = { now: sum(rows.map(r => r.now ?? 0)), previous: sum(rows.map(r => r.previous ?? 0)) }
  if (isNear(whole, change, 0.002)) return { dimension, label, kind: 'sum', segments: summed(rows, change, counts) }
  if (counts && overlaps(whole, change))
    return { dimension, label, kind: 'overlap', segments: summed(rows, whole, counts) }
  const segments = denominator && weighted(rows, change, measure.format.kind === 'percent')
  if (!segments) return undefined
  return {
    dimension,
    label,
    kind: 'ratio',
    segments,
    weight: lower(view.model.measures[denominator]?.label ?? denominator),
  }
}

type Change = Input['change']

const isNear = (a: Change, b: Change, tolerance: number) => {
  const near = (x: number, y: number) => Math.abs(x - y) <= Math.max(Math.abs(x), Math.abs(y)) * tolerance
  return near(a.now, b.now) && near(a.previous, b.previous)
}

const sameWay = (a: Change, b: Change) => (a.now - a.previous) * (b.now - b.previous) > 0

const overlaps = (whole: Change, change: Change) =>
  whole.now >= change.now && whole.previous >= change.previous && sameWay(whole, change)

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

const summed = (rows: readonly Row[], { now, previous }: Change, counts: boolean): Segment[] =>
  rows.map(({ name, ...r }) => ({
    name,
    now: r.now ?? 0,
    previous: r.previous ?? 0,
    contribution: ((r.now ?? 0) - (r.previous ?? 0)) / (now - previous),
    share: previous ? (r.previous ?? 0) / previous : 0,
    chance: counts && withinChance(r, now / previous),
  }))

/** Counts vary by about their square root; a part that moved like the whole, give or take 2.5 standard errors of the difference, says nothing. */
const withinChance = ({ now, previous }: Pick<Row, 'now' | 'previous'>, growth: number) => {
  const [a, b] = [now ?? 0, previous ?? 0]
  return Math.abs(a - b * growth) < 2.5 * Math.sqrt(a + b * growth ** 2)
}

/** Parts of a ratio may overlap a little; then the ratio that they make together is taken apart. */
const weighted = (rows: readonly Row[], asked: Change, rates: boolean): Segment[] | undefined => {
  const [allNow, allBefore] = [sum(rows.map(r => r.weightNow)), sum(rows.map(r => r.weightPrevious))]
  if (allNow <= 0 || allBefore <= 0) return undefined
  const now = sum(rows.map(r => ((r.now ?? 0) * r.weightNow) / allNow))
  const previous = sum(rows.map(r => ((r.previous ?? 0) * r.weightPrevious) / allBefore))
  if (!isNear({ now, previous }, asked, 0.2) || !sameWay({ now, previous }, asked)) return undefined
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
