import type { BarChart, DonutChart, TileMapChart } from '#src/vocabulary/chart.ts'
import type { Part } from '../facts/parts.ts'
import { partsOf, shareBase } from '../facts/parts.ts'
import { scopeOf } from '../scope.ts'
import { sum } from '../statistics.ts'
import { nameOf, numberAt } from '../view.ts'
import { capital, counted, lower } from '../words.ts'
import { altOf, type Drawing, inWords, unitOf } from './frame.ts'

/** Bars that fit a picture: up to `room` all are shown; beyond that `kept`, which leaves a line for the rest. */
const single = { room: 13, kept: 10 }
const grouped = { room: 8, kept: 6 }
const mostSlices = 7

/** Bars per part, largest first unless the question orders them; beyond what fits a picture the rest is one bar, where parts add up and it would not dwarf them. */
export const barChart = (drawing: Drawing): BarChart => {
  const { view, measure, frame } = drawing
  const previous = measure.previous !== undefined
  const { shown, rest, told } = cut(drawing, ordered(drawing), previous ? grouped : single)
  const words = told ? { ...frame, subtitle: `${frame.subtitle} · ${told}` } : frame
  const categories = shown.map(p => p.name)
  const series = [{ name: seriesName(drawing), values: shown.map(p => p.value) }]
  if (previous)
    series.unshift({ name: view.query.compare?.period.label ?? 'before', values: shown.map(p => p.previous ?? 0) })
  const highlight = previous ? undefined : leader(drawing, categories)
  return {
    kind: 'bar',
    layout: previous ? 'grouped' : 'single',
    ...words,
    alt: altOf({ frame: words }, 'bar chart', inWords(shown, measure.format)),
    categories,
    series,
    format: measure.format,
    ...(highlight && { highlight }),
    ...(rest && { other: rest }),
  }
}

/** Several measures of one unit side by side. */
export const measureBars = (drawing: Drawing): BarChart => {
  const { view, frame, measure } = drawing
  const shown = ordered(drawing).slice(0, grouped.room)
  if (shown.length < view.rows.length) drawing.note(`The chart shows ${grouped.room} of ${view.rows.length} rows.`)
  const values = view.measures.map(m => ({
    name: capital(m.label),
    values: shown.map(p => numberAt(view.rows[p.row ?? -1] ?? [], m.index)),
  }))
  return {
    kind: 'bar',
    layout: 'grouped',
    ...frame,
    alt: altOf(drawing, 'grouped bar chart', inWords(shown, measure.format)),
    categories: shown.map(p => p.name),
    series: values,
    format: measure.format,
  }
}

/** For a question that asks why: the parts of the dimension that explains the change, before and now. */
export const whyBars = (drawing: Drawing): BarChart | undefined => {
  const { view, measure, frame, extras, facts } = drawing
  const driver = facts.find(f => f.kind === 'driver' && f.about)
  const dimension = Object.keys(driver?.about ?? {})[0]
  const split = extras.why?.splits.find(s => s.dimension === dimension)
  if (!driver || !split || !extras.why) return undefined
  const at = (name: string) => split.table.columns.findIndex(c => c.name === name)
  const all = split.table.rows
    .map(r => ({
      name: nameOf(r[at(split.dimension)]),
      value: numberAt(r, at(measure.name)),
      before: numberAt(r, at(`${measure.name}_previous`)),
    }))
    .sort((a, b) => Math.abs((b.value ?? 0) - (b.before ?? 0)) - Math.abs((a.value ?? 0) - (a.before ?? 0)))
  const parts = all.slice(0, grouped.room)
  const told =
    all.length > parts.length
      ? `${parts.length} of ${counted(all.length, lower(driver.words?.dimension ?? 'part'))}`
      : ''
  const before = { name: extras.why.versus.label, values: parts.map(p => p.before) }
  const now = { name: view.query.period?.label ?? 'now', values: parts.map(p => p.value) }
  const by = `${capital(measure.label)} by ${lower(driver.words?.dimension ?? '')}${scopeOf(view)}`
  const subtitle = [by, `${now.name} vs ${before.name}`, unitOf([measure]), told].filter(Boolean).join(' · ')
  const alt = altOf({ frame: { ...frame, subtitle } }, 'grouped bar chart', inWords(parts, measure.format))
  const series = extras.why.after ? [now, before] : [before, now]
  return {
    kind: 'bar',
    layout: 'grouped',
    ...frame,
    subtitle,
    alt,
    categories: parts.map(p => p.name),
    series,
    format: measure.format,
  }
}

