import type { Sentence } from '#src/vocabulary/fact.ts'
import { type Format, formatShort } from '#src/vocabulary/format.ts'
import { scopeOf } from '../scope.ts'
import type { Telling } from '../story/telling.ts'
import type { MeasureView, View } from '../view.ts'
import { capital, list, lower } from '../words.ts'

/** Title and subtitle of every chart: the finding; then measure, splits, filters, period and unit. */
export type Frame = { title: string; subtitle: string }

/** What a chart is made from, and where it may say what it could not show. */
export type Drawing = Telling & { measure: MeasureView; headline: Sentence; frame: Frame; note: (text: string) => void }

/** "Revenue by state for Electronics · Nov 2023 · USD" */
export const subtitleOf = (view: View): string => {
  const { measures, dimensions, time, query } = view
  const splits = [time?.grain, ...dimensions.map(d => lower(d.label))].flatMap(s => s ?? [])
  const labels = measures.slice(0, 3).map((m, i) => (i ? lower(m.label) : capital(m.label)))
  const by = splits.length ? ` by ${list(splits)}` : ''
  const versus = query.compare
    ? `${query.period?.label ?? 'all data'} vs ${query.compare.period.label}`
    : query.period?.label
  return [`${list(labels)}${by}${scopeOf(view)}`, versus ?? 'all data', unitOf(measures)].filter(Boolean).join(' · ')
}

/** The unit of a measure, when the numbers do not carry it by themselves. */
export const unitOf = (measures: readonly MeasureView[]): string => {
  const format = measures[0]?.format
  if (measures.some(m => m.format.kind !== format?.kind || m.format.unit !== format.unit)) return ''
  if (format?.kind === 'currency') return format.currency ?? 'USD'
  return format?.kind === 'percent' ? '%' : (format?.unit ?? '')
}

/** "Texas $1.2M, California $900k, Florida $700k": the first few values of a picture in words. */
export const inWords = (items: readonly { name: string; value: number | null }[], format: Format, most = 5): string => {
  const told = items.slice(0, most).map(i => `${i.name} ${formatShort(i.value, format)}`)
  const more = items.length - told.length
  return `${told.join(', ')}${more > 0 ? `, and ${more} more` : ''}`
}

/** "Bar chart of revenue by state (Nov 2023). …" */
export const altOf = ({ frame }: Pick<Drawing, 'frame'>, kind: string, values: string): string =>
  `${capital(kind)}: ${frame.subtitle}. ${frame.title}. ${values}${values.endsWith('.') ? '' : '.'}`
