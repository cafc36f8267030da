import { addUnits, daysBetween, weekdayOf } from '#src/semantic/calendar.ts'
import type { Fact } from '#src/vocabulary/fact.ts'
import { earliest, latest } from '../calendar.ts'
import type { MeasureView, View } from '../view.ts'
import { idOf, type Material, partsOf } from './parts.ts'

/** What a weekday and a day of the weekend bring on average, over the days that the result covers; for measures that add up. */
export const findPerDay = (material: Material): Fact[] => {
  const { view } = material
  const [split] = view.dimensions
  const fits = split?.name === 'day_type' && view.dimensions.length === 1 && !view.time
  const days = fits ? countDays(view) : undefined
  if (!days?.weekday || !days.weekend) return []
  return view.measures.filter(m => m.additive).flatMap(m => perDay(material, m, days))
}

type Days = { weekday: number; weekend: number }

const perDay = (material: Material, measure: MeasureView, days: Days): Fact[] => {
  const parts = partsOf(material, measure)
  const of = (name: keyof Days) => parts.find(p => p.name.toLowerCase() === name)?.value
  const [weekday, weekend] = [of('weekday'), of('weekend')]
  if (weekday === undefined || weekend === undefined) return []
  const each = {
    weekday: weekday / days.weekday,
    weekend: weekend / days.weekend,
    weekdays: weekday,
    weekends: weekend,
  }
  const { name, format: shown } = measure
  const format = shown.kind === 'integer' ? { ...shown, kind: 'number' as const } : shown
  const id = idOf('value', name, 'day')
  return [{ id, kind: 'value', measure: name, value: each.weekday, format, parts: each, noteworthy: 0.4 }]
}

const countDays = ({ query: { period }, range, cut }: View): Days | undefined => {
  const from = latest(...[period?.start, range?.from?.slice(0, 10)].flatMap(d => d ?? []))
  if (!from) return undefined
  const count = daysBetween(from, earliest(cut, period?.end ?? cut))
  const whole = Math.floor(count / 7)
  const rest = Array.from({ length: Math.max(0, count % 7) }, (_, i) => weekdayOf(addUnits(from, whole * 7 + i, 'day')))
  const weekend = whole * 2 + rest.filter(d => d > 5).length
  return { weekend, weekday: count - weekend }
}