/** A whole and its parts; undefined when the parts are no shares of a whole. */
export const donutChart = (drawing: Drawing): DonutChart | undefined => {
  const { measure, frame } = drawing
  const whole = measure.calc?.kind === 'share' ? shareWhole(drawing) : shareBase(drawing, measure)
  const parts = [...partsOf(drawing, measure)].sort((a, b) => b.value - a.value)
  if (!whole || parts.length < 2 || parts.some(p => p.value < 0)) return undefined
  const room = parts.length > mostSlices ? mostSlices - 1 : parts.length
  const shown = parts.slice(0, room)
  const rest = whole - sum(shown.map(p => p.value))
  const slices = [...shown, ...(rest > whole * 0.0005 ? [{ name: 'Other', value: rest }] : [])].map(
    ({ name, value }) => ({ name, value }),
  )
  return {
    kind: 'donut',
    ...frame,
    alt: altOf(drawing, 'donut chart', inWords(slices, measure.format)),
    slices,
    format: measure.format,
  }
}

/** Shares are parts of 1, unless parts overlap (orders by category) and their shares make more. */
const shareWhole = (drawing: Drawing): number | undefined =>
  sum(partsOf(drawing, drawing.measure).map(p => p.value)) > 1.001 ? undefined : 1

/** US states as tiles; undefined for other dimensions or too few states to be a map. */
export const tileMap = (drawing: Drawing): TileMapChart | undefined => {
  const { view, measure, frame } = drawing
  const [split] = view.dimensions
  if (split?.geo !== 'us-state' || view.dimensions.length !== 1 || view.time) return undefined
  const parts = partsOf(drawing, measure)
  if (parts.length < 15) return undefined
  const values = parts.map(p => ({ state: p.name, value: p.value }))
  const highest = [...parts].sort((a, b) => b.value - a.value)
  return {
    kind: 'tilemap',
    ...frame,
    alt: altOf(drawing, 'map', inWords(highest, measure.format)),
    values,
    format: measure.format,
  }
}

const seriesName = ({ view, measure }: Drawing) =>
  measure.previous === undefined ? capital(measure.label) : (view.query.period?.label ?? 'now')

const ordered = ({ view, extras, measure }: Drawing): Part[] => {
  const own = partsOf({ view, extras }, measure)
  const more = extras.runnersUp && own.length ? partsOf({ view, extras }, measure, extras.runnersUp.rows) : []
  const parts = [...own, ...more.filter(p => !own.some(o => o.name === p.name))]
  const kept = view.query.order.length > 0 || view.dimensions[0]?.ordered || view.query.limit !== undefined
  return kept ? parts : [...parts].sort((a, b) => b.value - a.value)
}

const cut = (
  drawing: Drawing,
  parts: Part[],
  { room, kept }: { room: number; kept: number },
): { shown: Part[]; rest?: string; told?: string } => {
  const { view, measure } = drawing
  const ordered = view.dimensions[0]?.ordered && parts.length <= 60
  if (parts.length <= room || ordered) return { shown: parts }
  const noun = lower(view.dimensions[0]?.label ?? 'part')
  const top = parts.slice(0, kept)
  const left = parts.slice(kept)
  const dwarfs = sum(left.map(p => p.value)) > (parts[0]?.value ?? 0)
  const ranking = view.query.order[0]?.direction === 'asc' || view.query.limit !== undefined
  if (!measure.additive || ranking || dwarfs) {
    const told = `${room} of ${counted(parts.length, noun)}`
    drawing.note(`The chart shows ${told}.`)
    return { shown: parts.slice(0, room), told }
  }
  const other = {
    name: 'Other',
    about: {},
    value: sum(left.map(p => p.value)),
    previous: measure.previous === undefined ? null : sum(left.map(p => p.previous ?? 0)),
  }
  return { shown: [...top, other], rest: counted(left.length, noun) }
}

/** The part that the headline is about. */
const leader = ({ facts, headline }: Drawing, categories: readonly string[]): string | undefined =>
  facts
    .filter(f => headline.cites.includes(f.id) && f.about)
    .map(partName)
    .find(n => categories.includes(n))

const partName = ({ about = {} }: Drawing['facts'][number]) => Object.values(about).join(', ')
