import type { Fact } from '#src/vocabulary/fact.ts'
import type { Extras } from '../gather.ts'
import { seriesOf } from '../series.ts'
import { sum } from '../statistics.ts'
import { type MeasureView, nameOf, numberAt, type View } from '../view.ts'

/** What every finder reads: the result, and what further queries found about it. */
export type Material = { view: View; extras: Extras }

/** One part of a split: a row, or a whole series. `row` is its place in the result, when it is one row. */
export type Part = { name: string; about: Record<string, string>; value: number; previous: number | null; row?: number }

/**
 * The parts of a result by its dimensions, as they stand in the rows. Rows without a number are left out. A result over time gives one part
 * per series, the sum of it, when the measure adds up.
 */
export const partsOf = ({ view }: Material, measure: MeasureView, rows = view.rows): Part[] => {
  if (view.time && !view.dimensions.length) return []
  if (view.time) return measure.additive ? seriesParts(view, measure) : []
  return rows.flatMap((row, i) => {
    const value = numberAt(row, measure.index)
    if (value === null) return []
    const about = Object.fromEntries(view.dimensions.map(d => [d.name, nameOf(row[d.index], d)]))
    const previous = measure.previous === undefined ? null : numberAt(row, measure.previous)
    const place = rows === view.rows ? { row: i } : {}
    return [{ name: Object.values(about).join(', '), about, value, previous, ...place }]
  })
}

/**
 * The whole that the parts are shares of: asked for, or summed when the parts add up and all are there. Undefined when neither holds, or
 * when parts overlap (orders by category) or some are negative.
 */
export const shareBase = (material: Material, measure: MeasureView): number | undefined => {
  const parts = partsOf(material, measure)
  const whole = wholeOf(material, measure)
  if (whole === undefined || whole <= 0 || parts.some(p => p.value < 0)) return undefined
  const summed = sum(parts.map(p => p.value))
  if (summed > whole * 1.001) return undefined
  return measure.additive || summed >= whole * 0.999 ? whole : undefined
}

/** The measure over everything: from a further query, else the sum of the rows when that is right. */
export const wholeOf = ({ view, extras }: Material, measure: MeasureView): number | undefined => {
  const asked = extras.whole?.now[measure.name]
  if (typeof asked === 'number') return asked
  const { limit, having } = view.query
  if (!measure.additive || limit !== undefined || having.length || view.table.truncated) return undefined
  const values = view.rows.flatMap(r => numberAt(r, measure.index) ?? [])
  return values.length ? sum(values) : undefined
}

/** Whether a rise (positive) or fall is good news for a measure. */
export const toneOf = (direction: number, good: MeasureView['good']): NonNullable<Fact['tone']> => {
  if (!good || !direction) return 'neutral'
  return direction > 0 === (good === 'up') ? 'good' : 'bad'
}

/** A stable id: `top:revenue:Texas`. */
export const idOf = (kind: string, measure: string, ...rest: string[]): string => [kind, measure, ...rest].join(':')

/** Keeps 0 … 1. */
export const between01 = (x: number): number => Math.round(Math.min(1, Math.max(0, x)) * 100) / 100

/** The relative move, when it can be told: not from nothing, and not from or to a negative value. */
export const ratioFrom = (previous: number | null, now: number | null): number | null =>
  previous !== null && now !== null && previous > 0 && now >= 0 ? now / previous - 1 : null

const seriesParts = (view: View, measure: MeasureView): Part[] =>
  seriesOf(view, measure).flatMap(({ name = '', about, buckets }) => {
    const values = buckets.flatMap(b => b.value ?? [])
    return values.length ? [{ name, about, value: sum(values), previous: null }] : []
  })
