import { dimensionsOf } from '#src/semantic/compile/filters.ts'
import type { Filter, RowFilter } from '#src/vocabulary/query.ts'
import type { FilterSlot } from '../draft.ts'
import { Gapped } from './gaps.ts'
import { keyDimension } from './keys.ts'
import { mayHaveSeveral, withRows } from './things.ts'
import type { Build } from './types.ts'

/** The filters that a draft asks for, in the order of its slots; `thing` is what is counted or listed. */
export const filtersOf = (b: Build, thing?: string): Filter[] =>
  b.draft.filters.flatMap(slot => filterOf(b, slot, thing))

const filterOf = (b: Build, slot: FilterSlot, thing?: string): Filter[] => {
  switch (slot.kind) {
    case 'values': {
      const chosen = b.picks.members(slot)
      if (!chosen) return []
      confessShort(b, slot, chosen.values)
      const byThing = thing && valuesOfThing(b, slot, { ...chosen, thing })
      if (byThing) return byThing
      return [{ op: slot.negated ? 'not_in' : 'in', dimension: chosen.dimension, values: [...new Set(chosen.values)] }]
    }
    case 'weekdays':
      return [{ op: slot.negated ? 'not_in' : 'in', dimension: 'weekday', values: slot.days }]
    case 'flag': {
      const meaning = b.picks.of(slot)
      if (meaning?.kind !== 'dimension') return []
      const never = neverDone(b, slot, { thing, where: { op: 'in', dimension: meaning.dimension, values: [true] } })
      return [never ?? { op: 'in', dimension: meaning.dimension, values: [!slot.negated] }]
    }
    case 'equals':
      return equalsOf(b, slot)
    case 'named': {
      const meaning = b.picks.of(slot)
      if (meaning?.kind !== 'filter') return []
      const never = meaning.filter.op === 'entity' ? undefined : neverDone(b, slot, { thing, where: meaning.filter })
      return [never ?? (slot.negated ? negated(meaning.filter) : meaning.filter)]
    }
    case 'condition': {
      const meaning = b.picks.of(slot)
      const measure = meaning?.kind === 'measure' ? b.ctx.model.measures[meaning.measure] : undefined
      return measure?.kind === 'base' ? measure.where.map(f => (slot.negated ? negated(f) : f)) : []
    }
  }
}

/** "never bought books", "both books and toys": conditions on all rows of a thing, where it may have several such values. */
const valuesOfThing = (
  b: Build,
  slot: Extract<FilterSlot, { kind: 'values' }>,
  { dimension, values, thing }: { dimension: string; values: string[]; thing: string },
): Filter[] | undefined => {
  const each = slot.both && !b.draft.compares && values.length > 1
  if (!(slot.none || each) || !mayHaveSeveral(thing, dimension, b.ctx.model)) return undefined
  const lists = each ? values.map(v => [v]) : [[...new Set(values)]]
  const filters = lists.flatMap(
    list => withRows(b, { thing, none: slot.none === true, where: [{ op: 'in', dimension, values: list }] }) ?? [],
  )
  return filters.length === lists.length ? filters : undefined
}

/** "readers who never returned a book": of a condition on what things did, those that have no row with it. */
const neverDone = (
  b: Build,
  { none }: { none?: boolean },
  { thing, where }: { thing?: string; where: RowFilter },
): Filter | undefined => {
  const several = thing && dimensionsOf(where, b.ctx.model).some(d => mayHaveSeveral(thing, d, b.ctx.model))
  return none && thing && several ? withRows(b, { thing, none: true, where: [where] }) : undefined
}

/** "automatic ones compared with those that are not automatic": both sides of a flag are rows, not a contradiction. */
export const bothSides = (filters: Filter[], { ctx: { model } }: Build): { filters: Filter[]; split?: string } => {
  const sideOf = (f: Filter): { dimension: string; is: boolean } | undefined => {
    const named = 'filter' in f ? model.filters[f.filter]?.filters : [f]
    const [only] = named?.length === 1 ? named : []
    if (only?.op !== 'in' || only.values.length !== 1 || model.dimensions[only.dimension]?.type !== 'boolean')
      return undefined
    return { dimension: only.dimension, is: (only.values[0] === true) !== (f.op === 'not_named') }
  }
  const sides = filters.map(sideOf)
  const twice = sides.find(a => a && sides.some(b => b?.dimension === a.dimension && b.is !== a.is))
  if (!twice) return { filters }
  return { filters: filters.filter((_, i) => sides[i]?.dimension !== twice.dimension), split: twice.dimension }
}

/** A short form of a value is said back in full. */
const confessShort = (b: Build, slot: Extract<FilterSlot, { kind: 'values' }>, values: string[]): void =>
  slot.members.forEach((member, i) => {
    if (member.part) b.notes.push(`Read a short name as ${values[i]}.`)
  })

const negated = (f: Filter): Filter => {
  switch (f.op) {
    case 'in':
      return { ...f, op: 'not_in' }
    case 'not_in':
      return { ...f, op: 'in' }
    case 'like':
      return { ...f, op: 'not_like' }
    case 'named':
      return { ...f, op: 'not_named' }
    case 'not_named':
      return { ...f, op: 'named' }
    default:
      return f
  }
}

const equalsOf = (b: Build, slot: Extract<FilterSlot, { kind: 'equals' }>): Filter[] => {
  const meaning = b.picks.of(slot)
  const name =
    meaning?.kind === 'entity'
      ? keyDimension(b.ctx.model, meaning.table)
      : meaning?.kind === 'dimension'
        ? meaning.dimension
        : undefined
  const d = name ? b.ctx.model.dimensions[name] : undefined
  if (!name || !d) throw new Gapped({ gap: 'number' })
  const value = d.type === 'number' ? Number(String(slot.value).replaceAll(',', '')) : String(slot.value)
  return [{ op: 'in', dimension: name, values: [value] }]
}
