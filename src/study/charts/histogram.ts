import type { HistogramChart } from '#src/vocabulary/chart.ts'
import { formatShort } from '#src/vocabulary/format.ts'
import { scopeOf } from '../scope.ts'
import { sum } from '../statistics.ts'
import type { Things } from '../things.ts'
import { numberAt } from '../view.ts'
import { capital, counted, lower, plural } from '../words.ts'
import { altOf, type Drawing } from './frame.ts'

/**
 * How values are spread, in about ten even bins: those of the dimension, each as often as it is counted, when a count is split by a number;
 * else those of the measure over the rows.
 */
export const histogram = (drawing: Drawing): HistogramChart | undefined => {
  const { values: all, axis, frame: whole } = spreadOf(drawing)
  const values = withoutFar(all)
  const total = sum(values.map(v => v.times))
  const [low, high] = [
    values.reduce((a, b) => Math.min(a, b.value), Infinity),
    values.reduce((a, b) => Math.max(a, b.value), -Infinity),
  ]
  if (total < 5 || !(high > low)) return undefined
  const least = values.every(v => Number.isInteger(v.value)) ? 1 : 0
  const rough = (high - low) / Math.min(20, Math.max(5, Math.ceil(Math.log2(total)) + 1))
  const width = Math.max(least, niceWidth(rough))
  const start = Math.floor(low / width + 1e-9)
  const count = Math.floor(high / width + 1e-9) - start + 1
  const bins = Array.from({ length: count }, (_, i) => ({
    from: round((start + i) * width),
    to: round((start + i + 1) * width),
    count: 0,
  }))
  for (const { value, times } of values) {
    const bin = bins[Math.min(count - 1, Math.max(0, Math.floor(value / width + 1e-9) - start))]
    if (bin) bin.count += times
  }
  const left = sum(all.map(v => v.times)) - total
  const beyond = `above ${formatShort(bins.at(-1)?.to ?? high, axis.format)}`
  if (left > 0) drawing.note(`The chart leaves out ${counted(left, 'row')} ${beyond}.`)
  const frame = left > 0 ? { ...whole, subtitle: `${whole.subtitle} · without ${left} ${beyond}` } : whole
  const fullest = [...bins].sort((a, b) => b.count - a.count)[0]
  const alt = altOf(
    { frame },
    'histogram',
    `${counted(total, 'row')} in ${counted(bins.length, 'bin')}; the fullest has ${fullest?.count ?? 0}`,
  )
  return { kind: 'histogram', ...frame, alt, x: axis, bins }
}

/** Without the hundredth at the top when it lies further off than the rest is wide, twice over. */
const withoutFar = (values: Spread['values']): Spread['values'] => {
  const sorted = [...values].sort((a, b) => a.value - b.value)
  const all = sum(sorted.map(v => v.times))
  let seen = 0
  const edge = sorted.find(v => {
    seen += v.times
    return seen >= all * 0.99
  })
  const [low, high] = [sorted[0]?.value ?? 0, sorted.at(-1)?.value ?? 0]
  if (!edge || high - edge.value <= 2 * (edge.value - low)) return values
  const limit = edge.value + 0.5 * (edge.value - low)
  return values.filter(v => v.value <= limit)
}

type Spread = { values: { value: number; times: number }[]; axis: HistogramChart['x']; frame: Drawing['frame'] }

const spreadOf = (drawing: Drawing): Spread => {
  const { view, measure, frame, extras } = drawing
  if (extras.things) return thingsSpread(drawing, extras.things)
  const [split] = view.dimensions
  const type = view.table.columns[split?.index ?? -1]?.type
  const counts = measure.format.kind === 'integer' && !measure.calc
  if (split && view.dimensions.length === 1 && counts && (type === 'number' || type === 'integer')) {
    const values = view.rows.flatMap(r => {
      const value = numberAt(r, split.index)
      return value === null ? [] : [{ value, times: numberAt(r, measure.index) ?? 0 }]
    })
    const format = view.model.dimensions[split.name]?.format ?? { kind: 'number' as const }
    return { values, axis: { label: capital(split.label), format }, frame }
  }
  const values = view.rows.flatMap(r => numberAt(r, measure.index) ?? []).map(value => ({ value, times: 1 }))
  return { values, axis: { label: capital(measure.label), format: measure.format }, frame }
}

const thingsSpread = (drawing: Drawing, { values, label, format, noun, truncated }: Things): Spread => {
  const { view, frame } = drawing
  if (truncated) drawing.note(`The chart shows the first ${counted(values.length, noun)}.`)
  const what = `${capital(plural(noun))} by ${lower(label)}${scopeOf(view)}`
  const subtitle = [what, view.query.period?.label ?? 'all data'].join(' · ')
  const axis = { label: capital(label), format }
  return { values: values.map(value => ({ value, times: 1 })), axis, frame: { ...frame, subtitle } }
}

const niceWidth = (raw: number): number => {
  const power = 10 ** Math.floor(Math.log10(raw))
  return ([1, 2, 2.5, 5, 10].find(step => step * power >= raw * 0.999) ?? 10) * power
}

const round = (x: number) => Number(x.toPrecision(12))
