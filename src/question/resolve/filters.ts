import type { Filter } from '#src/vocabulary/query.ts'
import type { FilterSlot } from '../draft.ts'
import { Gapped } from './gaps.ts'
import { keyDimension } from './keys.ts'
import type { Build } from './types.ts'

/** The filters that a draft asks for, in the order of its slots. */
export const filtersOf = (b: Build): Filter[] => b.draft.filters.flatMap(slot => filterOf(b, slot))

const filterOf = (b: Build, slot: FilterSlot): Filter[] => {
  switch (slot.kind) {
    case 'values': {
      const chosen = b.picks.members(slot)
      if (!chosen) return []
      confessShort(b, slot, chosen.values)
      return [{ op: slot.negated ? 'not_in' : 'in', dimension: chosen.dimension, values: [...new Set(chosen.values)] }]
    }
    case 'weekdays':
      return [{ op: slot.negated ? 'not_in' : 'in', dimension: 'weekday', values: slot.days }]
    case 'flag': {
      const meaning = b.picks.of(slot)
      return meaning?.kind === 'dimension' ? [{ op: 'in', dimension: meaning.dimension, values: [!slot.negated] }] : []
    }
    case 'equals':
      return equalsOf(b, slot)
    case 'named': {
      const meaning = b.picks.of(slot)
      return meaning?.kind === 'filter' ? [slot.negated ? negated(meaning.filter) : meaning.filter] : []
    }
    case 'condition': {
      const meaning = b.picks.of(slot)
      const measure = meaning?.kind === 'measure' ? b.ctx.model.measures[meaning.measure] : undefined
      return measure?.kind === 'base' ? measure.where.map(f => (slot.negated ? negated(f) : f)) : []
    }
  }
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
